/* import_test.c - rows that a captured reader made up cost their unit, and neither the run nor what comes behind. */
#include "pool/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>

typedef struct {
    char *folder, *case_folder, *key_path;
    CaseKeys *keys;
    Store *store;
    Run run;
    Importer *importer;
} Importing;

static const StoreRole role_all = {
    .name = "all",
    .reads = (const char *const[]){"*", NULL},
    .writes = (const char *const[]){"*", NULL},
};

static int make_importing(void **state)
{
    Importing *it = g_new0(Importing, 1);
    *state = it;
    it->folder = g_dir_make_tmp("candor-import-XXXXXX", NULL);
    it->case_folder = g_build_filename(it->folder, "case", NULL);
    it->key_path = g_build_filename(it->folder, "case.key", NULL);
    WorkerHello hello = {.reader = (char[]){"1"}, .rules = (char[]){"r"}, .converters = (char[]){""}};
    if (!case_keys_create(it->key_path, SUITE_SODIUM, NULL))
        return 1;
    it->keys = case_keys_open(it->key_path, NULL);
    if (!store_create(it->case_folder, it->keys, "Vendor Ltd", 1, NULL))
        return 1;
    it->store = store_open(it->case_folder, &role_all, it->keys, NULL);
    it->run.id = 1;
    it->importer = it->store ? importer_new(it->store, &it->run, &hello, FALSE, NULL) : NULL;
    return it->importer ? 0 : 1;
}

static int end_importing(void **state)
{
    Importing *it = *state;
    importer_free(it->importer);
    store_close(it->store);
    case_keys_free(it->keys);
    g_autofree char *quoted = g_shell_quote(it->folder);
    g_autofree char *command = g_strconcat("rm -r ", quoted, NULL);
    g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL);
    g_free(it->folder);
    g_free(it->case_folder);
    g_free(it->key_path);
    g_free(it);
    return 0;
}

/* A unit of one message from one address, with more rows behind it. */
static gboolean import(Importing *it, guint8 number, const char *more)
{
    g_auto(RowBuffer) rows = {.ceiling = 1 << 20};
    message_row_write(&rows, &(MessageRow){.sha256 = {number}, .key = {number}, .size = 1, .length = 1});
    address_row_write(
        &rows, &(AddressRow){.role = ROLE_FROM, .address = SPAN_OF("eve@b.example"), .name = SPAN_OF("Eve")});
    row_buffer_append(&rows, span_of_string(more));
    end_row_write(&rows, &(EndRow){.rows = 3});
    done_row_write(&rows, &(DoneRow){.unit = number, .declared = 1, .messages = 1});
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_ptr_array_add(paths, (gpointer) "box.mbox");
    ImportUnit unit = {
        .unit = number, .source = 1, .first_item = 1, .name = "s", .mailbox = "m", .paths = paths};
    PoolAnswer answer = {.rows = rows.bytes, .length = rows.length};
    g_autoptr(GError) error = NULL;
    gboolean imported = import_answer(it->importer, &unit, &answer, &error);
    if (!imported)
        print_message("%s\n", error->message);
    return imported;
}

static gboolean stands(Importing *it, const char *name, Span value, gboolean sealed)
{
    Query *query = store_query(it->store, name, NULL);
    assert_non_null(query);
    if (sealed)
        query_sealed(query, 1, "name", value);
    else
        query_text(query, 1, value);
    gboolean found = query_step(query, NULL);
    while (found && query_step(query, NULL))
        continue;
    return found;
}

#define MATCH "X\t1\tt\tr\t0\t1\t00000000000000000000000000000000\tm\t9\n"

static void false_rows_are_a_gap_and_the_run_goes_on(void **state)
{
    Importing *it = *state;
    static const char *const lies[] = {MATCH MATCH, "X\tloot\n", "P\tloot\n", "N\n"};
    for (guint i = 0; i < G_N_ELEMENTS(lies); i++) {
        if (!import(it, (guint8)(1 + i), lies[i]))
            fail_msg("lie %u ended the run", i);
        assert_int_equal(it->run.retryable_gaps, i + 1);
        assert_int_equal(it->run.new_gaps, i + 1);
        assert_false(stands(it, "import.email_find", SPAN_OF("eve@b.example"), FALSE));
    }
    assert_true(import(it, 100, MATCH));
    assert_int_equal(it->run.retryable_gaps, G_N_ELEMENTS(lies));
    assert_true(stands(it, "import.email_find", SPAN_OF("eve@b.example"), FALSE));
    assert_true(stands(it, "import.name_find", SPAN_OF("Eve"), TRUE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(false_rows_are_a_gap_and_the_run_goes_on, make_importing,
                                        end_importing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
