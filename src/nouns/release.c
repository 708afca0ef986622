/* release.c - the sealed file in which a customer is given what is its own. */
#include "nouns/release.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lib/row.h"

#define MAGIC "candor-release 1\n"
/* The last bytes inside: where the manifest begins, and its length; big-endian. */
#define TRAILER_BYTES 16
/* A customer's id has 64 bytes; suite and key check have less. */
#define HEAD_MOST_BYTES 512
/* A manifest of a million objects; what is larger is no release of ours. */
#define MANIFEST_MOST_BYTES (1UL << 30)

char *release_branch(const char *customer)
{
    return g_strconcat("customer ", customer, NULL);
}

/* For which place a chunk is sealed. */
static char *context_of(const char *customer, guint64 chunk, gboolean last)
{
    return g_strdup_printf("release %d %s %" G_GUINT64_FORMAT "%s", RELEASE_FORMAT, customer, chunk,
                           last ? " last" : "");
}

static char *head_of(const char *customer, const CaseKeys *keys)
{
    guint8 check[16];
    g_auto(RowBuffer) row = {.ceiling = HEAD_MOST_BYTES};
    case_keys_check_value(keys, check);
    row_begin(&row, 'R');
    row_put_string(&row, suite_name(case_keys_suite(keys)));
    row_put_hex(&row, check, sizeof check);
    row_put_string(&row, customer);
    row_end(&row);
    return g_strdup_printf(MAGIC "%.*s", (int)row.length, row.bytes);
}

/* --- writing --------------------------------------------------------------------------------------------------- */

struct ReleaseWriter {
    int file;
    char *path, *customer;
    const CaseKeys *keys;
    GChecksum *sum;
    guint8 *plain, *sealed; /* a chunk */
    gsize held;
    guint64 chunk, offset;
    gboolean finished;
};

static gboolean write_out(ReleaseWriter *writer, const void *bytes, gsize n, GError **error)
{
    g_checksum_update(writer->sum, bytes, (gssize)n);
    for (const char *at = bytes; n;) {
        gssize wrote = write(writer->file, at, n);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return error_set_errno(error, "release %s cannot be written", writer->path);
        at += wrote;
        n -= (gsize)wrote;
    }
    return TRUE;
}

static gboolean seal_chunk(ReleaseWriter *writer, gboolean last, GError **error)
{
    g_autofree char *context = context_of(writer->customer, writer->chunk++, last);
    gsize n = seal(writer->keys, context, (Span){(const char *)writer->plain, writer->held}, writer->sealed);
    writer->held = 0;
    return write_out(writer, writer->sealed, n, error);
}

void release_writer_free(ReleaseWriter *writer)
{
    if (!writer)
        return;
    if (writer->file >= 0)
        close(writer->file);
    if (writer->file >= 0 && !writer->finished)
        unlink(writer->path);
    g_checksum_free(writer->sum);
    g_free(writer->path);
    g_free(writer->customer);
    g_free(writer->plain);
    g_free(writer->sealed);
    g_free(writer);
}

ReleaseWriter *release_writer_new(const char *path, const char *customer, const CaseKeys *keys,
                                  GError **error)
{
    g_autoptr(ReleaseWriter) writer = g_new0(ReleaseWriter, 1);
    g_autofree char *head = head_of(customer, keys);
    writer->path = g_strdup(path);
    writer->customer = g_strdup(customer);
    writer->keys = keys;
    writer->sum = g_checksum_new(G_CHECKSUM_SHA256);
    writer->plain = g_malloc(RELEASE_CHUNK_BYTES);
    writer->sealed = g_malloc(RELEASE_CHUNK_BYTES + SEAL_OVERHEAD);
    writer->file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (writer->file < 0) {
        error_set_errno(error, "release %s cannot be made", path);
        return NULL;
    }
    return write_out(writer, head, strlen(head), error) ? g_steal_pointer(&writer) : NULL;
}

/* A chunk that is full is kept until more comes: only then is it known not to be the last. */
gboolean release_writer_add(ReleaseWriter *writer, Span bytes, guint64 *offset, GError **error)
{
    *offset = writer->offset;
    writer->offset += bytes.n;
    while (bytes.n) {
        if (writer->held == RELEASE_CHUNK_BYTES && !seal_chunk(writer, FALSE, error))
            return FALSE;
        gsize n = MIN(bytes.n, RELEASE_CHUNK_BYTES - writer->held);
        memcpy(writer->plain + writer->held, bytes.p, n);
        writer->held += n;
        bytes = (Span){bytes.p + n, bytes.n - n};
    }
    return TRUE;
}

gboolean release_writer_finish(ReleaseWriter *writer, Span manifest, char sha256[65], GError **error)
{
    guint64 at, unused;
    if (!release_writer_add(writer, manifest, &at, error))
        return FALSE;
    guint64 trailer[2] = {GUINT64_TO_BE(at), GUINT64_TO_BE((guint64)manifest.n)};
    if (!release_writer_add(writer, (Span){(const char *)trailer, sizeof trailer}, &unused, error) ||
        !seal_chunk(writer, TRUE, error))
        return FALSE;
    if (fsync(writer->file) != 0)
        return error_set_errno(error, "release %s cannot be synced", writer->path);
    g_strlcpy(sha256, g_checksum_get_string(writer->sum), 65);
    writer->finished = TRUE;
    return TRUE;
}

/* --- reading --------------------------------------------------------------------------------------------------- */

struct Release {
    int file;
    char *path, *customer;
    const CaseKeys *keys;
    guint64 head, size, chunks, inside; /* bytes of the head, of the file; chunks; bytes inside all of them */
    guint8 *sealed, *plain;
    GByteArray *manifest;
};

void release_close(Release *release)
{
    if (!release)
        return;
    if (release->file >= 0)
        close(release->file);
    g_free(release->path);
    g_free(release->customer);
    g_free(release->sealed);
    g_free(release->plain);
    g_clear_pointer(&release->manifest, g_byte_array_unref);
    g_free(release);
}

const char *release_customer(const Release *release)
{
    return release->customer;
}

Span release_manifest(const Release *release)
{
    return (Span){(const char *)release->manifest->data, release->manifest->len};
}

static gboolean is_none(const Release *release, GError **error)
{
    return error_set(error, CANDOR_ERROR_FORMAT, "%s is no release of format %d", release->path,
                     RELEASE_FORMAT);
}

static gsize sealed_bytes(const Release *release)
{
    return RELEASE_CHUNK_BYTES + seal_overhead(release->keys);
}

static gboolean read_head(Release *release, GError **error)
{
    char bytes[HEAD_MOST_BYTES];
    Row row;
    gssize n = pread(release->file, bytes, sizeof bytes, 0);
    gsize magic = strlen(MAGIC);
    char *line = bytes + magic;
    char *end =
        n > (gssize)magic && memcmp(bytes, MAGIC, magic) == 0 ? memchr(line, '\n', (gsize)n - magic) : NULL;
    if (!end)
        return is_none(release, error);
    release->head = (guint64)(end + 1 - bytes);
    if (!row_split(line, (gsize)(end - line), &row, NULL) || row.kind != 'R' || row.count != 3 ||
        !row.field[2].n)
        return is_none(release, error);
    release->customer = span_dup(row.field[2]);
    return TRUE;
}

/* The head is not sealed, but its every byte follows from customer and key. */
static gboolean is_of_key(const Release *release, GError **error)
{
    g_autofree char *head = head_of(release->customer, release->keys);
    char bytes[HEAD_MOST_BYTES];
    if (strlen(head) == release->head &&
        pread(release->file, bytes, release->head, 0) == (gssize)release->head &&
        memcmp(bytes, head, release->head) == 0)
        return TRUE;
    return error_set(error, CANDOR_ERROR_DENIED, "release %s, of customer %s, is of another key than this",
                     release->path, release->customer);
}

/* How many chunks there are, from the size: all but the last are whole. */
static gboolean measure(Release *release, GError **error)
{
    struct stat status;
    if (fstat(release->file, &status) != 0)
        return error_set_errno(error, "release %s cannot be read", release->path);
    release->size = (guint64)status.st_size;
    guint64 body = release->size - release->head, whole = sealed_bytes(release);
    release->chunks = (body + whole - 1) / whole;
    if (!release->chunks || body < release->chunks * seal_overhead(release->keys) + TRAILER_BYTES)
        return is_none(release, error);
    release->inside = body - release->chunks * seal_overhead(release->keys);
    return TRUE;
}

/* Open a chunk into release->plain; its length, or -1. */
static gssize open_chunk(Release *release, guint64 chunk, GError **error)
{
    guint64 at = release->head + chunk * sealed_bytes(release);
    gsize n = (gsize)MIN(sealed_bytes(release), release->size - at), have = 0;
    gssize got = 1;
    while (have < n && (got = pread(release->file, release->sealed + have, n - have, (off_t)(at + have))) > 0)
        have += (gsize)got;
    if (have < n) {
        error_set_errno(error, "release %s cannot be read", release->path);
        return -1;
    }
    g_autofree char *context = context_of(release->customer, chunk, chunk + 1 == release->chunks);
    return unseal(release->keys, context, (Span){(const char *)release->sealed, n}, release->plain, error);
}

GByteArray *release_read(Release *release, guint64 offset, guint64 n, GError **error)
{
    if (offset > release->inside || n > release->inside - offset) {
        is_none(release, error);
        return NULL;
    }
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    while (n) {
        gsize from = (gsize)(offset % RELEASE_CHUNK_BYTES);
        gssize held = open_chunk(release, offset / RELEASE_CHUNK_BYTES, error);
        if (held < 0)
            return NULL;
        if ((gsize)held <= from) {
            is_none(release, error);
            return NULL;
        }
        gsize taken = (gsize)MIN(n, (gsize)held - from);
        g_byte_array_append(bytes, release->plain + from, (guint)taken);
        offset += taken;
        n -= taken;
    }
    return g_steal_pointer(&bytes);
}

static gboolean read_manifest(Release *release, GError **error)
{
    g_autoptr(GByteArray) trailer =
        release_read(release, release->inside - TRAILER_BYTES, TRAILER_BYTES, error);
    guint64 place[2];
    if (!trailer)
        return FALSE;
    memcpy(place, trailer->data, sizeof place);
    guint64 at = GUINT64_FROM_BE(place[0]), n = GUINT64_FROM_BE(place[1]);
    if (n > MANIFEST_MOST_BYTES || at > release->inside || n != release->inside - TRAILER_BYTES - at)
        return is_none(release, error);
    release->manifest = release_read(release, at, n, error);
    return release->manifest != NULL;
}

Release *release_open(const char *path, const CaseKeys *keys, GError **error)
{
    g_autoptr(Release) release = g_new0(Release, 1);
    release->path = g_strdup(path);
    release->keys = keys;
    release->sealed = g_malloc(RELEASE_CHUNK_BYTES + SEAL_OVERHEAD);
    release->plain = g_malloc(RELEASE_CHUNK_BYTES + SEAL_OVERHEAD);
    release->file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (release->file < 0) {
        error_set_errno(error, "release %s cannot be opened", path);
        return NULL;
    }
    return read_head(release, error) && is_of_key(release, error) && measure(release, error) &&
                   read_manifest(release, error)
               ? g_steal_pointer(&release)
               : NULL;
}
