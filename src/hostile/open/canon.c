/* canon.c - the canonical bytes of a message and the hashes of both forms. */
#include "hostile/open/canon.h"

#include "hostile/open/rewrite.h"
#include "hostile/open/seek.h"
#include "lib/error.h"

gboolean hashing_init(Hashing *hashing, GError **error)
{
    *hashing = (Hashing){EVP_MD_fetch(NULL, "SHA2-256", NULL), EVP_MD_CTX_new(), EVP_MD_CTX_new()};
    if (hashing->sha256 && hashing->one && hashing->other)
        return TRUE;
    hashing_clear(hashing);
    return error_set(error, CANDOR_ERROR_BUG,
                     "OpenSSL offers no SHA-256; check its configuration (openssl.cnf)");
}

void hashing_clear(Hashing *hashing)
{
    EVP_MD_free(hashing->sha256);
    EVP_MD_CTX_free(hashing->one);
    EVP_MD_CTX_free(hashing->other);
    *hashing = (Hashing){0};
}

static void begin(const Hashing *hashing, EVP_MD_CTX *context)
{
    EVP_DigestInit_ex2(context, hashing->sha256, NULL);
}

void hash_bytes(Hashing *hashing, Span bytes, guint8 digest[DIGEST_BYTES])
{
    begin(hashing, hashing->one);
    EVP_DigestUpdate(hashing->one, bytes.p, bytes.n);
    EVP_DigestFinal_ex(hashing->one, digest, NULL);
}

static void key_of(Hashing *hashing, const guint8 canonical_sha256[DIGEST_BYTES], guint8 key[DIGEST_BYTES])
{
    guint8 named[sizeof CONTENT_FORM + DIGEST_BYTES];
    memcpy(named, CONTENT_FORM "\n", sizeof CONTENT_FORM);
    memcpy(named + sizeof CONTENT_FORM, canonical_sha256, DIGEST_BYTES);
    hash_bytes(hashing, (Span){(const char *)named, sizeof named}, key);
}

/* One pass for both forms, which differ in their trailing newlines at most. `core`: bytes before those. */
static void hash_both(Hashing *hashing, Span found, gsize core, guint8 found_sha256[DIGEST_BYTES],
                      guint8 canonical_sha256[DIGEST_BYTES])
{
    begin(hashing, hashing->one);
    if (found.n == core + 1) {
        EVP_DigestUpdate(hashing->one, found.p, found.n);
        EVP_DigestFinal_ex(hashing->one, found_sha256, NULL);
        memcpy(canonical_sha256, found_sha256, DIGEST_BYTES);
        return;
    }
    EVP_DigestUpdate(hashing->one, found.p, core);
    EVP_MD_CTX_copy_ex(hashing->other, hashing->one);
    EVP_DigestUpdate(hashing->other, "\n", 1);
    EVP_DigestFinal_ex(hashing->other, canonical_sha256, NULL);
    EVP_DigestUpdate(hashing->one, found.p + core, found.n - core);
    EVP_DigestFinal_ex(hashing->one, found_sha256, NULL);
}

static void keep_place(char *found, gsize n, Canon *canon)
{
    *canon = (Canon){.spare = found + n, .saved = found[n]};
}

static guint64 line_end_defects(const Rewriter *rewriter)
{
    guint kinds = (guint)rewriter->saw_lf + (guint)rewriter->saw_crlf + (guint)rewriter->saw_lone_cr;
    return kinds > 1 ? DEFECT_MIXED_LINE_ENDS : 0;
}

static void rewrite_in_place(char *found, gsize n, Canon *canon)
{
    Rewriter rewriter = {.out = found,
                         .room = n + 1,
                         .at_line_start = TRUE,
                         .lone_cr_ends_line = memchr(found, '\n', n) == NULL};
    gsize skip = rewrite_envelope((Span){found, n});
    rewrite_piece(&rewriter, (Span){found + skip, n - skip});
    rewrite_end(&rewriter);
    canon->canonical = (Span){found, rewriter.used};
    canon->size = rewriter.used;
    canon->defects = line_end_defects(&rewriter);
}

void canon_rewrite(char *found, gsize n, Canon *canon)
{
    keep_place(found, n, canon);
    rewrite_in_place(found, n, canon);
}

void canon_make(Hashing *hashing, char *found, gsize n, gboolean quoted, Canon *canon)
{
    keep_place(found, n, canon);
    guint8 canonical_sha256[DIGEST_BYTES];
    if (quoted || memchr(found, '\r', n) || rewrite_envelope((Span){found, n}) > 0) {
        hash_bytes(hashing, (Span){found, n}, canon->found_sha256);
        rewrite_in_place(found, n, canon);
        hash_bytes(hashing, canon->canonical, canonical_sha256);
    } else {
        gsize core = n;
        while (core && found[core - 1] == '\n')
            core--;
        hash_both(hashing, (Span){found, n}, core, canon->found_sha256, canonical_sha256);
        found[core] = '\n';
        canon->canonical = (Span){found, core + 1};
        canon->size = core + 1;
    }
    key_of(hashing, canonical_sha256, canon->key);
}

void canon_done(Canon *canon)
{
    *canon->spare = canon->saved;
}

struct CanonStream {
    Hashing *hashing;
    Rewriter rewriter;
    gboolean begun;
    guint64 size;
    char out[64 << 10];
};

static void hash_canonical(Rewriter *rewriter)
{
    CanonStream *stream = rewriter->user;
    EVP_DigestUpdate(stream->hashing->other, rewriter->out, rewriter->used);
    stream->size += rewriter->used;
    rewriter->used = 0;
}

CanonStream *canon_stream_new(Hashing *hashing, gboolean lone_cr_ends_line)
{
    CanonStream *stream = g_try_new0(CanonStream, 1);
    if (!stream)
        return NULL;
    stream->hashing = hashing;
    stream->rewriter = (Rewriter){.out = stream->out,
                                  .room = sizeof stream->out,
                                  .drain = hash_canonical,
                                  .user = stream,
                                  .at_line_start = TRUE,
                                  .lone_cr_ends_line = lone_cr_ends_line};
    begin(hashing, hashing->one);
    begin(hashing, hashing->other);
    return stream;
}

void canon_stream_feed(CanonStream *stream, Span piece)
{
    EVP_DigestUpdate(stream->hashing->one, piece.p, piece.n);
    gsize skip = stream->begun ? 0 : rewrite_envelope(piece);
    stream->begun = TRUE;
    rewrite_piece(&stream->rewriter, (Span){piece.p + skip, piece.n - skip});
}

void canon_stream_end(CanonStream *stream, Canon *canon)
{
    guint8 canonical_sha256[DIGEST_BYTES];
    rewrite_end(&stream->rewriter);
    hash_canonical(&stream->rewriter);
    EVP_DigestFinal_ex(stream->hashing->one, canon->found_sha256, NULL);
    EVP_DigestFinal_ex(stream->hashing->other, canonical_sha256, NULL);
    key_of(stream->hashing, canonical_sha256, canon->key);
    canon->size = stream->size;
    canon->defects = line_end_defects(&stream->rewriter);
    g_free(stream);
}
