/* evidence.c - the rows of a worker's answer, written and strictly read. */
#include "nouns/evidence.h"

#include "nouns/take.h"

static const char *const role_names[ROLE_COUNT] = {
    [ROLE_FROM] = "from",
    [ROLE_SENDER] = "sender",
    [ROLE_REPLY_TO] = "reply-to",
    [ROLE_TO] = "to",
    [ROLE_CC] = "cc",
    [ROLE_BCC] = "bcc",
    [ROLE_RESENT_FROM] = "resent-from",
    [ROLE_RESENT_SENDER] = "resent-sender",
    [ROLE_RESENT_TO] = "resent-to",
    [ROLE_RESENT_CC] = "resent-cc",
    [ROLE_RESENT_BCC] = "resent-bcc",
    [ROLE_RETURN_PATH] = "return-path",
    [ROLE_DELIVERED_TO] = "delivered-to",
};
static const char *const part_kind_names[PART_KIND_COUNT] = {
    [PART_LEAF] = "leaf", [PART_MULTIPART] = "multipart", [PART_MESSAGE] = "message"};
static const char *const part_state_names[PART_STATE_COUNT] = {
    [PART_READ] = "read",           [PART_CUT] = "cut",       [PART_UNREAD] = "unread",
    [PART_ENCRYPTED] = "encrypted", [PART_BROKEN] = "broken",
};
static const char *const item_kind_names[ITEM_KIND_COUNT] = {
    [ITEM_IS_MAIL] = "mail",       [ITEM_IS_APPOINTMENT] = "appointment",
    [ITEM_IS_CONTACT] = "contact", [ITEM_IS_TASK] = "task",
    [ITEM_IS_NOTE] = "note",       [ITEM_IS_REPORT] = "report",
    [ITEM_IS_JOURNAL] = "journal", [ITEM_IS_DISTRIBUTION_LIST] = "distribution-list",
    [ITEM_IS_POST] = "post",       [ITEM_IS_OTHER] = "other",
};
static const char *const copy_state_names[COPY_STATE_COUNT] = {
    [COPY_NORMAL] = "normal", [COPY_ORPHAN] = "orphan", [COPY_DELETED] = "deleted", [COPY_HIDDEN] = "hidden"};
static const char *const defect_bit_names[] = {
    "no-header",        "bad-header-line",   "header-cut",   "no-boundary",
    "boundary-missing", "no-final-boundary", "bad-base64",   "bad-quoted-printable",
    "unknown-encoding", "unknown-charset",   "charset-lied", "raw-8bit-header",
    "bad-encoded-word", "bad-date",          "bad-address",  "duplicate-field",
    "nul-bytes",        "depth-cut",         "parts-cut",    "length-lied",
    "mixed-line-ends",  "bad-type",
};

const char *role_name(Role role)
{
    return (guint)role < ROLE_COUNT ? role_names[role] : "unknown";
}

const char *part_kind_name(PartKind kind)
{
    return (guint)kind < PART_KIND_COUNT ? part_kind_names[kind] : "unknown";
}

const char *part_state_name(PartState state)
{
    return (guint)state < PART_STATE_COUNT ? part_state_names[state] : "unknown";
}

const char *item_kind_name(ItemKind kind)
{
    return (guint)kind < ITEM_KIND_COUNT ? item_kind_names[kind] : "unknown";
}

ItemKind item_kind_from_name(Span name)
{
    int index = index_of(name, item_kind_names, ITEM_KIND_COUNT);
    return index >= 0 ? (ItemKind)index : ITEM_IS_OTHER;
}

const char *copy_state_name(CopyState state)
{
    return (guint)state < COPY_STATE_COUNT ? copy_state_names[state] : "unknown";
}

char *defect_names(guint64 defects)
{
    GString *names = g_string_new(NULL);
    for (guint bit = 0; bit < G_N_ELEMENTS(defect_bit_names); bit++)
        if (defects >> bit & 1)
            g_string_append_printf(names, "%s%s", names->len ? "," : "", defect_bit_names[bit]);
    return g_string_free(names, FALSE);
}

gboolean role_from_name(Span name, Role *role)
{
    int index = index_of(name, role_names, ROLE_COUNT);
    if (index >= 0)
        *role = (Role)index;
    return index >= 0;
}

void message_row_write(RowBuffer *rows, const MessageRow *message)
{
    row_begin(rows, 'M');
    row_put_uint(rows, message->sequence);
    row_put_uint(rows, message->item);
    row_put_uint(rows, message->offset);
    row_put_uint(rows, message->length);
    row_put_hex(rows, message->sha256, DIGEST_BYTES);
    row_put_hex(rows, message->key, DIGEST_BYTES);
    row_put_uint(rows, message->size);
    row_put_int(rows, message->date);
    row_put_int(rows, message->zone);
    row_put(rows, message->message_id);
    row_put(rows, message->subject);
    row_put(rows, message->in_reply_to);
    row_put_uint(rows, message->defects);
    row_put_uint(rows, message->bare ? 1 : 0);
    row_put_int(rows, message->received);
    row_put(rows, message->folder);
    row_put_string(rows, item_kind_name(message->kind));
    row_put_string(rows, copy_state_name(message->state));
    row_end(rows);
}

gboolean message_row_read(const Row *row, MessageRow *message, GError **error)
{
    Fields fields = {.row = row};
    message->sequence = take_uint(&fields, "bad sequence");
    message->item = take_uint(&fields, "bad item");
    message->offset = take_uint(&fields, "bad offset");
    message->length = take_uint(&fields, "bad length");
    take_hex(&fields, "bad sha256", message->sha256, DIGEST_BYTES);
    take_hex(&fields, "bad key", message->key, DIGEST_BYTES);
    message->size = take_uint(&fields, "bad size");
    message->date = take_int(&fields, "bad date");
    message->zone = take_int(&fields, "bad zone");
    message->message_id = take_text(&fields, "message id is not UTF-8");
    message->subject = take_text(&fields, "subject is not UTF-8");
    message->in_reply_to = take_text(&fields, "in-reply-to is not UTF-8");
    message->defects = take_uint(&fields, "bad defects");
    message->bare = take_uint(&fields, "bad bare flag") != 0;
    message->received = take_int(&fields, "bad time of receipt");
    message->folder = take_text(&fields, "folder is not UTF-8");
    message->kind = (ItemKind)take_name(&fields, "unknown kind of item", item_kind_names, ITEM_KIND_COUNT);
    message->state = (CopyState)take_name(&fields, "unknown state", copy_state_names, COPY_STATE_COUNT);
    return taken(&fields, error);
}

void address_row_write(RowBuffer *rows, const AddressRow *address)
{
    row_begin(rows, 'A');
    row_put_string(rows, role_name(address->role));
    row_put(rows, address->name);
    row_put(rows, address->address);
    row_end(rows);
}

gboolean address_row_read(const Row *row, AddressRow *address, GError **error)
{
    Fields fields = {.row = row};
    address->role = (Role)take_name(&fields, "unknown role", role_names, ROLE_COUNT);
    address->name = take_text(&fields, "name is not UTF-8");
    address->address = take_text(&fields, "address is not UTF-8");
    return taken(&fields, error);
}

void part_row_write(RowBuffer *rows, const PartRow *part)
{
    row_begin(rows, 'P');
    row_put(rows, part->path);
    row_put_string(rows, part_kind_name(part->kind));
    row_put(rows, part->media_type);
    row_put(rows, part->charset);
    row_put(rows, part->filename);
    row_put(rows, part->disposition);
    row_put(rows, part->encoding);
    row_put(rows, part->content_id);
    row_put_uint(rows, part->start);
    row_put_uint(rows, part->end);
    row_put_uint(rows, part->read);
    row_put_uint(rows, part->scanned);
    row_put_uint(rows, part->unscanned);
    row_put_hex(rows, part->sha256, DIGEST_BYTES);
    row_put_string(rows, part_state_name(part->state));
    row_end(rows);
}

gboolean part_row_read(const Row *row, PartRow *part, GError **error)
{
    Fields fields = {.row = row};
    part->path = take_text(&fields, "bad path");
    part->kind = (PartKind)take_name(&fields, "unknown part kind", part_kind_names, PART_KIND_COUNT);
    part->media_type = take_text(&fields, "media type is not UTF-8");
    part->charset = take_text(&fields, "charset is not UTF-8");
    part->filename = take_text(&fields, "file name is not UTF-8");
    part->disposition = take_text(&fields, "disposition is not UTF-8");
    part->encoding = take_text(&fields, "encoding is not UTF-8");
    part->content_id = take_text(&fields, "content id is not UTF-8");
    part->start = take_uint(&fields, "bad start");
    part->end = take_uint(&fields, "bad end");
    part->read = take_uint(&fields, "bad count of read bytes");
    part->scanned = take_uint(&fields, "bad count of scanned bytes");
    part->unscanned = take_uint(&fields, "bad count of unscanned bytes");
    take_hex(&fields, "bad sha256", part->sha256, DIGEST_BYTES);
    part->state = (PartState)take_name(&fields, "unknown part state", part_state_names, PART_STATE_COUNT);
    if (!fields.wrong && (part->start > part->end || part->read != part->scanned + part->unscanned))
        fields.wrong = "its counts do not add up";
    return taken(&fields, error);
}

void mention_row_write(RowBuffer *rows, const MentionRow *mention)
{
    row_begin(rows, 'N');
    row_put(rows, mention->path);
    row_put_string(rows, role_name(mention->role));
    row_put(rows, mention->name);
    row_put(rows, mention->address);
    row_put_uint(rows, mention->start);
    row_end(rows);
}

gboolean mention_row_read(const Row *row, MentionRow *mention, GError **error)
{
    Fields fields = {.row = row};
    mention->path = take_text(&fields, "bad path");
    mention->role = (Role)take_name(&fields, "unknown role", role_names, ROLE_COUNT);
    mention->name = take_text(&fields, "name is not UTF-8");
    mention->address = take_text(&fields, "address is not UTF-8");
    mention->start = take_uint(&fields, "bad start");
    return taken(&fields, error);
}

void match_row_write(RowBuffer *rows, const MatchRow *match)
{
    row_begin(rows, 'X');
    row_put(rows, match->path);
    row_put(rows, match->type);
    row_put(rows, match->rule);
    row_put_uint(rows, match->start);
    row_put_uint(rows, match->end);
    row_put_hex(rows, match->fingerprint, FINGERPRINT_BYTES);
    row_put(rows, match->masked);
    row_put_uint(rows, match->confidence);
    row_end(rows);
}

gboolean match_row_read(const Row *row, MatchRow *match, GError **error)
{
    Fields fields = {.row = row};
    match->path = take_text(&fields, "bad path");
    match->type = take_text(&fields, "type is not UTF-8");
    match->rule = take_text(&fields, "rule is not UTF-8");
    match->start = take_uint(&fields, "bad start");
    match->end = take_uint(&fields, "bad end");
    take_hex(&fields, "bad fingerprint", match->fingerprint, FINGERPRINT_BYTES);
    match->masked = take_text(&fields, "mask is not UTF-8");
    match->confidence = take_uint(&fields, "bad confidence");
    if (!fields.wrong && (match->confidence > 100 || match->start > match->end))
        fields.wrong = "confidence or place out of range";
    return taken(&fields, error);
}

void gap_row_write(RowBuffer *rows, const GapRow *gap)
{
    row_begin(rows, 'G');
    row_put_uint(rows, gap->item);
    row_put_uint(rows, gap->offset);
    row_put(rows, gap->path);
    row_put(rows, gap->reason);
    row_put(rows, gap->detail);
    row_put_uint(rows, gap->bytes);
    row_put_uint(rows, gap->retryable ? 1 : 0);
    row_end(rows);
}

gboolean gap_row_read(const Row *row, GapRow *gap, GError **error)
{
    Fields fields = {.row = row};
    gap->item = take_uint(&fields, "bad item");
    gap->offset = take_uint(&fields, "bad offset");
    gap->path = take_text(&fields, "bad path");
    gap->reason = take_text(&fields, "reason is not UTF-8");
    gap->detail = take_text(&fields, "detail is not UTF-8");
    gap->bytes = take_uint(&fields, "bad count of bytes");
    gap->retryable = take_uint(&fields, "bad retryable flag") != 0;
    return taken(&fields, error);
}

void end_row_write(RowBuffer *rows, const EndRow *end)
{
    row_begin(rows, 'E');
    row_put_uint(rows, end->rows);
    row_put_uint(rows, end->read);
    row_put_uint(rows, end->scanned);
    row_put_uint(rows, end->unscanned);
    row_end(rows);
}

gboolean end_row_read(const Row *row, EndRow *end, GError **error)
{
    Fields fields = {.row = row};
    end->rows = take_uint(&fields, "bad count of rows");
    end->read = take_uint(&fields, "bad sum of read bytes");
    end->scanned = take_uint(&fields, "bad sum of scanned bytes");
    end->unscanned = take_uint(&fields, "bad sum of unscanned bytes");
    return taken(&fields, error);
}

void done_row_write(RowBuffer *rows, const DoneRow *done)
{
    row_begin(rows, 'D');
    row_put_uint(rows, done->unit);
    row_put_uint(rows, done->declared);
    row_put_uint(rows, done->messages);
    row_put_uint(rows, done->gaps);
    row_put_uint(rows, done->bytes);
    row_put_hex(rows, done->sha256, DIGEST_BYTES);
    row_end(rows);
}

gboolean done_row_read(const Row *row, DoneRow *done, GError **error)
{
    Fields fields = {.row = row};
    done->unit = take_uint(&fields, "bad unit");
    done->declared = take_uint(&fields, "bad count of declared messages");
    done->messages = take_uint(&fields, "bad count of messages");
    done->gaps = take_uint(&fields, "bad count of gaps");
    done->bytes = take_uint(&fields, "bad count of bytes");
    take_hex(&fields, "bad sha256", done->sha256, DIGEST_BYTES);
    return taken(&fields, error);
}
