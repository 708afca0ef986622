/* intern.c - addresses and display names stand once in the store; the importer remembers the ids of many. */
#include "pool/importer.h"

/* Texts of a kind that are remembered, before all are forgotten and the store is asked again. */
#define TEXTS_REMEMBERED 200000

/* Where texts of a kind stand: the statement that finds one, how a text is bound, and how a new one is added. */
typedef struct {
    const char *find;
    void (*bind)(Query *query, guint parameter, Span text);
    gboolean (*add)(Importer *importer, Span text, gint64 id, GError **error);
} TextKind;

static void bind_address(Query *query, guint parameter, Span text)
{
    query_text(query, parameter, text);
}

static gboolean add_address(Importer *importer, Span address, gint64 id, GError **error)
{
    const char *at = memrchr(address.p, '@', address.n);
    Span domain = at ? (Span){at + 1, (gsize)(address.p + address.n - at - 1)} : SPAN_OF("");
    Query *query = store_query(importer->store, "import.email_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, id);
    query_text(query, 2, address);
    query_text(query, 3, domain);
    return query_run(query, error);
}

/* Seals are deterministic: a name is found by its seal. */
static void bind_name(Query *query, guint parameter, Span text)
{
    query_sealed(query, parameter, "name", text);
}

static gboolean add_name(Importer *importer, Span name, gint64 id, GError **error)
{
    Query *query = store_query(importer->store, "import.name_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, id);
    query_sealed(query, 2, "name", name);
    return query_run(query, error);
}

static gboolean ask_store(Importer *importer, const TextKind *kind, Interned *texts, Span text, gint64 *id,
                          GError **error)
{
    Query *query = store_query(importer->store, kind->find, error);
    if (!query)
        return FALSE;
    kind->bind(query, 1, text);
    if (query_step(query, error)) {
        *id = query_get_int(query, 0);
        query_step(query, error);
        return query_ended(query);
    }
    if (!query_ended(query) || !kind->add(importer, text, texts->last + 1, error))
        return FALSE;
    *id = ++texts->last;
    return TRUE;
}

static gboolean find_id(Importer *importer, const TextKind *kind, Interned *texts, Span text, gint64 *id,
                        GError **error)
{
    char stack[256];
    g_autofree char *heap = text.n < sizeof stack ? NULL : span_dup(text);
    char *key = heap ? heap : stack;
    if (!heap) {
        memcpy(stack, text.p, text.n);
        stack[text.n] = 0;
    }
    gpointer known = g_hash_table_lookup(texts->ids, key);
    if (known) {
        *id = (gint64)GPOINTER_TO_SIZE(known);
        return TRUE;
    }
    if (!ask_store(importer, kind, texts, text, id, error))
        return FALSE;
    if (g_hash_table_size(texts->ids) >= TEXTS_REMEMBERED)
        g_hash_table_remove_all(texts->ids);
    g_hash_table_insert(texts->ids, g_strdup(key), GSIZE_TO_POINTER((gsize)*id));
    return TRUE;
}

gboolean importer_email(Importer *importer, Span address, gint64 *id, GError **error)
{
    static const TextKind kind = {"import.email_find", bind_address, add_address};
    return find_id(importer, &kind, &importer->emails, address, id, error);
}

gboolean importer_name(Importer *importer, Span name, gint64 *id, GError **error)
{
    static const TextKind kind = {"import.name_find", bind_name, add_name};
    return find_id(importer, &kind, &importer->names, name, id, error);
}
