/* deadlines.c - what is due when, the next first. */
#include "page/parts.h"

#define LINES 40
#define DAY (G_GINT64_CONSTANT(24) * 60 * 60 * G_USEC_PER_SEC)

typedef struct {
    GString *out;
    gint64 now;
    guint rows;
} Lines;

/* "in 3 days", "2 days late", "today" */
static void add_distance(GString *out, gint64 due, gint64 now)
{
    gint64 days = (due - now) / DAY;
    if (days == 0)
        g_string_append(out, due < now ? "just passed" : "within a day");
    else if (days > 0)
        g_string_append_printf(out, "in %" G_GINT64_FORMAT " day%s", days, days == 1 ? "" : "s");
    else
        g_string_append_printf(out, "%" G_GINT64_FORMAT " day%s late", -days, days == -1 ? "" : "s");
}

/* How urgent an open one is. */
static const char *urgency(Span state, gint64 due, gint64 now)
{
    if (span_equals(state, "filed"))
        return "done";
    if (span_equals(state, "delayed"))
        return "wait";
    return due < now ? "bad" : due - now < 3 * DAY ? "owed" : "";
}

static void add_line(Query *query, gpointer user)
{
    Lines *lines = user;
    GString *out = lines->out;
    gint64 due = query_get_int(query, 4);
    Span state = query_get_text(query, 5);
    lines->rows++;
    g_string_append(out, "<tr><th scope=\"row\">");
    html_column(out, query, 0);
    g_string_append(out, "</th><td>");
    html_column(out, query, 2);
    g_string_append(out, "</td><td>");
    if (query_get_int(query, 3) > 1)
        html_counted(out, query_get_int(query, 3), "customer", "customers");
    else
        html_column(out, query, 1);
    g_string_append(out, "</td><td>");
    html_minute(out, due);
    g_string_append_printf(out, "</td><td><span class=\"chip %s\">", urgency(state, due, lines->now));
    if (span_equals(state, "filed") || span_equals(state, "delayed"))
        html_text(out, state);
    else
        add_distance(out, due, lines->now);
    g_string_append(out, "</span></td></tr>\n");
}

gboolean part_deadlines(Page *page, GError **error)
{
    g_autoptr(GString) rows = g_string_new(NULL);
    Lines lines = {rows, page->now, 0};
    if (!page_each(page, "page.deadlines", LINES, add_line, &lines, error))
        return FALSE;
    html_section(page->out, "due", "What is due",
                 lines.rows
                     ? NULL
                     : "No clock runs: no event that a law counts from has been recorded (candor event).");
    if (lines.rows) {
        g_string_append(
            page->out,
            "<div class=\"wide\"><table>\n<thead><tr><th>duty</th><th>to</th><th>for</th><th>due (UTC)</th>"
            "<th></th></tr></thead>\n<tbody>\n");
        g_string_append_len(page->out, rows->str, (gssize)rows->len);
        g_string_append(page->out, "</tbody></table></div>\n");
    }
    if (lines.rows == LINES)
        g_string_append_printf(page->out, "<p class=\"rest\">The next %d.</p>\n", LINES);
    html_section_end(page->out);
    return TRUE;
}
