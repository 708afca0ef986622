/* role_test.c - a connection does what its line of the stage table says, and nothing else. */
#include <string.h>
#include "store/test_case.h"

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define BOOKS "meta", "run", "run_digest", "digest"

static const StoreRole role_stage = {
    .name = "classify",
    .reads = LIST("meta", "message", "content_key", "content_key_collision", "part", "match"),
    .writes = LIST(BOOKS, "finding_new"),
};
static const StoreRole role_sees = {.name = "reader", .reads = LIST("*"), .writes = LIST(NULL)};
static const StoreRole role_exchange = {
    .name = "swap",
    .reads = LIST("*"),
    .writes = LIST("schema", "index", "finding", "finding_new"),
};
static const StoreRole role_loader = {
    .name = "importer", .reads = LIST("*"), .writes = LIST(BOOKS, "email", "index")};

static void refused(Store *store, const char *statement, const char *words)
{
    g_autoptr(GError) error = NULL;
    assert_null(store_query(store, statement, &error));
    assert_error(error, CANDOR_ERROR_DENIED, words);
    assert_non_null(strstr(error->message, store->role->name));
}

static void a_stage_writes_its_own_tables_alone(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_stage);
    g_autoptr(GError) error = NULL;
    assert_non_null(store_query(store, "classify.finding_add", &error));
    if (!store_query(store, "verify.match", &error))
        fail_msg("%s", error->message);
    refused(store, "import.match", "may not write table match");
    refused(store, "import.message", "may not write table message");
    refused(store, "act.add", "may not write table act");
    refused(store, "opinion_clear.finding", "may not write table finding");
    refused(store, "collect.sources", "may not read table source");
    refused(store, "swap.finding_drop", "stage classify may not");
    refused(store, "search_index.message_date", "stage classify may not change the schema");
    refused(store, "connect.page_size", "stage classify may not");
}

/* A refusal does not spoil what the stage goes on to do. */
static void a_refused_stage_can_go_on(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_stage);
    assert_true(store_begin(store, NULL));
    refused(store, "import.match", "match");
    assert_true(store_meta_set(store, "vendor", "Renamed Ltd", NULL));
    assert_true(store_commit(store, NULL));
    g_autofree char *vendor = store_meta(store, "vendor", NULL);
    assert_string_equal(vendor, "Renamed Ltd");
}

static void a_reader_writes_nothing(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_sees);
    g_autoptr(GError) error = NULL;
    assert_non_null(store_query(store, "verify.match", &error));
    refused(store, "meta.set", "may not write table meta");
    refused(store, "search_index.message_date", "may not change the schema");
    g_autoptr(Run) run = run_begin(store, "show", NOW, &error);
    assert_null(run);
    assert_error(error, CANDOR_ERROR_DENIED, "stage reader may not write anything");
}

static gint64 count_of(const TestCase *test, const char *sql)
{
    g_autofree char *path = g_build_filename(test->folder, "case.db", NULL);
    sqlite3 *sqlite = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(sqlite, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    gint64 count = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(sqlite);
    return count;
}

static void the_swap_puts_the_shadow_in_place(void **state)
{
    const TestCase *test = *state;
    raw_sql(
        test,
        "INSERT INTO finding_new VALUES (1, zeroblob(32), 't', zeroblob(16), '1', 'r', 0, 4, '****', 90, 1)");
    g_autoptr(Store) store = open_as(test, &role_exchange);
    g_autoptr(GError) error = NULL;
    const char *const steps[] = {"swap.finding_drop", "swap.finding_rename", "schema.finding_new"};
    assert_true(store_begin(store, &error));
    for (guint i = 0; i < G_N_ELEMENTS(steps); i++) {
        Query *query = store_query(store, steps[i], &error);
        if (!query || !query_run(query, &error))
            fail_msg("%s", error->message);
    }
    assert_true(store_commit(store, &error));
    assert_int_equal(count_of(test, "SELECT count(*) FROM finding"), 1);
    assert_int_equal(count_of(test, "SELECT count(*) FROM finding_new"), 0);
    refused(store, "swap.part_view_drop", "stage swap may not");
    refused(store, "import.match", "may not write table match");
    refused(store, "meta.set", "may not write table meta");
}

static void search_indexes_come_and_go(void **state)
{
    const TestCase *test = *state;
    const char *count = "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name = 'message_date'";
    g_autoptr(Store) store = open_as(test, &role_loader);
    g_autoptr(GError) error = NULL;
    assert_int_equal(count_of(test, count), 0);
    for (guint twice = 0; twice < 2; twice++)
        if (!store_search_indexes_build(store, &error))
            fail_msg("%s", error->message);
    assert_int_equal(count_of(test, count), 1);
    assert_true(store_search_indexes_drop(store, NULL));
    assert_int_equal(count_of(test, count), 0);
    refused(store, "swap.finding_drop", "stage importer may not");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_stage_writes_its_own_tables_alone, test_case_make,
                                        test_case_remove),
        cmocka_unit_test_setup_teardown(a_refused_stage_can_go_on, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(a_reader_writes_nothing, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(the_swap_puts_the_shadow_in_place, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(search_indexes_come_and_go, test_case_make, test_case_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
