/* record.c - what was told before candor was there. */
#include "notify/notify.h"

#include "lib/moment.h"
#include "lib/yaml.h"
#include "notify/outbox.h"
#include "notify/record_facts.h"
#include "notify/statement.h"

static const char *const coverings[] = {"list", "all-before", "unspecified", NULL};
enum { COVERS_LIST, COVERS_BEFORE, COVERS_UNSPECIFIED };
/* As the acts say it. */
static const char *const covers_acts[] = {"list", "before", "unspecified"};
static const char *const channels[] = {"mail", "letter", "phone", "console", "filing", NULL};

/* One entry of the file. */
typedef struct {
    char *date, *customer, *person, *contact, *before, *copy;
    guint channel, covers;
    const YamlNode *facts;
} Entry;

static const YamlField entry_fields[] = {
    {"date", YAML_TEXT, G_STRUCT_OFFSET(Entry, date), TRUE, 0, 0, NULL},
    {"customer", YAML_TEXT, G_STRUCT_OFFSET(Entry, customer), FALSE, 0, 0, NULL},
    {"person", YAML_TEXT, G_STRUCT_OFFSET(Entry, person), FALSE, 0, 0, NULL},
    {"channel", YAML_CHOICE, G_STRUCT_OFFSET(Entry, channel), TRUE, 0, 0, channels},
    {"contact", YAML_TEXT, G_STRUCT_OFFSET(Entry, contact), FALSE, 0, 0, NULL},
    {"covers", YAML_CHOICE, G_STRUCT_OFFSET(Entry, covers), TRUE, 0, 0, coverings},
    {"before", YAML_TEXT, G_STRUCT_OFFSET(Entry, before), FALSE, 0, 0, NULL},
    {"copy", YAML_TEXT, G_STRUCT_OFFSET(Entry, copy), FALSE, 0, 0, NULL},
    {"facts", YAML_SUBTREE, G_STRUCT_OFFSET(Entry, facts), FALSE, 0, 0, NULL},
    {0},
};

static void entry_clear(Entry *entry)
{
    g_free(entry->date);
    g_free(entry->customer);
    g_free(entry->person);
    g_free(entry->contact);
    g_free(entry->before);
    g_free(entry->copy);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Entry, entry_clear)

/* --- an entry's values ------------------------------------------------------------------------------------------ */

static gboolean check_entry(const YamlNode *node, const Entry *entry, GError **error)
{
    if (!entry->customer == !entry->person)
        return yaml_error(node, error,
                          "an entry names either its 'customer' (an id of the list) or a 'person' (a "
                          "mail address)");
    if ((entry->covers == COVERS_LIST) != (entry->facts != NULL))
        return yaml_error(node, error, "'facts' stand where 'covers' is list, and only there");
    if (entry->before && entry->covers != COVERS_BEFORE)
        return yaml_error(node, error, "'before' stands only where 'covers' is all-before");
    return TRUE;
}

static gboolean read_day(const YamlNode *node, const char *key, const char *text, gint64 *moment,
                         GError **error)
{
    return moment_parse(span_of_string(text), moment) ||
           yaml_error(yaml_get(node, key), error, "'%s' must be a time as 2026-03-01 or 2026-03-01T12:00:00Z",
                      key);
}

static gboolean is_sha256(const char *text)
{
    gsize n = 0;
    g_autofree guint8 *bytes = bytes_of_hex(span_of_string(text), &n);
    return bytes && n == DIGEST_BYTES;
}

/* The hash of a copy that is named by its path beside the file, or the hash that stands there. g_free. */
static char *hash_of_copy(const YamlNode *node, const char *file, const char *copy, GError **error)
{
    if (!copy || is_sha256(copy))
        return copy ? g_ascii_strdown(copy, -1) : g_strdup("");
    g_autofree char *whole = g_canonicalize_filename(file, NULL), *folder = g_path_get_dirname(whole);
    g_autofree char *path = g_canonicalize_filename(copy, folder);
    g_autofree char *bytes = NULL;
    gsize n;
    if (g_file_get_contents(path, &bytes, &n, NULL))
        return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, n);
    yaml_error(yaml_get(node, "copy"), error, "'copy' is neither a SHA-256 nor a file that can be read: %s",
               path);
    return NULL;
}

/* --- the act ---------------------------------------------------------------------------------------------------- */

typedef struct {
    Store *store;
    Run *run;
    const NotifyRecord *record;
    NotifyRecorded *done;
} Recording;

enum {
    TOLD_WHOM,
    TOLD_AT,
    TOLD_CHANNEL,
    TOLD_CONTACT,
    TOLD_COVERS,
    TOLD_UNTIL,
    TOLD_COPY,
    TOLD_BY,
    TOLD_FIELDS
};

/* Is there an act of these fields and of the facts that stand under `act`? */
static gboolean is_told(Store *store, const Span fields[TOLD_FIELDS], gint64 act, gint64 *count,
                        GError **error)
{
    gint64 at, until;
    Query *query = store_query(store, "notify.told_same", error);
    if (!query)
        return FALSE;
    row_int(fields[TOLD_AT], &at);
    row_int(fields[TOLD_UNTIL], &until);
    query_text(query, 1, fields[TOLD_WHOM]);
    query_int(query, 2, at);
    query_text(query, 3, fields[TOLD_CHANNEL]);
    query_text(query, 4, fields[TOLD_CONTACT]);
    query_text(query, 5, fields[TOLD_COVERS]);
    query_int(query, 6, until);
    query_text(query, 7, fields[TOLD_COPY]);
    query_int(query, 8, act);
    return query_only_int(query, count, error);
}

/* In the open transaction; *known: it was there, and the caller rolls back. */
static gboolean add_told(const Recording *r, const Entry *entry, const Span fields[TOLD_FIELDS],
                         gboolean *known, GError **error)
{
    gint64 act, same;
    g_autofree char *whom = span_dup(fields[TOLD_WHOM]);
    if (!act_next(r->store, &act, error) ||
        (entry->facts && !record_facts(r->store, act, whom, entry->facts, error)) ||
        !is_told(r->store, fields, act, &same, error))
        return FALSE;
    *known = same > 0;
    return *known || act_record(r->store, r->run, "told", fields, TOLD_FIELDS, NULL, error);
}

static gboolean commit_told(const Recording *r, const Entry *entry, const Span fields[TOLD_FIELDS],
                            GError **error)
{
    gboolean known = FALSE;
    if (!store_begin(r->store, error))
        return FALSE;
    if (add_told(r, entry, fields, &known, error) && !known) {
        r->done->added++;
        return store_commit(r->store, error);
    }
    store_rollback(r->store);
    r->done->known += known ? 1 : 0;
    return known;
}

/* A customer of a mistyped id would be told again. */
static gboolean check_customer(const Recording *r, const YamlNode *node, const char *customer, GError **error)
{
    gint64 known = 1;
    Query *query = customer ? store_query(r->store, "notify.whom_is", error) : NULL;
    if (customer && !query)
        return FALSE;
    if (query)
        query_text(query, 1, span_of_string(customer));
    if (query && !query_only_int(query, &known, error))
        return FALSE;
    return known > 0 ||
           yaml_error(yaml_get(node, "customer"), error,
                      "no customer has the id %s; candor customer list shows who there is", customer);
}

static gboolean record_entry(const Recording *r, const YamlNode *node, GError **error)
{
    g_auto(Entry) entry = {0};
    gint64 at, until = 0;
    if (!yaml_fill(node, entry_fields, &entry, error) || !check_entry(node, &entry, error) ||
        !check_customer(r, node, entry.customer, error) || !read_day(node, "date", entry.date, &at, error))
        return FALSE;
    if (entry.covers == COVERS_BEFORE && !read_day(node, entry.before ? "before" : "date",
                                                   entry.before ? entry.before : entry.date, &until, error))
        return FALSE;
    g_autofree char *copy = hash_of_copy(node, r->record->path, entry.copy, error);
    if (!copy)
        return FALSE;
    g_autofree char *person = entry.person ? g_ascii_strdown(entry.person, -1) : NULL;
    g_autofree char *whom = person ? g_strconcat(WHOM_PERSON, person, NULL) : g_strdup(entry.customer);
    g_autofree char *at_text = g_strdup_printf("%" G_GINT64_FORMAT, at);
    g_autofree char *until_text = g_strdup_printf("%" G_GINT64_FORMAT, until);
    const Span fields[TOLD_FIELDS] = {
        [TOLD_WHOM] = span_of_string(whom),
        [TOLD_AT] = span_of_string(at_text),
        [TOLD_CHANNEL] = span_of_string(channels[entry.channel]),
        [TOLD_CONTACT] = span_of_string(entry.contact ? entry.contact : ""),
        [TOLD_COVERS] = span_of_string(covers_acts[entry.covers]),
        [TOLD_UNTIL] = span_of_string(until_text),
        [TOLD_COPY] = span_of_string(copy),
        [TOLD_BY] = span_of_string(r->record->by),
    };
    return commit_told(r, &entry, fields, error);
}

gboolean notify_record(Store *store, Run *run, const NotifyRecord *record, NotifyRecorded *done,
                       GError **error)
{
    *done = (NotifyRecorded){0};
    const Recording recording = {.store = store, .run = run, .record = record, .done = done};
    g_autoptr(YamlFile) file = yaml_open(record->path, error);
    if (!file)
        return FALSE;
    const YamlNode *list = yaml_root(file);
    if (yaml_text(list) || yaml_is_mapping(list))
        return yaml_error(list, error,
                          "a list of notices must stand here, each with 'date', 'customer', 'channel' "
                          "and 'covers'");
    for (guint i = 0; i < yaml_length(list); i++)
        if (!record_entry(&recording, yaml_item(list, i), error))
            return FALSE;
    return TRUE;
}
