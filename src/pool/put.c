/* put.c - one row of a worker's answer into its table and its digest. */
#include "pool/importer.h"
#include "store/digest_rows.h"

/* Whose address and whose name: the ids under which they stand; 0 for what is not there. */
static gboolean find_person(Importer *importer, Span address, Span name, gint64 *email_id, gint64 *name_id,
                            GError **error)
{
    *email_id = *name_id = 0;
    return (!address.p || importer_email(importer, address, email_id, error)) &&
           (!name.p || importer_name(importer, name, name_id, error));
}

static void bind_id(Query *query, guint parameter, gint64 id)
{
    if (id)
        query_int(query, parameter, id);
    else
        query_null(query, parameter);
}

static void bind_sealed(Query *query, guint parameter, const char *context, Span plain)
{
    if (plain.p)
        query_sealed(query, parameter, context, plain);
    else
        query_null(query, parameter);
}

/* The check of the answer has seen to it that the unit has this item. */
static DigestPlace place_of(const ImportUnit *unit, guint64 item)
{
    const char *path = item < unit->paths->len ? unit->paths->pdata[item] : NULL;
    return (DigestPlace){span_of_string(unit->name), span_of_string(unit->mailbox), span_of_string(path)};
}

static gboolean put_copy_place(Importer *importer, const Group *group, GError **error)
{
    const MessageRow *row = group->row;
    Query *query = store_query(importer->store, "import.copy_place", error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->unit->first_item + (gint64)row->item);
    query_int(query, 2, (gint64)row->offset);
    query_text(query, 3, row->folder);
    query_int(query, 4, row->kind);
    query_int(query, 5, row->state);
    return query_run(query, error);
}

gboolean put_copy(Importer *importer, const Group *group, GError **error)
{
    if (message_has_place(group->row) && !put_copy_place(importer, group, error))
        return FALSE;

    Query *query = store_query(importer->store, "import.copy", error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->unit->first_item + (gint64)group->row->item);
    query_int(query, 2, (gint64)group->row->offset);
    query_int(query, 3, (gint64)group->row->length);
    query_int(query, 4, group->content);
    query_int(query, 5, group->unit->unit);
    query_blob(query, 6, (Span){(const char *)group->row->sha256, DIGEST_BYTES});
    const DigestPlace place = place_of(group->unit, group->row->item);
    digest_copy(importer->store, &place, group->row);
    return query_run(query, error);
}

static gint64 first_64_bits(const guint8 key[DIGEST_BYTES])
{
    guint64 big;
    memcpy(&big, key, sizeof big);
    return (gint64)GUINT64_FROM_BE(big);
}

gboolean put_message(Importer *importer, const Group *group, GError **error)
{
    const MessageRow *row = group->row;
    Query *query = store_query(importer->store, "import.message", error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->content);
    query_int(query, 2, first_64_bits(row->key));
    query_int(query, 3, (gint64)row->size);
    if (row->date == G_MININT64)
        query_null(query, 4);
    else
        query_int(query, 4, row->date);
    query_int(query, 5, row->zone);
    query_text(query, 6, row->message_id);
    query_text(query, 7, row->in_reply_to);
    bind_sealed(query, 8, "subject", row->subject);
    query_int(query, 9, (gint64)row->defects);
    query_int(query, 10, importer->reader);
    query_int(query, 11, row->bare ? 1 : 0);
    if (row->received)
        query_int(query, 12, row->received);
    else
        query_null(query, 12);
    digest_message(importer->store, row);
    return query_run(query, error);
}

gboolean put_address(Importer *importer, Group *group, const Row *line, GError **error)
{
    AddressRow row;
    gint64 email, name;
    if (!address_row_read(line, &row, error) ||
        !find_person(importer, row.address, row.name, &email, &name, error))
        return FALSE;
    Query *query = store_query(importer->store, "import.address", error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->content);
    query_int(query, 2, group->addresses);
    query_int(query, 3, row.role);
    bind_id(query, 4, email);
    bind_id(query, 5, name);
    digest_address(importer->store, group->row->key, (guint64)group->addresses, &row);
    group->addresses++;
    return query_run(query, error);
}

static gboolean put_attempt(Importer *importer, const Group *group, const PartRow *row, GError **error)
{
    const char *name = importer->again ? "import.attempt_again" : "import.attempt";
    Query *query = store_query(importer->store, name, error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->content);
    query_text(query, 2, row->path);
    query_int(query, 3, importer->reader);
    query_int(query, 4, row->state);
    query_int(query, 5, (gint64)row->read);
    query_int(query, 6, (gint64)row->scanned);
    query_int(query, 7, (gint64)row->unscanned);
    if (!query_run(query, error))
        return FALSE;
    if (!importer->again || store_changes(importer->store))
        digest_attempt(importer->store, group->row->key, row);
    return TRUE;
}

gboolean put_part(Importer *importer, Group *group, const Row *line, GError **error)
{
    PartRow row;
    if (!part_row_read(line, &row, error))
        return FALSE;
    Query *query = store_query(importer->store, importer->again ? "import.part_again" : "import.part", error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->content);
    query_text(query, 2, row.path);
    query_int(query, 3, row.kind);
    query_text(query, 4, row.media_type);
    query_text(query, 5, row.charset);
    bind_sealed(query, 6, "filename", row.filename);
    query_text(query, 7, row.disposition);
    query_text(query, 8, row.encoding);
    query_text(query, 9, row.content_id);
    query_int(query, 10, (gint64)row.start);
    query_int(query, 11, (gint64)row.end);
    if (row.kind == PART_LEAF)
        query_blob(query, 12, (Span){(const char *)row.sha256, DIGEST_BYTES});
    else
        query_null(query, 12);
    if (!query_run(query, error))
        return FALSE;
    if (!importer->again || store_changes(importer->store))
        digest_part(importer->store, group->row->key, &row);
    return put_attempt(importer, group, &row, error);
}

gboolean put_mention(Importer *importer, Group *group, const Row *line, GError **error)
{
    MentionRow row;
    gint64 email, name;
    if (!mention_row_read(line, &row, error) ||
        !find_person(importer, row.address, row.name, &email, &name, error))
        return FALSE;
    Query *query = store_query(importer->store, "import.mention", error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->content);
    query_int(query, 2, group->mentions);
    query_text(query, 3, row.path);
    query_int(query, 4, row.role);
    bind_id(query, 5, email);
    query_int(query, 6, (gint64)row.start);
    bind_id(query, 7, name);
    digest_mention(importer->store, group->row->key, (guint64)group->mentions, &row);
    group->mentions++;
    return query_run(query, error);
}

gboolean put_match(Importer *importer, Group *group, const Row *line, GError **error)
{
    MatchRow row;
    if (!match_row_read(line, &row, error))
        return FALSE;
    Query *query =
        store_query(importer->store, importer->again ? "import.match_again" : "import.match", error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->content);
    query_int(query, 2, importer->reader);
    query_text(query, 3, row.path);
    query_int(query, 4, (gint64)row.start);
    query_int(query, 5, (gint64)row.end);
    query_text(query, 6, row.rule);
    query_text(query, 7, row.type);
    query_blob(query, 8, (Span){(const char *)row.fingerprint, FINGERPRINT_BYTES});
    query_text(query, 9, row.masked);
    query_int(query, 10, (gint64)row.confidence);
    if (!query_run(query, error))
        return FALSE;
    if (!importer->again || store_changes(importer->store))
        digest_match(importer->store, group->row->key, &row);
    return TRUE;
}

gboolean put_gap_row(Importer *importer, const ImportUnit *unit, const Group *group, const GapRow *row,
                     gboolean whole, GError **error)
{
    Query *query = store_query(importer->store, "import.gap", error);
    if (!query)
        return FALSE;
    query_int(query, 1, ++importer->last_gap);
    query_int(query, 2, unit->source);
    query_int(query, 3, unit->first_item + (gint64)row->item);
    query_int(query, 4, unit->unit);
    if (group)
        query_int(query, 5, group->content);
    else
        query_null(query, 5);
    query_int(query, 6, (gint64)row->offset);
    query_text(query, 7, row->path);
    query_text(query, 8, row->reason);
    query_text(query, 9, row->detail);
    query_int(query, 10, (gint64)row->bytes);
    query_int(query, 11, row->retryable ? 1 : 0);
    query_int(query, 12, whole ? 1 : 0);
    query_int(query, 13, importer->run->id);
    const DigestPlace place = place_of(unit, row->item);
    digest_gap(importer->store, group ? group->row->key : NULL, &place, whole, row);
    importer->run->new_gaps++;
    importer->run->retryable_gaps += row->retryable ? 1 : 0;
    return query_run(query, error);
}

gboolean put_gap(Importer *importer, const ImportUnit *unit, const Group *group, const Row *line,
                 GError **error)
{
    GapRow row;
    if (!gap_row_read(line, &row, error))
        return FALSE;
    gboolean whole = !group || (group->row->bare && !row.path.p);
    if (importer->again || (group && !group->fresh && !whole))
        return TRUE;
    return put_gap_row(importer, unit, group, &row, whole, error);
}

static gboolean put_done_again(Importer *importer, const ImportUnit *unit, GError **error)
{
    Query *query = store_query(importer->store, "import.unit_again", error);
    if (!query)
        return FALSE;
    query_int(query, 1, unit->unit);
    query_int(query, 2, importer->reader);
    query_int(query, 3, importer->run->id);
    return query_run(query, error);
}

gboolean put_done(Importer *importer, const ImportUnit *unit, const Row *line, GError **error)
{
    DoneRow row;
    if (!done_row_read(line, &row, error))
        return FALSE;
    importer->messages += row.messages;
    importer->bytes += row.bytes;
    if (importer->again)
        return put_done_again(importer, unit, error);
    Query *query = store_query(importer->store, "import.unit_done", error);
    if (!query)
        return FALSE;
    query_int(query, 1, unit->unit);
    query_int(query, 2, importer->run->id);
    query_int(query, 3, importer->reader);
    query_int(query, 4, (gint64)row.declared);
    query_int(query, 5, (gint64)row.messages);
    query_int(query, 6, (gint64)row.gaps);
    query_int(query, 7, (gint64)row.bytes);
    query_blob(query, 8, (Span){(const char *)row.sha256, DIGEST_BYTES});
    digest_unit(importer->store, &row);
    return query_run(query, error);
}
