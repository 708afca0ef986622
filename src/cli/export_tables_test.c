/* export_tables_test.c - candor-export(7) and the tables say the same. */
#include "cli/export_tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

/* The page from the heading of a table to the next heading; g_free. */
static char *section_of(const char *page, const char *table)
{
    g_autofree char *heading = g_strdup_printf("\n.Ss %s\n", table);
    const char *begin = strstr(page, heading);
    assert_non_null(begin);
    begin += strlen(heading);
    const char *end = strstr(begin, "\n.S");
    return g_strndup(begin, end ? (gsize)(end - begin) : strlen(begin));
}

static void assert_listed(char **cursor, const char *field)
{
    g_autofree char *item = g_strdup_printf("\n.It Li %s Ta ", field);
    char *found = strstr(*cursor, item);
    assert_non_null(found);
    assert_ptr_equal(found, strstr(*cursor, "\n.It Li ")); /* the next one, so: in this order, none besides */
    *cursor = found + 1;
}

static void the_manual_lists_each_field_in_order(void **state)
{
    (void)state;
    g_autofree char *page = NULL;
    assert_true(g_file_get_contents(MANUAL, &page, NULL, NULL));
    for (guint i = 0; export_table_names[i]; i++) {
        const ExportTable *table = export_table(export_table_names[i]);
        assert_non_null(table);
        g_autofree char *section = section_of(page, table->name);
        char *cursor = section;
        for (guint f = 0; f < table->count; f++)
            assert_listed(&cursor, table->fields[f].name);
        assert_null(strstr(cursor, "\n.It Li "));
    }
}

static void a_schema_is_the_name_and_a_version(void **state)
{
    (void)state;
    for (guint i = 0; export_table_names[i]; i++) {
        const ExportTable *table = export_table(export_table_names[i]);
        g_autofree char *beginning = g_strconcat(table->name, ".", NULL);
        assert_true(g_str_has_prefix(table->schema, beginning));
    }
    assert_null(export_table("weather"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manual_lists_each_field_in_order),
        cmocka_unit_test(a_schema_is_the_name_and_a_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
