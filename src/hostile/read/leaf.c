/* leaf.c - one leaf: undo its encoding, hash it, and decide whether it is text, encrypted or for a converter. */
#include "hostile/read/leaf.h"

#include "hostile/read/block.h"
#include "hostile/read/emlx.h"
#include "hostile/read/html.h"
#include "hostile/read/leaf_text.h"
#include "hostile/read/seek.h"
#include "hostile/read/transfer.h"

/* A body whose encoding is x-uuencode: what is in its first "begin" block. */
static gboolean decode_uuencode(Reader *reader, Span body, Scratch *out, Span *bytes)
{
    BlockCursor cursor = {.text = body};
    Block block;
    while (block_next(&cursor, &block))
        if (block.kind == BLOCK_UUENCODE) {
            gboolean done = uuencode_decode(block.inside, out, &reader->head->defects);
            *bytes = scratch_span(out);
            return done;
        }
    reader->head->defects |= DEFECT_BAD_BASE64;
    *bytes = body;
    return TRUE;
}

gboolean leaf_decode(Reader *reader, const Content *content, const LeafPlace *place, Span body, Scratch *out,
                     Span *bytes)
{
    gboolean done = TRUE;
    gsize trailer = 0;
    scratch_reset(out);
    *bytes = body;
    if (content->encoding == ENCODING_BASE64)
        done = base64_decode(body, out, &reader->head->defects, &trailer);
    else if (content->encoding == ENCODING_QUOTED && memchr(body.p, '=', body.n))
        done = quoted_decode(body, out, &reader->head->defects);
    else if (content->encoding == ENCODING_UUENCODE)
        return decode_uuencode(reader, body, out, bytes);
    else
        return TRUE;
    *bytes = scratch_span(out);
    if (trailer)
        reading_gap(reader, path_span(&place->path), "not-base64", trailer, FALSE);
    if (!done)
        reading_gap(reader, path_span(&place->path), "memory", body.n, TRUE);
    return done;
}

/* S/MIME that is enveloped. Without smime-type the object identifier at its front tells: 1.2.840.113549.1.7.3
 * enveloped, .23 authEnveloped data; when nothing tells, it counts as encrypted. */
static gboolean is_enveloped(const Content *content, Span bytes)
{
    if (!span_equals(content->media_type, "application/pkcs7-mime") &&
        !span_equals(content->media_type, "application/x-pkcs7-mime"))
        return FALSE;
    if (content->smime_type.n)
        return span_is(content->smime_type, "enveloped-data") ||
               span_is(content->smime_type, "authenveloped-data");
    static const char pkcs7[] = "\x2a\x86\x48\x86\xf7\x0d\x01";
    const char *oid = memmem(bytes.p, MIN(bytes.n, 64), pkcs7, sizeof pkcs7 - 1);
    if (!oid || oid + sizeof pkcs7 >= bytes.p + bytes.n)
        return TRUE;
    return (oid[7] == 7 && oid[8] == 3) || oid[7] == 9;
}

static gboolean is_encrypted(const Content *content, const LeafPlace *place, Span bytes)
{
    if (place->encrypted && span_equals(content->media_type, "application/octet-stream"))
        return TRUE;
    return is_enveloped(content, bytes);
}

/* Bytes that begin as no text does, but as a file that has a converter. */
static gboolean begins_as_file(Span bytes)
{
    return span_begins(bytes, "{\\rtf") || span_begins(bytes, "%PDF-") || span_begins(bytes, "PK\x03\x04");
}

/* Text of a form of its own, which would be scanned marks and folds and all: HTML, cards, mail. */
static gboolean has_form(Span bytes)
{
    static const char *const fronts[] = {
        "BEGIN:VCARD", "BEGIN:VCALENDAR", "From ",         "Received:",   "From:",        "Subject:", "Date:",
        "To:",         "Return-Path:",    "Delivered-To:", "Message-ID:", "MIME-Version:"};
    Emlx emlx;
    for (guint i = 0; i < G_N_ELEMENTS(fronts); i++)
        if (span_begins(bytes, fronts[i]))
            return TRUE;
    return html_looks(bytes) || emlx_find(bytes, &emlx);
}

/* Bytes without a label that are text after all: UTF-8 and no control characters but the usual. */
static gboolean is_unlabelled_text(const Content *content, Span bytes)
{
    gboolean ascii;
    if (!span_equals(content->media_type, "application/octet-stream") || !seek_utf8(bytes, &ascii) ||
        !bytes.n || begins_as_file(bytes) || has_form(bytes))
        return FALSE;
    for (gsize i = 0; i < bytes.n; i++)
        if (((guint8)bytes.p[i] < ' ' && !strchr("\t\n\r\f", bytes.p[i])) || bytes.p[i] == 0x7f)
            return FALSE;
    return TRUE;
}

/* A file that says at its front what it is; or with NULs under a type that could not be read, or attached as text: its
 * inside needs a converter. */
static gboolean is_mislabelled(const Content *content, Span bytes)
{
    if (begins_as_file(bytes))
        return TRUE;
    gboolean attached = content->filename.n || content->name.n;
    return (content->bad_type || attached) && bytes.n && memchr(bytes.p, 0, bytes.n) &&
           !span_begins(content->charset, "utf-16") && !span_begins(content->charset, "utf-32");
}

/* What the part's row says before its bytes are looked at. */
static PartRow make_row(const Content *content, const LeafPlace *place)
{
    return (PartRow){
        .path = path_span(&place->path),
        .kind = PART_LEAF,
        .media_type = content->media_type,
        .charset = content->charset,
        .filename = content->filename.n ? content->filename
                    : content->name.n   ? content->name
                                        : SPAN_NONE,
        .disposition = content->disposition,
        .encoding = content->encoding_label,
        .content_id = content->content_id,
        .start = place->start,
        .end = place->end,
    };
}

static void give_filename(Reader *reader, const PartRow *row)
{
    if (!row->filename.p || !reader->sink->pseudo)
        return;
    char name[sizeof "@filename:" + sizeof(Path)];
    g_snprintf(name, sizeof name, "@filename:%.*s", (int)row->path.n, row->path.p);
    reader->sink->pseudo(reader->user, name, row->filename);
}

/* Gaps that lie in the type, whatever the bytes are. */
static void give_type_gaps(Reader *reader, const PartRow *row)
{
    if (span_equals(row->media_type, "message/external-body"))
        reading_gap(reader, row->path, "external", 0, FALSE);
    if (span_equals(row->media_type, "message/partial"))
        reading_gap(reader, row->path, "partial", 0, FALSE);
}

/* A text file that came as lines: they end with CRLF (RFC 2046, 4.1.1), as the file does wherever it was saved, and
 * in an Outlook item; the canonical mail has LF. One in base64 or `binary` has the line ends that stand in it. */
static gboolean came_as_lines(const Content *content, Span bytes)
{
    gboolean file = content->filename.n || content->name.n || span_equals(content->disposition, "attachment");
    gboolean lines =
        content->encoding == ENCODING_QUOTED ||
        (content->encoding == ENCODING_IDENTITY && !span_equals(content->encoding_label, "binary"));
    return file && lines && content_is_text(content) && !is_mislabelled(content, bytes) &&
           memchr(bytes.p, '\n', bytes.n) && !memchr(bytes.p, 0, bytes.n); /* nor UTF-16 */
}

/* The bytes as the file that they were. */
static Span as_file(Reader *reader, const Content *content, const LeafPlace *place, Span bytes)
{
    if (!bytes.n || !came_as_lines(content, bytes))
        return bytes;
    scratch_reset(&reader->file);
    gboolean done = TRUE;
    for (gsize at = 0; at < bytes.n && done;) {
        const char *stop = memchr(bytes.p + at, '\n', bytes.n - at);
        gsize n = stop ? (gsize)(stop - bytes.p) - at : bytes.n - at;
        gboolean has_cr = n && bytes.p[at + n - 1] == '\r';
        done = scratch_append(&reader->file, bytes.p + at, n) &&
               (!stop || scratch_append(&reader->file, has_cr ? "\n" : "\r\n", has_cr ? 1 : 2));
        at += n + (stop ? 1 : 0);
    }
    if (done)
        return scratch_span(&reader->file);
    reading_gap(reader, path_span(&place->path), "memory", bytes.n, TRUE);
    return bytes;
}

/* Set state, scanned and unscanned; text goes to the sink. */
static void read_bytes(Reader *reader, const Content *content, const LeafPlace *place, Span bytes,
                       PartRow *row)
{
    row->unscanned = bytes.n;
    if (place->too_deep) {
        row->state = PART_CUT;
        reading_gap(reader, row->path, "too-deep", bytes.n, FALSE);
    } else if (is_encrypted(content, place, bytes)) {
        row->state = PART_ENCRYPTED;
        reading_gap(reader, row->path, "encrypted", bytes.n, FALSE);
    } else if ((content_is_text(content) && !is_mislabelled(content, bytes)) ||
               is_unlabelled_text(content, bytes)) {
        leaf_text_read(reader, content, place, bytes, row);
    } else {
        row->state = bytes.n ? PART_UNREAD : PART_READ;
    }
    row->scanned = row->read - row->unscanned;
}

/* A message in another form is made a mail; or its row is made, when it may not be, and a gap says why. */
static gboolean unwrap(Reader *reader, const LeafPlace *place, Span bytes, ReaderUnwrapped *unwrapped,
                       PartRow *row)
{
    const char *reason = "memory";
    if (place->bottom)
        reason = "too-deep";
    else if (bytes.n > LIMIT_UNWRAPPED_BYTES - reader->unwrapped)
        reason = "message-too-large";
    else if (reader_unwrap(reader, bytes, unwrapped)) {
        reader->unwrapped +=
            MIN(MAX(bytes.n, unwrapped->message.n), LIMIT_UNWRAPPED_BYTES - reader->unwrapped);
        return TRUE;
    }
    reading_gap(reader, row->path, reason, bytes.n, strcmp(reason, "memory") == 0);
    row->state = PART_CUT;
    row->unscanned = bytes.n;
    return FALSE;
}

static gboolean is_other_form(const Reader *reader, const LeafPlace *place, Span bytes)
{
    return !place->encrypted && !place->too_deep && reader_knows_form(reader, bytes);
}

gboolean leaf_read(Reader *reader, const Content *content, const LeafPlace *place, Span body,
                   ReaderUnwrapped *unwrapped)
{
    PartRow row = make_row(content, place);
    Span bytes = SPAN_OF("");
    give_filename(reader, &row);
    if (!leaf_decode(reader, content, place, body, &reader->decoded, &bytes)) {
        row.state = PART_CUT;
        reading_digest(reader, SPAN_OF(""), row.sha256);
    } else if (is_other_form(reader, place, bytes)) {
        if (unwrap(reader, place, bytes, unwrapped, &row))
            return FALSE;
        row.read = bytes.n;
        reading_digest(reader, bytes, row.sha256);
    } else {
        Span file = as_file(reader, content, place, bytes);
        row.read = bytes.n;
        if (reader->sink->bytes)
            reader->sink->bytes(reader->user, row.path, file);
        reading_digest(reader, file, row.sha256);
        read_bytes(reader, content, place, bytes, &row);
    }
    gboolean elsewhere = content_is_elsewhere(content, bytes);
    if (elsewhere)
        reading_gap(reader, row.path, "external", 0, FALSE);
    if ((place->damaged || elsewhere) && row.state == PART_READ)
        row.state = PART_BROKEN;
    give_type_gaps(reader, &row);
    if (reader->sink->part)
        reader->sink->part(reader->user, &row);
    return TRUE;
}
