/* calendar.c - business days: which days an authority does not count. */
#include "report/calendar.h"

#include "lib/moment.h"
#include "lib/yaml.h"

/* GDate counts days from the first of year 1. */
#define JULIAN_OF_1970 719163
#define DAY_SECONDS 86400

typedef struct {
    char *calendar, *from, *to;
    const YamlNode *holidays;
} Fields;

static const YamlField fields[] = {
    {"calendar", YAML_TEXT, G_STRUCT_OFFSET(Fields, calendar), TRUE, 0, 0, NULL},
    {"from", YAML_TEXT, G_STRUCT_OFFSET(Fields, from), TRUE, 0, 0, NULL},
    {"to", YAML_TEXT, G_STRUCT_OFFSET(Fields, to), TRUE, 0, 0, NULL},
    {"holidays", YAML_SUBTREE, G_STRUCT_OFFSET(Fields, holidays), TRUE, 0, 0, NULL},
    {0},
};

void calendar_free(Calendar *calendar)
{
    if (!calendar)
        return;
    g_free(calendar->id);
    g_hash_table_unref(calendar->holidays);
    g_free(calendar);
}

/* Of a date alone, as 2026-11-26. */
static gboolean read_date(const char *text, GDate *date)
{
    gint64 moment;
    if (strlen(text) != strlen("2026-11-26") || !moment_parse(span_of_string(text), &moment))
        return FALSE;
    if (moment < 0)
        return FALSE;
    g_date_clear(date, 1);
    g_date_set_julian(date, (guint32)(JULIAN_OF_1970 + moment / G_USEC_PER_SEC / DAY_SECONDS));
    return TRUE;
}

static gboolean add_holiday(Calendar *calendar, const YamlNode *node, guint i, GError **error)
{
    const char *day = yaml_key(node, i), *name = yaml_text(yaml_item(node, i));
    GDate date;
    if (!name || !*name)
        return yaml_error(yaml_item(node, i), error, "the holiday of %s needs a name", day);
    if (!read_date(day, &date))
        return yaml_error(yaml_item(node, i), error, "'%s' is no date; write it as 2026-11-26", day);
    if (g_date_compare(&date, &calendar->from) < 0 || g_date_compare(&date, &calendar->to) > 0)
        return yaml_error(yaml_item(node, i), error, "%s lies outside of 'from' and 'to'", day);
    g_hash_table_insert(calendar->holidays, GUINT_TO_POINTER(g_date_get_julian(&date)), g_strdup(name));
    return TRUE;
}

static gboolean take(Calendar *calendar, const YamlNode *root, const Fields *read, GError **error)
{
    if (strcmp(read->calendar, calendar->id) != 0)
        return yaml_error(root, error, "'calendar' must be the file's name, %s", calendar->id);
    if (!read_date(read->from, &calendar->from) || !read_date(read->to, &calendar->to))
        return yaml_error(root, error, "'from' and 'to' are dates as 2026-11-26");
    if (!yaml_is_mapping(read->holidays))
        return yaml_error(root, error, "'holidays' must be lines of \"DATE\": NAME");
    for (guint i = 0; i < yaml_length(read->holidays); i++)
        if (!add_holiday(calendar, read->holidays, i, error))
            return FALSE;
    return TRUE;
}

Calendar *calendar_load(const char *data_dir, const char *id, GError **error)
{
    g_autofree char *name = g_strconcat(id, ".yaml", NULL);
    g_autofree char *path = g_build_filename(data_dir, "calendars", name, NULL);
    g_autoptr(YamlFile) file = yaml_open(path, error);
    if (!file)
        return NULL;
    g_autoptr(Calendar) calendar = g_new0(Calendar, 1);
    calendar->id = g_strdup(id);
    calendar->holidays = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    Fields read = {0};
    gboolean fine =
        yaml_fill(yaml_root(file), fields, &read, error) && take(calendar, yaml_root(file), &read, error);
    g_free(read.calendar);
    g_free(read.from);
    g_free(read.to);
    return fine ? g_steal_pointer(&calendar) : NULL;
}

const char *calendar_rest(const Calendar *calendar, const GDate *day)
{
    GDateWeekday weekday = g_date_get_weekday(day);
    if (weekday == G_DATE_SATURDAY)
        return "Saturday";
    if (weekday == G_DATE_SUNDAY)
        return "Sunday";
    return g_hash_table_lookup(calendar->holidays, GUINT_TO_POINTER(g_date_get_julian(day)));
}

gboolean calendar_covers(const Calendar *calendar, const GDate *day, GError **error)
{
    if (g_date_compare(day, &calendar->from) >= 0 && g_date_compare(day, &calendar->to) <= 0)
        return TRUE;
    return error_set(
        error, CANDOR_ERROR_LIMIT,
        "calendar %s covers %u to %u and not the year %u: add its holidays to data/calendars/%s.yaml",
        calendar->id, g_date_get_year(&calendar->from), g_date_get_year(&calendar->to), g_date_get_year(day),
        calendar->id);
}
