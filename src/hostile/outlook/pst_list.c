/* pst_list.c - what a PST lists: folders, their paths and counters, and the places of items. */
#include "hostile/outlook/pst_list.h"

#include "hostile/limits.h"
#include "hostile/outlook/pst_heap.h"
#include "hostile/read/charset.h"

/* [MS-PST] 2.2.2.1 and 2.4.1. */
#define KIND(id) ((id)&31)
#define KIND_FOLDER 0x02
#define KIND_MESSAGE 0x04
#define KIND_CONTENTS 0x0e
#define NODE_OF_STORE 0x21
#define NODE_OF_ROOT 0x122

#define PID_DISPLAY_NAME 0x3001
#define PID_CONTENT_COUNT 0x3602
#define PID_SUBTREE 0x35e0
#define PID_PASSWORD 0x67ff
#define NO_PASSWORD 0xffffffffU /* of an OST */
#define TYPE_STRING8 0x001e
#define ENTRY_ID_BYTES 24

typedef struct {
    PstList *list;
    PstFile *file;
    Charsets *charsets;
    PstFolder *folder; /* that is being read    */
    guint32 subtree;   /* node above all that the mailbox's owner sees */
    GArray *missing;   /* PstPlace: rows without a node */
} Listing;

/* --- nodes ---------------------------------------------------------------------------------------------------- */

static void on_node(void *user, const PstNode *node)
{
    PstList *list = ((Listing *)user)->list;
    if (KIND(node->id) == KIND_FOLDER) {
        PstFolder folder = {.id = (guint32)node->id, .parent = node->parent};
        list->too_many |= list->folders->len >= LIMIT_PST_FOLDERS;
        if (!list->too_many)
            g_array_append_val(list->folders, folder);
    } else if (KIND(node->id) == KIND_MESSAGE) {
        /* Until folders are known, `folder` is the node of the parent. */
        PstPlace place = {.place = node->id, .folder = node->parent, .state = PST_ORPHAN};
        list->too_many |= list->places->len >= LIMIT_PST_PLACES;
        if (!list->too_many)
            g_array_append_val(list->places, place);
    }
}

static int folder_by_id(gconstpointer a, gconstpointer b)
{
    guint32 one = ((const PstFolder *)a)->id, other = ((const PstFolder *)b)->id;
    return one < other ? -1 : one > other;
}

static int place_by_number(gconstpointer a, gconstpointer b)
{
    guint64 one = ((const PstPlace *)a)->place, other = ((const PstPlace *)b)->place;
    return one < other ? -1 : one > other;
}

guint pst_list_folder(const PstList *list, guint64 node)
{
    for (guint low = 1, high = list->folders->len; low < high;) {
        guint middle = low + (high - low) / 2;
        guint32 id = g_array_index(list->folders, PstFolder, middle).id;
        if (id == node)
            return middle;
        if (id < node)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

/* A damaged tree may give a node twice. */
static void drop_doubles(GArray *places)
{
    guint kept = 0;
    for (guint i = 0; i < places->len; i++) {
        PstPlace place = g_array_index(places, PstPlace, i);
        if (!kept || g_array_index(places, PstPlace, kept - 1).place != place.place)
            g_array_index(places, PstPlace, kept++) = place;
    }
    g_array_set_size(places, kept);
}

static PstPlace *find_place(const PstList *list, guint64 number)
{
    guint index;
    PstPlace wanted = {.place = number};
    return g_array_binary_search(list->places, &wanted, place_by_number, &index)
               ? &g_array_index(list->places, PstPlace, index)
               : NULL;
}

/* --- folders -------------------------------------------------------------------------------------------------- */

static char *name_of(Listing *listing, guint16 type, Span value)
{
    g_auto(Scratch) out = {0};
    guint64 defects = 0;
    Span text = SPAN_NONE, label = type == TYPE_STRING8 ? SPAN_NONE : SPAN_OF("utf-16le");
    if (!charset_decode(listing->charsets, label, value, &out, &text, &defects))
        return NULL;
    char *name = span_dup((Span){text.p, MIN(text.n, LIMIT_VALUE_BYTES)});
    g_strdelimit(name, "/", '_'); /* which parts a path */
    return name;
}

static void on_folder_property(void *user, guint16 id, guint16 type, Span value, guint64 lost)
{
    Listing *listing = user;
    (void)lost;
    if (id == PID_CONTENT_COUNT)
        listing->folder->declared = (guint32)pst_number(value, 0, 4);
    else if (id == PID_DISPLAY_NAME && value.p && !listing->folder->name)
        listing->folder->name = name_of(listing, type, value);
}

static void on_row(void *user, guint32 id)
{
    Listing *listing = user;
    guint32 folder = (guint32)(listing->folder - (PstFolder *)(gpointer)listing->list->folders->data);
    if (KIND(id) != KIND_MESSAGE)
        return;
    listing->folder->listed++;
    PstPlace *place = find_place(listing->list, id);
    if (place) {
        if (place->folder == folder)
            place->state = PST_IN_FOLDER;
        return;
    }
    PstPlace gone = {.place = id, .folder = folder, .missing = 1};
    if (listing->missing->len < LIMIT_PST_PLACES)
        g_array_append_val(listing->missing, gone);
}

static void read_folder(Listing *listing, PstFolder *folder)
{
    static const PstTableSink sink = {.row = on_row};
    g_auto(PstHeap) heap = {0}, table = {0};
    PstNode node;
    listing->folder = folder;
    listing->file->budget = LIMIT_PST_ITEM_BYTES;
    if (pst_file_find_node(listing->file, folder->id, &node) && pst_heap_open(&heap, listing->file, &node))
        pst_properties(&heap, on_folder_property, listing);
    listing->file->damage = NULL;
    folder->has_table = pst_file_find_node(listing->file, (folder->id & ~31U) | KIND_CONTENTS, &node) &&
                        pst_heap_open(&table, listing->file, &node) && pst_table(&table, &sink, listing) &&
                        !listing->file->damage;
}

static void on_store_property(void *user, guint16 id, guint16 type, Span value, guint64 lost)
{
    Listing *listing = user;
    (void)type;
    (void)lost;
    if (id == PID_SUBTREE && value.n == ENTRY_ID_BYTES)
        listing->subtree = (guint32)pst_number(value, 20, 4);
    else if (id == PID_PASSWORD)
        listing->list->has_password = pst_number(value, 0, 4) != 0 && pst_number(value, 0, 4) != NO_PASSWORD;
}

static void read_store(Listing *listing)
{
    g_auto(PstHeap) heap = {0};
    PstNode node;
    if (pst_file_find_node(listing->file, NODE_OF_STORE, &node) && pst_heap_open(&heap, listing->file, &node))
        pst_properties(&heap, on_store_property, listing);
}

/* Whether a folder is above those of the mailbox. An OST does not say which one; Exchange always calls it so. */
static gboolean is_top(const Listing *listing, const PstFolder *folder)
{
    return folder->id == listing->subtree || folder->id == NODE_OF_ROOT || folder->parent == folder->id ||
           g_strcmp0(folder->name, "IPM_SUBTREE") == 0;
}

/* The path of a folder: names from below the subtree (or the root) down to it. */
static char *path_of(const Listing *listing, guint index)
{
    g_autoptr(GString) path = g_string_new(NULL);
    for (guint depth = 0; index && depth < LIMIT_PST_FOLDER_DEPTH; depth++) {
        const PstFolder *folder = &g_array_index(listing->list->folders, PstFolder, index);
        if (is_top(listing, folder))
            break;
        if (path->len)
            g_string_prepend_c(path, '/');
        g_string_prepend(path, folder->name ? folder->name : "?");
        index = pst_list_folder(listing->list, folder->parent);
    }
    if (path->len > LIMIT_VALUE_BYTES) {
        const char *end = g_utf8_find_prev_char(path->str, path->str + LIMIT_VALUE_BYTES);
        g_string_truncate(path, end ? (gsize)(end - path->str) : 0);
    }
    return g_strdup(path->str);
}

/* --- all ------------------------------------------------------------------------------------------------------ */

/* What a folder declares and neither its table nor the tree has; its own node is the place that stands for it. */
static void add_shortage(Listing *listing, guint index, guint present)
{
    const PstFolder *folder = &g_array_index(listing->list->folders, PstFolder, index);
    listing->list->declared += folder->declared;
    if (folder->declared <= MAX(folder->listed, present))
        return;
    PstPlace gone = {
        .place = folder->id, .folder = index, .missing = folder->declared - MAX(folder->listed, present)};
    g_array_append_val(listing->missing, gone);
}

static void place_in_folders(Listing *listing)
{
    PstList *list = listing->list;
    for (guint i = 0; i < list->places->len; i++) {
        PstPlace *place = &g_array_index(list->places, PstPlace, i);
        place->folder = pst_list_folder(list, place->folder);
    }
    for (guint i = 1; i < list->folders->len; i++)
        read_folder(listing, &g_array_index(list->folders, PstFolder, i));
    for (guint i = 1; i < list->folders->len; i++)
        g_array_index(list->folders, PstFolder, i).path = path_of(listing, i);
    g_autofree guint *present = g_new0(guint, list->folders->len);
    for (guint i = 0; i < list->places->len; i++) {
        PstPlace *place = &g_array_index(list->places, PstPlace, i);
        if (place->folder && !g_array_index(list->folders, PstFolder, place->folder).has_table)
            place->state = PST_IN_FOLDER;
        present[place->folder]++;
    }
    for (guint i = 1; i < list->folders->len; i++)
        add_shortage(listing, i, present[i]);
}

void pst_list_fill(PstList *list, PstFile *file, Charsets *charsets)
{
    Listing listing = {.list = list, .file = file, .charsets = charsets};
    PstFolder none = {.path = g_strdup("")};
    *list = (PstList){.folders = g_array_new(FALSE, FALSE, sizeof(PstFolder)),
                      .places = g_array_new(FALSE, FALSE, sizeof(PstPlace))};
    listing.missing = g_array_new(FALSE, FALSE, sizeof(PstPlace));
    g_array_append_val(list->folders, none);
    pst_file_each_node(file, on_node, &listing);
    g_array_sort(list->folders, folder_by_id);
    g_array_sort(list->places, place_by_number);
    drop_doubles(list->places);
    read_store(&listing);
    place_in_folders(&listing);
    g_array_append_vals(list->places, listing.missing->data, listing.missing->len);
    g_array_unref(listing.missing);
    g_array_sort(list->places, place_by_number);
    drop_doubles(list->places);
}

void pst_list_clear(PstList *list)
{
    for (guint i = 0; list->folders && i < list->folders->len; i++) {
        g_free(g_array_index(list->folders, PstFolder, i).name);
        g_free(g_array_index(list->folders, PstFolder, i).path);
    }
    g_clear_pointer(&list->folders, g_array_unref);
    g_clear_pointer(&list->places, g_array_unref);
}
