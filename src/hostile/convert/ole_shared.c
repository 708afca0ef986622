/* ole_shared.c - strings that the cells of an Excel workbook before 2007 share. */
#include "hostile/convert/ole_shared.h"

#include "hostile/convert/made.h"
#include "hostile/convert/ole_text.h"
#include "hostile/limits.h"

#define WIDE 1
#define RICH 8
#define PHONETIC 4

/* A place in the segments. */
typedef struct {
    const GArray *segments;
    guint segment;
    gsize at;
} Cursor;

void ole_shared_init(OleShared *shared)
{
    *shared = (OleShared){.ends = g_array_new(FALSE, FALSE, sizeof(gsize))};
}

void ole_shared_clear(OleShared *shared)
{
    scratch_clear(&shared->text);
    g_array_unref(shared->ends);
}

static Span rest(const Cursor *cursor)
{
    if (cursor->segment >= cursor->segments->len)
        return SPAN_OF("");
    Span segment = g_array_index(cursor->segments, Span, cursor->segment);
    return little_part(segment, cursor->at, segment.n);
}

/* Go on in the next segment when this one is used up. FALSE at the end. */
static gboolean turn(Cursor *cursor)
{
    while (cursor->segment < cursor->segments->len && !rest(cursor).n) {
        cursor->segment++;
        cursor->at = 0;
    }
    return cursor->segment < cursor->segments->len;
}

static guint take_u8(Cursor *cursor)
{
    guint value = turn(cursor) ? little8(rest(cursor), 0) : 0;
    cursor->at++;
    return value;
}

static guint take_u16(Cursor *cursor)
{
    guint low = take_u8(cursor);
    return low | take_u8(cursor) << 8;
}

static guint32 take_u32(Cursor *cursor)
{
    guint32 low = take_u16(cursor);
    return low | (guint32)take_u16(cursor) << 16;
}

static void skip(Cursor *cursor, guint64 n)
{
    while (n && turn(cursor)) {
        gsize some = (gsize)MIN(n, rest(cursor).n);
        cursor->at += some;
        n -= some;
    }
}

/* Characters may go on in the next segment, which says anew how wide they are. */
static void put_characters(Cursor *cursor, guint count, gboolean wide, Made *made)
{
    while (count && cursor->segment < cursor->segments->len) {
        if (!rest(cursor).n) {
            if (!turn(cursor))
                return;
            wide = take_u8(cursor) & WIDE;
        }
        gsize step = wide ? 2 : 1, fit = rest(cursor).n / step, some = MIN(count, fit);
        ole_put(made, little_part(rest(cursor), 0, some * step), wide);
        cursor->at += some ? some * step : rest(cursor).n;
        count -= (guint)some;
    }
}

static void put_string(Cursor *cursor, Made *made)
{
    guint count = take_u16(cursor), flags = take_u8(cursor);
    guint64 runs = flags & RICH ? take_u16(cursor) : 0, phonetic = flags & PHONETIC ? take_u32(cursor) : 0;
    put_characters(cursor, count, flags & WIDE, made);
    skip(cursor, runs * 4 + phonetic);
}

void ole_shared_read(OleShared *shared, const GArray *segments)
{
    Cursor cursor = {.segments = segments, .at = 4};
    Made made = {.text = shared->text};
    guint32 count = take_u32(&cursor);
    for (guint32 i = 0; i < count && turn(&cursor) && !made.full; i++) {
        put_string(&cursor, &made);
        g_array_append_val(shared->ends, made.text.n);
    }
    shared->text = made.text;
    shared->cut |= made.full || shared->ends->len < count;
}

Span ole_shared_get(const OleShared *shared, guint32 index)
{
    if (index >= shared->ends->len)
        return SPAN_NONE;
    gsize from = index ? g_array_index(shared->ends, gsize, index - 1) : 0;
    gsize to = g_array_index(shared->ends, gsize, index);
    return (Span){scratch_span(&shared->text).p + from, to - from};
}
