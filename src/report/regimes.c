/* regimes.c - the laws whose clocks candor keeps, read strictly. */
#include "report/regimes.h"

#include <string.h>
#include "lib/moment.h"
#include "lib/yaml.h"
#include "report/due.h"

/* No clock of a law runs longer in its unit. */
#define WITHIN_MOST 10000

static const char *const units[] = {"hours", "calendar-days", "business-days", "months", NULL};
static const char *const whose[] = {"vendor", "customers", NULL};

/* --- events ---------------------------------------------------------------------------------------------------- */

static gboolean add_event(Regimes *regimes, const YamlNode *node, GError **error)
{
    struct {
        char *id, *says;
    } event = {NULL, NULL};
    const YamlField fields[] = {
        {"id", YAML_TEXT, 0, TRUE, 0, 0, NULL}, {"says", YAML_TEXT, sizeof(char *), TRUE, 0, 0, NULL}, {0}};
    gboolean fine = yaml_fill(node, fields, &event, error);
    if (fine && regimes_has_event(regimes, event.id))
        fine = yaml_error(node, error, "event-fact '%s' stands twice; keep one", event.id);
    if (!fine) {
        g_free(event.id);
        g_free(event.says);
        return FALSE;
    }
    g_ptr_array_add(regimes->event_ids, event.id);
    g_ptr_array_add(regimes->event_says, event.says);
    return TRUE;
}

static gboolean load_events(Regimes *regimes, const char *data_dir, GError **error)
{
    g_autofree char *path = g_build_filename(data_dir, "event-facts.yaml", NULL);
    g_autoptr(YamlFile) file = yaml_open(path, error);
    const YamlNode *list = NULL;
    const YamlField fields[] = {{"event-facts", YAML_SUBTREE, 0, TRUE, 0, 0, NULL}, {0}};
    if (!file || !yaml_fill(yaml_root(file), fields, &list, error))
        return FALSE;
    for (guint i = 0; i < yaml_length(list); i++)
        if (!add_event(regimes, yaml_item(list, i), error))
            return FALSE;
    return TRUE;
}

gboolean regimes_has_event(const Regimes *regimes, const char *id)
{
    for (guint i = 0; i < regimes->event_ids->len; i++)
        if (strcmp(regimes->event_ids->pdata[i], id) == 0)
            return TRUE;
    return FALSE;
}

/* --- duties ---------------------------------------------------------------------------------------------------- */

/* A duty as it stands in a file. */
typedef struct {
    Duty duty;
    const YamlNode *samples;
} Draft;

#define TEXT(key, field, needed)                                                                             \
    {                                                                                                        \
        key, YAML_TEXT, G_STRUCT_OFFSET(Draft, duty.field), needed, 0, 0, NULL                               \
    }
static const YamlField duty_fields[] = {
    TEXT("id", id, TRUE),
    {"for", YAML_CHOICE, G_STRUCT_OFFSET(Draft, duty.whose), TRUE, 0, 0, whose},
    {"sectors", YAML_TEXTS, G_STRUCT_OFFSET(Draft, duty.sectors), FALSE, 0, 0, NULL},
    {"countries", YAML_TEXTS, G_STRUCT_OFFSET(Draft, duty.countries), FALSE, 0, 0, NULL},
    TEXT("binds", binds, TRUE),
    TEXT("recipient", recipient, TRUE),
    TEXT("starts", starts, FALSE),
    TEXT("after", after, FALSE),
    {"within", YAML_COUNT, G_STRUCT_OFFSET(Draft, duty.within), TRUE, 1, WITHIN_MOST, NULL},
    {"unit", YAML_CHOICE, G_STRUCT_OFFSET(Draft, duty.unit), TRUE, 0, 0, units},
    TEXT("calendar", calendar_name, FALSE),
    TEXT("zone", zone_name, FALSE),
    TEXT("ends", ends, FALSE),
    {"internal", YAML_TRUTH, G_STRUCT_OFFSET(Draft, duty.internal), FALSE, 0, 0, NULL},
    {"delay", YAML_TRUTH, G_STRUCT_OFFSET(Draft, duty.delay), TRUE, 0, 0, NULL},
    TEXT("text", text, TRUE),
    {"contents", YAML_TEXTS, G_STRUCT_OFFSET(Draft, duty.contents), TRUE, 0, 0, NULL},
    TEXT("source", source, TRUE),
    TEXT("confidence", confidence, TRUE),
    {"samples", YAML_SUBTREE, G_STRUCT_OFFSET(Draft, samples), TRUE, 0, 0, NULL},
    {0},
};
#undef TEXT

static void duty_free(gpointer data)
{
    Duty *duty = data;
    char *texts[] = {duty->id,        duty->regime,    duty->name,   duty->as_of,        duty->binds,
                     duty->recipient, duty->text,      duty->source, duty->confidence,   duty->starts,
                     duty->after,     duty->zone_name, duty->ends,   duty->calendar_name};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_strfreev(duty->contents);
    g_strfreev(duty->sectors);
    g_strfreev(duty->countries);
    g_clear_pointer(&duty->zone, g_time_zone_unref);
    calendar_free(duty->calendar);
    g_free(duty);
}

const Duty *regimes_duty(const Regimes *regimes, const char *id)
{
    for (guint i = 0; i < regimes->duties->len; i++) {
        const Duty *duty = regimes->duties->pdata[i];
        if (strcmp(duty->id, id) == 0)
            return duty;
    }
    return NULL;
}

/* "17:30"; without it a day ends with its last second. */
static gboolean read_end(Duty *duty, const YamlNode *node, GError **error)
{
    duty->ends_hour = 23;
    duty->ends_minute = duty->ends_second = 59;
    if (!duty->ends)
        return TRUE;
    const char *t = duty->ends;
    if (strlen(t) != 5 || !g_ascii_isdigit(t[0]) || !g_ascii_isdigit(t[1]) || t[2] != ':' ||
        !g_ascii_isdigit(t[3]) || !g_ascii_isdigit(t[4]))
        return yaml_error(node, error, "duty '%s': 'ends' is a time as \"17:30\"", duty->id);
    duty->ends_hour = (guint)(t[0] - '0') * 10 + (guint)(t[1] - '0');
    duty->ends_minute = (guint)(t[3] - '0') * 10 + (guint)(t[4] - '0');
    duty->ends_second = 0;
    return (duty->ends_hour < 24 && duty->ends_minute < 60) ||
           yaml_error(node, error, "duty '%s': 'ends' is no time of a day", duty->id);
}

/* A zone that this machine does not know would silently be UTC. */
static gboolean find_zone(Duty *duty, const YamlNode *node, GError **error)
{
    if (duty->unit == UNIT_HOURS)
        return TRUE;
    if (!duty->zone_name)
        return yaml_error(node, error, "duty '%s': days end somewhere; give its 'zone', as Europe/Brussels",
                          duty->id);
    duty->zone = g_time_zone_new_identifier(duty->zone_name);
    if (duty->zone)
        return TRUE;
    return error_set(
        error, CANDOR_ERROR_MISSING,
        "duty %s: the zone %s is not known here: correct its name, or install the package tzdata", duty->id,
        duty->zone_name);
}

static gboolean find_calendar(Duty *duty, const char *data_dir, const YamlNode *node, GError **error)
{
    if (duty->unit != UNIT_BUSINESS_DAYS)
        return !duty->calendar_name ||
               yaml_error(node, error, "duty '%s': only business days have a 'calendar'", duty->id);
    if (!duty->calendar_name)
        return yaml_error(node, error, "duty '%s': business days need a 'calendar', as us-federal", duty->id);
    duty->calendar = calendar_load(data_dir, duty->calendar_name, error);
    return duty->calendar != NULL;
}

static gboolean check_start(const Regimes *regimes, const Duty *duty, const YamlNode *node, GError **error)
{
    if (!duty->starts == !duty->after)
        return yaml_error(node, error, "duty '%s' needs either 'starts' or 'after'", duty->id);
    if (duty->starts && !regimes_has_event(regimes, duty->starts))
        return yaml_error(node, error, "duty '%s': '%s' is not in event-facts.yaml", duty->id, duty->starts);
    if (duty->after && !regimes_duty(regimes, duty->after))
        return yaml_error(node, error, "duty '%s': no duty '%s' stands before it", duty->id, duty->after);
    if (!g_str_has_prefix(duty->confidence, "fetched-"))
        return yaml_error(node, error, "duty '%s': only a text whose source was read may bind", duty->id);
    if (regimes_duty(regimes, duty->id))
        return yaml_error(node, error, "duty '%s' stands twice; rename one", duty->id);
    return TRUE;
}

/* --- samples --------------------------------------------------------------------------------------------------- */

static gboolean check_sample(const Duty *duty, const YamlNode *node, GError **error)
{
    struct {
        char *began, *due;
    } sample = {NULL, NULL};
    const YamlField fields[] = {
        {"began", YAML_TEXT, 0, TRUE, 0, 0, NULL}, {"due", YAML_TEXT, sizeof(char *), TRUE, 0, 0, NULL}, {0}};
    gint64 began = 0, wanted = 0, due = 0;
    gboolean fine = yaml_fill(node, fields, &sample, error);
    if (fine && (!moment_parse(span_of_string(sample.began), &began) ||
                 !moment_parse(span_of_string(sample.due), &wanted)))
        fine = yaml_error(node, error, "duty '%s': a sample has two times", duty->id);
    fine = fine && due_reckon(duty, began, &due, NULL, error);
    g_autofree char *found = moment_format(due);
    if (fine && due != wanted)
        fine = yaml_error(node, error, "duty '%s': begun %s it is due %s, the sample says %s", duty->id,
                          sample.began, found, sample.due);
    g_free(sample.began);
    g_free(sample.due);
    return fine;
}

static gboolean check_samples(const Duty *duty, const YamlNode *samples, GError **error)
{
    if (yaml_is_mapping(samples) || yaml_length(samples) == 0)
        return yaml_error(samples, error, "duty '%s' needs 'samples': a list of 'began' and 'due'", duty->id);
    for (guint i = 0; i < yaml_length(samples); i++)
        if (!check_sample(duty, yaml_item(samples, i), error))
            return FALSE;
    return TRUE;
}

/* --- files ----------------------------------------------------------------------------------------------------- */

typedef struct {
    char *regime, *name, *as_of;
    const YamlNode *duties;
} FileFields;

static const YamlField file_fields[] = {
    {"regime", YAML_TEXT, G_STRUCT_OFFSET(FileFields, regime), TRUE, 0, 0, NULL},
    {"name", YAML_TEXT, G_STRUCT_OFFSET(FileFields, name), TRUE, 0, 0, NULL},
    {"as_of", YAML_TEXT, G_STRUCT_OFFSET(FileFields, as_of), TRUE, 0, 0, NULL},
    {"duties", YAML_SUBTREE, G_STRUCT_OFFSET(FileFields, duties), TRUE, 0, 0, NULL},
    {0},
};

static gboolean add_duty(Regimes *regimes, const FileFields *of, const char *data_dir, const YamlNode *node,
                         GError **error)
{
    Draft draft = {0};
    gboolean fine = yaml_fill(node, duty_fields, &draft, error);
    Duty *duty = g_new(Duty, 1);
    *duty = draft.duty;
    duty->regime = g_strdup(of->regime);
    duty->name = g_strdup(of->name);
    duty->as_of = g_strdup(of->as_of);
    if (fine && check_start(regimes, duty, node, error) && read_end(duty, node, error) &&
        find_zone(duty, node, error) && find_calendar(duty, data_dir, node, error) &&
        check_samples(duty, draft.samples, error)) {
        g_ptr_array_add(regimes->duties, duty);
        return TRUE;
    }
    duty_free(duty);
    return FALSE;
}

static gboolean load_file(Regimes *regimes, const char *data_dir, const char *path, GError **error)
{
    g_autoptr(YamlFile) file = yaml_open(path, error);
    FileFields read = {0};
    gboolean fine = file && yaml_fill(yaml_root(file), file_fields, &read, error);
    for (guint i = 0; fine && i < yaml_length(read.duties); i++)
        fine = add_duty(regimes, &read, data_dir, yaml_item(read.duties, i), error);
    g_free(read.regime);
    g_free(read.name);
    g_free(read.as_of);
    return fine;
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In the order of their names, so that nothing hangs on the file system. */
static GPtrArray *files_of(const char *folder, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &cause);
    if (!dir) {
        error_set(error, CANDOR_ERROR_MISSING, "%s", cause->message);
        return NULL;
    }
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(dir));)
        if (g_str_has_suffix(name, ".yaml"))
            g_ptr_array_add(files, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(files, by_name);
    return files;
}

void regimes_free(Regimes *regimes)
{
    if (!regimes)
        return;
    g_ptr_array_unref(regimes->duties);
    g_ptr_array_unref(regimes->event_ids);
    g_ptr_array_unref(regimes->event_says);
    g_free(regimes);
}

Regimes *regimes_load(const char *data_dir, GError **error)
{
    g_autoptr(Regimes) regimes = g_new0(Regimes, 1);
    regimes->duties = g_ptr_array_new_with_free_func(duty_free);
    regimes->event_ids = g_ptr_array_new_with_free_func(g_free);
    regimes->event_says = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = g_build_filename(data_dir, "regimes", NULL);
    g_autoptr(GPtrArray) files = load_events(regimes, data_dir, error) ? files_of(folder, error) : NULL;
    if (!files)
        return NULL;
    for (guint i = 0; i < files->len; i++)
        if (!load_file(regimes, data_dir, files->pdata[i], error))
            return NULL;
    return g_steal_pointer(&regimes);
}
