/* conversion_put.c - one row of a conversion into its table and its digest. */
#include "pool/converting.h"

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

gboolean conversion_put_conversion(Conversions *it, ConvertGroup *group, GError **error)
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

gboolean conversion_put_match(Conversions *it, const ConvertGroup *group, const Row *line, GError **error)
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

gboolean conversion_put_gap(Conversions *it, const ConvertPart *part, gint64 converter, gint64 n,
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
