/* rtf_compressed.c - PidTagRtfCompressed to RTF, [MS-OXRTFCP]: LZ77 over a ring of 4096 bytes that begins filled. */
#include "hostile/outlook/rtf_compressed.h"

#include "hostile/limits.h"

#define HEAD_BYTES 16
#define RING_BYTES 4096u

/* What stands in the ring before the first byte, [MS-OXRTFCP] 2.1.2.1. */
static const char prefilled[] =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    "\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0"
    "\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

typedef struct {
    Span from;
    gsize at;
    Scratch *out;
    gsize start; /* of `out` */
    char ring[RING_BYTES];
    guint write; /* where the next byte goes in the ring */
} Inflating;

static guint32 number_at(Span bytes, gsize at)
{
    const guint8 *p = (const guint8 *)bytes.p + at;
    return (guint32)p[0] | (guint32)p[1] << 8 | (guint32)p[2] << 16 | (guint32)p[3] << 24;
}

/* The usual polynomial, but begun with 0 and not inverted, [MS-OXRTFCP] 2.1.3.2. */
static guint32 checksum(Span bytes)
{
    guint32 table[256], sum = 0;
    for (guint32 i = 0; i < 256; i++) {
        table[i] = i;
        for (guint bit = 0; bit < 8; bit++)
            table[i] = table[i] & 1 ? table[i] >> 1 ^ 0xedb88320u : table[i] >> 1;
    }
    for (gsize i = 0; i < bytes.n; i++)
        sum = table[(sum ^ (guint8)bytes.p[i]) & 0xff] ^ sum >> 8;
    return sum;
}

static gboolean put(Inflating *inflating, char byte)
{
    inflating->ring[inflating->write] = byte;
    inflating->write = (inflating->write + 1) % RING_BYTES;
    return inflating->out->n - inflating->start < LIMIT_RTF_BYTES && scratch_append(inflating->out, &byte, 1);
}

/* A reference: 12 bits of place, 4 of length less 2. FALSE at the end (*ended), or where it goes no further. */
static gboolean copy(Inflating *inflating, gboolean *ended)
{
    if (inflating->from.n - inflating->at < 2)
        return FALSE;
    guint high = (guint8)inflating->from.p[inflating->at], low = (guint8)inflating->from.p[inflating->at + 1];
    guint place = high << 4 | low >> 4, length = (low & 15) + 2;
    inflating->at += 2;
    *ended = place == inflating->write;
    if (*ended)
        return FALSE;
    for (guint i = 0; i < length; i++)
        if (!put(inflating, inflating->ring[(place + i) % RING_BYTES]))
            return FALSE;
    return TRUE;
}

/* FALSE when the mark of the end was not reached. */
static gboolean inflate(Span from, Scratch *out)
{
    Inflating inflating = {.from = from, .out = out, .start = out->n, .write = sizeof prefilled - 1};
    gboolean ended = FALSE;
    memcpy(inflating.ring, prefilled, sizeof prefilled - 1);
    while (inflating.at < from.n) {
        guint control = (guint8)from.p[inflating.at++];
        for (guint bit = 0; bit < 8; bit++, control >>= 1) {
            if (control & 1) {
                if (!copy(&inflating, &ended))
                    return ended;
            } else if (inflating.at >= from.n || !put(&inflating, from.p[inflating.at++])) {
                return FALSE;
            }
        }
    }
    return FALSE;
}

/* The bytes behind the head, as many as the head says. */
static Span contents(Span compressed, gboolean *damaged)
{
    guint32 said = number_at(compressed, 0);
    Span inside = {compressed.p + HEAD_BYTES, compressed.n - HEAD_BYTES};
    if (said < HEAD_BYTES - 4 || said - (HEAD_BYTES - 4) > inside.n)
        *damaged = TRUE;
    else
        inside.n = said - (HEAD_BYTES - 4);
    return inside;
}

static gboolean store(Span inside, guint32 length, Scratch *out, gboolean *damaged)
{
    gsize n = MIN(MIN(inside.n, length), LIMIT_RTF_BYTES);
    *damaged |= n < length;
    return scratch_append(out, inside.p, n);
}

gboolean rtf_decompress(Span compressed, Scratch *out, gboolean *damaged)
{
    *damaged = FALSE;
    if (compressed.n >= 5 && memcmp(compressed.p, "{\\rtf", 5) == 0)
        return store(compressed, (guint32)MIN(compressed.n, G_MAXUINT32), out, damaged);
    if (compressed.n < HEAD_BYTES)
        return FALSE;
    guint32 length = number_at(compressed, 4);
    Span inside = contents(compressed, damaged);
    if (memcmp(compressed.p + 8, "MELA", 4) == 0)
        return store(inside, length, out, damaged);
    if (memcmp(compressed.p + 8, "LZFu", 4) != 0)
        return FALSE;
    gsize before = out->n;
    *damaged |= checksum(inside) != number_at(compressed, 12);
    *damaged |= !inflate(inside, out);
    /* What stands in the last reference may be longer than the text. */
    if (out->n - before >= length)
        out->n = before + length;
    else
        *damaged = TRUE;
    return TRUE;
}
