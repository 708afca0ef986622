/* progress.c - how far a long job is: a bar on a terminal, a line now and then elsewhere. */
#include "lib/progress.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define REDRAW_MICROSECONDS 100000
#define LINE_MICROSECONDS 30000000
#define COLUMNS_LEAST 40
/* The rate is that of the last few seconds, so that it tells what is, not what was. */
#define RATE_MICROSECONDS 5000000
#define ERASE_LINE "\r\x1b[K"

struct Progress {
    ProgressPlan plan;
    char *what;
    guint64 done, all, messages;
    gint64 began, drawn;
    gint64 mark_at; /* where the present rate is measured from */
    guint64 mark_done;
    double rate; /* bytes a second; 0 = not known yet */
    gboolean on_screen;
};

char *progress_bytes(guint64 bytes)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    double size = (double)bytes;
    guint unit = 0;
    while (size >= 999.5 && unit + 1 < G_N_ELEMENTS(units)) {
        size /= 1000;
        unit++;
    }
    return g_strdup_printf(unit && size < 9.95 ? "%.1f %s" : "%.0f %s", size, units[unit]);
}

char *progress_duration(gint64 seconds)
{
    if (seconds < 3600)
        return g_strdup_printf("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
    return g_strdup_printf("%" G_GINT64_FORMAT ":%02d:%02d", seconds / 3600, (int)(seconds / 60 % 60),
                           (int)(seconds % 60));
}

char *progress_count(guint64 count)
{
    g_autofree char *digits = g_strdup_printf("%" G_GUINT64_FORMAT, count);
    GString *grouped = g_string_new(NULL);
    for (gsize i = 0, n = strlen(digits); i < n; i++) {
        if (i && (n - i) % 3 == 0)
            g_string_append_c(grouped, ',');
        g_string_append_c(grouped, digits[i]);
    }
    return g_string_free(grouped, FALSE);
}

static void measure_rate(Progress *p, gint64 now)
{
    if (now - p->mark_at < RATE_MICROSECONDS && p->rate > 0)
        return;
    if (now - p->mark_at < G_USEC_PER_SEC / 2)
        return;
    p->rate = (double)(p->done - p->mark_done) * G_USEC_PER_SEC / (double)(now - p->mark_at);
    p->mark_at = now;
    p->mark_done = p->done;
}

/* "1.2 GB of 2.8 GB, 210 MB/s, 0:08 left, 123,456 messages" as far as it is known; else how long it
 * takes so far. */
static GString *words(const Progress *p)
{
    GString *text = g_string_new(NULL);
    if (!p->done && !p->all) {
        g_autofree char *taken = progress_duration((p->plan.clock() - p->began) / G_USEC_PER_SEC);
        g_string_append(text, taken);
    }
    g_autofree char *done = progress_bytes(p->done), *all = progress_bytes(p->all);
    if (p->done || p->all)
        g_string_append(text, done);
    if (p->all)
        g_string_append_printf(text, " of %s", all);
    if (p->rate > 0) {
        g_autofree char *rate = progress_bytes((guint64)p->rate);
        g_string_append_printf(text, ", %s/s", rate);
    }
    if (p->rate > 0 && p->all > p->done) {
        g_autofree char *left = progress_duration((gint64)((double)(p->all - p->done) / p->rate + 0.5));
        g_string_append_printf(text, ", %s left", left);
    }
    if (p->messages) {
        g_autofree char *messages = progress_count(p->messages);
        g_string_append_printf(text, ", %s messages", messages);
    }
    return text;
}

static double share(const Progress *p)
{
    return p->all ? MIN(1.0, (double)p->done / (double)p->all) : 0;
}

/* What is left of the line is the bar: it goes first when the line is narrow, then the last words. */
static void draw_bar(Progress *p)
{
    g_autoptr(GString) text = words(p);
    guint room = MAX(p->plan.columns, COLUMNS_LEAST) - 1;
    g_autofree char *head =
        p->all ? g_strdup_printf("%s %3.0f%% ", p->what, share(p) * 100) : g_strdup_printf("%s ", p->what);
    g_autoptr(GString) line = g_string_new(head);
    gsize used = strlen(head) + text->len;
    if (p->all && room >= used + 11) {
        guint width = MIN(30, room - (guint)used - 3);
        guint full = (guint)(share(p) * width + 0.5);
        g_string_append(line, p->plan.colour ? "[\x1b[32m" : "[");
        for (guint i = 0; i < width; i++)
            g_string_append_c(line, i < full ? '=' : ' ');
        g_string_append(line, p->plan.colour ? "\x1b[0m] " : "] ");
    } else if (used > room) {
        g_string_truncate(text, room > strlen(head) ? room - strlen(head) : 0);
    }
    fprintf(p->plan.out, ERASE_LINE "%s%s", line->str, text->str);
    fflush(p->plan.out);
    p->on_screen = TRUE;
}

static void print_line(Progress *p)
{
    g_autoptr(GString) text = words(p);
    if (p->all)
        fprintf(p->plan.out, "%s: %.0f%%, %s\n", p->what, share(p) * 100, text->str);
    else
        fprintf(p->plan.out, "%s: %s\n", p->what, text->str);
    fflush(p->plan.out);
}

static void show(Progress *p, gint64 now)
{
    if (p->plan.quiet)
        return;
    if (p->plan.terminal)
        draw_bar(p);
    else
        print_line(p);
    p->drawn = now;
}

static void begin(Progress *p, const char *what, guint64 done, gint64 now)
{
    progress_finish(p);
    g_free(p->what);
    p->what = g_strdup(what);
    p->began = p->drawn = p->mark_at = now;
    p->mark_done = done;
    p->rate = 0;
}

void progress_at(Progress *progress, const char *what, guint64 done, guint64 all, guint64 messages)
{
    gint64 now = progress->plan.clock();
    gboolean fresh = g_strcmp0(what, progress->what) != 0;
    if (fresh)
        begin(progress, what, done, now);
    progress->done = done;
    progress->all = all;
    progress->messages = messages;
    measure_rate(progress, now);
    gint64 pause = progress->plan.terminal ? REDRAW_MICROSECONDS : LINE_MICROSECONDS;
    if (fresh ? progress->plan.terminal : now - progress->drawn >= pause)
        show(progress, now);
}

void progress_say(Progress *progress, const char *sentence)
{
    fprintf(progress->plan.out, "%s%s\n", progress->on_screen ? ERASE_LINE : "", sentence);
    fflush(progress->plan.out);
    if (progress->on_screen)
        draw_bar(progress);
}

void progress_finish(Progress *progress)
{
    if (!progress->what)
        return;
    gint64 now = progress->plan.clock(), taken = now - progress->began;
    if (taken > 0) /* at the end the rate is that of the whole */
        progress->rate = (double)progress->done * G_USEC_PER_SEC / (double)taken;
    show(progress, now);
    if (progress->on_screen)
        fputc('\n', progress->plan.out);
    progress->on_screen = FALSE;
    g_clear_pointer(&progress->what, g_free);
}

void progress_free(Progress *progress)
{
    if (!progress)
        return;
    progress_finish(progress);
    g_free(progress);
}

Progress *progress_new(const ProgressPlan *plan)
{
    Progress *progress = g_new0(Progress, 1);
    progress->plan = *plan;
    return progress;
}

ProgressPlan progress_plan(FILE *out, gboolean quiet)
{
    ProgressPlan plan = {.out = out, .quiet = quiet, .columns = 80, .clock = g_get_monotonic_time};
    const char *term = g_getenv("TERM"), *no_color = g_getenv("NO_COLOR");
    gboolean dumb = !term || !*term || strcmp(term, "dumb") == 0;
    struct winsize window;
    plan.terminal = isatty(fileno(out)) && !dumb;
    plan.colour = plan.terminal && !(no_color && *no_color);
    if (plan.terminal && ioctl(fileno(out), TIOCGWINSZ, &window) == 0 && window.ws_col)
        plan.columns = window.ws_col;
    return plan;
}
