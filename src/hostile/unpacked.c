/* unpacked.c - inside the box of an unpacker. */
#include "hostile/unpacked.h"

#include "hostile/archive/member.h"
#include "hostile/frame.h"
#include "lib/box.h"

static void say(UnpackedKind kind, Span bytes, const char *reason)
{
    UnpackedHead head = {.kind = kind, .n = (guint32)bytes.n};
    g_strlcpy(head.reason, reason ? reason : "", sizeof head.reason);
    frame_write_out(BOX_OUT, (const char *)&head, sizeof head);
    frame_write_out(BOX_OUT, bytes.p, bytes.n);
}

static void say_busy(void *user, guint64 taken)
{
    (void)user;
    (void)taken;
    say(UNPACKED_BUSY, SPAN_NONE, NULL);
}

/* *total: what was unpacked so far. */
static void give(const UnpackWork *work, Members *members, const Member *member, guint64 *total)
{
    g_autofree char *bytes = g_malloc(UNPACKED_MOST_BYTES);
    const char *reason = member->reason;
    gssize got = 1;
    while (got > 0 && !reason) {
        got = members_read(members, bytes, UNPACKED_MOST_BYTES);
        *total += got > 0 ? (guint64)got : 0;
        reason = got < 0 ? "archive-damaged" : members_are_too_large(work->size, *total) ? "zip-bomb" : NULL;
        if (got > 0 && !reason)
            say(UNPACKED_BYTES, (Span){bytes, (gsize)got}, NULL);
    }
    say(UNPACKED_END, SPAN_NONE, reason);
}

void unpacked_run(gconstpointer data)
{
    const UnpackWork *work = data;
    g_autoptr(Members) members = members_open(BOX_IN, work->size, work->path, work->charsets, say_busy, NULL);
    guint next = work->from;
    guint64 total = 0;
    Member member;
    while (next < work->names->len && members_next(members, &member)) {
        if (!g_str_equal(member.name, work->names->pdata[next]))
            continue;
        give(work, members, &member, &total);
        next++;
    }
    if (next < work->names->len)
        say(UNPACKED_MISSING, SPAN_NONE, members_end(members));
}
