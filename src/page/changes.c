/* changes.c - what changed: what the notices that are planned now say beyond those that went before. */
#include <string.h>
#include "nouns/fact.h"
#include "page/parts.h"

#define LINES 25

/* Facts and customers of each change. */
typedef struct {
    const char *change, *words;
    gint64 facts, most; /* customers: of the kind that has most */
} Change;

typedef struct {
    Change of[5];
} Changes;

static void take_change(Query *query, gpointer user)
{
    Changes *changes = user;
    for (guint i = 0; i < G_N_ELEMENTS(changes->of); i++)
        if (span_equals(query_get_text(query, 0), changes->of[i].change)) {
            changes->of[i].facts += query_get_int(query, 2);
            changes->of[i].most = MAX(changes->of[i].most, query_get_int(query, 3));
        }
}

static void add_totals(GString *out, const Changes *changes)
{
    g_string_append(out, "<ul class=\"changes\">\n");
    for (guint i = 0; i < G_N_ELEMENTS(changes->of); i++) {
        const Change *change = &changes->of[i];
        if (change->facts == 0)
            continue;
        g_string_append(out, "<li><b>");
        html_count(out, change->facts);
        g_string_append_printf(out, "</b> %s</li>\n", change->words);
    }
    g_string_append(out, "</ul>\n");
}

typedef struct {
    GString *out;
    guint further, rows;
} Grown;

static void add_cell(GString *out, gint64 count, const char *sign)
{
    g_string_append(out, "<td class=\"count\">");
    if (count) {
        g_string_append(out, sign);
        html_count(out, count);
    }
    g_string_append(out, "</td>");
}

static void add_grown(Query *query, gpointer user)
{
    Grown *grown = user;
    gboolean first = span_equals(query_get_text(query, 2), "first");
    grown->rows++;
    grown->further += !first;
    g_string_append(grown->out, "<tr><th scope=\"row\">");
    html_column(grown->out, query, query_get_text(query, 1).n ? 1 : 0);
    g_string_append(grown->out, first ? "</th><td><span class=\"chip owed\">first</span></td>"
                                      : "</th><td><span class=\"chip done\">");
    if (!first) {
        html_column(grown->out, query, 2);
        g_string_append(grown->out, "</span></td>");
    }
    for (guint column = 3; column <= 5; column++)
        add_cell(grown->out, query_get_int(query, column), "+");
    for (guint column = 6; column <= 8; column++)
        add_cell(grown->out, query_get_int(query, column), "");
    g_string_append(grown->out, "</tr>\n");
}

gboolean part_changes(Page *page, GError **error)
{
    Changes changes = {{{"new", "facts that nobody concerned was told yet", 0, 0},
                        {"raised", "told facts that are surer now", 0, 0},
                        {"resolved", "parts that could not be read and now can", 0, 0},
                        {"available", "contents that are no longer held back", 0, 0},
                        {"corrected", "corrections that a person ruled", 0, 0}}};
    g_autoptr(GString) rows = g_string_new(NULL);
    Grown grown = {rows, 0, 0};
    if (!page_each(page, "page.changes", 0, take_change, &changes, error) ||
        !page_each(page, "page.grown", LINES, add_grown, &grown, error))
        return FALSE;
    if (grown.rows == 0)
        return TRUE;
    html_section(page->out, "changed", "What changed since the last wave",
                 "What the notices that are planned now would say beyond what was told.");
    add_totals(page->out, &changes);
    g_string_append(
        page->out,
        "<details><summary>By customer</summary>\n<div class=\"wide\"><table>\n<thead><tr><th>customer"
        "</th><th>notice</th><th>mails</th><th>values</th><th>else</th><th>surer</th><th>now read</th>"
        "<th>other</th></tr></thead>\n<tbody>\n");
    g_string_append_len(page->out, rows->str, (gssize)rows->len);
    g_string_append(page->out, "</tbody></table></div>\n");
    if (grown.rows == LINES)
        g_string_append_printf(page->out, "<p class=\"rest\">The first %d.</p>\n", LINES);
    g_string_append(page->out, "</details>\n");
    html_section_end(page->out);
    return TRUE;
}
