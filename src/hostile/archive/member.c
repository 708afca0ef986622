/* member.c - the files in an archive. */
#include "hostile/archive/member.h"

#include <unistd.h>
#include "hostile/archive/formats.h"
#include "hostile/limits.h"

#define READ_BYTES (32UL << 10)
#define BUSY_BYTES (4UL << 20)
/* How many members are looked at to tell a document. */
#define DOCUMENT_LOOK 20

struct Members {
    struct archive *archive;
    int file;
    guint64 size, at, told; /* bytes read of it, and when `busy` was told last */
    void (*busy)(void *user, guint64 taken);
    void *user;
    Charsets *charsets;
    char *alone;       /* the name of what has no list */
    GHashTable *names; /* those that were given, and the number that their next namesake gets */
    GString *name;
    Scratch decoded;
    Span block;          /* of the member that came last, not yet given           */
    guint64 hole, given; /* zeros before it, where a file is sparse; given so far */
    gboolean wrong;      /* nothing behind it can be read                         */
    const char *end;
    gboolean damaged; /* a member was passed over */
    guint count;      /* of members               */
    char bytes[READ_BYTES];
};

/* --- what libarchive asks for ------------------------------------------------------------------------------ */

static la_ssize_t give_bytes(struct archive *archive, void *user, const void **bytes)
{
    Members *it = user;
    (void)archive;
    gsize n = (gsize)MIN(READ_BYTES, it->size - it->at);
    gssize got = n ? pread(it->file, it->bytes, n, (off_t)it->at) : 0;
    it->at += got > 0 ? (guint64)got : 0;
    if (it->busy && it->at - it->told >= BUSY_BYTES) {
        it->told = it->at;
        it->busy(it->user, it->at);
    }
    *bytes = it->bytes;
    return got;
}

static la_int64_t pass_bytes(struct archive *archive, void *user, la_int64_t n)
{
    Members *it = user;
    (void)archive;
    guint64 passed = MIN((guint64)MAX(n, 0), it->size - it->at);
    it->at += passed;
    return (la_int64_t)passed;
}

static la_int64_t seek_to(struct archive *archive, void *user, la_int64_t offset, int whence)
{
    Members *it = user;
    (void)archive;
    gint64 from = whence == SEEK_CUR ? (gint64)it->at : whence == SEEK_END ? (gint64)it->size : 0;
    if (offset > G_MAXINT64 - from || from + offset < 0 || (guint64)(from + offset) > it->size)
        return ARCHIVE_FATAL;
    it->at = it->told = (guint64)(from + offset);
    return from + offset;
}

static Span look_at_front(int file, char *bytes, gsize n)
{
    gssize got = pread(file, bytes, n, 0);
    return (Span){bytes, got > 0 ? (gsize)got : 0};
}

static gboolean open_reader(Members *it)
{
    Span front = look_at_front(it->file, it->bytes, 512);
    it->archive = archive_reader(archive_is_compressed(front));
    if (!it->archive)
        return FALSE;
    archive_read_set_read_callback(it->archive, give_bytes);
    archive_read_set_skip_callback(it->archive, pass_bytes);
    archive_read_set_seek_callback(it->archive, seek_to);
    archive_read_set_callback_data(it->archive, it);
    return archive_read_open1(it->archive) == ARCHIVE_OK;
}

/* --- names ------------------------------------------------------------------------------------------------- */

/* "Inbox/mails.mbox.gz" without folders and ending. */
static char *name_alone(const char *path)
{
    char *name = g_path_get_basename(path), *dot = strrchr(name, '.');
    if (dot && dot > name)
        *dot = 0;
    return name;
}

static void add_step(GString *name, const char *from, const char *to)
{
    if (from == to || (to - from == 1 && *from == '.'))
        return;
    if (name->len)
        g_string_append_c(name, '/');
    if (to - from == 2 && from[0] == '.' && from[1] == '.') {
        g_string_append(name, "__");
        return;
    }
    for (const char *p = from; p < to; p++)
        g_string_append_c(name, (guint8)*p < ' ' || *p == 0x7f ? '_' : *p);
}

static void clean_name(GString *name, Span found)
{
    const char *from = found.p, *end = found.p + MIN(found.n, LIMIT_ARCHIVE_NAME_BYTES);
    g_string_truncate(name, 0);
    for (const char *p = from; p <= end; p++)
        if (p == end || *p == '/' || *p == '\\' || !*p) {
            add_step(name, from, p);
            from = p + 1;
        }
    if (!name->len)
        g_string_assign(name, "unnamed");
}

/* The first of name, name#2, name#3 … that is free. */
static void make_unique(Members *it)
{
    gsize n = it->name->len;
    g_autofree char *plain = g_strdup(it->name->str);
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(it->names, plain));
    for (number = MAX(number, 1); g_hash_table_contains(it->names, it->name->str); number++) {
        g_string_truncate(it->name, n);
        g_string_append_printf(it->name, "#%u", number + 1);
    }
    g_hash_table_replace(it->names, g_steal_pointer(&plain), GUINT_TO_POINTER(number));
    g_hash_table_insert(it->names, g_strdup(it->name->str), GUINT_TO_POINTER(1));
}

static void name_member(Members *it, struct archive_entry *entry)
{
    Span found = SPAN_OF("");
    scratch_reset(&it->decoded);
    if (archive_format(it->archive) == ARCHIVE_FORMAT_RAW)
        found = span_of_string(it->alone);
    else if (!archive_name(it->charsets, entry, &it->decoded, &found))
        found = SPAN_OF("");
    clean_name(it->name, found);
    make_unique(it);
}

/* --- members ------------------------------------------------------------------------------------------------- */

Members *members_open(int file, guint64 size, const char *path, Charsets *charsets,
                      void (*busy)(void *user, guint64 taken), void *user)
{
    Members *it = g_new0(Members, 1);
    it->file = file;
    it->size = size;
    it->charsets = charsets;
    it->busy = busy;
    it->user = user;
    it->alone = name_alone(path);
    it->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    it->name = g_string_new(NULL);
    it->end = open_reader(it) ? NULL : "archive-damaged";
    return it;
}

void members_close(Members *it)
{
    archive_read_free(it->archive);
    g_free(it->alone);
    g_hash_table_unref(it->names);
    g_string_free(it->name, TRUE);
    scratch_clear(&it->decoded);
    g_free(it);
}

static const char *why_not(struct archive_entry *entry)
{
    if (archive_entry_is_encrypted(entry) > 0)
        return "encrypted";
    gboolean regular = archive_entry_filetype(entry) == AE_IFREG || archive_entry_filetype(entry) == 0;
    return regular && !archive_entry_hardlink(entry) ? NULL : "not-regular";
}

static gboolean take_entry(Members *it, struct archive_entry *entry, Member *member)
{
    /* One that holds something all the same is no file either, and said to be none. */
    gboolean folder = archive_entry_filetype(entry) == AE_IFDIR;
    if (folder && (!archive_entry_size_is_set(entry) || archive_entry_size(entry) <= 0))
        return FALSE;
    it->count++;
    name_member(it, entry);
    it->block = SPAN_NONE;
    it->hole = it->given = 0;
    it->wrong = FALSE;
    *member = (Member){.name = it->name->str, .reason = why_not(entry)};
    if (archive_entry_size_is_set(entry))
        member->size = (guint64)MAX(archive_entry_size(entry), 0);
    if (archive_entry_mtime_is_set(entry))
        member->mtime = (gint64)CLAMP(archive_entry_mtime(entry), 0, G_MAXINT32) * G_USEC_PER_SEC;
    return TRUE;
}

gboolean members_next(Members *it, Member *member)
{
    struct archive_entry *entry;
    while (!it->end) {
        int result = archive_read_next_header(it->archive, &entry);
        it->damaged |= result == ARCHIVE_RETRY;
        if (result == ARCHIVE_RETRY)
            continue;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
            gboolean locked = archive_read_has_encrypted_entries(it->archive) == 1 && !it->count;
            it->end = locked ? "encrypted" : result == ARCHIVE_EOF ? "" : "archive-damaged";
        } else if (it->count >= LIMIT_ARCHIVE_MEMBERS) {
            it->end = "too-many-entries";
        } else if (take_entry(it, entry, member)) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean members_are_apart(const Members *it)
{
    return (archive_format(it->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP &&
           archive_filter_code(it->archive, 0) == ARCHIVE_FILTER_NONE;
}

gboolean members_are_alone(const Members *it)
{
    return archive_format(it->archive) == ARCHIVE_FORMAT_RAW;
}

const char *members_end(const Members *it)
{
    if (it->end && *it->end)
        return it->end;
    return it->damaged ? "archive-damaged" : NULL;
}

/* Whether there is anything but zeros in so many bytes at the end. */
static gboolean has_rest(Members *it, guint64 n)
{
    for (guint64 at = it->size - n; at < it->size;) {
        gssize got = pread(it->file, it->bytes, READ_BYTES, (off_t)at);
        if (got <= 0)
            return TRUE;
        for (gssize i = 0; i < got; i++)
            if (it->bytes[i])
                return TRUE;
        at += (guint64)got;
    }
    return FALSE;
}

static guint32 little(const char *p)
{
    guint32 value;
    memcpy(&value, p, sizeof value);
    return GUINT32_FROM_LE(value);
}

/* Bytes before the first byte that the list of a zip counts from: its end says how long the list is, and where it
 * begins (APPNOTE.TXT 4.3.16). 0 where that is not to be told. */
static guint64 before_zip(const Members *it)
{
    const gsize least = 22, most = least + G_MAXUINT16;
    gsize n = (gsize)MIN(it->size, most);
    g_autofree char *bytes = g_malloc(n + 1);
    if (n < least || pread(it->file, bytes, n, (off_t)(it->size - n)) != (gssize)n)
        return 0;
    for (gsize at = n - least + 1; at-- > 0;) {
        if (memcmp(bytes + at, "PK\5\6", 4) != 0)
            continue;
        guint64 list = little(bytes + at + 12), begins = little(bytes + at + 16), end = it->size - n + at;
        return begins != G_MAXUINT32 && list + begins < end ? end - list - begins : 0;
    }
    return 0;
}

guint64 members_rest(Members *it)
{
    if (!it->end || *it->end || !it->count)
        return 0;
    if (members_are_apart(it))
        return before_zip(it);
    guint64 taken = (guint64)MAX(archive_filter_bytes(it->archive, -1), 0);
    guint64 rest = taken < it->size ? it->size - taken : 0;
    return rest && has_rest(it, rest) ? rest : 0;
}

const char *members_why(const Members *it)
{
    const char *said = archive_error_string(it->archive);
    return said && strstr(said, "nsupported") ? "method-not-read" : "archive-damaged";
}

/* By blocks, since archive_read_data forgets what came before a wrong sum; the block that ends with one is given too.
 * FALSE at the end. */
static gboolean next_block(Members *it)
{
    const void *bytes = NULL;
    size_t n = 0;
    la_int64_t at = 0;
    int result = archive_read_data_block(it->archive, &bytes, &n, &at);
    gboolean some = result == ARCHIVE_OK || (result == ARCHIVE_WARN && bytes);
    it->wrong = result != ARCHIVE_OK && result != ARCHIVE_EOF;
    it->block = some ? (Span){bytes, n} : SPAN_NONE;
    it->hole = some && (guint64)MAX(at, 0) > it->given ? (guint64)at - it->given : 0;
    return result == ARCHIVE_OK || it->block.n;
}

gssize members_read(Members *it, char *bytes, gsize n)
{
    while (!it->block.n && !it->hole)
        if (it->wrong || !next_block(it))
            return it->wrong ? -1 : 0;
    gsize got = MIN(n, it->hole ? it->hole : it->block.n);
    if (it->hole) {
        memset(bytes, 0, got);
        it->hole -= got;
    } else {
        memcpy(bytes, it->block.p, got);
        it->block = (Span){it->block.p + got, it->block.n - got};
    }
    it->given += got;
    return (gssize)got;
}

gboolean members_are_document(int file, guint64 size, Charsets *charsets)
{
    static const char *const signs[] = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", NULL};
    g_autoptr(Members) members = members_open(file, size, "", charsets, NULL, NULL);
    Member member;
    for (guint i = 0; i < DOCUMENT_LOOK && members_next(members, &member); i++)
        if (g_strv_contains(signs, member.name))
            return TRUE;
    return FALSE;
}

gboolean members_are_too_large(guint64 archive, guint64 unpacked)
{
    return unpacked > LIMIT_ARCHIVE_FREE_BYTES &&
           (unpacked - LIMIT_ARCHIVE_FREE_BYTES) / LIMIT_ARCHIVE_RATIO > archive;
}
