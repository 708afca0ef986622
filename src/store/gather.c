/* gather.c - rows in memory as a virtual table of SQLite. */
#include "store/gather.h"

#include <string.h>

/* Enough that a row's share of the statement is nothing, few enough to stay in the processor's cache. */
#define ROWS_MOST 1000
/* A row of long texts is written sooner. */
#define BYTES_MOST (1 << 20)

typedef enum { CELL_NULL, CELL_INT, CELL_TEXT, CELL_BLOB } CellKind;

typedef struct {
    CellKind kind;
    guint32 n;
    union {
        gint64 number;
        gsize at; /* in bytes */
    };
} Cell;

struct Gathered {
    sqlite3 *sqlite;
    char *table;
    const char *shape;
    guint columns;
    Cell *cells;       /* room for ROWS_MOST rows           */
    guint used;        /* cells of whole rows               */
    Cell *row;         /* being put together, behind those  */
    GByteArray *bytes; /* of texts and blobs                */
};

/* --- the virtual table ------------------------------------------------------------------------------------------ */

typedef struct {
    sqlite3_vtab base;
    const Gathered *gathered;
} Table;

typedef struct {
    sqlite3_vtab_cursor base;
    const Gathered *gathered;
    guint cell; /* the first of its row */
} Cursor;

static int connect_table(sqlite3 *sqlite, void *data, int count, const char *const *arguments,
                         sqlite3_vtab **table, char **sentence)
{
    (void)count;
    (void)arguments;
    (void)sentence;
    const Gathered *gathered = data;
    Table *made = g_new0(Table, 1);
    made->gathered = gathered;
    *table = &made->base;
    return sqlite3_declare_vtab(sqlite, gathered->shape);
}

static int disconnect_table(sqlite3_vtab *table)
{
    g_free((Table *)table);
    return SQLITE_OK;
}

/* There is one way to read it: all rows, in their order. */
static int plan_scan(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    info->estimatedCost = ROWS_MOST;
    info->estimatedRows = ROWS_MOST;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
    Cursor *made = g_new0(Cursor, 1);
    made->gathered = ((Table *)table)->gathered;
    *cursor = &made->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
    g_free((Cursor *)cursor);
    return SQLITE_OK;
}

static int begin_scan(sqlite3_vtab_cursor *cursor, int plan, const char *plan_text, int count,
                      sqlite3_value **values)
{
    (void)plan;
    (void)plan_text;
    (void)count;
    (void)values;
    ((Cursor *)cursor)->cell = 0;
    return SQLITE_OK;
}

static int next_row(sqlite3_vtab_cursor *cursor)
{
    Cursor *here = (Cursor *)cursor;
    here->cell += here->gathered->columns;
    return SQLITE_OK;
}

static int is_at_end(sqlite3_vtab_cursor *cursor)
{
    const Cursor *here = (const Cursor *)cursor;
    return here->cell >= here->gathered->used;
}

static int give_value(sqlite3_vtab_cursor *cursor, sqlite3_context *to, int column)
{
    const Cursor *here = (const Cursor *)cursor;
    const Cell *cell = &here->gathered->cells[here->cell + (guint)column];
    const guint8 *bytes = here->gathered->bytes->data;
    switch (cell->kind) {
    case CELL_NULL:
        sqlite3_result_null(to);
        break;
    case CELL_INT:
        sqlite3_result_int64(to, cell->number);
        break;
    case CELL_TEXT:
        sqlite3_result_text(to, (const char *)bytes + cell->at, (int)cell->n, SQLITE_STATIC);
        break;
    case CELL_BLOB:
        sqlite3_result_blob(to, bytes + cell->at, (int)cell->n, SQLITE_STATIC);
        break;
    }
    return SQLITE_OK;
}

static int give_row_number(sqlite3_vtab_cursor *cursor, sqlite3_int64 *number)
{
    *number = ((const Cursor *)cursor)->cell;
    return SQLITE_OK;
}

/* Without xCreate it is there by its name alone, and no case.db can mention it. */
static const sqlite3_module module = {
    .xConnect = connect_table,
    .xBestIndex = plan_scan,
    .xDisconnect = disconnect_table,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = begin_scan,
    .xNext = next_row,
    .xEof = is_at_end,
    .xColumn = give_value,
    .xRowid = give_row_number,
};

/* --- the rows --------------------------------------------------------------------------------------------------- */

/* Columns of a shape: one more than its commas. */
static guint count_columns(const char *shape)
{
    guint columns = 1;
    for (const char *comma = shape; (comma = strchr(comma, ',')); comma++)
        columns++;
    return columns;
}

Gathered *gathered_new(sqlite3 *sqlite, const char *table, const char *shape)
{
    Gathered *gathered = g_new0(Gathered, 1);
    gathered->sqlite = sqlite;
    gathered->table = g_strdup(table);
    gathered->shape = shape;
    gathered->columns = count_columns(shape);
    gathered->cells = g_new0(Cell, (gsize)ROWS_MOST * gathered->columns);
    gathered->row = gathered->cells;
    gathered->bytes = g_byte_array_sized_new(64); /* never NULL, which would be no empty text */
    if (sqlite3_create_module_v2(sqlite, table, &module, gathered, NULL) == SQLITE_OK)
        return gathered;
    gathered_free(gathered);
    return NULL;
}

void gathered_free(Gathered *gathered)
{
    if (!gathered)
        return;
    sqlite3_create_module_v2(gathered->sqlite, gathered->table, NULL, NULL, NULL);
    g_free(gathered->cells);
    g_byte_array_unref(gathered->bytes);
    g_free(gathered->table);
    g_free(gathered);
}

static void put_cell(Gathered *gathered, guint column, Cell cell)
{
    g_assert(column < gathered->columns);
    gathered->row[column] = cell;
}

void gathered_int(Gathered *gathered, guint column, gint64 value)
{
    put_cell(gathered, column, (Cell){.kind = CELL_INT, .number = value});
}

static void put_bytes(Gathered *gathered, guint column, CellKind kind, Span value)
{
    if (!value.p) {
        put_cell(gathered, column, (Cell){.kind = CELL_NULL});
        return;
    }
    put_cell(gathered, column, (Cell){.kind = kind, .n = (guint32)value.n, .at = gathered->bytes->len});
    g_byte_array_append(gathered->bytes, (const guint8 *)value.p, (guint)value.n);
}

void gathered_text(Gathered *gathered, guint column, Span value)
{
    put_bytes(gathered, column, CELL_TEXT, value);
}

void gathered_blob(Gathered *gathered, guint column, Span value)
{
    put_bytes(gathered, column, CELL_BLOB, value);
}

gboolean gathered_end_row(Gathered *gathered)
{
    gathered->used += gathered->columns;
    gathered->row += gathered->columns;
    return gathered->used == ROWS_MOST * gathered->columns || gathered->bytes->len >= BYTES_MOST;
}

void gathered_begin_row(Gathered *gathered)
{
    memset(gathered->row, 0, gathered->columns * sizeof *gathered->row);
}

gboolean gathered_waits(const Gathered *gathered)
{
    return gathered->used > 0;
}

void gathered_clear(Gathered *gathered)
{
    gathered->used = 0;
    gathered->row = gathered->cells;
    g_byte_array_set_size(gathered->bytes, 0);
}
