/* escape_deeds.c - what a captured reader might do without asking: use up, fall over, lie; one function each. */
#include "hostile/escape_attacks.h"

#include <linux/futex.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "hostile/frame.h"
#include "lib/box.h"

/* --- using up --- */
static gboolean sleep_for_ever(Mischief *mischief)
{
    (void)mischief;
    return syscall(SYS_nanosleep, &(struct timespec){.tv_sec = 1000000}, NULL) == 0;
}

static gboolean take_memory(Mischief *mischief)
{
    (void)mischief;
    char *memory = RUNNING_UNDER_SANITIZER ? NULL : malloc(2UL << 30);
    if (memory)
        memory[0] = 1;
    return memory != NULL;
}

static gboolean loop_for_ever(Mischief *mischief)
{
    (void)mischief;
    for (volatile guint64 i = 1; i; i++)
        continue;
    return TRUE;
}

static gboolean wait_for_ever(Mischief *mischief)
{
    (void)mischief;
    guint32 word = 0;
    while (word == 0)
        syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL, NULL, 0);
    return TRUE;
}

static gboolean write_to_null(Mischief *mischief)
{
    (void)mischief;
    volatile guintptr nowhere = 8;
    *(volatile char *)nowhere = 1;
    return TRUE;
}

static guint64 dig(guint64 depth)
{
    volatile guint64 room[8192] = {0};
    room[depth % G_N_ELEMENTS(room)] = 1;
    return room[0] + (depth ? dig(depth - 1) + room[1] : 0);
}

static gboolean overflow_stack(Mischief *mischief)
{
    (void)mischief;
    return dig(G_MAXUINT64) > 0;
}

static gboolean abort_itself(Mischief *mischief)
{
    (void)mischief;
    abort();
}

static gboolean leave_early(Mischief *mischief)
{
    (void)mischief;
    _exit(0);
}

static gboolean close_output(Mischief *mischief)
{
    (void)mischief;
    close(BOX_OUT);
    _exit(0);
}

/* --- lies --- */
static gboolean write_and_wait(const void *bytes, gsize n)
{
    (void)!write(BOX_OUT, bytes, n);
    return loop_for_ever(NULL);
}

static gboolean write_giant_frame(Mischief *mischief)
{
    (void)mischief;
    return write_and_wait(&(FrameHead){.rows = G_MAXUINT32}, sizeof(FrameHead));
}

static gboolean write_garbage(Mischief *mischief)
{
    (void)mischief;
    char page[4096];
    memset(page, 0xa5, sizeof page);
    return write_and_wait(page, sizeof page);
}

static gboolean write_empty_frames(Mischief *mischief)
{
    FrameHead head = {.item = mischief->group->item, .start = mischief->group->offset};
    while (write(BOX_OUT, &head, sizeof head) > 0)
        continue;
    return TRUE;
}

static gboolean lie_about_place(Mischief *mischief)
{
    mischief->head->offset += 1UL << 40;
    return FALSE;
}

static gboolean lie_about_item(Mischief *mischief)
{
    mischief->head->item++;
    return FALSE;
}

static gboolean lie_about_length(Mischief *mischief)
{
    mischief->head->length--;
    return FALSE;
}

static gboolean repeat_a_message(Mischief *mischief)
{
    mischief->head->sequence--;
    return FALSE;
}

static gboolean leave_out_a_message(Mischief *mischief)
{
    mischief->head->sequence++;
    return FALSE;
}

static gboolean lie_about_sum(Mischief *mischief)
{
    mischief->group->sums.read++;
    return FALSE;
}

static gboolean lie_about_rows(Mischief *mischief)
{
    mischief->group->sums.rows++;
    return FALSE;
}

static gboolean lie_about_hash(Mischief *mischief)
{
    mischief->head->sha256[0] ^= 1;
    return FALSE;
}

static gboolean write_foreign_rows(Mischief *mischief)
{
    row_buffer_append(&mischief->group->body, SPAN_OF("D\t1\t0\t0\t0\t0\t00\n"));
    mischief->group->sums.rows++;
    return FALSE;
}

static const NamedAttack deeds[] = {
    NAMED(sleep_for_ever), NAMED(take_memory),       NAMED(loop_for_ever), NAMED(wait_for_ever),
    NAMED(write_to_null),  NAMED(overflow_stack),    NAMED(abort_itself),  NAMED(leave_early),
    NAMED(close_output),   NAMED(write_giant_frame), NAMED(write_garbage),
};
const Attacks escape_deeds = {G_N_ELEMENTS(deeds), deeds};

static const NamedAttack lies[] = {
    NAMED(write_empty_frames), NAMED(lie_about_place),     NAMED(lie_about_item), NAMED(lie_about_length),
    NAMED(repeat_a_message),   NAMED(leave_out_a_message), NAMED(lie_about_sum),  NAMED(lie_about_rows),
    NAMED(lie_about_hash),     NAMED(write_foreign_rows),
};
const Attacks escape_lies = {G_N_ELEMENTS(lies), lies};
