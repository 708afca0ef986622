/* digest_rows.c - what of a table's row enters the table's digest: one function for each table.
 *
 * Numbers are 8 bytes, little-endian; texts their length plus one, 0 for an absent one, then their bytes; hashes as
 * they are: so no two rows are written alike. */
#include "store/digest_rows.h"

#include <string.h>
#include "store/private.h"

static guint8 *room(Store *store, gsize more)
{
    DigestScratch *row = &store->scratch;
    if (G_UNLIKELY(row->capacity - row->n < more)) {
        row->capacity = (row->n + more) * 2;
        row->bytes = g_realloc(row->bytes, row->capacity);
    }
    guint8 *at = row->bytes + row->n;
    row->n += more;
    return at;
}

static void put_int(Store *store, guint64 value)
{
    value = GUINT64_TO_LE(value);
    memcpy(room(store, sizeof value), &value, sizeof value);
}

static void put_bytes(Store *store, gconstpointer bytes, gsize n)
{
    if (bytes && n)
        memcpy(room(store, n), bytes, n);
}

static void put_text(Store *store, Span text)
{
    put_int(store, text.p ? text.n + 1 : 0);
    put_bytes(store, text.p, text.n);
}

/* Without keys there is no fingerprint, and nothing sealed was written either. */
static void put_sealed(Store *store, const char *context, Span plain)
{
    *room(store, 1) = plain.p != NULL;
    if (!plain.p || !store->keys)
        return;
    const SealedValue *remembered = seal_memory_get(&store->seals, store->keys, context, plain);
    if (remembered) {
        put_bytes(store, remembered->fingerprint, sizeof remembered->fingerprint);
        return;
    }
    guint8 fingerprint[FINGERPRINT_OF_SEAL_BYTES];
    case_keys_fingerprint(store->keys, context, plain, fingerprint);
    put_bytes(store, fingerprint, sizeof fingerprint);
}

/* Take the row that was put together into the table's digest. */
static void add_to(Store *store, const char *table)
{
    store_digest_add(store, table, (Span){(const char *)store->scratch.bytes, store->scratch.n});
    store->scratch.n = 0;
}

void digest_source(Store *store, const char *name, const char *kind, const char *mailbox)
{
    put_text(store, span_of_string(name));
    put_text(store, span_of_string(kind));
    put_text(store, span_of_string(mailbox));
    add_to(store, "source");
}

void digest_item(Store *store, const char *path, const char *kind, guint64 size)
{
    put_text(store, span_of_string(path));
    put_text(store, span_of_string(kind));
    put_int(store, size);
    add_to(store, "item");
}

void digest_unit(Store *store, const DoneRow *unit)
{
    put_int(store, unit->declared);
    put_int(store, unit->messages);
    put_int(store, unit->gaps);
    put_int(store, unit->bytes);
    put_bytes(store, unit->sha256, DIGEST_BYTES);
    add_to(store, "unit_done");
}

void digest_message(Store *store, const MessageRow *message)
{
    put_bytes(store, message->key, DIGEST_BYTES);
    put_int(store, message->size);
    put_int(store, (guint64)message->date);
    put_int(store, (guint64)message->zone);
    put_text(store, message->message_id);
    put_text(store, message->in_reply_to);
    put_sealed(store, "subject", message->subject);
    put_int(store, message->defects);
    put_int(store, message->bare ? 1 : 0);
    if (message->received) /* cases that are older than this column have none */
        put_int(store, (guint64)message->received);
    add_to(store, "message");
}

static void put_place(Store *store, const DigestPlace *place)
{
    put_text(store, place->source);
    put_text(store, place->mailbox);
    put_text(store, place->item);
}

void digest_copy(Store *store, const DigestPlace *place, const MessageRow *copy)
{
    put_place(store, place);
    put_bytes(store, copy->key, DIGEST_BYTES);
    put_bytes(store, copy->sha256, DIGEST_BYTES);
    put_int(store, copy->offset);
    put_int(store, copy->length);
    if (message_has_place(copy)) { /* others, and cases that are older than PST, have none */
        put_text(store, copy->folder);
        put_int(store, copy->kind);
        put_int(store, copy->state);
    }
    add_to(store, "copy");
}

void digest_address(Store *store, const guint8 *key, guint64 n, const AddressRow *address)
{
    put_bytes(store, key, DIGEST_BYTES);
    put_int(store, n);
    put_int(store, address->role);
    put_text(store, address->address);
    put_sealed(store, "name", address->name);
    add_to(store, "address");
}

void digest_part(Store *store, const guint8 *key, const PartRow *part)
{
    put_bytes(store, key, DIGEST_BYTES);
    put_text(store, part->path);
    put_int(store, part->kind);
    put_text(store, part->media_type);
    put_text(store, part->charset);
    put_sealed(store, "filename", part->filename);
    put_text(store, part->disposition);
    put_text(store, part->encoding);
    put_text(store, part->content_id);
    put_int(store, part->start);
    put_int(store, part->end);
    if (part->kind == PART_LEAF)
        put_bytes(store, part->sha256, DIGEST_BYTES);
    add_to(store, "part");
}

void digest_attempt(Store *store, const guint8 *key, const PartRow *attempt)
{
    put_bytes(store, key, DIGEST_BYTES);
    put_text(store, attempt->path);
    put_int(store, attempt->state);
    put_int(store, attempt->read);
    put_int(store, attempt->scanned);
    put_int(store, attempt->unscanned);
    add_to(store, "reading_attempt");
}

void digest_mention(Store *store, const guint8 *key, guint64 n, const MentionRow *mention)
{
    put_bytes(store, key, DIGEST_BYTES);
    put_int(store, n);
    put_text(store, mention->path);
    put_int(store, mention->role);
    put_text(store, mention->address);
    put_sealed(store, "name", mention->name);
    put_int(store, mention->start);
    add_to(store, "mention");
}

void digest_match(Store *store, const guint8 *key, const MatchRow *match)
{
    put_bytes(store, key, DIGEST_BYTES);
    put_text(store, match->path);
    put_int(store, match->start);
    put_int(store, match->end);
    put_text(store, match->rule);
    put_text(store, match->type);
    put_bytes(store, match->fingerprint, FINGERPRINT_BYTES);
    put_text(store, match->masked);
    put_int(store, match->confidence);
    add_to(store, "match");
}

void digest_gap(Store *store, const guint8 *key, const DigestPlace *place, gboolean whole, const GapRow *gap)
{
    *room(store, 1) = key != NULL;
    if (key)
        put_bytes(store, key, DIGEST_BYTES);
    else
        put_place(store, place);
    put_int(store, key ? 0 : gap->offset);
    put_text(store, gap->path);
    put_text(store, gap->reason);
    put_text(store, gap->detail);
    put_int(store, gap->bytes);
    put_int(store, gap->retryable ? 1 : 0);
    put_int(store, whole ? 1 : 0);
    add_to(store, "gap");
}

void digest_finding(Store *store, const DigestFinding *finding)
{
    put_bytes(store, finding->key, DIGEST_BYTES);
    put_bytes(store, finding->part, DIGEST_BYTES);
    put_text(store, span_of_string(finding->type));
    put_bytes(store, finding->fingerprint, FINGERPRINT_BYTES);
    put_text(store, span_of_string(finding->masked));
    put_int(store, (guint64)finding->confidence);
    put_int(store, (guint64)finding->matches);
    add_to(store, "finding");
}
