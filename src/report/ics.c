/* ics.c - deadlines as a calendar, RFC 5545. */
#include "report/ics.h"

#include "lib/escape.h"
#include "lib/moment.h"

#define UID_DIGITS 32
#define MINUTE (60 * G_USEC_PER_SEC)

static void add_line(GString *out, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void add_line(GString *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *line = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    escape_ics_line(out, span_of_string(line));
}

static void add_text(GString *out, const char *name, const char *text)
{
    g_autoptr(GString) value = g_string_new(NULL);
    escape_ics(value, span_of_string(text));
    add_line(out, "%s:%s", name, value->str);
}

/* 20240119T223000Z. */
static char *stamp(gint64 moment)
{
    g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(moment / G_USEC_PER_SEC);
    return g_date_time_format(at, "%Y%m%dT%H%M%SZ");
}

/* An event keeps its name from run to run, so that a later file moves or cancels it. */
static char *uid(const char *key, const char *duty)
{
    g_autofree char *all = g_strdup_printf("%s %s", key, duty);
    g_autofree char *hex = g_compute_checksum_for_string(G_CHECKSUM_SHA256, all, -1);
    return g_strdup_printf("%.*s@candor", UID_DIGITS, hex);
}

static void add_alarm(GString *out, const char *before, const char *what)
{
    add_line(out, "BEGIN:VALARM");
    add_line(out, "ACTION:DISPLAY");
    add_line(out, "TRIGGER:%s", before);
    add_text(out, "DESCRIPTION", what);
    add_line(out, "END:VALARM");
}

static void add_words(GString *out, const Duty *duty, gint64 open)
{
    g_autofree char *whose = duty->whose == FOR_VENDOR || !open
                                 ? g_strdup("")
                                 : g_strdup_printf(" for %" G_GINT64_FORMAT " of the customers", open);
    g_autofree char *summary =
        g_strdup_printf("%s: %s%s to %s", open ? "Due" : "Filed", duty->id, whose, duty->recipient);
    g_autofree char *contents = g_strjoinv("; ", duty->contents);
    g_autofree char *text =
        g_strdup_printf("%s: %s.\nContents: %s.\nSource: %s (%s, as of %s)", duty->name, duty->text, contents,
                        duty->source, duty->confidence, duty->as_of);
    add_text(out, "SUMMARY", summary);
    add_text(out, "DESCRIPTION", text);
    if (open) {
        add_alarm(out, "-P1D", summary);
        add_alarm(out, "-PT4H", summary);
    }
}

static void add_event(GString *out, const Duty *duty, gint64 open, gint64 due, const char *key, gint64 now)
{
    g_autofree char *id = uid(key, duty->id), *at = stamp(due), *stamped = stamp(now);
    add_line(out, "BEGIN:VEVENT");
    add_line(out, "UID:%s", id);
    add_line(out, "DTSTAMP:%s", stamped);
    add_line(out, "SEQUENCE:%" G_GINT64_FORMAT, now / MINUTE);
    add_line(out, "DTSTART:%s", at);
    add_line(out, "STATUS:%s", open ? "CONFIRMED" : "CANCELLED");
    add_line(out, "TRANSP:TRANSPARENT");
    add_words(out, duty, open);
    add_line(out, "END:VEVENT");
}

static char *public_key(Store *store, GError **error)
{
    g_autofree char *key = g_strdup("");
    Query *query = store_query(store, "status.meta", error);
    if (!query)
        return NULL;
    query_text(query, 1, SPAN_OF("public_key"));
    while (query_step(query, error)) {
        g_free(key);
        key = span_dup(query_get_text(query, 0));
    }
    return query_ended(query) ? g_steal_pointer(&key) : NULL;
}

GString *report_ics(Store *store, const Regimes *regimes, gint64 now, GError **error)
{
    g_autofree char *key = public_key(store, error);
    Query *query = key ? store_query(store, "report.deadline_calendar", error) : NULL;
    if (!query)
        return NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    add_line(out, "BEGIN:VCALENDAR");
    add_line(out, "VERSION:2.0");
    add_line(out, "PRODID:-//candor//deadlines//EN");
    while (query_step(query, error)) {
        g_autofree char *id = span_dup(query_get_text(query, 0));
        const Duty *duty = regimes_duty(regimes, id);
        if (duty)
            add_event(out, duty, query_get_int(query, 1), query_get_int(query, 2), key, now);
    }
    add_line(out, "END:VCALENDAR");
    return query_ended(query) ? g_steal_pointer(&out) : NULL;
}
