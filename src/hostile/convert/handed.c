/* handed.c - files that a library opens by name, handed to it from memory. */
#include "hostile/convert/handed.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>

/* Folders in folders; poppler's data has three. */
#define MOST_DEPTH 5

static GHashTable *files; /* path -> GMappedFile */
static gboolean only_these, refused;

static void load_below(const char *dir, guint depth);

static void load_file(const char *path)
{
    GMappedFile *file = g_mapped_file_new(path, FALSE, NULL);
    if (file)
        g_hash_table_insert(files, g_strdup(path), file);
}

static void load_entry(const char *path, guint depth)
{
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        load_below(path, depth + 1);
    else
        load_file(path);
}

static void load_below(const char *dir, guint depth)
{
    g_autoptr(GDir) folder = depth < MOST_DEPTH ? g_dir_open(dir, 0, NULL) : NULL;
    for (const char *name; folder && (name = g_dir_read_name(folder));) {
        g_autofree char *path = g_build_filename(dir, name, NULL);
        load_entry(path, depth);
    }
}

void handed_load(const char *dir)
{
    if (files)
        return;
    files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_mapped_file_unref);
    load_below(dir, 0);
}

void handed_begin(void)
{
    only_these = TRUE;
    refused = FALSE;
}

gboolean handed_end(void)
{
    only_these = FALSE;
    return refused;
}

static FILE *open_real(const char *symbol, const char *path, const char *mode)
{
    FILE *(*real)(const char *, const char *);
    *(void **)&real = dlsym(RTLD_NEXT, symbol);
    return real ? real(path, mode) : NULL;
}

static FILE *open_handed(const char *symbol, const char *path, const char *mode)
{
    GMappedFile *file = files && only_these ? g_hash_table_lookup(files, path) : NULL;
    if (file && g_mapped_file_get_length(file))
        return fmemopen(g_mapped_file_get_contents(file), g_mapped_file_get_length(file), "r");
    if (!only_these)
        return open_real(symbol, path, mode);
    refused = TRUE;
    errno = ENOENT;
    return NULL;
}

/* In the place of the C library's, under both of its names. */
FILE *handed_fopen(const char *path, const char *mode) __asm__("fopen");
FILE *handed_fopen(const char *path, const char *mode)
{
    return open_handed("fopen", path, mode);
}

FILE *handed_fopen64(const char *path, const char *mode) __asm__("fopen64");
FILE *handed_fopen64(const char *path, const char *mode)
{
    return open_handed("fopen64", path, mode);
}
