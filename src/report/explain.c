/* explain.c - how a deadline came about, step by step. */
#include "report/explain.h"

#include "lib/escape.h"
#include "lib/moment.h"
#include "report/due.h"
#include "report/paragraph.h"

#define LABEL 12
/* Customers that are reckoned out one by one; more are counted. */
#define WHOM_LISTED 5

static void add(GString *out, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    g_string_append_printf(out, "%-*s", LABEL, label);
    g_autoptr(GString) shown = g_string_new(NULL);
    escape_terminal(shown, span_of_string(text));
    paragraph_append(out, shown->str, LABEL, LABEL);
}

static void add_duty(GString *out, const Duty *duty)
{
    static const char *const units[] = {"hours", "calendar days", "business days", "months"};
    g_autofree char *contents = g_strjoinv("; ", duty->contents);
    g_autofree char *within =
        g_strdup_printf("%u %s%s", duty->within, units[duty->unit],
                        duty->internal ? " (a target of our own; the law names none)" : "");
    g_autofree char *start =
        duty->after ? g_strdup_printf("the filing of %s", duty->after) : g_strdup(duty->starts);
    g_autofree char *source =
        g_strdup_printf("%s (%s, as of %s)", duty->source, duty->confidence, duty->as_of);
    add(out, "duty", duty->id);
    add(out, "regime", duty->name);
    add(out, "binds", duty->binds);
    add(out, "recipient", duty->recipient);
    add(out, "says", duty->text);
    add(out, "starts", start);
    add(out, "within", within);
    add(out, "zone", duty->zone_name);
    add(out, "calendar", duty->calendar_name);
    add(out, "contents", contents);
    add(out, "source", source);
}

/* What began a clock: its act, and who says so. */
static gboolean add_start(Store *store, gint64 act, GString *out, GError **error)
{
    Query *query = store_query(store, "report.fact_of_act", error);
    if (!query)
        return FALSE;
    query_int(query, 1, act);
    while (query_step(query, error)) {
        g_autofree char *what = span_dup(query_get_text(query, 0)), *by = span_dup(query_get_text(query, 2));
        g_autofree char *note = span_dup(query_get_text(query, 3)),
                        *at = moment_format(query_get_int(query, 1));
        g_autofree char *line = g_strdup_printf("%s at %s: act %" G_GINT64_FORMAT ", recorded by %s%s%s",
                                                what, at, act, by, *note ? ": " : "", note);
        add(out, "because", line);
    }
    return query_ended(query);
}

static gboolean add_delay(Store *store, const char *whom, GString *out, GError **error)
{
    Query *query = store_query(store, "report.delay_of", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(whom));
    while (query_step(query, error)) {
        g_autofree char *who = span_dup(query_get_text(query, 0)),
                        *basis = span_dup(query_get_text(query, 1));
        g_autofree char *ends = moment_format(query_get_int(query, 2));
        g_autofree char *line = g_strdup_printf("%s, until %s: %s", who, ends, basis);
        add(out, "delayed by", line);
    }
    return query_ended(query);
}

typedef struct {
    char *whom, *state;
    gint64 began, due, since;
} Line;

static void line_free(gpointer data)
{
    Line *line = data;
    g_free(line->whom);
    g_free(line->state);
    g_free(line);
}

static GPtrArray *read_lines(Store *store, const char *duty, GError **error)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(line_free);
    Query *query = store_query(store, "report.deadlines_of", error);
    if (!query)
        return NULL;
    query_text(query, 1, span_of_string(duty));
    query_int(query, 2, WHOM_LISTED + 1);
    while (query_step(query, error)) {
        Line *line = g_new(Line, 1);
        *line = (Line){.whom = span_dup(query_get_text(query, 0)),
                       .state = span_dup(query_get_text(query, 4)),
                       .began = query_get_int(query, 1),
                       .due = query_get_int(query, 2),
                       .since = query_get_int(query, 3)};
        g_ptr_array_add(lines, line);
    }
    return query_ended(query) ? g_steal_pointer(&lines) : NULL;
}

static gboolean add_line(Store *store, const Duty *duty, const Line *line, gint64 now, GString *out,
                         GError **error)
{
    gint64 due;
    g_autoptr(GString) steps = g_string_new(NULL);
    g_autofree char *left = due_left(line->due, now);
    g_string_append_c(out, '\n');
    add(out, "for", *line->whom ? line->whom : "the vendor");
    if (!add_start(store, line->since, out, error) || !due_reckon(duty, line->began, &due, steps, error))
        return FALSE;
    g_auto(GStrv) each = g_strsplit(steps->str, "\n", -1);
    for (guint i = 0; each[i]; i++)
        add(out, "", each[i]);
    g_autofree char *state = g_strdup_printf("%s, %s", line->state, left);
    add(out, "state", g_str_equal(line->state, "filed") ? line->state : state);
    return !g_str_equal(line->state, "delayed") || add_delay(store, line->whom, out, error);
}

GString *report_explain(Store *store, const Regimes *regimes, const char *id, gint64 now, GError **error)
{
    const Duty *duty = regimes_duty(regimes, id);
    if (!duty) {
        error_set(error, CANDOR_ERROR_MISSING, "there is no duty \"%s\"; candor report CASE lists them", id);
        return NULL;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GPtrArray) lines = read_lines(store, id, error);
    if (!lines)
        return NULL;
    add_duty(out, duty);
    if (lines->len == 0)
        add(out, "state", "its clock has not begun");
    for (guint i = 0; i < MIN(lines->len, WHOM_LISTED); i++)
        if (!add_line(store, duty, lines->pdata[i], now, out, error))
            return NULL;
    if (lines->len > WHOM_LISTED)
        g_string_append(out, "\nand for more customers: candor export CASE deadlines\n");
    return g_steal_pointer(&out);
}
