/* due.c - from the moment that begins a clock to the last moment that is in time. */
#include "report/due.h"

#include "lib/moment.h"

#define HOUR G_TIME_SPAN_HOUR

static void step(GString *steps, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void step(GString *steps, const char *format, ...)
{
    if (!steps)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(steps, format, arguments);
    va_end(arguments);
    g_string_append_c(steps, '\n');
}

static void step_day(GString *steps, const GDate *day, const char *what)
{
    char text[32];
    g_date_strftime(text, sizeof text, "%a %Y-%m-%d", day);
    step(steps, "%s  %s", text, what);
}

/* The civil day of a moment where the duty's days are counted. */
static void day_there(const Duty *duty, gint64 moment, GDate *day)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(moment / G_USEC_PER_SEC);
    g_autoptr(GDateTime) there = g_date_time_to_timezone(utc, duty->zone);
    gint year, month, of_month;
    g_date_time_get_ymd(there, &year, &month, &of_month);
    g_date_clear(day, 1);
    g_date_set_dmy(day, (GDateDay)of_month, (GDateMonth)month, (GDateYear)year);
}

/* The last moment of a day that is in time. */
static gint64 end_of(const Duty *duty, const GDate *day)
{
    g_autoptr(GDateTime) end =
        g_date_time_new(duty->zone, g_date_get_year(day), (gint)g_date_get_month(day), g_date_get_day(day),
                        (gint)duty->ends_hour, (gint)duty->ends_minute, duty->ends_second);
    return g_date_time_to_unix(end) * G_USEC_PER_SEC;
}

static gboolean count_business_days(const Duty *duty, GDate *day, GString *steps, GError **error)
{
    for (guint counted = 0; counted < duty->within;) {
        g_date_add_days(day, 1);
        if (!calendar_covers(duty->calendar, day, error))
            return FALSE;
        const char *rest = calendar_rest(duty->calendar, day);
        counted += rest ? 0 : 1;
        g_autofree char *number = g_strdup_printf("day %u", counted);
        step_day(steps, day, rest ? rest : number);
    }
    return TRUE;
}

static gboolean move_day(const Duty *duty, GDate *day, GString *steps, GError **error)
{
    switch ((DutyUnit)duty->unit) {
    case UNIT_BUSINESS_DAYS:
        return count_business_days(duty, day, steps, error);
    case UNIT_CALENDAR_DAYS:
        g_date_add_days(day, duty->within);
        break;
    case UNIT_MONTHS: /* the same number of the month, else its last day */
        g_date_add_months(day, duty->within);
        break;
    case UNIT_HOURS:
        break;
    }
    step_day(steps, day, "last day");
    return TRUE;
}

gboolean due_reckon(const Duty *duty, gint64 began, gint64 *due, GString *steps, GError **error)
{
    g_autofree char *from = moment_format(began);
    step(steps, "%s  the clock begins", from);
    if (duty->unit == UNIT_HOURS) {
        *due = began + (gint64)duty->within * HOUR;
    } else {
        GDate day;
        day_there(duty, began, &day);
        step_day(steps, &day, duty->zone_name);
        if (!move_day(duty, &day, steps, error))
            return FALSE;
        *due = end_of(duty, &day);
    }
    g_autofree char *to = moment_format(*due);
    step(steps, "%s  due", to);
    return TRUE;
}

char *due_left(gint64 due, gint64 now)
{
    gint64 hours = ABS(due - now) / HOUR;
    const char *sign = due < now ? "-" : "";
    if (hours < 48)
        return g_strdup_printf("%s%" G_GINT64_FORMAT " h", sign, hours);
    if (hours >= 240)
        return g_strdup_printf("%s%" G_GINT64_FORMAT " d", sign, hours / 24);
    return g_strdup_printf("%s%" G_GINT64_FORMAT " d %" G_GINT64_FORMAT " h", sign, hours / 24, hours % 24);
}
