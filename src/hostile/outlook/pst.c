/* pst.c - PST and OST files to items. */
#include "hostile/outlook/pst.h"

#include "hostile/limits.h"
#include "hostile/outlook/pst_item.h"
#include "hostile/outlook/pst_list.h"

struct Pst {
    PstFile file;
    PstList list;
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
    pst_list_fill(&pst->list, &pst->file, charsets);
    if (pst->list.too_many) {
        *reason = "pst-too-many-items";
        return NULL;
    }
    return g_steal_pointer(&pst);
}

void pst_close(Pst *pst)
{
    if (!pst)
        return;
    pst_file_clear(&pst->file);
    pst_list_clear(&pst->list);
    pst_names_free(pst->names);
    g_free(pst);
}

void pst_turn(Pst *pst, int descriptor)
{
    pst->file.descriptor = descriptor;
}

const GArray *pst_places(const Pst *pst)
{
    return pst->list.places;
}

guint64 pst_declared(const Pst *pst)
{
    return pst->list.declared;
}

void pst_recover(Pst *pst)
{
    pst_list_recover(&pst->list, &pst->file);
}

static int by_place(gconstpointer a, gconstpointer b)
{
    guint64 one = ((const PstPlace *)a)->place, other = ((const PstPlace *)b)->place;
    return one < other ? -1 : one > other;
}

const PstPlace *pst_place(const Pst *pst, guint64 place)
{
    guint index;
    PstPlace wanted = {.place = place};
    return g_array_binary_search(pst->list.places, &wanted, by_place, &index)
               ? &g_array_index(pst->list.places, PstPlace, index)
               : NULL;
}

const char *pst_folder(const Pst *pst, guint32 folder)
{
    return folder < pst->list.folders->len ? g_array_index(pst->list.folders, PstFolder, folder).path : "";
}

const char *pst_state_name(PstState state)
{
    static const char *const names[] = {
        [PST_IN_FOLDER] = "normal", [PST_ORPHAN] = "orphan", [PST_WAS_DELETED] = "deleted"};
    return names[state];
}

gboolean pst_has_password(const Pst *pst)
{
    return pst->list.has_password;
}

static gboolean find_node(Pst *pst, guint64 place, PstNode *node)
{
    PstPage page;
    if (place < PST_RECOVERED)
        return pst_file_find_node(&pst->file, place, node);
    guint n = pst_page_bytes(&pst->file);
    guint64 at = place - PST_RECOVERED;
    pst_recover(pst); /* without the old blocks its bytes are not found */
    if (!pst_page_read(&pst->file, at - at % n, &page) || page.kind != PST_PAGE_NODES || !page.is_whole ||
        page.level || at % n >= page.count)
        return FALSE;
    pst_page_node(&pst->file, &page, (guint)(at % n), node);
    return TRUE;
}

Item *pst_read(Pst *pst, const PstPlace *place, const char **reason)
{
    PstNode node;
    pst->file.budget = LIMIT_PST_ITEM_BYTES;
    pst->file.damage = NULL;
    *reason = "pst-item-missing";
    if (place->missing || !find_node(pst, place->place, &node))
        return NULL;
    g_autoptr(Item) item = item_new();
    *reason = "item-damaged";
    pst->file.damage = NULL;
    if (!pst_item_fill(&pst->file, pst->names, &node, item))
        return NULL;
    if (pst->file.damage)
        item_lose(item, "item-damaged", pst->file.damage, 0);
    item_end(item, pst->charsets);
    return g_steal_pointer(&item);
}
