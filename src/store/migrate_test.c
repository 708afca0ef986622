/* migrate_test.c - a case of an older schema is opened: evidence and acts are kept, opinion is built again. */
#include <string.h>
#include "store/test_case.h"

static const StoreRole role_sees = {
    .name = "reader",
    .reads = (const char *const[]){"*", NULL},
    .writes = (const char *const[]){NULL},
};

/* Every row that `sql` gives, its columns joined, one a line. */
static char *rows_of(const char *folder, const char *sql)
{
    g_autofree char *path = g_build_filename(folder, "case.db", NULL);
    sqlite3 *sqlite = NULL;
    sqlite3_stmt *statement = NULL;
    GString *text = g_string_new(NULL);
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(sqlite, sql, -1, &statement, NULL), SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW)
        for (int i = 0, n = sqlite3_column_count(statement); i < n; i++)
            g_string_append_printf(text, "%s%c", (const char *)sqlite3_column_text(statement, i),
                                   i + 1 < n ? ' ' : '\n');
    sqlite3_finalize(statement);
    sqlite3_close(sqlite);
    return g_string_free(text, FALSE);
}

/* The test's case, its tables as that version had them. */
static void make_old(const TestCase *test, int version)
{
    g_autofree char *path = g_build_filename(test->folder, "case.db", NULL);
    g_autofree char *name = g_strdup_printf("schema-%d.sql", version);
    g_autofree char *fixture = g_build_filename(g_getenv("CANDOR_CASES"), name, NULL);
    g_autofree char *say_version = g_strdup_printf("PRAGMA journal_mode = WAL; UPDATE meta SET value = '%d' "
                                                   "WHERE name = 'schema_version'",
                                                   version);
    g_autofree char *meta =
        rows_of(test->folder, "SELECT 'INSERT INTO meta VALUES (' || quote(name) || ', ' || "
                              "quote(value) || ');' FROM meta");
    g_autofree char *sql = NULL;
    assert_true(g_file_get_contents(fixture, &sql, NULL, NULL));
    assert_int_equal(g_remove(path), 0);
    raw_sql(test, sql);
    raw_sql(test, meta);
    raw_sql(test, say_version);
}

static const char columns[] = "SELECT m.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_master m JOIN "
                              "pragma_table_info(m.name) c "
                              "WHERE m.type = 'table' ORDER BY 1, 2";

static void an_old_case_has_the_tables_of_a_new_one(void **state)
{
    const TestCase *test = *state;
    g_autofree char *fresh = rows_of(test->folder, columns);
    for (int version = 1; version <= 2; version++) {
        make_old(test, version);
        g_autofree char *old = rows_of(test->folder, columns);
        assert_string_not_equal(old, fresh);
        store_close(open_as(test, &role_everything));
        g_autofree char *migrated = rows_of(test->folder, columns);
        assert_string_equal(migrated, fresh);
    }
}

/* Version 4: each name once, and every address and mention still has its own. */
static void names_stand_once(void **state)
{
    const TestCase *test = *state;
    make_old(test, 2);
    g_autofree char *before = rows_of(
        test->folder, "SELECT content_id, n, role, email_id, hex(name_sealed), 0 FROM address UNION ALL "
                      "SELECT content_id, n, role, email_id, hex(name_sealed), start FROM mention");
    store_close(open_as(test, &role_everything));
    g_autofree char *after =
        rows_of(test->folder,
                "SELECT content_id, n, role, email_id, hex(d.sealed), 0 FROM address a LEFT JOIN name d "
                "ON d.id = a.name_id UNION ALL SELECT content_id, n, role, email_id, hex(d.sealed), start "
                "FROM mention m LEFT JOIN name d ON d.id = m.name_id");
    g_autofree char *names = rows_of(test->folder, "SELECT hex(sealed) FROM name ORDER BY id");
    assert_string_equal(after, before);
    assert_string_equal(names, "A1\nB2\nC3\n");
}

static void evidence_and_acts_stay_and_opinion_goes(void **state)
{
    const TestCase *test = *state;
    make_old(test, 1);
    store_close(open_as(test, &role_everything));
    const char *const kept[] = {"source",      "source_path", "item", "unit",  "unit_done",
                                "content_key", "message",     "copy", "match", "run"};
    for (guint i = 0; i < G_N_ELEMENTS(kept); i++) {
        g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM %s", kept[i]);
        g_autofree char *count = rows_of(test->folder, sql);
        assert_string_equal(count, "1\n");
    }
    const char *const gone[] = {"finding", "message_view", "part_view"};
    for (guint i = 0; i < G_N_ELEMENTS(gone); i++) {
        g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM %s", gone[i]);
        g_autofree char *count = rows_of(test->folder, sql);
        assert_string_equal(count, "0\n");
    }
    g_autofree char *digests = rows_of(test->folder, "SELECT name FROM digest");
    assert_string_equal(digests, "message\n");
    g_autofree char *version = rows_of(test->folder, "SELECT value FROM meta WHERE name = 'schema_version'");
    g_autofree char *expected = g_strdup_printf("%d\n", SCHEMA_VERSION);
    assert_string_equal(version, expected);
}

static void a_reader_does_not_migrate(void **state)
{
    const TestCase *test = *state;
    g_autoptr(GError) error = NULL;
    make_old(test, 1);
    assert_null(store_open(test->folder, &role_sees, test->keys, &error));
    assert_error(error, CANDOR_ERROR_CONFLICT, "of an older candor");
    store_close(open_as(test, &role_everything));
    store_close(open_as(test, &role_sees));
}

/* A step that fails leaves the case as it was, to be tried again. */
static void a_failed_migration_changes_nothing(void **state)
{
    const TestCase *test = *state;
    g_autoptr(GError) error = NULL;
    make_old(test, 1);
    raw_sql(test, "DROP TABLE part_view");
    g_autofree char *before = rows_of(test->folder, columns);
    assert_null(store_open(test->folder, &role_everything, test->keys, &error));
    assert_non_null(error);
    g_autofree char *after = rows_of(test->folder, columns);
    g_autofree char *findings = rows_of(test->folder, "SELECT count(*) FROM finding");
    assert_string_equal(before, after);
    assert_string_equal(findings, "1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_old_case_has_the_tables_of_a_new_one, test_case_make,
                                        test_case_remove),
        cmocka_unit_test_setup_teardown(names_stand_once, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(evidence_and_acts_stay_and_opinion_goes, test_case_make,
                                        test_case_remove),
        cmocka_unit_test_setup_teardown(a_reader_does_not_migrate, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(a_failed_migration_changes_nothing, test_case_make, test_case_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
