/* mail_pst_test.c - a worker reads a PST in ranges of places: whole, again by place, and on behind what kills a box. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>
#include "hostile/ask.h"
#include "hostile/outlook/pst_make.h"
#include "nouns/check.h"

#define FOLDER 0x8042
#define ITEM(n) (0x200004U + 0x20U * (n))

static char *folder;
static gsize size;

static void write_file(const GByteArray *bytes)
{
    g_autofree char *path = g_build_filename(folder, "box.pst", NULL);
    assert_true(g_file_set_contents(path, (const char *)bytes->data, bytes->len, NULL));
    size = bytes->len;
}

static GByteArray *make_file(void)
{
    MadePst *made = made_pst_new(PST_UNICODE, 1);
    const MadeItem within = {.subject = "Within"};
    const MadeAttachment attachments[] = {{"notes.csv", 1, SPAN_OF("name,code\nann,7\n"), NULL},
                                          {"w", 5, SPAN_NONE, &within},
                                          {"elsewhere", 4, SPAN_NONE, NULL}};
    made_pst_folder(made, FOLDER, 0x8022, "Inbox", 5);
    made_pst_item(made, ITEM(1), FOLDER, &(MadeItem){.subject = "First", .body = "The quarterly words"},
                  MADE_LISTED);
    made_pst_item(made, ITEM(2), FOLDER,
                  &(MadeItem){.subject = "Second", .attachments = attachments, .attachment_count = 3},
                  MADE_LISTED);
    made_pst_item(made, ITEM(3), FOLDER, &(MadeItem){.message_class = "IPM.Contact", .subject = "Third"},
                  MADE_UNLISTED);
    made_pst_item(made, ITEM(4), FOLDER, &(MadeItem){.subject = "Deleted"}, MADE_DELETED);
    made_pst_row(made, FOLDER, ITEM(9));
    return made_pst_end(made);
}

static int make_folder(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("candor-pst-XXXXXX", NULL);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(folder, "box.pst", NULL);
    unlink(path);
    rmdir(folder);
    g_free(folder);
    return 0;
}

static int make_it(void **state)
{
    (void)state;
    g_autoptr(GByteArray) bytes = make_file();
    write_file(bytes);
    return 0;
}

/* The answer without its hello. */
static char *answer_of(Tools *tools, const char *request)
{
    int exit_code;
    g_autofree char *rows = ask_worker(tools, request, -1, &exit_code);
    assert_int_equal(exit_code, 0);
    return g_strdup(strchr(rows, '\n') + 1);
}

static char *ask_range(Tools *tools, guint64 from, guint64 to, DoneRow *done)
{
    UnitCheck check;
    g_autofree char *request = g_strdup_printf(
        "mail\t9\t%s\tpst\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\tbox.pst\n", folder, from, to);
    char *rows = answer_of(tools, request);
    unit_check_places(&check, 9, from, to);
    assert_true(unit_check_answer(&check, span_of_string(rows), done, NULL));
    return rows;
}

/* The message that lies at a place; FALSE when there is none. */
static gboolean message_at(const char *rows, guint64 place, MessageRow *message)
{
    g_auto(GStrv) lines = g_strsplit(rows, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        Row row;
        if (*lines[i] != 'M')
            continue;
        assert_true(row_split(lines[i], strlen(lines[i]), &row, NULL));
        assert_true(message_row_read(&row, message, NULL));
        if (message->offset == place)
            return TRUE;
    }
    return FALSE;
}

static void a_plan_has_a_range_of_items_and_one_of_the_rest(void **state)
{
    (void)state;
    g_autofree char *request = g_strdup_printf("plan\t3\t%s\tbox.pst\n", folder),
                    *rows = answer_of(ask_true_tools(), request);
    g_autofree char *wanted = g_strdup_printf(
        "U\t0\tpst\t0\t%" G_GUINT64_FORMAT "\nU\t0\tpst\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\nD\t",
        (guint64)PLACES_LOST, (guint64)PLACES_LOST, (guint64)PLACES_RECOVERED + size);
    assert_true(g_str_has_prefix(rows, wanted));
}

static void items_have_folder_kind_and_state(void **state)
{
    (void)state;
    DoneRow done;
    MessageRow message = {0};
    g_autofree char *rows = ask_range(ask_true_tools(), 0, PLACES_LOST, &done);
    assert_int_equal(done.messages, 3);
    assert_int_equal(done.gaps, 0);
    assert_int_equal(done.bytes, 0);
    assert_true(message_at(rows, ITEM(1), &message));
    assert_int_equal(message.kind, ITEM_IS_MAIL);
    assert_int_equal(message.state, COPY_NORMAL);
    assert_int_equal(message.length, 1);
    assert_true(message_at(rows, ITEM(3), &message));
    assert_int_equal(message.kind, ITEM_IS_CONTACT);
    assert_int_equal(message.state, COPY_ORPHAN);
    assert_non_null(strstr(rows, "\tInbox\tcontact\torphan\n"));
    assert_non_null(strstr(rows, "\texternal\t"));
}

static void what_is_not_there_or_was_deleted_is_in_the_last_range(void **state)
{
    (void)state;
    DoneRow done;
    g_autofree char *rows = ask_range(ask_true_tools(), PLACES_LOST, PLACES_RECOVERED + size, &done);
    assert_int_equal(done.messages, 1);
    assert_int_equal(done.gaps, 2); /* a row without an item, and two that only the counter knows */
    assert_int_equal(done.bytes, size);
    g_autofree char *missing = g_strdup_printf("G\t0\t%" G_GUINT64_FORMAT "\t%%\tpst-item-missing\t%%\t",
                                               (guint64)PLACES_LOST + ITEM(9));
    assert_non_null(strstr(rows, missing));
    assert_non_null(strstr(rows, "\tpst-item-missing\t2 items\t"));
    assert_non_null(strstr(rows, "\tDeleted\t"));
    assert_non_null(strstr(rows, "\tInbox\tmail\tdeleted\n"));
}

/* A byte that no item has, in the padding of the header. */
static void every_byte_of_the_file_is_in_a_hash(void **state)
{
    (void)state;
    DoneRow before, after, items_before, items_after;
    g_free(ask_range(ask_true_tools(), PLACES_LOST, PLACES_RECOVERED + size, &before));
    g_free(ask_range(ask_true_tools(), 0, PLACES_LOST, &items_before));
    g_autoptr(GByteArray) bytes = make_file();
    bytes->data[700] = 'x';
    write_file(bytes);
    g_free(ask_range(ask_true_tools(), PLACES_LOST, PLACES_RECOVERED + size, &after));
    g_free(ask_range(ask_true_tools(), 0, PLACES_LOST, &items_after));
    assert_memory_not_equal(before.sha256, after.sha256, DIGEST_BYTES);
    assert_memory_equal(items_before.sha256, items_after.sha256, DIGEST_BYTES);
}

static void a_damaged_file_is_one_gap(void **state)
{
    (void)state;
    DoneRow done;
    g_autoptr(GByteArray) bytes = make_file();
    memset(bytes->data + 216, 0xff, 32); /* where both trees begin */
    write_file(bytes);
    g_autofree char *request = g_strdup_printf("plan\t3\t%s\tbox.pst\n", folder),
                    *plan = answer_of(ask_true_tools(), request);
    g_autofree char *range =
        g_strdup_printf("U\t0\tpst\t0\t%" G_GUINT64_FORMAT "\nD\t", (guint64)PLACES_RECOVERED + size);
    assert_true(g_str_has_prefix(plan, range));
    g_autofree char *rows = ask_range(ask_true_tools(), 0, PLACES_RECOVERED + size, &done);
    g_autofree char *wanted =
        g_strdup_printf("G\t0\t0\t%%\tpst-damaged\t%%\t%" G_GSIZE_FORMAT "\t0\nD\t", size);
    assert_true(g_str_has_prefix(rows, wanted));
}

/* Even if nothing that is read lies behind: what is not there could be listed nowhere else. */
static void a_file_that_is_cut_is_said_to_be(void **state)
{
    (void)state;
    DoneRow done;
    g_autoptr(GByteArray) bytes = make_file();
    guint64 declared = GUINT64_TO_LE(bytes->len + 100);
    memcpy(bytes->data + 184, &declared, sizeof declared);
    write_file(bytes);
    g_autofree char *rows = ask_range(ask_true_tools(), 0, PLACES_RECOVERED, &done);
    assert_true(g_str_has_prefix(rows, "G\t0\t0\t%\tpst-damaged\tthe file ends too early\t100\t0\nM\t"));
}

/* Of a file that was whole when it was planned. */
static void a_range_of_a_damaged_file_is_a_gap(void **state)
{
    (void)state;
    DoneRow done;
    g_autoptr(GByteArray) bytes = make_file();
    memset(bytes->data + 216, 0xff, 32);
    write_file(bytes);
    g_autofree char *rows = ask_range(ask_true_tools(), ITEM(2), PLACES_LOST, &done);
    g_autofree char *wanted = g_strdup_printf("G\t0\t%u\t%%\tpst-damaged\t%%\t0\t0\nD\t", ITEM(2));
    assert_true(g_str_has_prefix(rows, wanted));
    g_free(ask_range(ask_true_tools(), PLACES_LOST, PLACES_RECOVERED + size, &done));
    assert_int_equal(done.gaps, 1);
}

static char *hex_of(const guint8 *bytes)
{
    GString *hex = g_string_new(NULL);
    for (guint i = 0; i < DIGEST_BYTES; i++)
        g_string_append_printf(hex, "%02x", bytes[i]);
    return g_string_free(hex, FALSE);
}

static void an_item_is_found_again_by_its_place(void **state)
{
    (void)state;
    DoneRow done;
    MessageRow message = {0};
    g_autofree char *rows = ask_range(ask_true_tools(), 0, PLACES_LOST, &done);
    MessageRow second = {0};
    assert_true(message_at(rows, ITEM(1), &message) && message_at(rows, ITEM(2), &second));
    g_autofree char *sha256 = hex_of(message.sha256), *other = hex_of(message.key),
                    *of_second = hex_of(second.sha256);
    g_autofree char *request = g_strdup_printf(
        "find\t4\t%s\tquarterly\tbox.pst\tpst\t%u\t1\t%s\tbox.pst\tpst\t%u\t1\t%s\tbox.pst\tpst\t%u\t1\t%s\n",
        folder, ITEM(2), of_second, ITEM(1), sha256, ITEM(1), other);
    g_autofree char *found = answer_of(ask_true_tools(), request);
    assert_true(g_str_has_prefix(found, "W\t1\t"));
    assert_non_null(strstr(found, "\nG\t2\t"));
    assert_null(strstr(found, "\nW\t2\t"));
    g_autofree char *right =
        g_strdup_printf("release\t7\t%s\tbox.pst\tpst\t%u\t1\t%s\tparty\t\t\t\n", folder, ITEM(1), sha256);
    g_autofree char *wrong =
        g_strdup_printf("release\t7\t%s\tbox.pst\tpst\t%u\t1\t%s\tparty\t\t\t\n", folder, ITEM(1), other);
    g_autofree char *shown = answer_of(ask_true_tools(), right),
                    *changed = answer_of(ask_true_tools(), wrong);
    assert_true(g_str_has_prefix(shown, "O\t0\tsubject\t"));
    assert_non_null(strstr(changed, "G\t0\t"));
    assert_non_null(strstr(changed, "\tsource-changed\t"));
}

/* The reader dies on one subject, whenever it meets it. */
static void die_on_second(Reader *reader, Span canonical, const ReaderSink *sink, void *user,
                          MessageRow *head)
{
    if (memmem(canonical.p, canonical.n, "Second", 6))
        _exit(3);
    reader_read(reader, canonical, sink, user, head);
}

static void what_kills_a_box_costs_itself_alone(void **state)
{
    (void)state;
    Tools tools = *ask_true_tools();
    DoneRow done;
    MessageRow message = {0};
    tools.read = die_on_second;
    g_autofree char *rows = ask_range(&tools, 0, PLACES_LOST, &done);
    assert_int_equal(done.messages, 3);
    assert_int_equal(done.gaps, 0);
    assert_true(message_at(rows, ITEM(2), &message));
    assert_true(message.bare);
    assert_non_null(strstr(rows, "\tcrashed\texit 3\t"));
    assert_true(message_at(rows, ITEM(3), &message));
    assert_false(message.bare);
}

/* Takes a second of the processor. */
static void read_slowly(Reader *reader, Span canonical, const ReaderSink *sink, void *user, MessageRow *head)
{
    for (clock_t end = clock() + CLOCKS_PER_SEC; clock() < end;)
        continue;
    reader_read(reader, canonical, sink, user, head);
}

static void first_message(const char *rows, MessageRow *message)
{
    Row row;
    const char *line = *rows == 'M' ? rows : strstr(rows, "\nM\t") + 1;
    g_autofree char *copy = g_strndup(line, (gsize)(strchr(line, '\n') - line));
    assert_true(row_split(copy, strlen(copy), &row, NULL) && message_row_read(&row, message, NULL));
}

/* No time but what the size of the file gives: 4 s of 512 MiB. */
static void looking_through_a_large_store_has_time(void **state)
{
    (void)state;
    Tools tools = *ask_true_tools();
    DoneRow done;
    MessageRow message = {0};
    g_autofree char *path = g_build_filename(folder, "box.pst", NULL);
    tools.cpu_seconds = 0;
    tools.read = read_slowly;
    g_autofree char *of_small = ask_range(&tools, PLACES_LOST, PLACES_RECOVERED + size, &done);
    assert_non_null(strstr(of_small, "\tcpu-time\t"));
    size = 512UL << 20;
    assert_int_equal(truncate(path, (off_t)size), 0);
    g_autofree char *of_large = ask_range(&tools, PLACES_LOST, PLACES_RECOVERED + size, &done);
    assert_null(strstr(of_large, "\tcpu-time\t"));
    first_message(of_large, &message);
    g_autofree char *sha256 = hex_of(message.sha256);
    g_autofree char *request = g_strdup_printf(
        "find\t4\t%s\tdeleted\tbox.pst\tpst\t%" G_GUINT64_FORMAT "\t1\t%s\n", folder, message.offset, sha256);
    g_autofree char *found = answer_of(&tools, request);
    assert_true(g_str_has_prefix(found, "W\t0\t"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_plan_has_a_range_of_items_and_one_of_the_rest, make_it),
        cmocka_unit_test_setup(items_have_folder_kind_and_state, make_it),
        cmocka_unit_test_setup(what_is_not_there_or_was_deleted_is_in_the_last_range, make_it),
        cmocka_unit_test_setup(every_byte_of_the_file_is_in_a_hash, make_it),
        cmocka_unit_test_setup(a_damaged_file_is_one_gap, make_it),
        cmocka_unit_test(a_file_that_is_cut_is_said_to_be),
        cmocka_unit_test_setup(a_range_of_a_damaged_file_is_a_gap, make_it),
        cmocka_unit_test_setup(an_item_is_found_again_by_its_place, make_it),
        cmocka_unit_test_setup(what_kills_a_box_costs_itself_alone, make_it),
        cmocka_unit_test_setup(looking_through_a_large_store_has_time, make_it),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
