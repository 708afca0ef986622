/* cfb_extract.c - a storage as a compound file of its own.
 *
 * Sectors of 4096 bytes: so the header has room for the table of sectors of any file that can be read. What belongs
 * together lies together: streams, the mini stream, its table, the directory, the table. */
#include "hostile/cfb/cfb_inside.h"

#include "hostile/cfb/little.h"

#define SECTOR_SHIFT 12
#define SECTOR_BYTES (1u << SECTOR_SHIFT)
#define MINI_BYTES 64u
#define CUTOFF 4096u
#define END_OF_CHAIN 0xfffffffeu
#define TABLE_SECTOR 0xfffffffdu
#define ROOT 5

typedef struct {
    guint32 source; /* entry */
    guint32 left, right, child, start;
    guint64 size;
} Node;

typedef struct {
    Cfb *cfb;
    Scratch *out;
    gsize base;    /* of `out`                                 */
    GArray *nodes; /* Node, a storage's behind it and together */
    GArray *fat;   /* guint32                                  */
    Scratch mini, mini_fat;
    Scratch stream; /* the one that is copied */
    gboolean whole;
} Extracting;

static Node *node_at(const Extracting *extracting, guint32 number)
{
    return &g_array_index(extracting->nodes, Node, number);
}

static Span record_of(const Cfb *cfb, guint32 entry)
{
    return little_part(scratch_span(&cfb->directory), (gsize)entry * CFB_RECORD_BYTES, CFB_RECORD_BYTES);
}

/* --- the tree ------------------------------------------------------------------------------------------------ */

/* Shorter names first, then as in capitals, [MS-CFB] 2.6.4. */
static gint by_length_and_name(gconstpointer a, gconstpointer b, gpointer user)
{
    const Cfb *cfb = user;
    guint32 source = ((const Node *)a)->source, other_source = ((const Node *)b)->source;
    Span one = record_of(cfb, source), other = record_of(cfb, other_source);
    guint n = MIN(little16(one, 64), 64), other_n = MIN(little16(other, 64), 64);
    if (n != other_n)
        return n < other_n ? -1 : 1;
    for (guint at = 0; at < n; at += 2) {
        gunichar c = g_unichar_toupper(little16(one, at)), other_c = g_unichar_toupper(little16(other, at));
        if (c != other_c)
            return c < other_c ? -1 : 1;
    }
    return source < other_source ? -1 : source > other_source;
}

/* A balanced tree of the nodes from..to. */
static guint32 link_siblings(Extracting *extracting, guint32 from, guint32 to)
{
    if (from >= to)
        return CFB_NONE;
    guint32 middle = from + (to - from) / 2;
    node_at(extracting, middle)->left = link_siblings(extracting, from, middle);
    node_at(extracting, middle)->right = link_siblings(extracting, middle + 1, to);
    return middle;
}

static void add_node(Extracting *extracting, guint32 source)
{
    Node node = {.source = source,
                 .left = CFB_NONE,
                 .right = CFB_NONE,
                 .child = CFB_NONE,
                 .start = END_OF_CHAIN,
                 .size = cfb_size(extracting->cfb, source)};
    g_array_append_val(extracting->nodes, node);
}

static void add_tree(Extracting *extracting, guint32 storage)
{
    add_node(extracting, storage);
    for (guint32 i = 0; i < extracting->nodes->len; i++) {
        guint32 from = extracting->nodes->len, source = node_at(extracting, i)->source;
        if (!cfb_is_storage(extracting->cfb, source))
            continue;
        for (guint32 at = cfb_first(extracting->cfb, source); at != CFB_NONE;
             at = cfb_next(extracting->cfb, at))
            add_node(extracting, at);
        guint32 to = extracting->nodes->len;
        if (to > from)
            g_qsort_with_data(node_at(extracting, from), (gint)(to - from), sizeof(Node), by_length_and_name,
                              extracting->cfb);
        node_at(extracting, i)->child = link_siblings(extracting, from, to);
    }
}

/* --- sectors ------------------------------------------------------------------------------------------------- */

/* Zeros up to a multiple of `size`. */
static gboolean pad(Scratch *out, gsize base, gsize size)
{
    gsize more = (size - (out->n - base) % size) % size;
    if (!scratch_reserve(out, more))
        return FALSE;
    memset(out->p + out->n, 0, more);
    out->n += more;
    return TRUE;
}

static void chain(GArray *table, gsize count)
{
    for (gsize i = 1; i <= count; i++) {
        guint32 next = i < count ? (guint32)table->len + 1 : END_OF_CHAIN;
        g_array_append_val(table, next);
    }
}

/* What was appended since the last sector becomes sectors; the first of them in *start. */
static gboolean end_sectors(Extracting *extracting, guint32 *start)
{
    if (!pad(extracting->out, extracting->base, SECTOR_BYTES))
        return FALSE;
    gsize all = (extracting->out->n - extracting->base) / SECTOR_BYTES - 1, before = extracting->fat->len;
    *start = all > before ? (guint32)before : END_OF_CHAIN;
    chain(extracting->fat, all - before);
    return TRUE;
}

static gboolean add_small(Extracting *extracting, Node *node, Span bytes)
{
    node->start = (guint32)(extracting->mini.n / MINI_BYTES);
    if (!scratch_append(&extracting->mini, bytes.p, bytes.n) || !pad(&extracting->mini, 0, MINI_BYTES))
        return FALSE;
    guint32 behind = (guint32)(extracting->mini.n / MINI_BYTES);
    for (guint32 i = node->start; i < behind; i++) {
        char next[4];
        little_put(next, i + 1 < behind ? i + 1 : END_OF_CHAIN, 4);
        if (!scratch_append(&extracting->mini_fat, next, 4))
            return FALSE;
    }
    return TRUE;
}

/* A stream with as many bytes as can be read of it. */
static gboolean add_stream(Extracting *extracting, Node *node)
{
    Scratch *stream = &extracting->stream;
    stream->n = 0;
    extracting->whole &= cfb_append(extracting->cfb, node->source, stream);
    node->size = stream->n;
    if (!stream->n)
        return TRUE;
    if (stream->n < CUTOFF)
        return add_small(extracting, node, scratch_span(stream));
    return scratch_append(extracting->out, stream->p, stream->n) && end_sectors(extracting, &node->start);
}

static gboolean add_streams(Extracting *extracting)
{
    for (guint32 i = 1; i < extracting->nodes->len; i++)
        if (node_at(extracting, i)->size && !add_stream(extracting, node_at(extracting, i)))
            return FALSE;
    return TRUE;
}

/* --- what describes them ------------------------------------------------------------------------------------- */

static void fill_record(const Extracting *extracting, guint32 number, char record[CFB_RECORD_BYTES])
{
    const Node *node = node_at(extracting, number);
    Span source = record_of(extracting->cfb, node->source);
    memcpy(record, source.p, 66);
    memcpy(record + 80, source.p + 80, 20); /* its class, its state */
    if (number == 0) {
        static const char root[] = "R\0o\0o\0t\0 \0E\0n\0t\0r\0y\0\0";
        memset(record, 0, 66);
        memcpy(record, root, sizeof root - 1);
        record[64] = sizeof root - 1;
    }
    record[66] = number == 0                                     ? ROOT
                 : cfb_is_storage(extracting->cfb, node->source) ? CFB_STORAGE
                                                                 : CFB_STREAM;
    record[67] = 1;
    little_put(record + 68, node->left, 4);
    little_put(record + 72, node->right, 4);
    little_put(record + 76, node->child, 4);
    little_put(record + 116, node->start, 4);
    little_put(record + 120, node->size, 8);
}

static gboolean add_directory(Extracting *extracting, guint32 *start)
{
    static const guint32 per_sector = SECTOR_BYTES / CFB_RECORD_BYTES;
    guint32 count = (extracting->nodes->len + per_sector - 1) / per_sector * per_sector;
    for (guint32 i = 0; i < count; i++) {
        char record[CFB_RECORD_BYTES] = {0};
        memset(record + 68, 0xff, 12);
        if (i < extracting->nodes->len)
            fill_record(extracting, i, record);
        if (!scratch_append(extracting->out, record, sizeof record))
            return FALSE;
    }
    return end_sectors(extracting, start);
}

/* The table of sectors, itself among them; how many sectors it takes, 0 without memory. */
static guint32 add_table(Extracting *extracting)
{
    const guint32 per_sector = SECTOR_BYTES / 4, mark = TABLE_SECTOR;
    guint32 others = extracting->fat->len, count = others / (per_sector - 1) + 1;
    for (guint32 i = 0; i < count; i++)
        g_array_append_val(extracting->fat, mark);
    for (guint32 i = 0; i < count * per_sector; i++) {
        char next[4];
        little_put(next, i < others + count ? g_array_index(extracting->fat, guint32, i) : CFB_NONE, 4);
        if (!scratch_append(extracting->out, next, 4))
            return 0;
    }
    return count;
}

static void fill_header(Extracting *extracting, guint32 directory, guint32 mini_fat, guint32 table)
{
    char *header = extracting->out->p + extracting->base;
    little_put(header, 0xe11ab1a1e011cfd0, 8);
    little_put(header + 24, 0x3e, 2);
    little_put(header + 26, 4, 2); /* version: sectors of 4096 bytes */
    little_put(header + 28, 0xfffe, 2);
    little_put(header + 30, SECTOR_SHIFT, 2);
    little_put(header + 32, 6, 2);
    little_put(header + 40, (extracting->nodes->len + 31) / 32, 4);
    little_put(header + 44, table, 4);
    little_put(header + 48, directory, 4);
    little_put(header + 56, CUTOFF, 4);
    little_put(header + 60, mini_fat, 4);
    little_put(header + 64, (extracting->mini_fat.n + SECTOR_BYTES - 1) / SECTOR_BYTES, 4);
    little_put(header + 68, END_OF_CHAIN, 4);
    for (guint32 i = 0; i < 109; i++)
        little_put(header + 76 + 4 * (gsize)i, i < table ? extracting->fat->len - table + i : CFB_NONE, 4);
}

static gboolean write_file(Extracting *extracting)
{
    guint32 directory, mini_fat;
    Node *root = node_at(extracting, 0);
    if (!scratch_reserve(extracting->out, SECTOR_BYTES))
        return FALSE;
    memset(extracting->out->p + extracting->base, 0, SECTOR_BYTES);
    extracting->out->n += SECTOR_BYTES;
    if (!add_streams(extracting))
        return FALSE;
    root->size = extracting->mini.n;
    while (extracting->mini_fat.n % SECTOR_BYTES)
        if (!scratch_append(&extracting->mini_fat, "\xff\xff\xff\xff", 4))
            return FALSE;
    if (!scratch_append(extracting->out, scratch_span(&extracting->mini).p, extracting->mini.n) ||
        !end_sectors(extracting, &root->start) ||
        !scratch_append(extracting->out, scratch_span(&extracting->mini_fat).p, extracting->mini_fat.n) ||
        !end_sectors(extracting, &mini_fat) || !add_directory(extracting, &directory))
        return FALSE;
    guint32 table = add_table(extracting);
    if (table)
        fill_header(extracting, directory, mini_fat, table);
    return table != 0;
}

gboolean cfb_extract(Cfb *cfb, guint32 storage, Scratch *out)
{
    Extracting extracting = {.cfb = cfb, .out = out, .base = out->n, .whole = TRUE};
    extracting.nodes = g_array_new(FALSE, FALSE, sizeof(Node));
    extracting.fat = g_array_new(FALSE, FALSE, sizeof(guint32));
    add_tree(&extracting, storage);
    gboolean done = write_file(&extracting);
    g_array_unref(extracting.nodes);
    g_array_unref(extracting.fat);
    scratch_clear(&extracting.stream);
    scratch_clear(&extracting.mini);
    scratch_clear(&extracting.mini_fat);
    return done && extracting.whole;
}
