/* ole_word.c - the text of a Word document before 2007, after [MS-DOC]. */
#include "hostile/convert/ole_word.h"

#include "hostile/convert/ole_text.h"

/* Places in the file information block (FIB). */
#define AT_VERSION 0x02
#define AT_FLAGS 0x0a
#define AT_TEXT_START 0x18 /* of Word 6 and 95 */
#define AT_TEXT_END 0x1c
#define AT_COUNTS 0x4c /* characters of the main text, notes, headers … */
#define AT_PIECES 0x1a2
#define MAGIC 0xa5ec
#define WORD_97 0xc0
#define WORD_6 0x65
#define FLAG_COMPLEX 0x0004
#define FLAG_ENCRYPTED 0x0100
#define FLAG_TABLE_1 0x0200

/* The texts of a document, one behind the other. */
static const ConvertContent parts[] = {CONTENT_BODY,     CONTENT_NOTES, CONTENT_BODY, CONTENT_HIDDEN,
                                       CONTENT_COMMENTS, CONTENT_NOTES, CONTENT_BODY, CONTENT_BODY};

typedef struct {
    Span document, pieces;
    guint contents, off;
    guint64 ends[G_N_ELEMENTS(parts)]; /* character at which each text ends */
    Made *made;
} Word;

/* The content that character `at` belongs to, and where that ends. */
static ConvertContent content_at(const Word *word, guint64 at, guint64 *end)
{
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (at < word->ends[i]) {
            *end = word->ends[i];
            return parts[i];
        }
    *end = G_MAXUINT64;
    return CONTENT_BODY;
}

static void put_run(Word *word, guint64 from, guint64 count, guint64 offset, gboolean wide)
{
    Span run = little_part(word->document, (gsize)offset, (gsize)(wide ? count * 2 : count));
    guint64 end;
    ConvertContent content = content_at(word, from, &end);
    if (!(word->contents >> content & 1))
        word->off |= run.n ? 1u << content : 0;
    else if (wide)
        ole_put(word->made, run, TRUE);
    else
        ole_put_windows(word->made, run);
}

/* Characters [from, to) of the document lie together; a new text may begin among them. */
static void put_piece(Word *word, guint64 from, guint64 to, guint32 place)
{
    gboolean wide = !(place & 0x40000000);
    guint64 offset = place & 0x3fffffff;
    offset = wide ? offset : offset / 2;
    while (from < to && !word->made->full) {
        guint64 end;
        content_at(word, from, &end);
        guint64 stop = MIN(end, to);
        put_run(word, from, stop - from, offset, wide);
        offset += (stop - from) * (wide ? 2 : 1);
        from = stop;
    }
}

/* The piece table within the Clx: behind what formats pieces. FALSE when there is none. */
static gboolean find_pieces(Span clx, Span *pieces)
{
    gsize at = 0;
    while (at < clx.n && clx.p[at] == 1)
        at += 3 + little16(clx, at + 1);
    if (little8(clx, at) != 2)
        return FALSE;
    *pieces = little_part(clx, at + 5, little32(clx, at + 1));
    return pieces->n >= 16;
}

static gboolean put_pieces(Word *word)
{
    gsize count = (word->pieces.n - 4) / 12;
    for (gsize i = 0; i < count && !word->made->full; i++) {
        guint64 from = little32(word->pieces, i * 4), to = little32(word->pieces, i * 4 + 4);
        if (to < from)
            return FALSE;
        put_piece(word, from, to, little32(word->pieces, (count + 1) * 4 + i * 8 + 2));
    }
    return TRUE;
}

static void count_texts(Word *word)
{
    guint64 end = 0;
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        end += little32(word->document, AT_COUNTS + 4 * i);
        word->ends[i] = end;
    }
}

static OleOutcome read_97(Word *word, Span table)
{
    Span clx =
        little_part(table, little32(word->document, AT_PIECES), little32(word->document, AT_PIECES + 4));
    count_texts(word);
    if (!find_pieces(clx, &word->pieces) || !put_pieces(word))
        return OLE_NOT_UNDERSTOOD;
    made_line(word->made);
    for (guint content = 0; content < CONTENT_COUNT; content++)
        if (word->off >> content & 1)
            made_off(word->made, (ConvertContent)content, 0);
    return OLE_READ;
}

/* In one piece, unless it was saved in haste. */
static OleOutcome read_6(Word *word)
{
    guint32 start = little32(word->document, AT_TEXT_START), end = little32(word->document, AT_TEXT_END);
    if (little16(word->document, AT_FLAGS) & FLAG_COMPLEX || end <= start)
        return OLE_NOT_UNDERSTOOD;
    ole_put_windows(word->made, little_part(word->document, start, end - start));
    made_line(word->made);
    return OLE_READ;
}

OleOutcome ole_word(Span document, Span table0, Span table1, guint contents, Made *made)
{
    Word word = {.document = document, .contents = contents, .made = made};
    guint version = little16(document, AT_VERSION), flags = little16(document, AT_FLAGS);
    if (flags & FLAG_ENCRYPTED)
        return OLE_ENCRYPTED;
    if (little16(document, 0) == MAGIC && version >= WORD_97)
        return read_97(&word, flags & FLAG_TABLE_1 ? table1 : table0);
    return version >= WORD_6 ? read_6(&word) : OLE_NOT_UNDERSTOOD;
}
