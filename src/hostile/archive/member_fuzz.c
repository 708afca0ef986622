/* member_fuzz.c - any bytes as an archive: nothing crashes, names are clean and each its own, and the walk ends. */
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hostile/archive/formats.h"
#include "hostile/archive/member.h"

/* What a walk unpacks at most; the boxes have LIMIT_ARCHIVE_FREE_BYTES. */
#define MOST_BYTES (8UL << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_name(const char *name, GHashTable *seen)
{
    g_auto(GStrv) steps = g_strsplit(name, "/", -1);
    if (!g_utf8_validate(name, -1, NULL) || !g_hash_table_add(seen, g_strdup(name)))
        g_error("a name that is not UTF-8, or not its own");
    for (char **step = steps; *step; step++)
        if (!**step || g_str_equal(*step, ".") || g_str_equal(*step, ".."))
            g_error("a name with a step that is none");
}

static void walk(int file, size_t size, Charsets *charsets)
{
    static char bytes[64 << 10];
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(Members) members = members_open(file, size, "any/name.gz", charsets, NULL, NULL);
    guint64 unpacked = 0;
    Member member;
    while (unpacked < MOST_BYTES && members_next(members, &member)) {
        check_name(member.name, seen);
        for (gssize got = 1; got > 0 && unpacked < MOST_BYTES && !member.reason;) {
            got = members_read(members, bytes, sizeof bytes);
            unpacked += got > 0 ? (guint64)got : 0;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Charsets *charsets;
    if (!charsets) {
        charsets = charsets_new(NULL);
        archive_warm_up();
    }
    int file = memfd_create("archive", MFD_CLOEXEC);
    if (file < 0 || (size && write(file, data, size) != (ssize_t)size))
        g_error("no memory file");
    walk(file, size, charsets);
    close(file);
    return 0;
}
