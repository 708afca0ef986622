/* customers.c - whose it is: a line for each customer, a column for each kind of data, darker the more. */
#include <string.h>
#include "nouns/fact.h"
#include "page/parts.h"

/* Lines on the page; the tables have the rest. */
#define CUSTOMERS 60

/* Columns of page.customers. */
enum { WHOM, NAME, SECTOR, LEVEL, MAILS, SECRETS, UNREAD = 11, CONTACTED, TARGETED, PLAN, STATE, NOTICES };

/* The kinds of data have a column each, where anybody has any. */
static const char *const data_columns[] = {"secrets",      "money", "health", "official numbers",
                                           "contact data", "other", "unread"};

typedef struct {
    char *whom, *name, *sector;
    gint64 number[NOTICES + 1]; /* by column; those of texts stay 0 */
    const char *next;           /* a chip */
} Line;

static void line_free(gpointer data)
{
    Line *line = data;
    g_free(line->whom);
    g_free(line->name);
    g_free(line->sector);
    g_free(line);
}

/* What stands next for them. */
static const char *next_for(Query *query)
{
    Span plan = query_get_text(query, PLAN), state = query_get_text(query, STATE);
    if (span_equals(state, "delayed"))
        return "<span class=\"chip wait\">delayed</span>";
    if (span_equals(state, "no-contact"))
        return "<span class=\"chip bad\">no contact</span>";
    if (span_equals(plan, "first"))
        return "<span class=\"chip owed\">first notice</span>";
    if (span_equals(plan, "more"))
        return "<span class=\"chip owed\">more detail</span>";
    if (plan.n)
        return "<span class=\"chip owed\">correction</span>";
    return query_get_int(query, NOTICES) ? "<span class=\"chip done\">told</span>" : "";
}

static void take_line(Query *query, gpointer user)
{
    Line *line = g_new0(Line, 1);
    line->whom = span_dup(query_get_text(query, WHOM));
    line->name = span_dup(query_get_text(query, NAME));
    line->sector = span_dup(query_get_text(query, SECTOR));
    for (guint column = LEVEL; column <= TARGETED; column++)
        line->number[column] = query_get_int(query, column);
    line->next = next_for(query);
    g_ptr_array_add(user, line);
}

static gboolean anybody_has(const GPtrArray *lines, guint column)
{
    for (guint i = 0; i < lines->len; i++)
        if (((const Line *)lines->pdata[i])->number[column])
            return TRUE;
    return FALSE;
}

static void add_name(GString *out, const Line *line)
{
    gboolean person = whom_is_person(line->whom);
    const char *name = person ? line->whom + strlen(WHOM_PERSON) : *line->name ? line->name : line->whom;
    g_string_append(out, "<th scope=\"row\">");
    html_text(out, span_of_string(name));
    g_string_append(out, " <small>");
    html_text(out, span_of_string(person ? "private person" : line->sector));
    g_string_append(out, "</small>");
    if (line->number[CONTACTED])
        g_string_append(out, " <span class=\"flag\" title=\"the intruder wrote to them\">written to</span>");
    if (line->number[TARGETED])
        g_string_append(out, " <span class=\"flag\" title=\"their accounts were tried\">attacked</span>");
    g_string_append(out, "</th>");
}

static void add_line(GString *out, const Line *line, const gboolean *shown)
{
    const char *level = level_name(line->number[LEVEL]);
    g_string_append(out, "<tr>");
    add_name(out, line);
    g_string_append_printf(out, "<td>%s</td><td class=\"level %s\">%s</td><td class=\"count\">", line->next,
                           level ? level : "", level ? level : "");
    html_count(out, line->number[MAILS]);
    g_string_append(out, "</td>");
    for (guint column = SECRETS; column <= UNREAD; column++)
        if (shown[column])
            html_heat(out, line->number[column]);
    g_string_append(out, "</tr>\n");
}

static void add_table(GString *out, const GPtrArray *lines)
{
    gboolean shown[UNREAD + 1] = {FALSE};
    g_string_append(out,
                    "<div class=\"wide\"><table class=\"matrix\">\n<thead><tr><th>customer</th><th>next</th>"
                    "<th>level</th><th class=\"count\">mails</th>");
    for (guint column = SECRETS; column <= UNREAD; column++) {
        shown[column] = anybody_has(lines, column);
        if (shown[column])
            g_string_append_printf(out, "<th class=\"data\">%s</th>", data_columns[column - SECRETS]);
    }
    g_string_append(out, "</tr></thead>\n<tbody>\n");
    for (guint i = 0; i < lines->len; i++)
        add_line(out, lines->pdata[i], shown);
    g_string_append(out, "</tbody></table></div>\n");
}

gboolean part_customers(Page *page, GError **error)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(line_free);
    if (!page_each(page, "page.customers", CUSTOMERS, take_line, lines, error))
        return FALSE;
    if (lines->len == 0)
        return TRUE;
    html_section(page->out, "who", "Whose it is",
                 "Each count is of different values in mail that was taken; \u201cunread\u201d is what could "
                 "not be opened "
                 "and is presumed to hold anything.");
    add_table(page->out, lines);
    if (lines->len == CUSTOMERS)
        g_string_append_printf(page->out,
                               "<p class=\"rest\">The %d gravest; candor show CASE exposure has all.</p>\n",
                               CUSTOMERS);
    html_section_end(page->out);
    return TRUE;
}
