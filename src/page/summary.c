/* summary.c - the top of the page: whose case it is, one sentence, and figures in tiles. */
#include "page/parts.h"
#include "nouns/fact.h"

typedef struct {
    gint64 customers, persons, first, more, told, secrets, messages;
} Figures;

typedef struct {
    gint64 of[LEVEL_COUNT];
} Levels;

static void take_level(Query *query, gpointer user)
{
    Levels *levels = user;
    gint64 level = query_get_int(query, 0);
    if (level >= 0 && level < LEVEL_COUNT)
        levels->of[level] = query_get_int(query, 1);
}

static void take_vendor(Query *query, gpointer user)
{
    html_column(user, query, 0);
}

static gboolean add_title(Page *page, GError **error)
{
    g_string_append(page->out, "<header>\n<p class=\"kicker\">Stolen mail of</p>\n<h1>");
    gsize before = page->out->len;
    Query *query = store_query(page->store, "status.meta", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string("vendor"));
    g_autoptr(GError) cause = NULL;
    while (query_step(query, &cause))
        take_vendor(query, page->out);
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (page->out->len == before)
        g_string_append(page->out, "a vendor that is not stated");
    g_string_append(page->out, "</h1>\n<p class=\"asof\">As of ");
    html_minute(page->out, page->now);
    g_string_append(page->out, " UTC</p>\n</header>\n");
    return TRUE;
}

static void add_sentence(Page *page, const Figures *figures, const Levels *levels)
{
    GString *out = page->out;
    gint64 mails = 0;
    for (guint i = 0; i < LEVEL_COUNT; i++)
        mails += levels->of[i];
    g_string_append(out, "<p class=\"sentence\">Of ");
    html_counted(out, mails ? mails : figures->messages, "mail, ", "mails, ");
    g_string_append(out, "<b class=\"confirmed\">");
    html_count(out, levels->of[LEVEL_CONFIRMED]);
    g_string_append(out, " certainly</b> were taken and <b class=\"presumed\">");
    html_count(out, levels->of[LEVEL_PRESUMED]);
    g_string_append(out, " must be presumed</b> taken. They concern ");
    html_counted(out, figures->customers, "customer", "customers");
    if (figures->persons) {
        g_string_append(out, " and ");
        html_counted(out, figures->persons, "private person", "private persons");
    }
    g_string_append(out, ".</p>\n");
}

static void add_tile(GString *out, const char *kind, gint64 count, const char *words)
{
    g_string_append_printf(out, "<div class=\"tile %s\"><b>", kind);
    html_count(out, count);
    g_string_append_printf(out, "</b><span>%s</span></div>\n", words);
}

gboolean part_summary(Page *page, GError **error)
{
    Figures figures;
    Levels levels = {0};
    if (!add_title(page, error) || !page_numbers(page, "page.figures", (gint64 *)&figures, 7, error) ||
        !page_each(page, "page.levels", 0, take_level, &levels, error))
        return FALSE;
    add_sentence(page, &figures, &levels);
    g_string_append(page->out, "<div class=\"tiles\">\n");
    add_tile(page->out, "owed", figures.first, "owed a first notice");
    add_tile(page->out, "owed", figures.more, "owed more detail");
    add_tile(page->out, "", figures.told, "told at least once");
    add_tile(page->out, "secret", figures.secrets, "different secrets in taken mail");
    g_string_append(page->out, "</div>\n");
    return TRUE;
}
