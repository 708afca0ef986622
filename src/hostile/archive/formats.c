/* formats.c - which archives are read. */
#include "hostile/archive/formats.h"

#include <iconv.h>
#include <langinfo.h>
#include <time.h>

#define TAR_MAGIC 257

static gboolean begins(Span bytes, const char *magic, gsize n)
{
    return bytes.n >= n && memcmp(bytes.p, magic, n) == 0;
}

gboolean archive_is_compressed(Span start)
{
    return begins(start, "\x1f\x8b", 2) || (begins(start, "BZh", 3) && start.n > 10 && start.p[4] == 0x31) ||
           begins(start,
                  "\xfd"
                  "7zXZ\0",
                  6) ||
           begins(start, "\x28\xb5\x2f\xfd", 4);
}

/* A tar without its mark: the sum of its first block, in which the sum itself counts as blanks, stands there. */
static gboolean is_old_tar(Span start)
{
    guint64 sum = 0, said;
    if (start.n < 512 || !start.p[0])
        return FALSE;
    for (guint i = 0; i < 512; i++)
        sum += i >= 148 && i < 156 ? ' ' : (guint8)start.p[i];
    g_autofree char *octal = g_strndup(start.p + 148, 8);
    char *end;
    said = g_ascii_strtoull(octal, &end, 8);
    return end > octal && (!*end || *end == ' ') && said == sum;
}

gboolean archive_is_one(Span start)
{
    return begins(start, "PK\x03\x04", 4) || begins(start, "PK\x05\x06", 4) ||
           begins(start, "PK\x07\x08PK", 6) || begins(start, "7z\xbc\xaf\x27\x1c", 6) ||
           begins(start, "Rar!\x1a\x07", 6) || begins(start, "MSCF", 4) ||
           (start.n > TAR_MAGIC + 5 && memcmp(start.p + TAR_MAGIC, "ustar", 5) == 0) ||
           archive_is_compressed(start) || is_old_tar(start);
}

struct archive *archive_reader(gboolean compressed)
{
    struct archive *archive = archive_read_new();
    if (!archive)
        return NULL;
    archive_read_support_format_zip(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_rar(archive);
    archive_read_support_format_rar5(archive);
    archive_read_support_format_cab(archive);
    archive_read_set_option(archive, "tar", "read_concatenated_archives", "1");
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    if (compressed)
        archive_read_support_format_raw(archive);
    return archive;
}

void archive_warm_up(void)
{
    static iconv_t kept[10];
    static const char *const names[G_N_ELEMENTS(kept) / 2] = {"UTF-8", "UTF-16LE", "UTF-16BE", "CP437",
                                                              "CP932"};
    const char *here = nl_langinfo(CODESET);
    /* libarchive turns an entry's date into a moment, for which the C library would look at /etc/localtime each time,
     * unless the zone is said and known. */
    g_setenv("TZ", "UTC0", TRUE);
    tzset();
    /* They stay open, so that the C library keeps what it loaded for them. */
    for (guint i = 0; i < G_N_ELEMENTS(names) && !kept[2 * i]; i++) {
        kept[2 * i] = iconv_open(here, names[i]);
        kept[2 * i + 1] = iconv_open(names[i], here);
    }
}

gboolean archive_name(Charsets *charsets, struct archive_entry *entry, Scratch *out, Span *name)
{
    guint64 defects = 0;
    const char *utf8 = archive_entry_pathname_utf8(entry), *raw = archive_entry_pathname(entry);
    Span found = span_of_string(utf8 && *utf8 ? utf8 : raw);
    *name = SPAN_OF("");
    return !found.n || charset_decode(charsets, SPAN_NONE, found, out, name, &defects);
}
