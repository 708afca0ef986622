/* ole_test.c - what is read of made-up Office files as they were before 2007 (tests/ole.py). */
#include "hostile/convert/convert_reading.h"
#include "hostile/convert/ole_text.h"

static void a_letter_is_read_with_its_notes_comments_and_title(void **state)
{
    read_seed(*state, "ole/letter.doc");
    assert_reading(
        *state, PART_READ,
        "One\ntwo\tthree  HYPERLINK x shown  \xe2\x80\x9cq\xe2\x80\x9d\n\xc4\x8d note\na comment\nA title\n",
        "embedded macros\n");
    assert_string_equal(((Reading *)*state)->converted.converter, "ole");
}

static void less_is_read_when_less_is_asked_for(void **state)
{
    Reading *reading = *state;
    g_autoptr(Converters) all = g_steal_pointer(&reading->converters);
    reading->converters = load_converters("converters:\n  - id: ole\n    contents: [body]\n", NULL);
    read_seed(reading, "ole/letter.doc");
    assert_text(reading, "One\ntwo\tthree  HYPERLINK x shown  \xe2\x80\x9cq\xe2\x80\x9d\n");
    assert_string_equal(reading->gaps->str, "contents-off notes\ncontents-off comments\n"
                                            "contents-off properties\nembedded macros\n");
    read_seed(reading, "ole/table.xls");
    assert_text(reading, "People\nName\tCard\nAnn\t4111111111111111\n\t7\t0.5\tresult\nhttps://a.example/x\n"
                         "in a box\n");
    assert_int_equal(reading->converted.state, PART_CUT);
    read_seed(reading, "ole/slides.ppt");
    assert_string_equal(reading->gaps->str, "contents-off notes\ncontents-off comments\n");
}

static void a_letter_from_before_1997_is_read(void **state)
{
    read_seed(*state, "ole/old.doc");
    assert_reading(*state, PART_READ, "before 1997\n", "");
}

static void objects_within_are_read(void **state)
{
    read_seed(*state, "ole/object.doc");
    assert_reading(*state, PART_READ, "outer\nC:\\a.rtf\ninside\nInner\ncell\n", "");
}

static void cells_stand_in_their_rows(void **state)
{
    read_seed(*state, "ole/table.xls");
    assert_reading(*state, PART_READ,
                   "People\nName\tCard\nAnn\t4111111111111111\n\t7\t0.5\tresult\nhttps://a.example/x\nin a "
                   "box\nOld\ngone\n",
                   "embedded formulas\n");
}

/* Excel cuts the strings after 8 KiB, in the middle of one, and says anew how wide its characters are. */
static void strings_that_go_on_in_another_record_are_whole(void **state)
{
    read_seed(*state, "ole/split.xls");
    assert_reading(*state, PART_READ, "S\nfirst\tsecond\n", "");
}

static void slides_are_read_with_what_is_in_them(void **state)
{
    read_seed(*state, "ole/slides.ppt");
    assert_reading(*state, PART_READ, "On\nit\na comment\nsaid\nwithin\n", "");
}

static void what_is_locked_is_encrypted(void **state)
{
    static const char *const names[] = {"ole/locked.doc", "ole/locked.xls", "ole/locked.ppt"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        read_seed(*state, names[i]);
        assert_int_equal(((Reading *)*state)->converted.state, PART_ENCRYPTED);
        assert_string_equal(((Reading *)*state)->gaps->str, "encrypted \n");
    }
}

static void strings_are_taken_of_what_nobody_understands(void **state)
{
    Reading *reading = *state;
    read_seed(reading, "ole/other.vsd");
    assert_int_equal(reading->converted.state, PART_CUT);
    assert_string_equal(reading->gaps->str, "strings-only \n");
    g_autofree char *text = span_dup(reading->converted.text);
    assert_non_null(strstr(text, "some words\n"));
    assert_non_null(strstr(text, "wide words\n"));
}

/* Wherever a file is cut, what is left is read or said to be missing. */
static void cut_files_are_read_as_far_as_they_go(void **state)
{
    Reading *reading = *state;
    static const char *const names[] = {"letter.doc", "table.xls", "slides.ppt"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(CANDOR_SOURCE_ROOT, "tests/corpus/ole", names[i], NULL),
                        *bytes = NULL;
        gsize whole;
        assert_true(g_file_get_contents(path, &bytes, &whole, NULL));
        for (gsize n = 8; n < whole; n += 61) {
            g_autofree char *cut = g_memdup2(bytes, n);
            read_bytes(reading, (Span){cut, n}, NULL);
            assert_true(reading->converted.state == PART_READ || reading->gaps->len > 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_READING(a_letter_is_read_with_its_notes_comments_and_title),
        WITH_READING(less_is_read_when_less_is_asked_for),
        WITH_READING(a_letter_from_before_1997_is_read),
        WITH_READING(objects_within_are_read),
        WITH_READING(cells_stand_in_their_rows),
        WITH_READING(strings_that_go_on_in_another_record_are_whole),
        WITH_READING(slides_are_read_with_what_is_in_them),
        WITH_READING(what_is_locked_is_encrypted),
        WITH_READING(strings_are_taken_of_what_nobody_understands),
        WITH_READING(cut_files_are_read_as_far_as_they_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
