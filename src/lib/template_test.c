/* template_test.c - letters as blocks: what stands where, and the same words as text and as HTML. */
#include "lib/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const char common[] = "% common - sections\n"
                             "[section ending]\n"
                             "Goodbye, {name}.\n"
                             "[end]\n";
static const char letter[] = "% a comment\n"
                             "= To {name}\n"
                             "A paragraph that\n"
                             "  goes on.\n"
                             "[if count]\n"
                             "[each items]\n"
                             "- {item} of {name}\n"
                             "[end]\n"
                             "[end]\n"
                             "[unless count]\n"
                             "Nothing.\n"
                             "[end]\n"
                             "== What to do\n"
                             "+ First.\n"
                             "+ Second.\n"
                             "[use ending]\n";

static GPtrArray *filled(gint64 count, const char *name, GError **error)
{
    g_autoptr(Language) language = language_open("en", NULL);
    g_autoptr(Template) sections = template_parse("common", common, NULL, NULL);
    g_autoptr(Template) t = template_parse("letter", letter, sections, NULL);
    g_autoptr(Values) values = values_new();
    assert_non_null(t);
    values_number(values, "count", count);
    values_text(values, "name", name);
    for (gint64 i = 0; i < count; i++)
        values_number(values_item(values, "items"), "item", i + 1);
    return template_fill(t, language, values, error);
}

static void a_letter_is_its_blocks(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) with = filled(2, "Ann", NULL), without = filled(0, "Ann", NULL);
    g_autofree char *text = blocks_text(with), *less = blocks_text(without);
    assert_string_equal(text, "To Ann\n======\n\nA paragraph that goes on.\n\n- 1 of Ann\n- 2 of Ann\n\n"
                              "What to do\n----------\n\n1. First.\n2. Second.\n\nGoodbye, Ann.\n");
    assert_null(strstr(less, "- 1"));
    assert_non_null(strstr(less, "Nothing."));
}

static void html_is_escaped_and_well_formed(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) blocks = filled(1, "<b>\"Ann\" & Söhne</b>", NULL);
    g_autofree char *html = blocks_html(blocks, "en\"><script>");
    assert_null(strstr(html, "<b>"));
    assert_null(strstr(html, "<script>"));
    assert_non_null(strstr(html, "&#60;b&#62;"));
    assert_non_null(strstr(html, "<ul>\n<li>1 of"));
    assert_non_null(strstr(html, "<ol>\n<li>First.</li>\n<li>Second.</li>\n</ol>\n<p>Goodbye"));
}

static void lines_are_no_wider_than_a_letter(void **state)
{
    (void)state;
    g_autofree char *word = g_strnfill(100, 'x');
    g_autofree char *name =
        g_strdup_printf("%s and a long row of words that would never end if nobody ended it", word);
    g_autoptr(GPtrArray) blocks = filled(1, name, NULL);
    g_autofree char *text = blocks_text(blocks);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        assert_true(strlen(*line) <= 72 || strstr(*line, word));
}

static void what_is_wrong_with_a_template_is_said_with_its_line(void **state)
{
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"[if x]\ntext\n", "letter:3: something in brackets has no [end]"},
        {"text\n[end]\n", "letter:2: [end] ends nothing"},
        {"[when x]\n", "letter:1: in brackets stand"},
        {"[if x\n", "letter:1: a line that begins with [ ends with ]"},
        {"\n  goes on\n", "letter:2: this line goes on"},
    };
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(template_parse("letter", cases[i].text, NULL, &error));
        if (!strstr(error->message, cases[i].words))
            fail_msg("%s", error->message);
    }
}

static void what_cannot_be_filled_is_said_with_its_line(void **state)
{
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"one\n{nobody}\n", "letter:2: there is no value"},
        {"[use nothing]\n", "letter:1: there is no section"},
        {"[each count]\nx\n[end]\n", "letter:1: [each] wants a list"},
        {"[section a]\n[use a]\n[end]\n[use a]\n", "more than 8 deep"},
    };
    (void)state;
    g_autoptr(Language) language = language_open("en", NULL);
    g_autoptr(Values) values = values_new();
    values_number(values, "count", 1);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Template) t = template_parse("letter", cases[i].text, NULL, NULL);
        assert_null(template_fill(t, language, values, &error));
        if (!strstr(error->message, cases[i].words))
            fail_msg("%s", error->message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_is_its_blocks),
        cmocka_unit_test(html_is_escaped_and_well_formed),
        cmocka_unit_test(lines_are_no_wider_than_a_letter),
        cmocka_unit_test(what_is_wrong_with_a_template_is_said_with_its_line),
        cmocka_unit_test(what_cannot_be_filled_is_said_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
