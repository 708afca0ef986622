/* timeline.c - what was taken when: a strip of bars for each mailbox, stacked by level, over the intruders' stay. */
#include <math.h>
#include <string.h>
#include "lib/moment.h"
#include "nouns/fact.h"
#include "page/parts.h"

/* Intervals across the strip, at most; a day each where that suffices. */
#define BINS 96
#define DAY (G_GINT64_CONSTANT(24) * 60 * 60 * G_USEC_PER_SEC)
/* Mailboxes with a strip of their own. */
#define STRIPS 40
/* Characters of a mailbox's name. */
#define NAME_MOST 22
/* The drawing, in its own units. */
#define LABELS 168.0
#define PLOT 760.0
#define WIDTH 1000.0
#define STRIP 40.0
#define TOP 34.0

typedef struct {
    char *mailbox;
    gint64 count[BINS][LEVEL_COUNT];
    gint64 all[LEVEL_COUNT];
} Strip;

typedef struct {
    gint64 from, width; /* microseconds */
    gint64 bins;
    GPtrArray *strips; /* Strip * */
    gint64 highest;    /* of any bar */
} Timeline;

static void strip_free(gpointer data)
{
    Strip *strip = data;
    g_free(strip->mailbox);
    g_free(strip);
}

static Strip *strip_of(Timeline *timeline, Span mailbox)
{
    Strip *last = timeline->strips->len ? timeline->strips->pdata[timeline->strips->len - 1] : NULL;
    if (last && span_equals(mailbox, last->mailbox))
        return last;
    Strip *strip = g_new0(Strip, 1);
    strip->mailbox = span_dup(mailbox);
    g_ptr_array_add(timeline->strips, strip);
    return strip;
}

static void take_count(Timeline *timeline, Query *query)
{
    Strip *strip = strip_of(timeline, query_get_text(query, 0));
    gint64 bin = CLAMP(query_get_int(query, 1), 0, timeline->bins - 1);
    gint64 level = CLAMP(query_get_int(query, 2), 0, LEVEL_COUNT - 1), count = query_get_int(query, 3);
    strip->count[bin][level] += count;
    strip->all[level] += count;
    gint64 bar = 0;
    for (guint i = 0; i < LEVEL_COUNT; i++)
        bar += strip->count[bin][i];
    timeline->highest = MAX(timeline->highest, bar);
}

static gboolean date_of_rank(Page *page, gint64 rank, gint64 *date, GError **error)
{
    Query *query = store_query(page->store, "page.date_of_rank", error);
    if (!query)
        return FALSE;
    query_int(query, 1, rank);
    return query_only_int(query, date, error);
}

/* From the hundredth part of the dates to the last but as many: a mail from 1970 does not squeeze the rest. FALSE
 * without *error: no message has a date. */
static gboolean span_dates(Page *page, Timeline *timeline, GError **error)
{
    gint64 dated, to;
    if (!page_numbers(page, "page.dated", &dated, 1, error) || dated == 0 ||
        !date_of_rank(page, dated / 100, &timeline->from, error) ||
        !date_of_rank(page, dated - 1 - dated / 100, &to, error))
        return FALSE;
    timeline->from -= ((timeline->from % DAY) + DAY) % DAY;
    gint64 days = (to - timeline->from) / DAY + 1;
    timeline->width = MAX((days + BINS - 1) / BINS, 1) * DAY;
    timeline->bins = CLAMP((to - timeline->from) / timeline->width + 1, 1, BINS);
    return TRUE;
}

static gboolean count_copies(Page *page, Timeline *timeline, GError **error)
{
    Query *query = store_query(page->store, "page.timeline", error);
    if (!query)
        return FALSE;
    query_int(query, 1, timeline->from);
    query_int(query, 2, timeline->width);
    query_int(query, 3, timeline->bins);
    g_autoptr(GError) cause = NULL;
    while (query_step(query, &cause))
        take_count(timeline, query);
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static gint64 stolen(const Strip *strip)
{
    return strip->all[LEVEL_CONFIRMED] + strip->all[LEVEL_PRESUMED];
}

static gint more_stolen_first(gconstpointer a, gconstpointer b)
{
    const Strip *left = *(Strip *const *)a, *right = *(Strip *const *)b;
    gint64 by = stolen(right) - stolen(left);
    return by < 0 ? -1 : by > 0 ? 1 : g_strcmp0(left->mailbox, right->mailbox);
}

static double x_of(const Timeline *timeline, gint64 moment)
{
    double whole = (double)(timeline->width * timeline->bins);
    double place = (double)(moment - timeline->from) / whole;
    return LABELS + PLOT * CLAMP(place, 0.0, 1.0);
}

/* --- what lies behind the bars ---------------------------------------------------------------------------- */

typedef struct {
    const Timeline *timeline;
    GString *out;
    double height;
    const char *kind;
    guint columns; /* of the moments in the row */
} Band;

static void add_band(Query *query, gpointer user)
{
    Band *band = user;
    gint64 began = query_get_int(query, band->columns), ended = query_get_int(query, band->columns + 1);
    double left = began ? x_of(band->timeline, began) : LABELS;
    double right = ended ? x_of(band->timeline, ended) : LABELS + PLOT;
    if (right - left < 0.5)
        return;
    g_string_append_printf(band->out,
                           "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>",
                           band->kind, left, TOP, right - left, band->height);
    g_string_append(band->out, band->columns ? "an intruder was there: " : "no log covers this: ");
    html_minute(band->out, began);
    g_string_append(band->out, " to ");
    html_minute(band->out, ended);
    g_string_append(band->out, "</title></rect>\n");
}

static gboolean add_bands(Page *page, const Timeline *timeline, double height, GError **error)
{
    Band stay = {timeline, page->out, height, "stay", 1}, hole = {timeline, page->out, height, "hole", 0};
    return page_each(page, "page.windows", 0, add_band, &stay, error) &&
           page_each(page, "page.uncovered", 0, add_band, &hole, error);
}

/* A label for about every ninth part of the strip. */
static void add_axis(GString *out, const Timeline *timeline, double height)
{
    gint64 step = MAX((timeline->bins + 8) / 9, 1);
    for (gint64 bin = 0; bin < timeline->bins; bin += step) {
        double x = x_of(timeline, timeline->from + bin * timeline->width);
        g_string_append_printf(
            out, "<path class=\"tick\" d=\"M%.1f %.1fV%.1f\"/><text class=\"axis\" x=\"%.1f\" y=\"%.1f\">", x,
            TOP, TOP + height, x, TOP - 8);
        html_day(out, timeline->from + bin * timeline->width);
        g_string_append(out, "</text>\n");
    }
}

/* --- bars ------------------------------------------------------------------------------------------------- */

static const char *const level_classes[LEVEL_COUNT] = {"l0", "l1", "l2", "l3"};

/* One bar: the surest level lies lowest. Heights grow with the root, so that a single mail is seen beside hundreds. */
static void add_bar(GString *out, const Timeline *timeline, const Strip *strip, gint64 bin, double base)
{
    gint64 all = 0;
    for (guint i = 0; i < LEVEL_COUNT; i++)
        all += strip->count[bin][i];
    if (all == 0)
        return;
    double step = PLOT / (double)timeline->bins, x = LABELS + step * (double)bin;
    double height = (STRIP - 9) * MAX(sqrt((double)all / (double)timeline->highest), 0.08), y = base;
    for (gint level = LEVEL_CONFIRMED; level >= LEVEL_NONE; level--) {
        double part = height * (double)strip->count[bin][level] / (double)all;
        if (part <= 0)
            continue;
        y -= part;
        g_string_append_printf(out,
                               "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>",
                               level_classes[level], x, y, MAX(step - 0.8, 0.6), part);
    }
    g_string_append_c(out, '\n');
}

/* The domain that all mailboxes have, with its @; NULL when they have several. */
static const char *common_domain(const GPtrArray *strips)
{
    const char *domain = strchr(((const Strip *)strips->pdata[0])->mailbox, '@');
    for (guint i = 1; domain && i < strips->len; i++)
        if (g_strcmp0(strchr(((const Strip *)strips->pdata[i])->mailbox, '@'), domain) != 0)
            domain = NULL;
    return domain;
}

/* As much of a mailbox's name as there is room for; the whole of it is the title. */
static void add_name(GString *out, const Strip *strip, const char *domain)
{
    gsize whole = strlen(strip->mailbox), bytes = domain ? whole - strlen(domain) : whole;
    g_autofree char *valid = g_utf8_make_valid(strip->mailbox, (gssize)bytes);
    gboolean cut = g_utf8_strlen(valid, -1) > NAME_MOST;
    g_autofree char *name = g_utf8_substring(valid, 0, cut ? NAME_MOST - 1 : -1);
    html_text(out, span_of_string(name));
    g_string_append(out, cut ? "…<title>" : "<title>");
    html_text(out, span_of_string(strip->mailbox));
    g_string_append(out, "</title></text>\n");
}

static void add_strip(GString *out, const Timeline *timeline, guint row, const char *domain)
{
    const Strip *strip = timeline->strips->pdata[row];
    double base = TOP + STRIP * (row + 1) - 4;
    g_string_append_printf(
        out, "<path class=\"base\" d=\"M0 %.1fH%.1f\"/><text class=\"name\" x=\"0\" y=\"%.1f\">", base, WIDTH,
        base - 6);
    add_name(out, strip, domain);
    for (gint64 bin = 0; bin < timeline->bins; bin++)
        add_bar(out, timeline, strip, bin, base);
    g_string_append_printf(out, "<text class=\"sum\" x=\"%.1f\" y=\"%.1f\"><tspan class=\"t3\">",
                           LABELS + PLOT + 12, base - 6);
    html_count(out, strip->all[LEVEL_CONFIRMED]);
    g_string_append(out, "</tspan> + <tspan class=\"t2\">");
    html_count(out, strip->all[LEVEL_PRESUMED]);
    g_string_append(out, "</tspan></text>\n");
}

static void add_legend(GString *out)
{
    g_string_append(
        out, "<p class=\"legend\"><i class=\"l3\"></i>confirmed <i class=\"l2\"></i>presumed "
             "<i class=\"l1\"></i>possible <i class=\"l0\"></i>not taken "
             "<i class=\"stay\"></i>an intruder was there <i class=\"hole\"></i>no log covers it</p>\n");
}

static gboolean draw(Page *page, Timeline *timeline, GError **error)
{
    guint rows = MIN(timeline->strips->len, STRIPS);
    double height = STRIP * rows;
    html_section(
        page->out, "when", "What was taken, and when it was written",
        "A strip for each mailbox: its mail by date, in the colour of how sure it is that it was taken; "
        "on the right, copies confirmed and presumed.");
    g_string_append_printf(
        page->out,
        "<div class=\"wide\"><svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"Mail by "
        "mailbox, date and level\">\n<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" "
        "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"hatch\" "
        "width=\"2\" height=\"6\"/></pattern></defs>\n",
        WIDTH, TOP + height + 4);
    if (!add_bands(page, timeline, height, error))
        return FALSE;
    add_axis(page->out, timeline, height);
    for (guint i = 0; i < rows; i++)
        add_strip(page->out, timeline, i, common_domain(timeline->strips));
    g_string_append(page->out, "</svg></div>\n");
    add_legend(page->out);
    if (timeline->strips->len > rows)
        g_string_append_printf(page->out,
                               "<p class=\"rest\">%u more mailboxes have less taken mail than these.</p>\n",
                               timeline->strips->len - rows);
    html_section_end(page->out);
    return TRUE;
}

gboolean part_timeline(Page *page, GError **error)
{
    g_autoptr(GPtrArray) strips = g_ptr_array_new_with_free_func(strip_free);
    Timeline timeline = {.strips = strips};
    g_autoptr(GError) cause = NULL;
    if (!span_dates(page, &timeline, &cause)) {
        if (!cause)
            return TRUE;
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (!count_copies(page, &timeline, error))
        return FALSE;
    g_ptr_array_sort(strips, more_stolen_first);
    return draw(page, &timeline, error);
}
