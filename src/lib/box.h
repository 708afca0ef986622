/* box.h - the box around whoever touches outside bytes.
 *
 * The floor: two descriptors and no more, no_new_privs, no capabilities, rlimits (no file may grow, no process,
 * no core, bounded memory), and a seccomp allow-list of calls that compute, read the descriptors handed over and
 * write one pipe; every other call ends the process.  Without the floor the box refuses to start.  Above it,
 * where the kernel gives them: user, network, mount (an empty root), IPC and UTS namespaces, and landlock
 * without a rule.  The level reached is recorded with the run.  doc/privsep.md goes through it layer by layer.
 *
 * What libraries open by habit must be warmed up before: a box opens nothing.  With CANDOR_BOX_TRACE=1 in the
 * environment at box_prepare, the first refused call writes its number to the trace pipe before the end. */
#pragma once
#include <glib.h>
#include <sys/types.h>

/* A sanitizer maps terabytes: under one there is no ceiling on memory. */
#if defined(__SANITIZE_ADDRESS__)
#define RUNNING_UNDER_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RUNNING_UNDER_SANITIZER 1
#endif
#endif
#ifndef RUNNING_UNDER_SANITIZER
#define RUNNING_UNDER_SANITIZER 0
#endif

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
    BOX_READER,    /* recvmsg from BOX_IN, pread of what came with it, write to BOX_OUT */
    BOX_CONVERTER, /* read and pread of BOX_IN, write to BOX_OUT; nothing is received   */
    BOX_KIND_COUNT
} BoxKind;

/* The descriptors inside. The filter names them by number. */
#define BOX_IN 0
#define BOX_OUT 1
#define BOX_TRACE 2
/* Descriptors that a reader may hold at once beside those: a batch of files handed over. */
#define BOX_BATCH 32

typedef struct {
    BoxKind kind;
    int in, out;         /* become BOX_IN and BOX_OUT; every other descriptor is closed      */
    int trace;           /* a pipe that becomes BOX_TRACE, or -1                             */
    pid_t parent;        /* who forked: the box ends when that one does                      */
    gsize address_space; /* RLIMIT_AS, bytes (not under a sanitizer, which maps terabytes)   */
    guint cpu_seconds;   /* RLIMIT_CPU, whole box; 0 = unbounded (the feeder watches per message) */
} BoxPlan;

/* Compile the filters and keep them in memory. Once per process; later calls do nothing. BUG when libseccomp
 * cannot (an architecture that it does not know). */
gboolean box_prepare(GError **error);

/* Leave the host's network, IPC objects and host name for the rest of the process, which from here on starts boxes: a
 * network namespace takes the kernel longer to make than all other walls together, and one without an interface serves
 * every box.  Nothing happens where the kernel refuses it: then each box tries for itself. */
void box_share_namespaces(void);

/* Whether refused calls are to be named (CANDOR_BOX_TRACE=1 at box_prepare). */
gboolean box_is_traced(void);

/* Enter, in the freshly forked child of a process with one thread. *level (BoxLevel bits) says what was reached.
 * FALSE with DENIED when the floor was not: the caller must _exit. */
gboolean box_enter(const BoxPlan *plan, guint *level, GError **error);

/* "seccomp,no-new-privs,rlimits,…"; g_free. */
char *box_level_names(guint level);

/* The name of a system call number of this machine, "?" for an unknown one; g_free. */
char *box_call_name(int number);
