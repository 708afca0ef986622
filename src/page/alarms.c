/* alarms.c - what was said in public and is no longer true. */
#include "page/parts.h"

/* Columns of report.contradicted. */
enum { AT = 1, PLACE, MEASURE, SAYS = 6 };

static void add_statement(Query *query, gpointer user)
{
    GString *out = user;
    g_string_append(out, "<li><b>No longer true:</b> \u201c");
    html_column(out, query, SAYS);
    g_string_append(out, "\u201d, said at ");
    html_column(out, query, PLACE);
    g_string_append(out, " on ");
    html_day(out, query_get_int(query, AT));
    g_string_append(out, " (");
    html_column(out, query, MEASURE);
    g_string_append(out, ")</li>\n");
}

gboolean part_alarms(Page *page, GError **error)
{
    gint64 statements = 0;
    g_autoptr(GString) rows = g_string_new(NULL);
    if (!page_numbers(page, "status.statements", &statements, 1, error) ||
        (statements && !page_each(page, "report.contradicted", 0, add_statement, rows, error)))
        return FALSE;
    if (rows->len)
        g_string_append_printf(page->out, "<ul class=\"alarms\">\n%s</ul>\n", rows->str);
    return TRUE;
}
