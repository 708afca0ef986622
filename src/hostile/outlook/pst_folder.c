/* pst_folder.c - the folders of a PST: paths, counters, and what their tables list. */
#include "hostile/outlook/pst_folder.h"

#include "hostile/limits.h"
#include "hostile/outlook/pst_heap.h"

/* [MS-PST] 2.2.2.1 and 2.4.1. */
#define KIND_CONTENTS 0x0e
#define KIND_HIDDEN_CONTENTS 0x0f
#define NODE_OF_STORE 0x21
#define NODE_OF_ROOT 0x122

#define PID_DISPLAY_NAME 0x3001
#define PID_CONTENT_COUNT 0x3602
#define PID_SUBTREE 0x35e0
#define PID_PASSWORD 0x67ff
#define NO_PASSWORD 0xffffffffU /* of an OST */
#define TYPE_STRING8 0x001e
#define ENTRY_ID_BYTES 24

/* --- properties ----------------------------------------------------------------------------------------------- */

typedef struct {
    PstFolders *folders;
    PstFolder *folder;
} Reading;

static char *name_of(const PstFolders *folders, guint16 type, Span value)
{
    g_auto(Scratch) out = {0};
    guint64 defects = 0;
    Span text = SPAN_NONE, label = type == TYPE_STRING8 ? SPAN_NONE : SPAN_OF("utf-16le");
    if (!charset_decode(folders->charsets, label, value, &out, &text, &defects))
        return NULL;
    char *name = span_dup((Span){text.p, MIN(text.n, LIMIT_VALUE_BYTES)});
    g_strdelimit(name, "/", '_'); /* which parts a path */
    return name;
}

static void on_folder_property(void *user, guint16 id, guint16 type, Span value, guint64 lost)
{
    const Reading *reading = user;
    PstFolder *folder = reading->folder;
    (void)lost;
    if (id == PID_CONTENT_COUNT)
        folder->declared = (guint32)pst_number(value, 0, 4);
    else if (id == PID_DISPLAY_NAME && value.p && !folder->name)
        folder->name = name_of(reading->folders, type, value);
}

static PstFolder *read_folder(PstFolders *folders, const PstNode *node)
{
    g_auto(PstHeap) heap = {0};
    PstFolder *folder = g_new0(PstFolder, 1);
    Reading reading = {folders, folder};
    *folder = (PstFolder){.id = (guint32)node->id, .parent = node->parent};
    folders->file->damage = NULL;
    folders->file->budget = LIMIT_PST_ITEM_BYTES;
    gboolean fine =
        pst_heap_open(&heap, folders->file, node) && pst_properties(&heap, on_folder_property, &reading);
    folder->is_damaged = !fine || folders->file->damage;
    return folder;
}

static void on_store_property(void *user, guint16 id, guint16 type, Span value, guint64 lost)
{
    PstFolders *folders = user;
    (void)type;
    (void)lost;
    if (id == PID_SUBTREE && value.n == ENTRY_ID_BYTES)
        folders->subtree = (guint32)pst_number(value, 20, 4);
    else if (id == PID_PASSWORD)
        folders->has_password = pst_number(value, 0, 4) != 0 && pst_number(value, 0, 4) != NO_PASSWORD;
}

/* --- tables --------------------------------------------------------------------------------------------------- */

static void on_row(void *user, guint32 id)
{
    PstFolder *folder = user;
    if (PST_KIND(id) != PST_KIND_ITEM && PST_KIND(id) != PST_KIND_HIDDEN_ITEM)
        return;
    folder->is_damaged |= folder->rows->len >= LIMIT_PST_PLACES;
    if (folder->rows->len < LIMIT_PST_PLACES)
        g_array_append_val(folder->rows, id);
}

/* Whether there is such a table, and it was read whole. */
static gboolean read_table(PstFolders *folders, PstFolder *folder, guint32 kind)
{
    static const PstTableSink sink = {.row = on_row};
    g_auto(PstHeap) table = {0};
    PstNode node;
    folders->file->damage = NULL;
    folders->file->budget = LIMIT_PST_ITEM_BYTES;
    if (!pst_file_find_node(folders->file, (folder->id & ~31U) | kind, &node)) {
        folder->is_damaged |= folders->file->damage != NULL;
        return FALSE;
    }
    gboolean fine = pst_heap_open(&table, folders->file, &node) && pst_table(&table, &sink, folder) &&
                    !folders->file->damage;
    folder->is_damaged |= !fine;
    return fine;
}

static int by_number(gconstpointer a, gconstpointer b)
{
    guint32 one = *(const guint32 *)a, other = *(const guint32 *)b;
    return one < other ? -1 : one > other;
}

static void forget_rows(PstFolders *folders)
{
    GHashTableIter each;
    gpointer folder;
    g_hash_table_iter_init(&each, folders->known);
    while (g_hash_table_iter_next(&each, NULL, &folder))
        g_clear_pointer(&((PstFolder *)folder)->rows, g_array_unref);
    folders->rows = 0;
}

void pst_folder_list(PstFolders *folders, PstFolder *folder)
{
    if (folder->rows)
        return;
    if (folders->rows > LIMIT_PST_PLACES)
        forget_rows(folders);
    folder->rows = g_array_new(FALSE, FALSE, sizeof(guint32));
    folder->has_rows = read_table(folders, folder, KIND_CONTENTS);
    read_table(folders, folder, KIND_HIDDEN_CONTENTS);
    g_array_sort(folder->rows, by_number);
    folders->rows += folder->rows->len;
}

gboolean pst_folder_lists(const PstFolder *folder, guint32 item)
{
    return g_array_binary_search(folder->rows, &item, by_number, NULL);
}

/* --- all ------------------------------------------------------------------------------------------------------ */

static void folder_free(gpointer data)
{
    PstFolder *folder = data;
    g_free(folder->name);
    g_free(folder->path);
    g_clear_pointer(&folder->rows, g_array_unref);
    g_free(folder);
}

void pst_folders_init(PstFolders *folders, PstFile *file, Charsets *charsets)
{
    g_auto(PstHeap) heap = {0};
    PstNode node;
    *folders = (PstFolders){
        .file = file, .charsets = charsets, .known = g_hash_table_new_full(NULL, NULL, NULL, folder_free)};
    file->damage = NULL;
    if (pst_file_find_node(file, NODE_OF_STORE, &node) && pst_heap_open(&heap, file, &node))
        pst_properties(&heap, on_store_property, folders);
    folders->is_damaged = file->damage != NULL;
}

void pst_folders_clear(PstFolders *folders)
{
    g_clear_pointer(&folders->known, g_hash_table_unref);
}

PstFolder *pst_folder_find(PstFolders *folders, guint32 id)
{
    PstNode node;
    PstFolder *folder = g_hash_table_lookup(folders->known, GUINT_TO_POINTER(id));
    if (folder || PST_KIND(id) != PST_KIND_FOLDER || !pst_file_find_node(folders->file, id, &node))
        return folder;
    if (g_hash_table_size(folders->known) >= LIMIT_PST_FOLDERS)
        g_hash_table_remove_all(folders->known);
    folder = read_folder(folders, &node);
    g_hash_table_insert(folders->known, GUINT_TO_POINTER(id), folder);
    return folder;
}

/* Whether a folder is above those of the mailbox. An OST does not say which one; Exchange always calls it so. */
static gboolean is_top(const PstFolders *folders, const PstFolder *folder)
{
    return folder->id == folders->subtree || folder->id == NODE_OF_ROOT || folder->parent == folder->id ||
           g_strcmp0(folder->name, "IPM_SUBTREE") == 0;
}

/* Names from below the subtree (or the root) down to it. */
static char *make_path(PstFolders *folders, guint32 node)
{
    g_autoptr(GString) path = g_string_new(NULL);
    PstFolder *folder = pst_folder_find(folders, node);
    for (guint depth = 0; folder && depth < LIMIT_PST_FOLDER_DEPTH && !is_top(folders, folder); depth++) {
        if (path->len)
            g_string_prepend_c(path, '/');
        g_string_prepend(path, folder->name ? folder->name : "?");
        folder = pst_folder_find(folders, folder->parent);
    }
    if (path->len > LIMIT_VALUE_BYTES) {
        const char *end = g_utf8_find_prev_char(path->str, path->str + LIMIT_VALUE_BYTES);
        g_string_truncate(path, end ? (gsize)(end - path->str) : 0);
    }
    return g_strdup(path->str);
}

const char *pst_folder_path(PstFolders *folders, guint32 node)
{
    PstFolder *folder = pst_folder_find(folders, node);
    if (!folder)
        return "";
    if (folder->path)
        return folder->path;
    char *path = make_path(folders, node); /* which may forget the folder */
    folder = pst_folder_find(folders, node);
    g_free(folder->path);
    folder->path = path;
    return path;
}
