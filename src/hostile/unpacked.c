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
        reason = got < 0                                     ? members_why(members)
                 : members_are_too_large(work->size, *total) ? "zip-bomb"
                                                             : NULL;
        if (got > 0 && !reason)
            say(UNPACKED_BYTES, (Span){bytes, (gsize)got}, NULL);
    }
    say(UNPACKED_END, SPAN_NONE, reason);
}

static void give_all(const UnpackWork *work, Members *members, Member *member)
{
    guint64 total = 0;
    say(UNPACKED_ALL, SPAN_NONE, NULL);
    do {
        const char *name = members_are_alone(members) ? work->names->pdata[0] : member->name;
        say(UNPACKED_NAME, span_of_string(name), NULL);
        give(work, members, member, &total);
    } while (members_next(members, member));
}

/* FALSE when the last of them is not there. */
static gboolean give_wanted(const UnpackWork *work, Members *members, Member *member)
{
    guint64 total = 0;
    guint next = 0;
    do
        if (g_str_equal(member->name, work->names->pdata[next])) {
            give(work, members, member, &total);
            next++;
        }
    while (next < work->names->len && members_next(members, member));
    return next == work->names->len;
}

void unpacked_run(gconstpointer data)
{
    const UnpackWork *work = data;
    g_autoptr(Members) members = members_open(BOX_IN, work->size, work->path, work->charsets, say_busy, NULL);
    Member member;
    if (members_next(members, &member)) {
        if (!members_are_apart(members))
            give_all(work, members, &member);
        else if (give_wanted(work, members, &member))
            return;
    }
    say(UNPACKED_MISSING, SPAN_NONE, members_end(members));
}
