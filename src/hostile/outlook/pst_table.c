/* pst_table.c - a table in a node's heap: recipients, attachments, what a folder lists. */
#include "hostile/limits.h"
#include "hostile/outlook/pst_tree.h"

#define OF_TABLE 0x7c

/* A column's cell: where in the row, and which bit of its bitmap says that it is there. */
typedef struct {
    guint16 id, type;
    guint at, width, bit;
} Column;

typedef struct {
    PstHeap *heap;
    const PstTableSink *sink;
    void *user;
    Column *columns;
    guint count;
    gsize row_bytes, bitmap; /* bytes of a row, and where its bitmap begins */
    PstData matrix;          /* blocks of the rows; none: they lie in the heap */
    Span rows;
    char *block;  /* the one that was read last */
    guint64 held; /* its index + 1 */
} Table;

static Span row_in_block(Table *table, guint64 row)
{
    const GArray *blocks = table->matrix.blocks;
    /* All blocks but the last are full, and no row lies in two of them. */
    guint64 each = blocks->len ? g_array_index(blocks, PstBlock, 0).size / table->row_bytes : 0;
    guint64 index = each ? row / each : blocks->len;
    if (index >= blocks->len)
        return SPAN_NONE;
    const PstBlock *block = &g_array_index(blocks, PstBlock, index);
    gsize at = (gsize)(row % each) * table->row_bytes;
    if (table->held != index + 1) {
        table->held = 0; /* what cannot be read may have been written in part */
        if (!pst_block_read(table->heap->file, block, table->block))
            return SPAN_NONE;
        table->held = index + 1;
    }
    return at + table->row_bytes <= block->size ? (Span){table->block + at, table->row_bytes} : SPAN_NONE;
}

static Span row_at(Table *table, guint64 row)
{
    if (table->matrix.blocks && table->matrix.blocks->len)
        return row_in_block(table, row);
    if (row >= table->rows.n / table->row_bytes)
        return SPAN_NONE;
    return (Span){table->rows.p + row * table->row_bytes, table->row_bytes};
}

static gboolean has_cell(const Table *table, Span row, const Column *column)
{
    gsize at = table->bitmap + column->bit / 8;
    return at < row.n && (guint8)row.p[at] >> (7 - column->bit % 8) & 1;
}

/* Whether a cell of this type is its value; else it is the value's id. */
static gboolean is_inline(guint16 type, guint width)
{
    gboolean fixed = type == 0x0002 || type == 0x0003 || type == 0x0004 || type == 0x000a || type == 0x000b;
    gboolean eight = type == 0x0005 || type == 0x0006 || type == 0x0007 || type == 0x0014 || type == 0x0040;
    return (fixed && width <= 4) || (eight && width == 8);
}

static void give_cells(Table *table, Span row)
{
    for (guint i = 0; i < table->count; i++) {
        const Column *column = &table->columns[i];
        if (!has_cell(table, row, column) || column->at + (gsize)column->width > row.n)
            continue;
        guint64 lost = 0;
        Span cell = {row.p + column->at, column->width};
        if (!is_inline(column->type, column->width))
            cell = pst_heap_value(table->heap, (guint32)pst_number(cell, 0, 4), &lost);
        table->sink->cell(table->user, column->id, column->type, cell, lost);
    }
}

static void on_row(void *user, Span key, Span data)
{
    Table *table = user;
    if (table->sink->row)
        table->sink->row(table->user, (guint32)pst_number(key, 0, 4));
    if (!table->sink->cell)
        return;
    Span row = row_at(table, pst_number(data, 0, (guint)MIN(data.n, 4)));
    if (row.p)
        give_cells(table, row);
    else
        table->heap->file->damage = "a row of a table is not there";
}

static gboolean read_columns(Table *table, Span head)
{
    table->count = (guint)pst_number(head, 1, 1);
    table->bitmap = (gsize)pst_number(head, 6, 2);
    table->row_bytes = (gsize)pst_number(head, 8, 2);
    if (head.n < 22 + 8 * (gsize)table->count || !table->row_bytes)
        return FALSE;
    table->columns = g_new0(Column, table->count + 1);
    for (guint i = 0; i < table->count; i++) {
        gsize at = 22 + 8 * (gsize)i;
        table->columns[i] = (Column){.type = (guint16)pst_number(head, at, 2),
                                     .id = (guint16)pst_number(head, at + 2, 2),
                                     .at = (guint)pst_number(head, at + 4, 2),
                                     .width = (guint)pst_number(head, at + 6, 1),
                                     .bit = (guint)pst_number(head, at + 7, 1)};
    }
    return TRUE;
}

/* Find where the rows lie. */
static void open_rows(Table *table, guint32 id)
{
    if (!(id & 31)) {
        table->rows = pst_heap_span(table->heap, id);
        return;
    }
    const PstNode *node = pst_subnode(table->heap->subnodes, id);
    if (!node || !pst_data_open(table->heap->file, node->data, LIMIT_PST_HEAP_BYTES, &table->matrix))
        table->heap->file->damage = "the rows of a table are not there";
    table->block = g_malloc(G_MAXUINT16 + 1);
}

gboolean pst_table(PstHeap *heap, const PstTableSink *sink, void *user)
{
    Table table = {.heap = heap, .sink = sink, .user = user};
    Span head = pst_heap_span(heap, (guint32)pst_number((Span){heap->bytes, 8}, 4, 4));
    gboolean fine = head.n && (guint8)head.p[0] == OF_TABLE && read_columns(&table, head);
    if (!fine)
        heap->file->damage = "a table is none";
    if (fine && sink->cell)
        open_rows(&table, (guint32)pst_number(head, 14, 4));
    fine = fine && pst_tree_each(heap, (guint32)pst_number(head, 10, 4), on_row, &table);
    pst_data_clear(&table.matrix);
    g_free(table.columns);
    g_free(table.block);
    return fine;
}
