/* unknown.c - what is not known: what waits for a ruling, what could not be read, what the logs do not say. */
#include "page/parts.h"

#define GAPS 20
#define HOUR (G_GINT64_CONSTANT(60) * 60 * G_USEC_PER_SEC)

static void add_review(Query *query, gpointer user)
{
    GString *out = user;
    g_string_append(out, "<tr><th scope=\"row\">");
    html_column(out, query, 0);
    if (query_get_text(query, 1).n) {
        g_string_append(out, " <small>");
        html_column(out, query, 1);
        g_string_append(out, "</small>");
    }
    g_string_append(out, "</th><td class=\"count\">");
    html_count(out, query_get_int(query, 2));
    g_string_append(out, "</td></tr>\n");
}

static void add_gap(Query *query, gpointer user)
{
    GString *out = user;
    g_string_append(out, "<tr><th scope=\"row\">");
    html_column(out, query, 0);
    g_string_append(out, "</th><td class=\"count\">");
    html_count(out, query_get_int(query, 1));
    g_string_append(out, "</td></tr>\n");
}

/* A note with a time says for how long, one without how many. */
static void add_note(Query *query, gpointer user)
{
    GString *out = user;
    gint64 hours = query_get_int(query, 3) / HOUR;
    g_string_append(out, "<tr><th scope=\"row\">");
    html_column(out, query, 0);
    g_string_append(out, "</th><td class=\"count\">");
    if (hours > 0)
        html_counted(out, hours, "hour", "hours");
    else
        html_count(out, MAX(query_get_int(query, 2), query_get_int(query, 1)));
    g_string_append(out, "</td></tr>\n");
}

/* A card with the rows of one statement, or the words for none. */
static gboolean add_card(Page *page, const char *title, const char *none, const char *statement, gint64 limit,
                         PageRow row, GError **error)
{
    g_autoptr(GString) rows = g_string_new(NULL);
    if (!page_each(page, statement, limit, row, rows, error))
        return FALSE;
    g_string_append_printf(page->out, "<div class=\"card\"><h3>%s</h3>\n", title);
    if (rows->len)
        g_string_append_printf(page->out, "<table class=\"plain\"><tbody>\n%s</tbody></table>\n", rows->str);
    else
        g_string_append_printf(page->out, "<p class=\"rest\">%s</p>\n", none);
    g_string_append(page->out, "</div>\n");
    return TRUE;
}

gboolean part_unknown(Page *page, GError **error)
{
    html_section(page->out, "unknown", "What is not known", NULL);
    g_string_append(page->out, "<div class=\"cards\">\n");
    if (!add_card(page, "Waiting for a ruling", "Nothing.", "page.reviews", 0, add_review, error) ||
        !add_card(page, "What the logs say and do not say",
                  "No log was taken in: all mail is presumed taken.", "page.notes", 0, add_note, error) ||
        !add_card(page, "What could not be read", "Everything was read.", "page.gaps", GAPS, add_gap, error))
        return FALSE;
    g_string_append(page->out, "</div>\n");
    html_section_end(page->out);
    return TRUE;
}
