/* date.c - makes out a date from numbers, names and signs in whatever order they come. */
#include "hostile/read/date.h"

#include "hostile/read/seek.h"

typedef struct {
    guint day, month, year, hour, minute, second;
    gboolean has_day, has_month, has_year, has_time, has_zone, evening, morning;
    gint64 zone;
} Parsed;

static const char *const months[12] = {"jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec"};
/* Months that other languages spell otherwise in the first three letters. */
static const struct {
    const char *name;
    guint8 month;
} foreign_months[] = {{"mai", 5}, {"okt", 10}, {"dez", 12}, {"mrz", 3},  {"mrt", 3}, {"mei", 5}, {"avr", 4},
                      {"fev", 2}, {"ago", 8},  {"ott", 10}, {"dic", 12}, {"ene", 1}, {"abr", 4}, {"out", 10}};

static const struct {
    const char *name;
    gint16 minutes;
} zones[] = {
    {"ut", 0},     {"utc", 0},    {"gmt", 0},     {"z", 0},       {"wet", 0},    {"west", 60},  {"bst", 60},
    {"cet", 60},   {"met", 60},   {"mez", 60},    {"cest", 120},  {"mest", 120}, {"mesz", 120}, {"eet", 120},
    {"eest", 180}, {"msk", 180},  {"msd", 240},   {"ist", 330},   {"jst", 540},  {"kst", 540},  {"aest", 600},
    {"aedt", 660}, {"est", -300}, {"edt", -240},  {"cst", -360},  {"cdt", -300}, {"mst", -420}, {"mdt", -360},
    {"pst", -480}, {"pdt", -420}, {"akst", -540}, {"akdt", -480}, {"hst", -600},
};

static guint month_of(Span word)
{
    for (guint i = 0; word.n >= 3 && i < G_N_ELEMENTS(months); i++)
        if (g_ascii_strncasecmp(word.p, months[i], 3) == 0)
            return i + 1;
    for (guint i = 0; word.n >= 3 && i < G_N_ELEMENTS(foreign_months); i++)
        if (g_ascii_strncasecmp(word.p, foreign_months[i].name, 3) == 0)
            return foreign_months[i].month;
    return 0;
}

static gboolean take_zone_name(Span word, Parsed *parsed)
{
    for (guint i = 0; i < G_N_ELEMENTS(zones); i++)
        if (span_is(word, zones[i].name)) {
            parsed->zone = zones[i].minutes;
            parsed->has_zone = TRUE;
            return TRUE;
        }
    return FALSE;
}

static void take_word(Span word, Parsed *parsed)
{
    guint month = month_of(word);
    if (month && !parsed->has_month) {
        parsed->month = month;
        parsed->has_month = TRUE;
    } else if (span_is(word, "pm")) {
        parsed->evening = TRUE;
    } else if (span_is(word, "am")) {
        parsed->morning = TRUE;
    } else if (!parsed->has_zone && parsed->has_time) {
        take_zone_name(word, parsed);
    }
}

/* A run of digits; *n is how many. Large ones saturate. */
static guint take_number(Span *text, guint *n)
{
    guint value = 0;
    for (*n = 0; text->n && g_ascii_isdigit(text->p[0]); (*n)++) {
        value = MIN(value * 10 + (guint)(text->p[0] - '0'), 100000000u);
        text->p++;
        text->n--;
    }
    return value;
}

static gboolean next_is(Span text, const char *set)
{
    return text.n && text.p[0] && strchr(set, text.p[0]);
}

static void step(Span *text)
{
    text->p++;
    text->n--;
}

/* "+hhmm", "-hh:mm", "+h", behind the time. */
static void take_offset(Span *text, Parsed *parsed)
{
    gint64 sign = text->p[0] == '-' ? -1 : 1;
    guint n, minutes = 0;
    step(text);
    guint value = take_number(text, &n);
    if (n == 0)
        return;
    if (n <= 2 && next_is(*text, ":")) {
        step(text);
        minutes = take_number(text, &n);
    } else if (n > 2) {
        minutes = value % 100;
        value /= 100;
    }
    if (value > 24 || minutes > 59)
        return; /* "-9999" and the like: no zone at all */
    parsed->zone = sign * ((gint64)value * 60 + minutes);
    parsed->has_zone = TRUE;
}

/* hh:mm[:ss[.frac]], the hours taken already. */
static void take_time(Span *text, guint hour, Parsed *parsed)
{
    guint n;
    char sign = text->p[0];
    step(text);
    parsed->hour = hour;
    parsed->minute = take_number(text, &n);
    if (text->n && text->p[0] == sign) {
        step(text);
        parsed->second = take_number(text, &n);
    }
    if (next_is(*text, ".,") && text->n > 1 && g_ascii_isdigit(text->p[1])) {
        step(text);
        take_number(text, &n);
    }
    parsed->has_time = TRUE;
}

static void set_year(guint value, guint digits, Parsed *parsed)
{
    /* RFC 5322, 4.3: two digits below 50 are 20xx, others 19xx; three digits count from 1900. */
    if (digits <= 2)
        value += value < 50 ? 2000 : 1900;
    else if (digits == 3)
        value += 1900;
    parsed->year = value;
    parsed->has_year = TRUE;
}

/* "yyyy-mm-dd" or "dd/mm/yyyy" or "dd-Mon-yy": the first number is taken already. */
static gboolean take_numeric_date(Span *text, guint first, guint digits, Parsed *parsed)
{
    if (parsed->has_month || parsed->has_day || text->n < 2 || !next_is(*text, "-/.") ||
        !g_ascii_isdigit(text->p[1]))
        return FALSE;
    guint n, last_digits;
    step(text);
    guint second = take_number(text, &n);
    if (!next_is(*text, "-/."))
        return FALSE;
    step(text);
    guint third = take_number(text, &last_digits);
    parsed->month = second;
    parsed->day = digits == 4 ? third : first;
    set_year(digits == 4 ? first : third, digits == 4 ? 4 : last_digits, parsed);
    parsed->has_month = parsed->has_day = TRUE;
    return TRUE;
}

static void take_digits(Span *text, Parsed *parsed)
{
    guint n, value = take_number(text, &n);
    gboolean dots = next_is(*text, ".") && parsed->has_month && parsed->has_day;
    if (!parsed->has_time && n <= 2 && text->n > 1 && (next_is(*text, ":") || dots) &&
        g_ascii_isdigit(text->p[1]))
        take_time(text, value, parsed);
    else if (take_numeric_date(text, value, n, parsed))
        return;
    else if (!parsed->has_day && n <= 2) {
        parsed->day = value;
        parsed->has_day = TRUE;
    } else if (!parsed->has_year)
        set_year(value, n, parsed);
}

static void skip_comment(Span *text)
{
    guint depth = 0;
    do {
        depth += text->p[0] == '(';
        depth -= text->p[0] == ')';
        step(text);
    } while (text->n && depth);
}

static Span take_letters(Span *text)
{
    Span word = {text->p, 0};
    while (text->n && (g_ascii_isalpha(text->p[0]) || (guint8)text->p[0] >= 0x80)) {
        word.n++;
        step(text);
    }
    return word;
}

static void read_all(Span text, Parsed *parsed)
{
    while (text.n) {
        char c = text.p[0];
        if (g_ascii_isdigit(c))
            take_digits(&text, parsed);
        else if ((c == '+' || c == '-') && parsed->has_time && (!parsed->has_zone || parsed->zone == 0))
            take_offset(&text, parsed);
        else if (c == '(')
            skip_comment(&text);
        else if (g_ascii_isalpha(c))
            take_word(take_letters(&text), parsed);
        else
            step(&text);
    }
}

gboolean date_parse(Span value, gint64 *moment, gint64 *zone)
{
    Parsed parsed = {0};
    read_all((Span){value.p, MIN(value.n, 200)}, &parsed);
    if (!parsed.has_day || !parsed.has_month || !parsed.has_year)
        return FALSE;
    if (parsed.evening && parsed.hour < 12)
        parsed.hour += 12;
    if (parsed.morning && parsed.hour == 12)
        parsed.hour = 0;
    gint64 found = moment_from_civil(parsed.year, parsed.month, parsed.day, parsed.hour, parsed.minute,
                                     parsed.second, parsed.zone);
    if (found == MOMENT_NONE)
        return FALSE;
    *moment = found;
    *zone = parsed.zone;
    return TRUE;
}
