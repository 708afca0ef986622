/* pst_list.c - the places of a PST: items, and what is not there. */
#include "hostile/outlook/pst_list.h"

#include "hostile/limits.h"

/* Kinds that no node of a file has: they number pages by the least node in them. */
#define KIND_PAGE 0x1f
#define KIND_ANOTHER_PAGE 0x1d

static gboolean is_item(guint64 id)
{
    return PST_KIND(id) == PST_KIND_ITEM || PST_KIND(id) == PST_KIND_HIDDEN_ITEM;
}

/* --- items ---------------------------------------------------------------------------------------------------- */

static void on_item(void *user, const PstNode *node)
{
    GArray *places = user;
    PstPlace place = {.place = node->id, .folder = node->parent};
    if (is_item(node->id) && places->len <= LIMIT_PST_PLACES)
        g_array_append_val(places, place);
}

static PstState state_of(PstFolders *folders, const PstPlace *place)
{
    PstFolder *folder = pst_folder_find(folders, place->folder);
    if (PST_KIND(place->place) == PST_KIND_HIDDEN_ITEM)
        return PST_HIDDEN;
    if (!folder)
        return PST_ORPHAN;
    pst_folder_list(folders, folder);
    return !folder->has_rows || pst_folder_lists(folder, (guint32)place->place) ? PST_IN_FOLDER : PST_ORPHAN;
}

gboolean pst_list_items(PstFolders *folders, guint64 from, guint64 to, GArray *places)
{
    static const PstWalkSink sink = {.node = on_item};
    pst_file_walk(folders->file, from, to, &sink, places);
    for (guint i = 0; i < places->len; i++) {
        PstPlace *place = &g_array_index(places, PstPlace, i);
        place->state = state_of(folders, place);
        if (!pst_folder_find(folders, place->folder))
            place->folder = 0;
    }
    return places->len <= LIMIT_PST_PLACES;
}

static void on_number(void *user, const PstNode *node)
{
    GArray *numbers = user;
    guint32 id = (guint32)node->id;
    if (is_item(id) && numbers->len <= LIMIT_PST_PLACES)
        g_array_append_val(numbers, id);
}

gboolean pst_list_numbers(PstFile *file, GArray *numbers)
{
    static const PstWalkSink sink = {.node = on_number};
    pst_file_walk(file, 0, PST_NODES_END, &sink, numbers);
    return numbers->len <= LIMIT_PST_PLACES;
}

/* --- what is not there ---------------------------------------------------------------------------------------- */

typedef struct {
    PstFolders *folders;
    GArray *items;       /* guint32, rising: nodes that hold one            */
    GArray *nodes;       /* guint32, rising: nodes of folders               */
    GHashTable *present; /* node of a folder to how many items are its own  */
    GArray *lost;        /* PstPlace                                        */
    guint32 last_page;   /* number of the one that was added last           */
} Account;

static void lose(Account *account, guint32 number, const PstPlace *what)
{
    PstPlace place = *what;
    place.place = PLACES_LOST + number;
    if (account->lost->len <= LIMIT_PST_PLACES)
        g_array_append_val(account->lost, place);
}

static void on_node(void *user, const PstNode *node)
{
    Account *account = user;
    guint32 id = (guint32)node->id;
    if (PST_KIND(id) == PST_KIND_FOLDER && account->nodes->len <= LIMIT_PST_FOLDERS)
        g_array_append_val(account->nodes, id);
    if (!is_item(id) || account->items->len > LIMIT_PST_PLACES)
        return;
    g_array_append_val(account->items, id);
    if (PST_KIND(id) == PST_KIND_ITEM) {
        gpointer folder = GUINT_TO_POINTER(node->parent);
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(account->present, folder));
        g_hash_table_insert(account->present, folder, GUINT_TO_POINTER(count + 1));
    }
}

/* As many as three pages may begin with nodes of one number and other kinds. */
static void on_page(void *user, guint64 offset, guint32 first, const char *damage)
{
    Account *account = user;
    guint32 number = first | KIND_PAGE;
    (void)damage;
    if (account->last_page >> 5 == number >> 5 && account->last_page > (number & ~31U) + KIND_ANOTHER_PAGE)
        number = account->last_page - 1;
    account->last_page = number;
    guint64 page = offset / pst_page_bytes(account->folders->file);
    lose(account, number, &(PstPlace){.state = PST_LOST_PAGE, .count = (guint32)MIN(page, G_MAXUINT32)});
}

static int by_number(gconstpointer a, gconstpointer b)
{
    guint32 one = *(const guint32 *)a, other = *(const guint32 *)b;
    return one < other ? -1 : one > other;
}

/* Rows without a node; then what is counted and neither listed nor there, for which the folder's own node stands. */
static void add_missing(Account *account, guint32 node)
{
    PstFolder *folder = pst_folder_find(account->folders, node);
    if (!folder)
        return;
    pst_folder_list(account->folders, folder);
    guint32 listed = 0,
            there = GPOINTER_TO_UINT(g_hash_table_lookup(account->present, GUINT_TO_POINTER(node)));
    for (guint i = 0; i < folder->rows->len; i++) {
        guint32 id = g_array_index(folder->rows, guint32, i);
        listed += PST_KIND(id) == PST_KIND_ITEM;
        if (!g_array_binary_search(account->items, &id, by_number, NULL))
            lose(account, id, &(PstPlace){.state = PST_MISSING, .folder = node, .count = 1});
    }
    listed = MAX(listed, there);
    guint32 short_of = folder->declared > listed ? folder->declared - listed : 0;
    if (folder->is_damaged || short_of)
        lose(account, node,
             &(PstPlace){.state = folder->is_damaged ? PST_LOST_FOLDER : PST_MISSING,
                         .folder = node,
                         .count = short_of});
}

gboolean pst_list_lost(PstFolders *folders, GArray *lost)
{
    static const PstWalkSink sink = {.node = on_node, .page = on_page};
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) nodes = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GHashTable) present = g_hash_table_new(NULL, NULL);
    Account account = {.folders = folders, .items = items, .nodes = nodes, .present = present, .lost = lost};
    pst_file_walk(folders->file, 0, PST_NODES_END, &sink, &account);
    for (guint i = 0; i < nodes->len && lost->len <= LIMIT_PST_PLACES; i++)
        add_missing(&account, g_array_index(nodes, guint32, i));
    return MAX(items->len, lost->len) <= LIMIT_PST_PLACES && nodes->len <= LIMIT_PST_FOLDERS;
}
