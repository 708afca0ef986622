/* html.c - pieces of the page: text, counts, days, sections, and the rows of a statement. */
#include "page/html.h"

#include <string.h>
#include "lib/escape.h"
#include "lib/moment.h"
#include "lib/progress.h"

void html_text(GString *out, Span text)
{
    escape_html(out, text);
}

void html_column(GString *out, Query *query, guint column)
{
    escape_html(out, query_get_text(query, column));
}

void html_count(GString *out, gint64 count)
{
    g_autofree char *digits = progress_count((guint64)count);
    g_string_append(out, digits);
}

void html_counted(GString *out, gint64 count, const char *one, const char *many)
{
    html_count(out, count);
    g_string_append_printf(out, " %s", count == 1 ? one : many);
}

/* The first `length` characters of a moment, the T a blank. */
static void add_moment(GString *out, gint64 moment, gsize length)
{
    g_autofree char *text = moment ? moment_format(moment) : g_strdup("");
    char *t = strchr(text, 'T');
    if (t)
        *t = ' ';
    g_string_append_len(out, t ? text : "–", t ? (gssize)MIN(length, strlen(text)) : -1);
}

void html_day(GString *out, gint64 moment)
{
    add_moment(out, moment, strlen("2025-10-06"));
}

void html_minute(GString *out, gint64 moment)
{
    add_moment(out, moment, strlen("2025-10-06 03:10"));
}

void html_section(GString *out, const char *id, const char *title, const char *lead)
{
    g_string_append_printf(out, "<section id=\"%s\">\n<h2>%s</h2>\n", id, title);
    if (lead)
        g_string_append_printf(out, "<p class=\"lead\">%s</p>\n", lead);
}

void html_section_end(GString *out)
{
    g_string_append(out, "</section>\n");
}

/* 1, 2-5, 6-25, 26-125, more: how dark. */
static guint heat_of(gint64 count)
{
    guint heat = 1;
    for (gint64 most = 1; count > most && heat < 5; most *= 5)
        heat++;
    return heat;
}

void html_heat(GString *out, gint64 count)
{
    if (count == 0) {
        g_string_append(out, "<td class=\"none\"></td>");
        return;
    }
    g_string_append_printf(out, "<td class=\"heat h%u\">", heat_of(count));
    html_count(out, count);
    g_string_append(out, "</td>");
}

gboolean page_each(Page *page, const char *statement, gint64 limit, PageRow row, gpointer user,
                   GError **error)
{
    Query *query = store_query(page->store, statement, error);
    if (!query)
        return FALSE;
    if (limit)
        query_int(query, 1, limit);
    g_autoptr(GError) cause = NULL;
    while (query_step(query, &cause))
        row(query, user);
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

typedef struct {
    gint64 *numbers;
    guint count;
} Numbers;

static void take_numbers(Query *query, gpointer user)
{
    Numbers *wanted = user;
    for (guint i = 0; i < wanted->count; i++)
        wanted->numbers[i] = query_get_int(query, i);
}

gboolean page_numbers(Page *page, const char *statement, gint64 *numbers, guint count, GError **error)
{
    Numbers wanted = {numbers, count};
    memset(numbers, 0, count * sizeof *numbers);
    return page_each(page, statement, 0, take_numbers, &wanted, error);
}
