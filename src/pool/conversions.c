/* conversions.c - what workers made of parts, into the store. */
#include "pool/conversions.h"

#include "nouns/conversion.h"
#include "store/text_cache.h"

/* A converter that is in use. */
typedef struct {
    char *name, *version;
    gint64 id;
} InUse;

struct Conversions {
    Store *store;
    Run *run;
    GArray *in_use; /* InUse */
    guint64 bytes;
};

/* The part whose group is being read. */
typedef struct {
    ConversionRow row;
    ConvertPart *part; /* NULL: none                                          */
    gint64 converter;
    gboolean fresh; /* it is not in the store yet                          */
    gint64 gaps;    /* so far                                              */
    GByteArray *text;
} Group;

static void in_use_clear(gpointer data)
{
    InUse *converter = data;
    g_free(converter->name);
    g_free(converter->version);
}

void conversions_free(Conversions *conversions)
{
    if (!conversions)
        return;
    g_array_unref(conversions->in_use);
    g_free(conversions);
}

guint64 conversions_bytes(const Conversions *conversions)
{
    return conversions->bytes;
}

static const InUse *find_in_use(const Conversions *conversions, Span name)
{
    for (guint i = 0; i < conversions->in_use->len; i++)
        if (span_equals(name, g_array_index(conversions->in_use, InUse, i).name))
            return &g_array_index(conversions->in_use, InUse, i);
    return NULL;
}

gboolean conversions_is_in_use(const Conversions *conversions, Span converter, Span version)
{
    const InUse *found = find_in_use(conversions, converter);
    return found && span_equals(version, found->version);
}

/* --- the worker's converters ------------------------------------------------------------------------------- */

/* The newest row of that name, if it says the same; else 0. */
static gboolean ask_newest(Store *store, const InUse *converter, Span rules, gint64 *id, GError **error)
{
    *id = 0;
    Query *query = store_query(store, "convert.converter_newest", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(converter->name));
    while (query_step(query, error)) {
        g_autofree char *before = span_dup(query_get_text(query, 2)), *now = span_dup(rules);
        if (span_equals(query_get_text(query, 1), converter->version) && g_str_equal(before, now))
            *id = query_get_int(query, 0);
    }
    return query_ended(query);
}

static gboolean add_converter(Store *store, const InUse *converter, Span rules, GError **error)
{
    Query *query = store_query(store, "convert.converter_add", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(converter->name));
    query_text(query, 2, span_of_string(converter->version));
    query_text(query, 3, rules);
    return query_run(query, error);
}

static gboolean register_converter(Conversions *conversions, const char *said, const char *rules,
                                   GError **error)
{
    const char *blank = strchr(said, ' ');
    if (!blank)
        return error_set(error, CANDOR_ERROR_FORMAT, "the worker names a converter without a version");
    InUse converter = {.name = g_strndup(said, (gsize)(blank - said)), .version = g_strdup(blank + 1)};
    Span with = g_str_equal(converter.name, "none") ? SPAN_OF("") : span_of_string(rules);
    gboolean known = ask_newest(conversions->store, &converter, with, &converter.id, error);
    if (known && !converter.id)
        known = add_converter(conversions->store, &converter, with, error) &&
                ask_newest(conversions->store, &converter, with, &converter.id, error);
    g_array_append_val(conversions->in_use, converter);
    return known;
}

Conversions *conversions_new(Store *store, Run *run, const WorkerHello *worker, GError **error)
{
    g_autoptr(Conversions) conversions = g_new0(Conversions, 1);
    conversions->store = store;
    conversions->run = run;
    conversions->in_use = g_array_new(FALSE, TRUE, sizeof(InUse));
    g_array_set_clear_func(conversions->in_use, in_use_clear);
    g_auto(GStrv) names = g_strsplit(worker->converters, ";", -1);
    gboolean fine = store_begin(store, error);
    for (guint i = 0; fine && names[i]; i++)
        fine = !*names[i] || register_converter(conversions, names[i], worker->rules, error);
    if (fine && store_commit(store, error))
        return g_steal_pointer(&conversions);
    store_rollback(store);
    return NULL;
}

/* --- rows -------------------------------------------------------------------------------------------------- */

/* Text of a number, good until the function that calls ends. */
typedef struct {
    char text[24];
} Digits;

static Span digits_of(Digits *digits, guint64 number)
{
    int n = g_snprintf(digits->text, sizeof digits->text, "%" G_GUINT64_FORMAT, number);
    return (Span){digits->text, (gsize)n};
}

static Span hex_into(char *out, const guint8 *bytes, gsize n)
{
    for (gsize i = 0; i < n; i++)
        g_snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    return (Span){out, 2 * n};
}

static Span part_bytes(const ConvertPart *part)
{
    return (Span){(const char *)part->sha256, DIGEST_BYTES};
}

static void digest_conversion(Store *store, const ConvertPart *part, const ConversionRow *row)
{
    char hex[2 * DIGEST_BYTES + 1];
    Digits state, read, scanned, unscanned, text;
    const Span fields[] = {hex_into(hex, part->sha256, DIGEST_BYTES),
                           row->converter,
                           row->version,
                           digits_of(&state, row->state),
                           digits_of(&read, row->read),
                           digits_of(&scanned, row->scanned),
                           digits_of(&unscanned, row->unscanned),
                           digits_of(&text, row->text)};
    store_digest_fields(store, "conversion", fields, G_N_ELEMENTS(fields));
}

static gboolean put_conversion(Conversions *it, Group *group, GError **error)
{
    const ConversionRow *row = &group->row;
    Query *query = store_query(it->store, "convert.conversion", error);
    if (!query)
        return FALSE;
    query_blob(query, 1, part_bytes(group->part));
    query_int(query, 2, group->converter);
    query_int(query, 3, row->state);
    query_int(query, 4, (gint64)row->read);
    query_int(query, 5, (gint64)row->scanned);
    query_int(query, 6, (gint64)row->unscanned);
    query_int(query, 7, (gint64)row->text);
    query_int(query, 8, it->run->id);
    if (!query_run(query, error))
        return FALSE;
    group->fresh = store_changes(it->store) > 0;
    if (group->fresh)
        digest_conversion(it->store, group->part, row);
    return TRUE;
}

static void digest_match(Store *store, const ConvertPart *part, const MatchRow *row)
{
    char hex[2 * DIGEST_BYTES + 1], fingerprint[2 * FINGERPRINT_BYTES + 1];
    Digits start, end, confidence;
    const Span fields[] = {hex_into(hex, part->sha256, DIGEST_BYTES),
                           digits_of(&start, row->start),
                           digits_of(&end, row->end),
                           row->rule,
                           row->type,
                           hex_into(fingerprint, row->fingerprint, FINGERPRINT_BYTES),
                           row->masked,
                           digits_of(&confidence, row->confidence)};
    store_digest_fields(store, "conversion_match", fields, G_N_ELEMENTS(fields));
}

static gboolean put_match(Conversions *it, const Group *group, const Row *line, GError **error)
{
    MatchRow row;
    if (!match_row_read(line, &row, error))
        return FALSE;
    Query *query = group->fresh ? store_query(it->store, "convert.match", error) : NULL;
    if (!query)
        return !group->fresh;
    query_blob(query, 1, part_bytes(group->part));
    query_int(query, 2, group->converter);
    query_int(query, 3, (gint64)row.start);
    query_int(query, 4, (gint64)row.end);
    query_text(query, 5, row.rule);
    query_text(query, 6, row.type);
    query_blob(query, 7, (Span){(const char *)row.fingerprint, FINGERPRINT_BYTES});
    query_text(query, 8, row.masked);
    query_int(query, 9, (gint64)row.confidence);
    digest_match(it->store, group->part, &row);
    return query_run(query, error);
}

/* A gap of a conversion, or, with converter 0, of a part that is none yet. */
static gboolean put_gap(Conversions *it, const ConvertPart *part, gint64 converter, gint64 n,
                        const GapRow *row, GError **error)
{
    char hex[2 * DIGEST_BYTES + 1];
    Digits bytes;
    Query *query = store_query(it->store, "convert.gap", error);
    if (!query)
        return FALSE;
    query_blob(query, 1, part_bytes(part));
    query_int(query, 2, converter);
    query_int(query, 3, it->run->id);
    query_int(query, 4, n);
    query_text(query, 5, row->reason);
    query_text(query, 6, row->detail);
    query_int(query, 7, (gint64)row->bytes);
    const Span fields[] = {hex_into(hex, part->sha256, DIGEST_BYTES), row->reason, row->detail,
                           digits_of(&bytes, row->bytes)};
    store_digest_fields(it->store, "conversion_gap", fields, G_N_ELEMENTS(fields));
    it->run->new_gaps++;
    it->run->retryable_gaps += converter ? 0 : 1;
    return query_run(query, error);
}

/* --- a text that was scanned again ------------------------------------------------------------------------- */

/* What the conversion said whose text it is, in place of what the scan knows. */
static gboolean take_before(Conversions *it, Group *group, GError **error)
{
    Query *query = store_query(it->store, "convert.before", error);
    if (!query)
        return FALSE;
    query_blob(query, 1, part_bytes(group->part));
    query_int(query, 2, group->part->before);
    while (query_step(query, error)) {
        group->row.state = (PartState)query_get_int(query, 0);
        group->row.read = (guint64)query_get_int(query, 1);
        group->row.scanned = (guint64)query_get_int(query, 2);
        group->row.unscanned = (guint64)query_get_int(query, 3);
        group->row.text = (guint64)query_get_int(query, 4);
    }
    group->row.converter = span_of_string(group->part->converter);
    group->row.version = span_of_string(group->part->version);
    return query_ended(query);
}

/* Its gaps stand, and are no new ones. */
static gboolean copy_gaps(Conversions *it, Group *group, GError **error)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(GapRow));
    Query *query = group->fresh ? store_query(it->store, "convert.gaps_before", error) : NULL;
    if (!query)
        return !group->fresh;
    query_blob(query, 1, part_bytes(group->part));
    query_int(query, 2, group->part->before);
    while (query_step(query, error)) {
        char *reason = span_dup(query_get_text(query, 0));
        char *detail = query_is_null(query, 1) ? NULL : span_dup(query_get_text(query, 1));
        GapRow gap = {.reason = span_of_string(reason),
                      .detail = span_of_string(detail),
                      .bytes = (guint64)query_get_int(query, 2)};
        g_ptr_array_add(texts, reason);
        g_ptr_array_add(texts, detail);
        g_array_append_val(gaps, gap);
    }
    gboolean fine = query_ended(query);
    for (guint i = 0; fine && i < gaps->len; i++, it->run->new_gaps--)
        fine =
            put_gap(it, group->part, group->converter, group->gaps++, &g_array_index(gaps, GapRow, i), error);
    return fine;
}

/* --- groups ------------------------------------------------------------------------------------------------ */

/* The group's text is whole now. */
static gboolean close_group(Conversions *it, Group *group, GError **error)
{
    if (!group->part)
        return TRUE;
    const TextName name = {group->part->sha256, group->row.converter, group->row.version};
    gboolean made = group->text->len > 0;
    gboolean fine =
        !made || text_cache_put(it->store, &name, (Span){(char *)group->text->data, group->text->len}, error);
    it->bytes += group->row.read;
    g_byte_array_set_size(group->text, 0);
    group->part = NULL;
    return fine;
}

static gboolean open_group(Conversions *it, Group *group, const Row *line, GPtrArray *parts, GError **error)
{
    if (!close_group(it, group, error) || !conversion_row_read(line, &group->row, error))
        return FALSE;
    group->part = parts->pdata[group->row.item];
    group->part->answered = TRUE;
    group->gaps = 0;
    gboolean again = group->part->converter != NULL;
    if (again && !take_before(it, group, error))
        return FALSE;
    const InUse *converter = find_in_use(it, group->row.converter);
    if (!converter)
        return error_set(error, CANDOR_ERROR_FORMAT,
                         "a part was read by a converter that the worker has not");
    group->converter = converter->id;
    return put_conversion(it, group, error) && (!again || copy_gaps(it, group, error));
}

static gboolean take_gap(Conversions *it, Group *group, const Row *line, GPtrArray *parts, GError **error)
{
    GapRow row;
    if (!gap_row_read(line, &row, error))
        return FALSE;
    if (group->part && row.item == group->row.item)
        return !group->fresh || put_gap(it, group->part, group->converter, group->gaps++, &row, error);
    ConvertPart *part = parts->pdata[row.item];
    part->answered = TRUE;
    return close_group(it, group, error) && put_gap(it, part, 0, 0, &row, error);
}

static gboolean take_row(Conversions *it, Group *group, const Row *line, GPtrArray *parts, GError **error)
{
    switch (line->kind) {
    case 'V':
        return open_group(it, group, line, parts, error);
    case 'T':
        g_byte_array_append(group->text, (const guint8 *)line->field[0].p, (guint)line->field[0].n);
        return TRUE;
    case 'X':
        return put_match(it, group, line, error);
    case 'G':
        return take_gap(it, group, line, parts, error);
    default:
        return close_group(it, group, error);
    }
}

/* The check of the answer has seen to it that its rows are those that may come. */
static gboolean import_rows(Conversions *it, PoolAnswer *answer, GPtrArray *parts, GError **error)
{
    g_autoptr(GByteArray) text = g_byte_array_new();
    Group group = {.text = text};
    char *stop = answer->rows + answer->length;
    for (char *line = answer->rows, *newline; line < stop; line = newline + 1) {
        Row row;
        newline = memchr(line, '\n', (gsize)(stop - line));
        if (!row_split(line, (gsize)(newline - line), &row, error) ||
            !take_row(it, &group, &row, parts, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean import_dead(Conversions *it, GPtrArray *parts, GError **error)
{
    static const GapRow died = {.reason = {"worker-died", 11}};
    for (guint i = 0; i < parts->len; i++) {
        ConvertPart *part = parts->pdata[i];
        part->answered = TRUE;
        if (!put_gap(it, part, 0, 0, &died, error))
            return FALSE;
    }
    return TRUE;
}

gboolean conversions_import(Conversions *it, PoolAnswer *answer, GPtrArray *parts, GError **error)
{
    if (!store_begin(it->store, error))
        return FALSE;
    gboolean stored = answer->dead ? import_dead(it, parts, error) : import_rows(it, answer, parts, error);
    if (stored && store_commit(it->store, error))
        return TRUE;
    store_rollback(it->store);
    return FALSE;
}
