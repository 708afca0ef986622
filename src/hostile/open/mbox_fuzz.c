/* mbox_fuzz.c - any bytes split into pieces that cover them, and canonical bytes are canonical for good. */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "hostile/limits.h"
#include "hostile/open/mbox.h"

int LLVMFuzzerTestOneInput(const guint8 *data, size_t n);

static void check_canonical(Hashing *hashing, const MboxPiece *piece)
{
    Canon once, twice;
    g_autofree char *copy = g_malloc(piece->held + 2);
    memcpy(copy, piece->bytes, piece->held);
    canon_make(hashing, copy, piece->held, piece->quoted, &once);
    gsize size = once.canonical.n;
    g_autofree char *again = g_malloc(size + 1);
    memcpy(again, once.canonical.p, size);
    canon_make(hashing, again, size, TRUE, &twice);
    if (twice.canonical.n != size || memcmp(twice.canonical.p, once.canonical.p, size) != 0 ||
        memcmp(once.key, twice.key, DIGEST_BYTES) != 0)
        abort();
    if (piece->too_long)
        return;
    CanonStream *stream = canon_stream_new(hashing, memchr(piece->bytes, '\n', piece->held) == NULL);
    canon_stream_feed(stream, (Span){piece->bytes, piece->held});
    canon_stream_end(stream, &twice);
    if (memcmp(once.key, twice.key, DIGEST_BYTES) != 0 ||
        memcmp(once.found_sha256, twice.found_sha256, DIGEST_BYTES) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const guint8 *data, size_t n)
{
    static Hashing hashing;
    if (!hashing.sha256 && !hashing_init(&hashing, NULL))
        return 0;
    int file = memfd_create("mail", MFD_CLOEXEC);
    if (write(file, data, n) != (gssize)n)
        abort();
    Mbox mbox;
    MboxPiece piece = {.kind = n ? MBOX_MESSAGE : MBOX_END};
    guint64 covered = 0;
    mbox_init(&mbox, &hashing, LIMIT_MESSAGE_BYTES);
    mbox_turn(&mbox, file, 0, n);
    while (piece.kind != MBOX_END) {
        mbox_next(&mbox, &piece);
        covered += piece.between.n + (piece.kind == MBOX_END ? 0 : piece.length);
        if (piece.kind == MBOX_MESSAGE)
            check_canonical(&hashing, &piece);
    }
    if (covered != n)
        abort();
    mbox_clear(&mbox);
    close(file);
    return 0;
}
