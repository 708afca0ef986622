/* release.h - the sealed file in which a customer is given what is its own (doc/release-format.md).
 *
 * A head that names format, suite, key and customer; then chunks of equal size, each sealed under the customer's key
 * for its place, so that none can be left out, moved or taken from another release.  Inside stand the bytes of all
 * objects, behind them the manifest, and last where that begins.  The same content under the same key makes the same
 * file. */
#pragma once
#include "lib/seal.h"
#include "lib/error.h"

#define RELEASE_FORMAT 1
/* Bytes of a chunk before it is sealed: what a reader of one object opens besides. */
#define RELEASE_CHUNK_BYTES (64UL << 10)
/* The name of the branch of the case's keys that is this customer's; g_free. */
char *release_branch(const char *customer);

typedef struct ReleaseWriter ReleaseWriter;
/* Begin a file at `path` (written over), mode 0600. `keys` are the customer's and must outlive the writer. */
ReleaseWriter *release_writer_new(const char *path, const char *customer, const CaseKeys *keys,
                                  GError **error);
/* Append the bytes of an object; *offset says where they lie. */
gboolean release_writer_add(ReleaseWriter *writer, Span bytes, guint64 *offset, GError **error);
/* Write the manifest and sync the file. sha256: of the whole file, in hex. */
gboolean release_writer_finish(ReleaseWriter *writer, Span manifest, char sha256[65], GError **error);
/* A file that was not finished is removed. */
void release_writer_free(ReleaseWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReleaseWriter, release_writer_free)

typedef struct Release Release;
/* Open and check head, size, last chunk and manifest. DENIED for another's key or a changed file, FORMAT for what is no
 * release, IO. */
Release *release_open(const char *path, const CaseKeys *keys, GError **error);
void release_close(Release *release);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Release, release_close)
const char *release_customer(const Release *release);
/* Rows, a line each; belongs to the release. */
Span release_manifest(const Release *release);
/* The bytes of an object; DENIED when its chunks were changed. g_byte_array_unref. */
GByteArray *release_read(Release *release, guint64 offset, guint64 n, GError **error);
