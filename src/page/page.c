/* page.c - the page of a case: head, style, and its parts in order. */
#include "page/page.h"
#include "page/parts.h"
#include "page/style.h"

static gboolean (*const parts[])(Page *, GError **) = {
    part_summary,  part_alarms, part_deadlines, part_changes,
    part_timeline, part_waves,  part_customers, part_unknown,
};

/* No script, no font, no picture from elsewhere: the policy says so to the browser as well. */
static void begin(GString *out)
{
    g_string_append(out,
                    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" "
                    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n"
                    "<meta name=\"robots\" content=\"noindex\">\n<title>candor: the case</title>\n<style>\n");
    g_string_append(out, page_style);
    g_string_append(out, "</style>\n</head>\n<body>\n<main>\n");
}

static void end(Page *page)
{
    g_string_append(page->out, "<footer>Made by candor. Counts are of what the case knew at ");
    html_minute(page->out, page->now);
    g_string_append(page->out, " UTC; values and words of mail stand nowhere on this page.</footer>\n"
                               "</main>\n</body>\n</html>\n");
}

gboolean page_write(Store *store, GString *out, GError **error)
{
    Page page = {.store = store, .out = out};
    if (!page_numbers(&page, "page.as_of", &page.now, 1, error))
        return FALSE;
    begin(out);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (!parts[i](&page, error))
            return FALSE;
    end(&page);
    return TRUE;
}
