/* digest_test.c - digests do not know the order of rows, and know every change of one. */
#include <string.h>
#include "store/digest_rows.h"
#include "store/test_case.h"

static void digests_do_not_know_the_order(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_everything);
    const Span rows[] = {SPAN_OF("a"), SPAN_OF("b"), SPAN_OF("b"), SPAN_OF("")};
    assert_true(store_begin(store, NULL));
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        store_digest_add(store, "message", rows[i]);
    assert_true(store_commit(store, NULL));
    g_autofree char *one = store_digest(store, "message", NULL);
    for (guint half = 0; half < 2; half++) { /* over two transactions, backwards */
        assert_true(store_begin(store, NULL));
        if (half == 0)
            store_digest_reset(store, "message");
        for (guint i = 2; i-- > 0;)
            store_digest_add(store, "message", rows[half == 0 ? i + 2 : i]);
        assert_true(store_commit(store, NULL));
    }
    g_autofree char *other = store_digest(store, "message", NULL);
    assert_string_equal(one, other);
}

static void a_digest_knows_its_table_and_how_often(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_everything);
    assert_true(store_begin(store, NULL));
    store_digest_add(store, "message", SPAN_OF("a"));
    store_digest_add(store, "part", SPAN_OF("a"));
    g_autofree char *once = store_digest(store, "message", NULL);
    g_autofree char *elsewhere = store_digest(store, "part", NULL);
    assert_string_not_equal(once, elsewhere);
    store_digest_add(store, "message", SPAN_OF("a"));
    g_autofree char *twice = store_digest(store, "message", NULL);
    assert_string_not_equal(once, twice);
    store_rollback(store);
}

/* The sum carries from limb to limb: 2^256 - 1, and once more, is known arithmetic. */
static void the_sum_is_modulo_two_to_the_256(void **state)
{
    (void)state;
    DigestSum full = {.table = "message", .sum = {G_MAXUINT64, G_MAXUINT64, G_MAXUINT64, G_MAXUINT64}};
    DigestSum zero = {.table = "message"};
    digest_sum_add(&full, SPAN_OF("a"));
    digest_sum_add(&zero, SPAN_OF("a"));
    guint limb = 0;
    while (zero.sum[limb] == 0)
        limb++;
    zero.sum[limb]--;
    assert_memory_equal(full.sum, zero.sum, sizeof full.sum);
}

/* --- recomputing ------------------------------------------------------------------------------------------------ */

/* Bind numbers from parameter `first` on. */
static void bind(Query *query, guint first, const gint64 *numbers, guint n)
{
    for (guint i = 0; i < n; i++)
        query_int(query, first + i, numbers[i]);
}

#define BIND(query, first, ...)                                                                              \
    bind(query, first, (const gint64[]){__VA_ARGS__}, G_N_ELEMENTS(((const gint64[]){__VA_ARGS__})))

static Query *ask(Store *store, const char *name)
{
    Query *query = store_query(store, name, NULL);
    assert_non_null(query);
    return query;
}

static void put_source(Store *store)
{
    Query *query = ask(store, "collect.source_add");
    BIND(query, 1, 1);
    query_text(query, 2, SPAN_OF("box"));
    query_text(query, 3, SPAN_OF("file"));
    query_text(query, 4, SPAN_OF("ann"));
    BIND(query, 5, 1);
    assert_true(query_run(query, NULL));
    digest_source(store, "box", "file", "ann");
    for (gint64 item = 1; item <= 2; item++) {
        g_autofree char *path = g_strdup_printf("%" G_GINT64_FORMAT, item);
        query = ask(store, "collect.item_add");
        BIND(query, 1, item, 1);
        query_text(query, 3, span_of_string(path));
        query_text(query, 4, SPAN_OF(""));
        query_text(query, 5, SPAN_OF("mbox"));
        query_text(query, 6, SPAN_OF(""));
        BIND(query, 7, 99, 1, 1);
        assert_true(query_run(query, NULL));
        digest_item(store, path, "mbox", 99);
    }
}

static void put_message(Store *store, gint64 id, const MessageRow *message)
{
    guint64 first;
    memcpy(&first, message->key, sizeof first);
    Query *query = ask(store, "import.message");
    BIND(query, 1, id, (gint64)GUINT64_FROM_BE(first), (gint64)message->size, message->date, message->zone);
    query_text(query, 6, message->message_id);
    query_sealed(query, 8, "subject", message->subject);
    BIND(query, 9, (gint64)message->defects, 1, 0);
    assert_true(query_run(query, NULL));
    digest_message(store, message);

    query = ask(store, "import.copy");
    BIND(query, 1, 1, (gint64)message->offset, (gint64)message->length, id, 1);
    query_blob(query, 6, (Span){(const char *)message->sha256, DIGEST_BYTES});
    assert_true(query_run(query, NULL));
    digest_copy(store, &(DigestPlace){SPAN_OF("box"), SPAN_OF("ann"), SPAN_OF("1")}, message);

    query = ask(store, "import.copy_place");
    BIND(query, 1, 1, (gint64)message->offset);
    query_text(query, 3, message->folder);
    BIND(query, 4, message->kind, message->state);
    assert_true(query_run(query, NULL));
}

static void put_address(Store *store, gint64 id, const guint8 *key)
{
    const AddressRow to = {.role = ROLE_TO, .name = SPAN_OF("A. Person"), .address = SPAN_OF("a@b.example")};
    Query *query = ask(store, "import.email_add");
    BIND(query, 1, 1);
    query_text(query, 2, to.address);
    query_text(query, 3, SPAN_OF("b.example"));
    assert_true(query_run(query, NULL));
    query = ask(store, "import.name_add");
    query_int(query, 1, 1);
    query_sealed(query, 2, "name", to.name);
    assert_true(query_run(query, NULL));
    query = ask(store, "import.address");
    BIND(query, 1, id, 0, ROLE_TO, 1, 1);
    assert_true(query_run(query, NULL));
    digest_address(store, key, 0, &to);
}

static void put_gap_and_attempt(Store *store, gint64 id, const guint8 *key)
{
    const GapRow cut = {.offset = 5, .reason = SPAN_OF("part-cut"), .bytes = 99};
    Query *query = ask(store, "import.gap");
    BIND(query, 1, 1, 1, 1, 1, id, (gint64)cut.offset);
    query_text(query, 8, cut.reason);
    BIND(query, 10, (gint64)cut.bytes, 0, 0, 1);
    assert_true(query_run(query, NULL));
    digest_gap(store, key, NULL, FALSE, &cut);

    const PartRow part = {.path = SPAN_OF("1"), .state = PART_READ, .read = 5, .scanned = 4, .unscanned = 1};
    query = ask(store, "import.attempt");
    query_int(query, 1, id);
    query_text(query, 2, part.path);
    BIND(query, 3, 1, part.state, (gint64)part.read, (gint64)part.scanned, (gint64)part.unscanned);
    assert_true(query_run(query, NULL));
    digest_attempt(store, key, &part);
}

/* One row in each table, as the importer writes them, with their digests. */
static void write_rows(Store *store)
{
    guint8 keys[1][DIGEST_BYTES] = {{1, 2, 3}};
    gint64 id;
    gboolean fresh;
    g_autoptr(GError) error = NULL;
    assert_true(store_begin(store, &error));
    assert_true(store_content_ids(store, (const guint8(*)[DIGEST_BYTES])keys, 1, &id, &fresh, &error));
    MessageRow message = {.size = 10,
                          .length = 11,
                          .date = NOW,
                          .zone = 60,
                          .message_id = SPAN_OF("a@b.example"),
                          .subject = SPAN_OF("quarterly figures"),
                          .defects = 3,
                          .folder = SPAN_OF("Inbox"),
                          .state = COPY_ORPHAN};
    memcpy(message.key, keys[0], DIGEST_BYTES);
    memset(message.sha256, 7, DIGEST_BYTES);
    put_source(store);
    put_message(store, id, &message);
    put_address(store, id, keys[0]);
    put_gap_and_attempt(store, id, keys[0]);
    if (!store_commit(store, &error))
        fail_msg("%s", error->message);
}

static void an_untouched_table_agrees(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_everything);
    g_autoptr(GError) error = NULL;
    guint64 rows = 0;
    write_rows(store);
    if (!store_verify_digests(store, &rows, &error))
        fail_msg("%s", error->message);
    assert_int_equal(rows, 8);
}

static const struct {
    const char *sql, *words;
} changes[] = {
    {"UPDATE message SET date = date + 1", "table message"},
    {"UPDATE message SET message_id = NULL", "table message"},
    {"UPDATE message SET defects = 2", "table message"},
    {"UPDATE message SET subject_sealed = NULL", "table message"},
    {"UPDATE message SET subject_sealed = zeroblob(60)", "a sealed subject does not open"},
    {"UPDATE content_key SET key = zeroblob(32)", "table message"},
    {"UPDATE copy SET sha256 = zeroblob(32)", "table copy"},
    {"UPDATE copy SET length = 12", "table copy"},
    {"UPDATE copy_place SET folder = 'Outbox'", "table copy"},
    {"UPDATE copy_place SET kind = 2", "table copy"},
    {"UPDATE copy_place SET state = 0", "table copy"},
    {"DELETE FROM copy_place", "table copy"},
    {"DELETE FROM copy", "table copy"},
    {"UPDATE copy SET item_id = 2", "table copy"},
    {"UPDATE source SET mailbox = 'bob'", "table source"},
    {"UPDATE item SET path = '3' WHERE id = 2", "table item"},
    {"INSERT INTO copy SELECT item_id + 1, start, length, content_id, unit_id, sha256 FROM copy",
     "table copy"},
    {"UPDATE email SET address = 'c@b.example'", "table address"},
    {"UPDATE address SET role = 4", "table address"},
    {"UPDATE name SET sealed = (SELECT subject_sealed FROM message)", "a sealed name does not open"},
    {"UPDATE gap SET bytes = 0", "table gap"},
    {"UPDATE gap SET content_id = NULL", "table gap"},
    {"UPDATE reading_attempt SET state = 1", "table reading_attempt"},
    {"UPDATE digest SET sum = zeroblob(32) WHERE name = 'copy'", "table copy"},
    {"DELETE FROM digest WHERE name = 'copy'", "table copy"},
};

static void every_change_is_found(void **state)
{
    const TestCase *test = *state;
    Store *store = open_as(test, &role_everything);
    write_rows(store);
    store_close(store);
    raw_sql(test, "PRAGMA wal_checkpoint(TRUNCATE)");
    g_autofree char *path = g_build_filename(test->folder, "case.db", NULL);
    g_autofree char *whole = NULL;
    gsize n;
    assert_true(g_file_get_contents(path, &whole, &n, NULL));
    for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autoptr(GError) error = NULL;
        guint64 rows;
        raw_sql(test, changes[i].sql);
        store = open_as(test, &role_everything);
        assert_false(store_verify_digests(store, &rows, &error));
        assert_error(error, CANDOR_ERROR_DENIED, changes[i].words);
        store_close(store);
        assert_true(g_file_set_contents(path, whole, (gssize)n, NULL));
    }
}

static void digests_are_not_verified_under_a_run(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_everything);
    g_autoptr(Run) run = run_begin(store, "collect", NOW, NULL);
    g_autoptr(GError) error = NULL;
    guint64 rows;
    assert_non_null(run);
    assert_false(store_verify_digests(store, &rows, &error));
    assert_error(error, CANDOR_ERROR_CONFLICT, "a run is writing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(digests_do_not_know_the_order, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(a_digest_knows_its_table_and_how_often, test_case_make,
                                        test_case_remove),
        cmocka_unit_test(the_sum_is_modulo_two_to_the_256),
        cmocka_unit_test_setup_teardown(an_untouched_table_agrees, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(every_change_is_found, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(digests_are_not_verified_under_a_run, test_case_make,
                                        test_case_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
