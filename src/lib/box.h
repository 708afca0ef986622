/* box.h - the box around whoever touches outside bytes.
 *
 * The floor: every descriptor closed but those named, no_new_privs, rlimits (no file may grow, no process,
 * no core, bounded memory), and a seccomp allow-list of calls that compute, read the descriptors handed over and
 * write the pipe.  Without the floor the box refuses to start.  Above it, where the kernel gives them: user,
 * network, mount, IPC, UTS namespaces and landlock.  The level reached is recorded with the run. */
#pragma once
#include <glib.h>

typedef enum {
    BOX_SECCOMP = 1 << 0,
    BOX_NO_NEW_PRIVS = 1 << 1,
    BOX_RLIMITS = 1 << 2,
    BOX_USER_NAMESPACE = 1 << 3,
    BOX_NET_NAMESPACE = 1 << 4,
    BOX_MOUNT_NAMESPACE = 1 << 5,
    BOX_IPC_NAMESPACE = 1 << 6,
    BOX_LANDLOCK = 1 << 7,
} BoxLevel;
#define BOX_FLOOR (BOX_SECCOMP | BOX_NO_NEW_PRIVS | BOX_RLIMITS)

typedef enum {
    BOX_READER,    /* pread of descriptors received over one socket (recvmsg), write to one pipe */
    BOX_CONVERTER, /* read of stdin-like descriptor, write to one pipe                            */
} BoxKind;

typedef struct {
    BoxKind kind;
    const int *keep;       /* descriptors that stay open */
    guint keep_count;
    gsize address_space;   /* RLIMIT_AS, bytes            */
    guint cpu_seconds;     /* RLIMIT_CPU, whole box; 0 = unbounded (the feeder watches per message) */
} BoxPlan;

/* Make whatever must exist before the first box (compiled filter). Once per process. */
gboolean box_prepare(GError **error);
/* Enter, in the freshly forked child. *level says what was reached. FALSE when the floor was not: the caller exits. */
gboolean box_enter(const BoxPlan *plan, guint *level, GError **error);
/* "seccomp,no-new-privs,rlimits,…"; g_free. */
char *box_level_names(guint level);
