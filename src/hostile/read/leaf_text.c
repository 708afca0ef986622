/* leaf_text.c - from decoded bytes to the text that is scanned. */
#include "hostile/read/leaf_text.h"

#include "hostile/read/block.h"
#include "hostile/read/html.h"
#include "hostile/read/mention.h"
#include "hostile/read/seek.h"
#include "hostile/read/transfer.h"

typedef struct {
    Reader *reader;
    Span path;
} Taker;

static gboolean take_mention(void *user, const MentionRow *mention)
{
    const Taker *taker = user;
    MentionRow row = *mention;
    return reading_mention(taker->reader, &row, taker->path);
}

/* Text that is ready: to the sink, and its quoted headers as mentions. */
static void give_text(Reader *reader, Span path, Span text, gboolean html)
{
    if (span_begins(text, "\xEF\xBB\xBF"))
        text = (Span){text.p + 3, text.n - 3};
    if (!text.n)
        return;
    if (reader->sink->text)
        reader->sink->text(reader->user, path, text, html);
    Taker taker = {reader, path};
    if (reader->sink->mention)
        mentions_find(text, &reader->words, take_mention, &taker);
}

/* A uuencoded file in a text: a leaf of its own below the text's path. */
static void read_uuencode(Reader *reader, const LeafPlace *place, const Block *block, guint number)
{
    if (reader->parts >= LIMIT_PARTS) {
        reading_gap(reader, path_span(&place->path), "too-many-parts", block->end - block->start, FALSE);
        reader->head->defects |= DEFECT_PARTS_CUT;
        return;
    }
    reader->parts++;
    Path path = path_child(path_span(&place->path), number);
    PartRow row = {
        .path = path_span(&path), .kind = PART_LEAF, .media_type = SPAN_OF("application/octet-stream")};
    row.encoding = SPAN_OF("x-uuencode");
    row.start = place->start;
    row.end = place->end;
    row.filename = words_decode(&reader->words, block->name);
    scratch_reset(&reader->block);
    if (!uuencode_decode(block->inside, &reader->block, &reader->head->defects))
        reading_gap(reader, row.path, "memory", block->inside.n, TRUE);
    row.read = row.unscanned = reader->block.n;
    if (reader->sink->bytes)
        reader->sink->bytes(reader->user, row.path, scratch_span(&reader->block));
    row.state = row.read ? PART_UNREAD : PART_READ;
    reading_digest(reader, scratch_span(&reader->block), row.sha256);
    if (reader->sink->part)
        reader->sink->part(reader->user, &row);
}

/* A block that cannot be read: a gap of the text it stands in. */
static void skip_block(Reader *reader, const Block *block, PartRow *row)
{
    gboolean pgp = block->kind == BLOCK_PGP;
    row->unscanned += block->end - block->start;
    if (row->state != PART_ENCRYPTED)
        row->state = pgp ? PART_ENCRYPTED : PART_CUT;
    reading_gap(reader, row->path, pgp ? "encrypted" : "yenc", block->end - block->start, FALSE);
}

/* The bytes without their blocks; the bytes themselves when there are none. */
static Span take_blocks(Reader *reader, const LeafPlace *place, Span bytes, PartRow *row)
{
    BlockCursor cursor = {.text = bytes};
    Block block;
    gsize from = 0;
    guint number = 0;
    scratch_reset(&reader->kept);
    while (block_next(&cursor, &block)) {
        if (!scratch_append(&reader->kept, bytes.p + from, block.start - from))
            break;
        from = block.end;
        if (block.kind == BLOCK_UUENCODE)
            read_uuencode(reader, place, &block, ++number);
        else
            skip_block(reader, &block, row);
    }
    if (!from)
        return bytes;
    return scratch_append(&reader->kept, bytes.p + from, bytes.n - from)
               ? scratch_span(&reader->kept)
               : (Span){bytes.p + from, bytes.n - from};
}

/* HTML names its charset in a meta tag when the mail does not. */
static Span charset_of(const Content *content, Span bytes, gboolean html)
{
    if (content->charset.n || !html)
        return content->charset;
    Span front = {bytes.p, MIN(bytes.n, 1024)};
    const char *name = memmem(front.p, front.n, "charset=", 8);
    if (!name)
        return SPAN_NONE;
    const char *end = front.p + front.n, *from = name + 8;
    while (from < end && strchr("\"' ", *from))
        from++;
    const char *to = from;
    while (to < end && (g_ascii_isalnum(*to) || strchr("-_.:", *to)))
        to++;
    /* a page that says UTF-16 in ASCII letters is not UTF-16 */
    Span label = {from, (gsize)(to - from)};
    return label.n && !span_begins(label, "utf-16") ? label : SPAN_NONE;
}

/* At most LIMIT_TEXT_BYTES of text: a third of that where characters may grow to three bytes. */
static Span limit(Reader *reader, Span bytes, PartRow *row)
{
    if (bytes.n <= LIMIT_TEXT_BYTES / 3)
        return bytes;
    gboolean ascii;
    gsize most = seek_utf8(bytes, &ascii) ? LIMIT_TEXT_BYTES : LIMIT_TEXT_BYTES / 3;
    if (bytes.n <= most)
        return bytes;
    while (most > 0 && ((guint8)bytes.p[most] & 0xC0) == 0x80)
        most--;
    row->state = PART_CUT;
    row->unscanned += bytes.n - most;
    reading_gap(reader, row->path, "text-too-large", bytes.n - most, FALSE);
    return (Span){bytes.p, most};
}

void leaf_text_read(Reader *reader, const Content *content, const LeafPlace *place, Span bytes, PartRow *row)
{
    gboolean html = content_is_html(content);
    Span text;
    row->state = PART_READ;
    row->unscanned = 0;
    bytes = take_blocks(reader, place, bytes, row);
    bytes = limit(reader, bytes, row);
    scratch_reset(&reader->text);
    scratch_reset(&reader->stripped);
    gboolean done = charset_decode(reader->charsets, charset_of(content, bytes, html), bytes, &reader->text,
                                   &text, &reader->head->defects);
    if (done && html && (done = html_strip(text, &reader->stripped)))
        text = scratch_span(&reader->stripped);
    if (done) {
        give_text(reader, row->path, text, html);
        return;
    }
    row->state = PART_CUT;
    row->unscanned = row->read;
    reading_gap(reader, row->path, "memory", bytes.n, TRUE);
}

void leaf_text_around(Reader *reader, Span path, Span before, Span behind)
{
    before = span_trim(before);
    behind = span_trim(behind);
    if (!before.n && !behind.n)
        return;
    scratch_reset(&reader->kept);
    scratch_reset(&reader->text);
    gboolean done = scratch_append(&reader->kept, before.p, before.n) &&
                    scratch_append(&reader->kept, "\n", 1) &&
                    scratch_append(&reader->kept, behind.p, behind.n);
    Span bytes = scratch_span(&reader->kept), text;
    bytes.n = MIN(bytes.n, LIMIT_TEXT_BYTES / 3);
    if (done &&
        charset_decode(reader->charsets, SPAN_NONE, bytes, &reader->text, &text, &reader->head->defects))
        give_text(reader, path, text, FALSE);
}
