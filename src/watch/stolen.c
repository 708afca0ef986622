/* stolen.c - the names and key ids that were stolen, known by their fingerprints. */
#include "watch/stolen.h"

#include <string.h>
#include "nouns/fingerprint.h"

struct Stolen {
    const guint8 *key;        /* of the case's fingerprints                */
    const SigninCodes *codes; /* not owned                                 */
    GHashTable *accounts;     /* GBytes of a fingerprint → GPtrArray of whom */
    GHashTable *keys;
    GStringChunk *texts;
};

void stolen_free(Stolen *stolen)
{
    if (!stolen)
        return;
    g_hash_table_unref(stolen->accounts);
    g_hash_table_unref(stolen->keys);
    g_string_chunk_free(stolen->texts);
    g_free(stolen);
}

/* ",contact.email," for LIKE. */
static char *listed(char **types)
{
    g_autofree char *joined = g_strjoinv(",", types);
    return g_strdup_printf(",%s,", joined);
}

static void add(Stolen *stolen, GHashTable *into, Query *query)
{
    Span fingerprint = query_get_blob(query, 1);
    g_autofree char *whom = span_dup(query_get_text(query, 2));
    g_autoptr(GBytes) key = g_bytes_new(fingerprint.p, fingerprint.n);
    GPtrArray *owners = g_hash_table_lookup(into, key);
    const char *kept = g_string_chunk_insert_const(stolen->texts, whom);
    if (!owners) {
        owners = g_ptr_array_new();
        g_hash_table_insert(into, g_steal_pointer(&key), owners);
    }
    if (!g_ptr_array_find(owners, kept, NULL))
        g_ptr_array_add(owners, (gpointer)kept);
}

static gboolean load(Stolen *stolen, Store *store, const char *statement, char **types, char **beside,
                     GHashTable *into, GError **error)
{
    g_autofree char *wanted = listed(types), *near = beside ? listed(beside) : NULL;
    Query *query = store_query(store, statement, error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(wanted));
    if (near)
        query_text(query, 2, span_of_string(near));
    while (query_step(query, error))
        add(stolen, into, query);
    return query_ended(query);
}

static GHashTable *table(void)
{
    return g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref,
                                 (GDestroyNotify)g_ptr_array_unref);
}

Stolen *stolen_load(Store *store, const SigninCodes *codes, GError **error)
{
    g_autoptr(Stolen) stolen = g_new0(Stolen, 1);
    *stolen = (Stolen){.key = case_keys_fingerprint_key(store_keys(store)),
                       .codes = codes,
                       .accounts = table(),
                       .keys = table(),
                       .texts = g_string_chunk_new(4096)};
    return load(stolen, store, "watch.accounts", codes->accounts, codes->secrets, stolen->accounts, error) &&
                   load(stolen, store, "watch.keys", codes->keys, NULL, stolen->keys, error)
               ? g_steal_pointer(&stolen)
               : NULL;
}

/* Whose `value` is, under any of the types. */
static void look_up(const Stolen *stolen, GHashTable *in, char **types, const char *value, GPtrArray *owners)
{
    for (; *types; types++) {
        guint8 fingerprint[FINGERPRINT_BYTES];
        fingerprint_value(stolen->key, *types, span_of_string(value), fingerprint);
        g_autoptr(GBytes) key = g_bytes_new(fingerprint, sizeof fingerprint);
        const GPtrArray *found = g_hash_table_lookup(in, key);
        for (guint i = 0; found && i < found->len; i++)
            if (!g_ptr_array_find(owners, found->pdata[i], NULL))
                g_ptr_array_add(owners, found->pdata[i]);
    }
}

/* "ines_alpha.example#ext#@tern.example", as a tenant calls its guest, is ines@alpha.example at home; else NULL. */
static char *home_name(const char *name)
{
    const char *mark = strstr(name, "#ext#@");
    g_autofree char *home = mark ? g_strndup(name, (gsize)(mark - name)) : NULL;
    char *at = home ? strrchr(home, '_') : NULL;
    if (!at)
        return NULL;
    *at = '@';
    return g_steal_pointer(&home);
}

GPtrArray *stolen_account(Stolen *stolen, const char *name)
{
    g_autofree char *lower = g_ascii_strdown(name, -1), *home = home_name(lower);
    GPtrArray *owners = g_ptr_array_new();
    if (*name)
        look_up(stolen, stolen->accounts, stolen->codes->accounts, lower, owners);
    if (home)
        look_up(stolen, stolen->accounts, stolen->codes->accounts, home, owners);
    return owners;
}

/* Logs are kept in lower case; ids of keys are written in capitals where they were found, others not. */
GPtrArray *stolen_key(Stolen *stolen, const char *id)
{
    g_autofree char *upper = g_ascii_strup(id, -1);
    GPtrArray *owners = g_ptr_array_new();
    if (*id) {
        look_up(stolen, stolen->keys, stolen->codes->keys, upper, owners);
        look_up(stolen, stolen->keys, stolen->codes->keys, id, owners);
    }
    return owners;
}
