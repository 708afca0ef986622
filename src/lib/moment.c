/* moment.c - civil dates to microseconds since 1970 and back, in the proleptic Gregorian calendar. */
#include "lib/moment.h"

#define SECOND ((gint64)1000000)
#define DAY_SECONDS ((gint64)86400)

gint64 moment_days(gint64 year, guint month, guint day)
{
    /* Years that begin in March put the leap day last, so that months have a closed formula. */
    gint64 y = month <= 2 ? year - 1 : year;
    gint64 m = month <= 2 ? (gint64)month + 9 : (gint64)month - 3;
    gint64 era = (y >= 0 ? y : y - 399) / 400;
    gint64 of_era = y - era * 400;
    gint64 of_year = (153 * m + 2) / 5 + (gint64)day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* The civil date of a day since 1970: the inverse of moment_days. */
static void date_of_days(gint64 days, gint64 *year, guint *month, guint *day)
{
    gint64 z = days + 719468;
    gint64 era = (z >= 0 ? z : z - 146096) / 146097;
    gint64 of_era = z - era * 146097;
    gint64 years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    gint64 of_year = of_era - (365 * years + years / 4 - years / 100);
    gint64 m = (5 * of_year + 2) / 153;
    *day = (guint)(of_year - (153 * m + 2) / 5 + 1);
    *month = (guint)(m < 10 ? m + 3 : m - 9);
    *year = years + era * 400 + (*month <= 2 ? 1 : 0);
}

static guint days_in_month(gint64 year, guint month)
{
    static const guint8 days[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month];
}

gint64 moment_from_civil(gint64 year, guint month, guint day, guint hour, guint minute, guint second,
                         gint64 zone)
{
    if (year < 0 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
        return MOMENT_NONE;
    if (hour > 23 || minute > 59 || second > 60 || zone < -1440 || zone > 1440)
        return MOMENT_NONE;
    gint64 seconds = moment_days(year, month, day) * DAY_SECONDS + (gint64)hour * 3600 + (gint64)minute * 60;
    return (seconds + MIN(second, 59) - zone * 60) * SECOND;
}

char *moment_format(gint64 moment)
{
    if (moment == MOMENT_NONE)
        return g_strdup("");
    gint64 micros = ((moment % SECOND) + SECOND) % SECOND;
    gint64 seconds = (moment - micros) / SECOND;
    gint64 of_day = ((seconds % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
    gint64 year;
    guint month, day;
    date_of_days((seconds - of_day) / DAY_SECONDS, &year, &month, &day);
    g_autofree char *date =
        g_strdup_printf("%04" G_GINT64_FORMAT "-%02u-%02uT%02d:%02d:%02d", year, month, day,
                        (int)(of_day / 3600), (int)(of_day / 60 % 60), (int)(of_day % 60));
    return micros ? g_strdup_printf("%s.%06dZ", date, (int)micros) : g_strdup_printf("%sZ", date);
}

/* Take exactly `digits` decimal digits from the front of *text. */
static gboolean take_digits(Span *text, guint digits, guint *value)
{
    if (text->n < digits)
        return FALSE;
    *value = 0;
    for (guint i = 0; i < digits; i++) {
        if (!g_ascii_isdigit(text->p[i]))
            return FALSE;
        *value = *value * 10 + (guint)(text->p[i] - '0');
    }
    text->p += digits;
    text->n -= digits;
    return TRUE;
}

static gboolean take_char(Span *text, char c)
{
    if (!text->n || text->p[0] != c)
        return FALSE;
    text->p++;
    text->n--;
    return TRUE;
}

/* A fraction of a second: digits beyond the sixth are dropped. */
static gboolean take_fraction(Span *text, gint64 *micros)
{
    *micros = 0;
    if (!take_char(text, '.') && !take_char(text, ','))
        return TRUE;
    gint64 weight = SECOND / 10;
    if (!text->n || !g_ascii_isdigit(text->p[0]))
        return FALSE;
    for (guint digit; take_digits(text, 1, &digit); weight /= 10)
        *micros += weight * digit;
    return TRUE;
}

/* "Z", "+02:00", "+0200" or nothing. */
static gboolean take_zone(Span *text, gint64 *zone)
{
    *zone = 0;
    if (take_char(text, 'Z') || take_char(text, 'z') || !text->n)
        return TRUE;
    gint64 sign = text->p[0] == '-' ? -1 : 1;
    guint hours, minutes;
    if (!take_char(text, '+') && !take_char(text, '-'))
        return FALSE;
    if (!take_digits(text, 2, &hours))
        return FALSE;
    take_char(text, ':');
    if (!take_digits(text, 2, &minutes) || minutes > 59)
        return FALSE;
    *zone = sign * ((gint64)hours * 60 + minutes);
    return TRUE;
}

gboolean moment_parse(Span text, gint64 *moment)
{
    guint year, month, day, hour = 0, minute = 0, second = 0;
    gint64 micros = 0, zone = 0;
    if (!take_digits(&text, 4, &year) || !take_char(&text, '-') || !take_digits(&text, 2, &month) ||
        !take_char(&text, '-') || !take_digits(&text, 2, &day))
        return FALSE;
    if (text.n) {
        if (!take_char(&text, 'T') && !take_char(&text, 't') && !take_char(&text, ' '))
            return FALSE;
        if (!take_digits(&text, 2, &hour) || !take_char(&text, ':') || !take_digits(&text, 2, &minute))
            return FALSE;
        if (take_char(&text, ':') && (!take_digits(&text, 2, &second) || !take_fraction(&text, &micros)))
            return FALSE;
        if (!take_zone(&text, &zone))
            return FALSE;
    }
    gint64 whole = moment_from_civil(year, month, day, hour, minute, second, zone);
    if (text.n || whole == MOMENT_NONE)
        return FALSE;
    *moment = whole + micros;
    return TRUE;
}

gboolean moment_parse_range(Span text, gint64 *from, gint64 *to)
{
    const char *slash = text.n ? memchr(text.p, '/', text.n) : NULL;
    if (!slash)
        return FALSE;
    gsize first = (gsize)(slash - text.p);
    return moment_parse((Span){text.p, first}, from) &&
           moment_parse((Span){slash + 1, text.n - first - 1}, to) && *from <= *to;
}

gint64 moment_now(void)
{
    return g_get_real_time();
}
