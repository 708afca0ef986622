/* conversions.c - what workers made of parts, into the store. */
#include "pool/converting.h"

#include "store/text_cache.h"

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

/* --- a text that was scanned again ------------------------------------------------------------------------- */

/* What the conversion said whose text it is, in place of what the scan knows. */
static gboolean take_before(Conversions *it, ConvertGroup *group, GError **error)
{
    Query *query = store_query(it->store, "convert.before", error);
    if (!query)
        return FALSE;
    query_blob(query, 1, (Span){(const char *)group->part->sha256, DIGEST_BYTES});
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
static gboolean copy_gaps(Conversions *it, ConvertGroup *group, GError **error)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(GapRow));
    Query *query = group->fresh ? store_query(it->store, "convert.gaps_before", error) : NULL;
    if (!query)
        return !group->fresh;
    query_blob(query, 1, (Span){(const char *)group->part->sha256, DIGEST_BYTES});
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
        fine = conversion_put_gap(it, group->part, group->converter, group->gaps++,
                                  &g_array_index(gaps, GapRow, i), error);
    return fine;
}

/* --- groups ------------------------------------------------------------------------------------------------ */

/* The group's text is whole now. */
static gboolean close_group(Conversions *it, ConvertGroup *group, GError **error)
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

static gboolean open_group(Conversions *it, ConvertGroup *group, const Row *line, GPtrArray *parts,
                           GError **error)
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
    return conversion_put_conversion(it, group, error) && (!again || copy_gaps(it, group, error));
}

/* Whether an earlier run, too, ended the part's box when its time was up. */
static gboolean has_run_out_before(Conversions *it, const ConvertPart *part, gboolean *before, GError **error)
{
    *before = FALSE;
    Query *query = store_query(it->store, "convert.out_of_time_before", error);
    if (!query)
        return FALSE;
    query_blob(query, 1, (Span){(const char *)part->sha256, DIGEST_BYTES});
    query_int(query, 2, it->run->id);
    while (query_step(query, error))
        *before = TRUE;
    return query_ended(query);
}

/* The converters that are in use were tried twice: others may try again. */
static gboolean settle(Conversions *it, ConvertPart *part, const GapRow *gap, GError **error)
{
    const InUse *none = find_in_use(it, SPAN_OF("none"));
    if (!none)
        return error_set(error, CANDOR_ERROR_FORMAT, "the worker does not say which converters it has");
    ConvertGroup group = {.part = part, .converter = none->id};
    group.row = (ConversionRow){.converter = SPAN_OF("none"),
                                .version = span_of_string(none->version),
                                .state = PART_UNREAD,
                                .read = gap->bytes,
                                .unscanned = gap->bytes};
    it->bytes += gap->bytes;
    return conversion_put_conversion(it, &group, error) &&
           conversion_put_gap(it, part, none->id, 0, gap, error);
}

/* A part that could not be had or converted. That its time was up may be the machine's doing once; twice it is the
 * part's, which would else cost every run as much again. */
static gboolean take_lone_gap(Conversions *it, ConvertPart *part, const GapRow *gap, GError **error)
{
    gboolean settled = !part->converter && span_equals(gap->reason, "cpu-time");
    part->answered = TRUE;
    if (settled && !has_run_out_before(it, part, &settled, error))
        return FALSE;
    return settled ? settle(it, part, gap, error) : conversion_put_gap(it, part, 0, 0, gap, error);
}

static gboolean take_gap(Conversions *it, ConvertGroup *group, const Row *line, GPtrArray *parts,
                         GError **error)
{
    GapRow row;
    if (!gap_row_read(line, &row, error))
        return FALSE;
    if (group->part && row.item == group->row.item)
        return !group->fresh ||
               conversion_put_gap(it, group->part, group->converter, group->gaps++, &row, error);
    return close_group(it, group, error) && take_lone_gap(it, parts->pdata[row.item], &row, error);
}

static gboolean take_row(Conversions *it, ConvertGroup *group, const Row *line, GPtrArray *parts,
                         GError **error)
{
    switch (line->kind) {
    case 'V':
        return open_group(it, group, line, parts, error);
    case 'T':
        g_byte_array_append(group->text, (const guint8 *)line->field[0].p, (guint)line->field[0].n);
        return TRUE;
    case 'X':
        return conversion_put_match(it, group, line, error);
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
    ConvertGroup group = {.text = text};
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
        if (!conversion_put_gap(it, part, 0, 0, &died, error))
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
