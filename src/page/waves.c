/* waves.c - how far the notices of each wave came: one bar a wave. */
#include "page/parts.h"

/* As page.waves counts them. */
#define REACHES 5
#define WIDTH 1000.0
#define BAR 30.0
#define ROW 58.0

static const char *const reach_words[REACHES] = {"not handed over", "came back", "handed over", "accepted",
                                                 "acknowledged"};

typedef struct {
    gint64 act;
    char *name;
    gint64 reach[REACHES], first, all;
} Wave;

static void wave_free(gpointer data)
{
    Wave *wave = data;
    g_free(wave->name);
    g_free(wave);
}

static void take_wave(Query *query, gpointer user)
{
    GPtrArray *waves = user;
    gint64 act = query_get_int(query, 0), count = query_get_int(query, 4);
    Wave *wave = waves->len ? waves->pdata[waves->len - 1] : NULL;
    if (!wave || wave->act != act) {
        wave = g_new0(Wave, 1);
        wave->act = act;
        wave->name = span_dup(query_get_text(query, 1));
        g_ptr_array_add(waves, wave);
    }
    wave->reach[CLAMP(query_get_int(query, 3), 0, REACHES - 1)] += count;
    wave->all += count;
    if (span_equals(query_get_text(query, 2), "first"))
        wave->first += count;
}

static void add_bar(GString *out, const Wave *wave, double top, gint64 most)
{
    double x = 0, whole = (WIDTH - 2) * (double)wave->all / (double)most;
    g_string_append_printf(out, "<text class=\"name\" x=\"0\" y=\"%.1f\">", top + 14);
    html_text(out, span_of_string(wave->name));
    g_string_append_printf(out, "</text><text class=\"sum right\" x=\"%.0f\" y=\"%.1f\">", WIDTH, top + 14);
    html_counted(out, wave->all, "notice", "notices");
    g_string_append(out, ", ");
    html_count(out, wave->first);
    g_string_append(out, " of them first</text>\n");
    for (int reach = REACHES - 1; reach >= 0; reach--) {
        double width = whole * (double)wave->reach[reach] / (double)wave->all;
        if (width <= 0)
            continue;
        g_string_append_printf(
            out, "<rect class=\"r%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\"><title>", reach, x,
            top + 20, width, BAR);
        html_count(out, wave->reach[reach]);
        g_string_append_printf(out, " %s</title></rect>", reach_words[reach]);
        x += width;
    }
    g_string_append_c(out, '\n');
}

static void add_words(GString *out, const GPtrArray *waves)
{
    g_string_append(out, "<p class=\"legend\">");
    for (int reach = REACHES - 1; reach >= 0; reach--) {
        gint64 all = 0;
        for (guint i = 0; i < waves->len; i++)
            all += ((const Wave *)waves->pdata[i])->reach[reach];
        if (all == 0)
            continue;
        g_string_append_printf(out, "<i class=\"r%d\"></i>%s: ", reach, reach_words[reach]);
        html_count(out, all);
        g_string_append_c(out, ' ');
    }
    g_string_append(out, "</p>\n");
}

static gboolean add_outside(Page *page, GError **error)
{
    gint64 told[2];
    if (!page_numbers(page, "page.told_outside", told, 2, error))
        return FALSE;
    if (told[0]) {
        g_string_append(page->out, "<p class=\"rest\">Recorded beside these: ");
        html_counted(page->out, told[0], "notice", "notices");
        g_string_append(page->out, " given outside candor, to ");
        html_counted(page->out, told[1], "customer", "customers");
        g_string_append(page->out, ".</p>\n");
    }
    return TRUE;
}

gboolean part_waves(Page *page, GError **error)
{
    g_autoptr(GPtrArray) waves = g_ptr_array_new_with_free_func(wave_free);
    gint64 most = 1;
    if (!page_each(page, "page.waves", 0, take_wave, waves, error))
        return FALSE;
    for (guint i = 0; i < waves->len; i++)
        most = MAX(most, ((const Wave *)waves->pdata[i])->all);
    html_section(page->out, "waves", "Waves, and how far they came",
                 waves->len ? NULL : "No notice has been approved yet.");
    if (waves->len) {
        g_string_append_printf(page->out,
                               "<div class=\"wide\"><svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
                               "aria-label=\"Notices by wave and reach\">\n",
                               WIDTH, ROW * waves->len);
        for (guint i = 0; i < waves->len; i++)
            add_bar(page->out, waves->pdata[i], ROW * i, most);
        g_string_append(page->out, "</svg></div>\n");
        add_words(page->out, waves);
    }
    if (!add_outside(page, error))
        return FALSE;
    html_section_end(page->out);
    return TRUE;
}
