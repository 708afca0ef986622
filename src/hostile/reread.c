/* reread.c - a message that was read before, read again at its place. */
#include "hostile/reread.h"

#include <unistd.h>
#include "hostile/file_form.h"
#include "hostile/limits.h"
#include "hostile/stored_item.h"

static gboolean reread_item(Boxed *boxed, const RereadPlace *at, const guint8 *sha256, const ReaderSink *sink,
                            void *user)
{
    g_auto(StoredItem) stored = {0};
    const char *reason = NULL;
    const Tools *tools = boxed->job->tools;
    PstPlace place = {.place = at->start};
    MessageRow head = {0};
    Pst *pst = stored_pst(boxed, at->item, at->file, &reason);
    if (!pst || !stored_item_read(boxed, pst, &place, &stored, &reason) ||
        (sha256 && memcmp(stored.sha256, sha256, DIGEST_BYTES) != 0))
        return FALSE;
    tools->read(tools->reader, scratch_span(&stored.message), sink, user, &head);
    return TRUE;
}

/* Reads the bytes of [at, end) that there are into `bytes`; returns how many. */
static gsize read_bytes(int file, char *bytes, guint64 at, gsize n)
{
    gsize have = 0;
    gssize got;
    while (have < n && (got = pread(file, bytes + have, n - have, (off_t)(at + have))) > 0)
        have += (gsize)got;
    return have;
}

/* Whether the message is what it was: the bytes that were read of it, and those behind LIMIT_MESSAGE_BYTES. */
static gboolean is_as_it_was(const Hashing *hashing, const RereadPlace *place, Span read,
                             const guint8 sha256[DIGEST_BYTES])
{
    guint8 digest[DIGEST_BYTES];
    EVP_DigestInit_ex2(hashing->one, hashing->sha256, NULL);
    EVP_DigestUpdate(hashing->one, read.p, read.n);
    guint64 at = place->start + read.n;
    g_autofree char *more = at < place->end ? g_malloc(LIMIT_RELEASE_HASH_BYTES) : NULL;
    for (gsize got; at < place->end; at += got) {
        got = read_bytes(place->file, more, at, (gsize)MIN(LIMIT_RELEASE_HASH_BYTES, place->end - at));
        if (!got)
            return FALSE;
        EVP_DigestUpdate(hashing->one, more, got);
    }
    EVP_DigestFinal_ex(hashing->one, digest, NULL);
    return memcmp(digest, sha256, DIGEST_BYTES) == 0;
}

static gboolean read_form(Tools *tools, FileForm form, char *bytes, gsize n, const ReaderSink *sink,
                          void *user)
{
    g_auto(FormMessage) message = {0};
    MessageRow head = {0};
    if (!form_message_read(tools, form, bytes, n, &message))
        return FALSE;
    tools->read(tools->reader, message.canonical, sink, user, &head);
    return TRUE;
}

gboolean reread_message(Boxed *boxed, const RereadPlace *place, const guint8 *sha256, const ReaderSink *sink,
                        void *user)
{
    const JobItem *item = &g_array_index(boxed->job->items, JobItem, place->item);
    if (item->places)
        return reread_item(boxed, place, sha256, sink, user);
    Tools *tools = boxed->job->tools;
    gsize n = (gsize)MIN(place->end - place->start, LIMIT_MESSAGE_BYTES);
    g_autofree char *bytes = g_malloc(n + 1);
    gsize have = read_bytes(place->file, bytes, place->start, n);
    if (sha256 && !is_as_it_was(&tools->hashing, place, (Span){bytes, have}, sha256))
        return FALSE;
    FileForm form = item->single ? file_form((Span){bytes, have}) : FORM_MAIL;
    if (form != FORM_MAIL)
        return read_form(tools, form, bytes, have, sink, user) && have == n;
    MessageRow head = {0};
    Canon canon;
    canon_rewrite(bytes, have, &canon);
    tools->read(tools->reader, canon.canonical, sink, user, &head);
    return have == n;
}
