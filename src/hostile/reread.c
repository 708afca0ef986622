/* reread.c - a message that was read before, read again at its place. */
#include "hostile/reread.h"

#include <unistd.h>
#include "hostile/limits.h"

void reread_message(Tools *tools, int file, guint64 start, guint64 end, const ReaderSink *sink, void *user)
{
    gsize have = 0, n = (gsize)MIN(end - start, LIMIT_MESSAGE_BYTES);
    g_autofree char *bytes = g_malloc(n + 1);
    gssize got;
    while (have < n && (got = pread(file, bytes + have, n - have, (off_t)(start + have))) > 0)
        have += (gsize)got;
    Canon canon;
    MessageRow head = {0};
    canon_rewrite(bytes, have, &canon);
    tools->read(tools->reader, canon.canonical, sink, user, &head);
}
