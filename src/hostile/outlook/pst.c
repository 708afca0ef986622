/* pst.c - PST and OST files to items. */
#include "hostile/outlook/pst.h"

#include "hostile/limits.h"
#include "hostile/outlook/pst_item.h"
#include "hostile/outlook/pst_list.h"

#define NUMBER_OF_HEADER 0x01 /* no node has it */
#define NODE_OF_STORE 0x21
#define NODE_OF_NAMES 0x61

struct Pst {
    PstFile file;
    PstFolders folders;
    PstNames *names;
    Charsets *charsets;
};

Pst *pst_open(int descriptor, guint64 size, Charsets *charsets, const char **reason)
{
    g_autoptr(Pst) pst = g_new0(Pst, 1);
    pst->charsets = charsets;
    if (!pst_file_open(&pst->file, descriptor, size, reason))
        return NULL;
    pst->names = pst_names_new(&pst->file);
    pst_folders_init(&pst->folders, &pst->file, charsets);
    return g_steal_pointer(&pst);
}

void pst_close(Pst *pst)
{
    if (!pst)
        return;
    pst_folders_clear(&pst->folders);
    pst_file_clear(&pst->file);
    pst_names_free(pst->names);
    g_free(pst);
}

void pst_turn(Pst *pst, int descriptor)
{
    pst->file.descriptor = descriptor;
}

/* --- places --------------------------------------------------------------------------------------------------- */

static int by_place(gconstpointer a, gconstpointer b)
{
    guint64 one = ((const PstPlace *)a)->place, other = ((const PstPlace *)b)->place;
    return one < other ? -1 : one > other;
}

/* Places of [from, to) alone, rising, each once: a table may list an item twice. */
static void put_in_order(GArray *places, guint64 from, guint64 to)
{
    guint kept = 0;
    g_array_sort(places, by_place);
    for (guint i = 0; i < places->len; i++) {
        PstPlace place = g_array_index(places, PstPlace, i);
        gboolean again = kept && g_array_index(places, PstPlace, kept - 1).place == place.place;
        if (!again && place.place >= from && place.place < to)
            g_array_index(places, PstPlace, kept++) = place;
    }
    g_array_set_size(places, kept);
}

static void add_lost(GArray *places, gboolean is_lost, guint32 number, PstState state)
{
    PstPlace place = {.place = PLACES_LOST + number, .state = state};
    if (is_lost)
        g_array_append_val(places, place);
}

GArray *pst_places(Pst *pst, guint64 from, guint64 to, const char **reason)
{
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(PstPlace));
    *reason = "pst-too-many-items";
    if (!pst_list_items(&pst->folders, from, MIN(to, PST_NODES_END), places))
        return NULL;
    if (to > PLACES_LOST) {
        if (!pst_list_lost(&pst->folders, places))
            return NULL;
        add_lost(places, !pst->file.is_whole, NUMBER_OF_HEADER, PST_LOST_HEADER);
        add_lost(places, pst->folders.is_damaged, NODE_OF_STORE, PST_LOST_STORE);
        add_lost(places, pst_names_are_damaged(pst->names), NODE_OF_NAMES, PST_LOST_NAMES);
        pst_list_recovered(&pst->file, places);
    }
    put_in_order(places, from, to);
    return g_steal_pointer(&places);
}

GArray *pst_numbers(Pst *pst, const char **reason)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint32));
    *reason = "pst-too-many-items";
    return pst_list_numbers(&pst->file, numbers) ? g_steal_pointer(&numbers) : NULL;
}

const char *pst_folder(Pst *pst, guint32 folder)
{
    return pst_folder_path(&pst->folders, folder);
}

gboolean pst_has_password(const Pst *pst)
{
    return pst->folders.has_password;
}

/* --- what lies there ------------------------------------------------------------------------------------------ */

static gboolean find_node(Pst *pst, guint64 place, PstNode *node)
{
    PstPage page;
    if (place < PST_NODES_END)
        return pst_file_find_node(&pst->file, place, node);
    guint n = pst_page_bytes(&pst->file);
    guint64 at = place - PLACES_RECOVERED;
    if (!pst->file.old_blocks) { /* without them its bytes are not found */
        g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(PstPlace));
        pst_list_recovered(&pst->file, places);
    }
    pst->file.damage = NULL;
    pst->file.budget = LIMIT_PST_ITEM_BYTES;
    if (!pst_page_read(&pst->file, at - at % n, &page) || page.kind != PST_PAGE_NODES || !page.is_whole ||
        page.level || at % n >= page.count)
        return FALSE;
    pst_page_node(&pst->file, &page, (guint)(at % n), node);
    return TRUE;
}

static Item *read_item(Pst *pst, guint64 place, const char **reason)
{
    PstNode node;
    pst->file.budget = LIMIT_PST_ITEM_BYTES;
    pst->file.damage = NULL;
    *reason = "pst-item-missing";
    if (!find_node(pst, place, &node))
        return NULL;
    g_autoptr(Item) item = item_new();
    *reason = "item-damaged";
    if (!pst_item_fill(&pst->file, pst->names, &node, item))
        return NULL;
    if (pst->file.damage)
        item_lose(item, "item-damaged", pst->file.damage, 0);
    item_end(item, pst->charsets);
    return g_steal_pointer(&item);
}

static const struct {
    const char *name, *reason;
} states[] = {[PST_IN_FOLDER] = {"normal", NULL},
              [PST_ORPHAN] = {"orphan", NULL},
              [PST_HIDDEN] = {"hidden", NULL},
              [PST_WAS_DELETED] = {"deleted", NULL},
              [PST_MISSING] = {"lost", "pst-item-missing"},
              [PST_LOST_HEADER] = {"lost", "pst-damaged"},
              [PST_LOST_PAGE] = {"lost", "pst-damaged"},
              [PST_LOST_FOLDER] = {"lost", "pst-damaged"},
              [PST_LOST_NAMES] = {"lost", "pst-damaged"},
              [PST_LOST_STORE] = {"lost", "pst-damaged"},
              [PST_LOST_PAST] = {"lost", "pst-too-many-items"},
              [PST_LOST_UNREAD] = {"lost", "unreadable"}};

const char *pst_state_name(PstState state)
{
    return states[state].name;
}

Item *pst_read(Pst *pst, const PstPlace *place, const char **reason)
{
    *reason = states[place->state].reason;
    if (*reason)
        return NULL;
    *reason = "pst-item-missing";
    if (place->place >= PST_NODES_END && place->place < PLACES_RECOVERED)
        return NULL;
    pst->file.is_old = place->place >= PLACES_RECOVERED;
    Item *item = read_item(pst, place->place, reason);
    pst->file.is_old = FALSE;
    return item;
}

char *pst_place_detail(const Pst *pst, const PstPlace *place)
{
    switch (place->state) {
    case PST_MISSING:
        return place->count > 1 ? g_strdup_printf("%u items", place->count) : NULL;
    case PST_LOST_HEADER:
        return g_strdup("the header: what it leads to may be an older list of items");
    case PST_LOST_PAGE:
        return g_strdup_printf("a page of the list of items, at byte %" G_GUINT64_FORMAT,
                               (guint64)place->count * pst_page_bytes(&pst->file));
    case PST_LOST_FOLDER:
        return place->count ? g_strdup_printf("a folder, and %u items of it", place->count)
                            : g_strdup("a folder");
    case PST_LOST_NAMES:
        return g_strdup("the names of properties");
    case PST_LOST_STORE:
        return g_strdup("the properties of the store: paths of folders may begin too high");
    case PST_LOST_PAST:
        return g_strdup("deleted items that were not looked for");
    case PST_LOST_UNREAD:
        return g_strdup_printf("%" G_GUINT64_FORMAT " bytes, not searched for deleted items",
                               (guint64)place->count * pst_page_bytes(&pst->file));
    default:
        return NULL;
    }
}

guint64 pst_missing(const Pst *pst)
{
    return pst->file.missing;
}
