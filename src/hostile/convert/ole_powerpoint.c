/* ole_powerpoint.c - the text of a PowerPoint presentation before 2007, after [MS-PPT]. */
#include "hostile/convert/ole_powerpoint.h"

#include <zlib.h>
#include "hostile/convert/inner.h"
#include "hostile/convert/ole_text.h"
#include "hostile/limits.h"

#define HEADER_BYTES 8
#define AT_TOKEN 12 /* in Current User */
#define TOKEN_ENCRYPTED 0xf3d1c4df

/* Types of records. */
enum {
    NOTES = 0x03f0,
    MASTER = 0x03f8,
    TEXT_WIDE = 0x0fa0,
    TEXT_NARROW = 0x0fa8,
    STRING = 0x0fba,
    OBJECT = 0x1011,
    COMMENT = 0x2ee0,
};

typedef struct {
    Converters *converters;
    guint contents, off;
    gboolean damaged;
    Made *made;
} Show;

static ConvertContent content_of(guint type, ConvertContent outer)
{
    if (type == NOTES)
        return CONTENT_NOTES;
    if (type == COMMENT)
        return CONTENT_COMMENTS;
    return type == MASTER ? CONTENT_HIDDEN : outer;
}

static void put_atom(Show *show, guint type, Span data, ConvertContent content)
{
    if (!data.n)
        return;
    if (!(show->contents >> content & 1)) {
        show->off |= 1u << content;
        return;
    }
    ole_put(show->made, data, type != TEXT_NARROW);
    made_line(show->made);
}

/* Deflated, behind its length; or as it is. */
static void put_object(Show *show, Span data, gboolean deflated)
{
    if (!deflated) {
        inner_convert(show->converters, data, SPAN_NONE, data.n, show->made);
        return;
    }
    uLongf n = MIN(little32(data, 0), MIN(LIMIT_INNER_BYTES, LIMIT_ZIP_RATIO * data.n));
    g_autofree char *bytes = g_try_malloc(n + 1);
    Span packed = little_part(data, 4, data.n);
    if (bytes && uncompress((Bytef *)bytes, &n, (const Bytef *)packed.p, packed.n) == Z_OK)
        inner_convert(show->converters, (Span){bytes, n}, SPAN_NONE, data.n, show->made);
    else
        made_worse(show->made, PART_CUT, "embedded", "file", data.n);
}

static void put_records(Show *show, Span records, ConvertContent content, guint depth)
{
    for (gsize at = 0; at + HEADER_BYTES <= records.n && !show->made->full;) {
        guint front = little16(records, at), type = little16(records, at + 2);
        gsize length = little32(records, at + 4);
        Span data = little_part(records, at + HEADER_BYTES, length);
        show->damaged |= data.n < length || depth > LIMIT_DEPTH;
        if ((front & 0xf) == 0xf && depth <= LIMIT_DEPTH)
            put_records(show, data, content_of(type, content), depth + 1);
        else if (type == TEXT_WIDE || type == TEXT_NARROW || type == STRING)
            put_atom(show, type, data, content);
        else if (type == OBJECT)
            put_object(show, data, front >> 4 == 1);
        at += HEADER_BYTES + data.n;
    }
}

OleOutcome ole_powerpoint(Converters *converters, Span document, Span user, guint contents, Made *made)
{
    Show show = {.converters = converters, .contents = contents, .made = made};
    if (little32(user, AT_TOKEN) == TOKEN_ENCRYPTED)
        return OLE_ENCRYPTED;
    put_records(&show, document, CONTENT_BODY, 0);
    for (guint content = 0; content < CONTENT_COUNT; content++)
        if (show.off >> content & 1)
            made_off(made, (ConvertContent)content, 0);
    return show.damaged ? OLE_NOT_UNDERSTOOD : OLE_READ;
}
