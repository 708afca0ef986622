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

gboolean reread_message(Boxed *boxed, const RereadPlace *place, const guint8 *sha256, const ReaderSink *sink,
                        void *user)
{
    const JobItem *item = &g_array_index(boxed->job->items, JobItem, place->item);
    if (item->places)
        return reread_item(boxed, place, sha256, sink, user);
    Tools *tools = boxed->job->tools;
    gsize have = 0, n = (gsize)MIN(place->end - place->start, LIMIT_MESSAGE_BYTES);
    g_autofree char *bytes = g_malloc(n + 1);
    gssize got;
    while (have < n && (got = pread(place->file, bytes + have, n - have, (off_t)(place->start + have))) > 0)
        have += (gsize)got;
    MessageRow head = {0};
    FileForm form = item->single ? file_form((Span){bytes, have}) : FORM_MAIL;
    if (form == FORM_MAIL) {
        Canon canon;
        canon_rewrite(bytes, have, &canon);
        tools->read(tools->reader, canon.canonical, sink, user, &head);
        return TRUE;
    }
    g_auto(FormMessage) message = {0};
    if (form_message_read(tools, form, bytes, have, &message))
        tools->read(tools->reader, message.canonical, sink, user, &head);
    return TRUE;
}
