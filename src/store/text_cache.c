/* text_cache.c - the texts that converters made, sealed, a file each beside the case. */
#include "store/text_cache.h"

#include <glib/gstdio.h>

#define CONTEXT "text"
#define NAME_CONTEXT "text-name"

/* Where an entry is, and what it is sealed for: by its name, so that no entry opens in the place of another. */
typedef struct {
    char *folder, *path, *context;
} Entry;

static void entry_clear(Entry *entry)
{
    g_free(entry->folder);
    g_free(entry->path);
    g_free(entry->context);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Entry, entry_clear)

static Entry entry_of(Store *store, const TextName *name)
{
    guint8 hash[FINGERPRINT_OF_SEAL_BYTES];
    g_autoptr(GString) plain = g_string_new_len((const char *)name->part, DIGEST_BYTES);
    g_string_append_len(plain, name->converter.p, (gssize)name->converter.n);
    g_string_append_c(plain, '\n');
    g_string_append_len(plain, name->version.p, (gssize)name->version.n);
    case_keys_fingerprint(store_keys(store), NAME_CONTEXT, (Span){plain->str, plain->len}, hash);
    g_autoptr(GString) hex = g_string_new(NULL);
    for (guint i = 0; i < sizeof hash; i++)
        g_string_append_printf(hex, "%02x", hash[i]);
    g_autofree char *two = g_strndup(hex->str, 2);
    Entry entry = {.folder = g_build_filename(store_folder(store), "cache", two, NULL),
                   .context = g_strconcat(CONTEXT " ", hex->str, NULL)};
    entry.path = g_build_filename(entry.folder, hex->str + 2, NULL);
    return entry;
}

gboolean text_cache_put(Store *store, const TextName *name, Span text, GError **error)
{
    g_auto(Entry) entry = entry_of(store, name);
    g_autofree guint8 *sealed = g_try_malloc(text.n + SEAL_OVERHEAD);
    if (!sealed)
        return error_set(error, CANDOR_ERROR_MEMORY, "no memory to seal the text of a part");
    gsize n = seal(store_keys(store), entry.context, text, sealed);
    if (g_mkdir_with_parents(entry.folder, 0700) != 0)
        return error_set_errno(error, "%s: the folder of the case's cache cannot be made", entry.folder);
    g_autoptr(GError) cause = NULL;
    /* By another name first: what is read is whole, or does not open. */
    if (g_file_set_contents_full(entry.path, (const char *)sealed, (gssize)n, G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600, &cause))
        return TRUE;
    return error_set(error, CANDOR_ERROR_IO, "the case's cache cannot be written: %s", cause->message);
}

GBytes *text_cache_get(Store *store, const TextName *name)
{
    g_auto(Entry) entry = entry_of(store, name);
    g_autofree char *sealed = NULL;
    gsize n;
    if (!g_file_get_contents(entry.path, &sealed, &n, NULL))
        return NULL;
    g_autofree guint8 *text = g_try_malloc(n + 1);
    gssize opened = text ? unseal(store_keys(store), entry.context, (Span){sealed, n}, text, NULL) : -1;
    return opened < 0 ? NULL : g_bytes_new_take(g_steal_pointer(&text), (gsize)opened);
}
