/* release_fuzz.c - whatever a file says that it is, it is opened by its key or not at all; and rows of objects. */
#include <sys/mman.h>
#include <unistd.h>
#include "nouns/release.h"
#include "nouns/release_rows.h"

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize n);

static const CaseKeys *keys(void)
{
    static CaseKeys *made;
    if (!made) {
        g_autofree char *folder = g_dir_make_tmp("candor-fuzz-XXXXXX", NULL);
        g_autofree char *path = g_build_filename(folder, "key", NULL);
        g_assert(case_keys_create(path, SUITE_SODIUM, NULL));
        made = case_keys_open(path, NULL);
        unlink(path);
        rmdir(folder);
    }
    return made;
}

static void open_file(const guint8 *bytes, gsize n)
{
    g_autofree char *path = g_strdup_printf("/dev/shm/candor-fuzz-%d", (int)getpid());
    if (!g_file_set_contents(path, (const char *)bytes, (gssize)n, NULL))
        return;
    g_autoptr(Release) release = release_open(path, keys(), NULL);
    g_assert(!release); /* nobody can seal without the key */
    unlink(path);
}

static void read_rows(const guint8 *bytes, gsize n)
{
    g_autofree char *copy = g_memdup2(bytes, n);
    g_autoptr(GByteArray) pieces = g_byte_array_new();
    char *line = copy, *end = copy + n;
    for (char *stop; line < end && (stop = memchr(line, '\n', (gsize)(end - line))); line = stop + 1) {
        Row row;
        ObjectRow object;
        if (!row_split(line, (gsize)(stop - line), &row, NULL))
            continue;
        if (object_row_read(&row, &object, NULL))
            g_assert(object_kind_name(object.kind));
        piece_row_read(&row, pieces, NULL);
    }
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize n)
{
    open_file(bytes, n);
    read_rows(bytes, n);
    return 0;
}
