/* handed.c - files that a library opens by name, handed to it from memory. */
#include "hostile/convert/handed.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* Folders in folders; poppler's data has three. */
#define MOST_DEPTH 5

/* Where a file stands among all of them. */
typedef struct {
    gsize start, n;
} Place;

static GHashTable *places; /* path -> Place */
/* All files, one behind the other, in one mapping: a fork pays for each mapping, and there are hundreds of files.
 * Nothing is written to it, so a fork copies no table of its pages. */
static const char *all;
static gboolean only_these, refused;

static void load_below(const char *dir, guint depth, int file);

static void load_file(const char *path, int file)
{
    g_autofree char *bytes = NULL;
    gsize n;
    off_t start = lseek(file, 0, SEEK_END);
    if (start < 0 || !g_file_get_contents(path, &bytes, &n, NULL) || write(file, bytes, n) != (gssize)n)
        return;
    Place *place = g_new(Place, 1);
    *place = (Place){(gsize)start, n};
    g_hash_table_insert(places, g_strdup(path), place);
}

static void load_entry(const char *path, guint depth, int file)
{
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        load_below(path, depth + 1, file);
    else
        load_file(path, file);
}

static void load_below(const char *dir, guint depth, int file)
{
    g_autoptr(GDir) folder = depth < MOST_DEPTH ? g_dir_open(dir, 0, NULL) : NULL;
    for (const char *name; folder && (name = g_dir_read_name(folder));) {
        g_autofree char *path = g_build_filename(dir, name, NULL);
        load_entry(path, depth, file);
    }
}

/* What could not be mapped is not there: whoever asks for it is refused, and the part is `cut`. */
static void map_all(int file)
{
    off_t n = lseek(file, 0, SEEK_END);
    void *p = n > 0 ? mmap(NULL, (gsize)n, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
    if (p != MAP_FAILED)
        all = p;
    else
        g_hash_table_remove_all(places);
}

void handed_load(const char *dir)
{
    if (places)
        return;
    places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    int file = memfd_create("handed", MFD_CLOEXEC);
    if (file < 0)
        return;
    load_below(dir, 0, file);
    map_all(file);
    close(file);
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

/* Opened to be read, so fmemopen leaves the bytes as they are. */
static FILE *open_handed(const char *symbol, const char *path, const char *mode)
{
    const Place *place = places && only_these ? g_hash_table_lookup(places, path) : NULL;
    if (place && place->n)
        return fmemopen((char *)(guintptr)all + place->start, place->n, "r");
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
