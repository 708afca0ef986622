/* box.c - the box around whoever touches outside bytes. */
#include "lib/box.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "lib/box_rules.h"
#include "lib/error.h"

/* Compiled once, loaded by every box: one prctl instead of a compilation. */
static struct sock_fprog filters[BOX_KIND_COUNT];
static gboolean traced;
/* The walls that the whole process stands behind already. */
static guint shared;

gboolean box_is_traced(void)
{
    return traced;
}

gboolean box_prepare(GError **error)
{
    traced = g_strcmp0(g_getenv("CANDOR_BOX_TRACE"), "1") == 0;
    for (guint kind = 0; kind < BOX_KIND_COUNT; kind++)
        if (!filters[kind].filter && !box_rules_compile((BoxKind)kind, traced, &filters[kind], error))
            return FALSE;
    return TRUE;
}

/* The descriptors go to their numbers by way of high ones, since a target may be another's source. */
static gboolean place_descriptors(const BoxPlan *plan)
{
    int in = fcntl(plan->in, F_DUPFD, 100), out = fcntl(plan->out, F_DUPFD, 100);
    int trace = plan->trace >= 0 ? fcntl(plan->trace, F_DUPFD, 100) : -1;
    if (dup2(in, BOX_IN) < 0 || dup2(out, BOX_OUT) < 0)
        return FALSE;
    if (trace >= 0 && dup2(trace, BOX_TRACE) < 0)
        return FALSE;
    unsigned first = trace >= 0 ? BOX_TRACE + 1 : BOX_OUT + 1;
    return syscall(SYS_close_range, first, ~0U, 0) == 0;
}

/* An empty, read-only root in a mount namespace of our own. */
static gboolean empty_root(void)
{
    return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("none", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY,
                 "size=4k,nr_inodes=1") == 0 &&
           chdir("/tmp") == 0 && syscall(SYS_pivot_root, ".", ".") == 0 && umount2(".", MNT_DETACH) == 0 &&
           chdir("/") == 0;
}

static gboolean write_own(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    gssize n = (gssize)strlen(text);
    gboolean written = file >= 0 && write(file, text, (gsize)n) == n;
    if (file >= 0)
        close(file);
    return written;
}

/* Whoever we are, we are the same in the user namespace just entered: without that a box could not enter another. */
static gboolean map_self(uid_t user, gid_t group)
{
    g_autofree char *users = g_strdup_printf("%u %u 1", (guint)user, (guint)user),
                    *groups = g_strdup_printf("%u %u 1", (guint)group, (guint)group);
    return write_own("/proc/self/setgroups", "deny") && write_own("/proc/self/uid_map", users) &&
           write_own("/proc/self/gid_map", groups);
}

/* They would be gone in a user namespace, and the evidence may be read by them. */
static gboolean has_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[2] = {{0}, {0}};
    return syscall(SYS_capget, &header, sets) == 0 && (sets[0].effective || sets[1].effective);
}

/* Root needs no user namespace for it, and would lose its right to read the evidence. */
void box_share_namespaces(void)
{
    const int namespaces = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
    uid_t user = geteuid();
    gid_t group = getegid();
    if (shared)
        return;
    if (unshare(namespaces) == 0)
        shared = BOX_NET_NAMESPACE | BOX_IPC_NAMESPACE;
    else if (!has_capabilities() && unshare(CLONE_NEWUSER | namespaces) == 0)
        shared = BOX_NET_NAMESPACE | BOX_IPC_NAMESPACE | (map_self(user, group) ? 0 : BOX_USER_NAMESPACE);
}

/* Leave what the kernel lets us leave. A machine that forbids user namespaces still gives the others to root. */
static guint enter_namespaces(void)
{
    guint level = shared;
    if (unshare(CLONE_NEWUSER) == 0)
        level |= BOX_USER_NAMESPACE;
    if (!(level & BOX_NET_NAMESPACE) && unshare(CLONE_NEWNET) == 0)
        level |= BOX_NET_NAMESPACE;
    if (!(level & BOX_IPC_NAMESPACE) && unshare(CLONE_NEWIPC | CLONE_NEWUTS) == 0)
        level |= BOX_IPC_NAMESPACE;
    if (unshare(CLONE_NEWNS) == 0 && empty_root())
        level |= BOX_MOUNT_NAMESPACE;
    return level;
}

/* Newer than Debian 12's linux/landlock.h: the kernel is asked which of it is there. */
typedef struct {
    guint64 handled_fs, handled_net, scoped;
} LandlockRules;

/* Landlock without a rule: nothing may be opened, bound, connected or signalled. */
static guint enter_landlock(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, 1U /* ask for the version */);
    if (abi < 1)
        return 0;
    guint fs_bits = abi >= 5 ? 16 : abi >= 3 ? 15 : abi >= 2 ? 14 : 13;
    LandlockRules rules = {
        .handled_fs = (1ULL << fs_bits) - 1, .handled_net = abi >= 4 ? 3 : 0, .scoped = abi >= 6 ? 3 : 0};
    gsize size = abi >= 6 ? sizeof rules : abi >= 4 ? 16 : 8;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0U);
    if (ruleset < 0)
        return 0;
    gboolean entered = syscall(SYS_landlock_restrict_self, ruleset, 0U) == 0;
    close(ruleset);
    return entered ? BOX_LANDLOCK : 0;
}

static gboolean limit(__rlimit_resource_t resource, rlim_t value)
{
    struct rlimit both = {value, value};
    return setrlimit(resource, &both) == 0;
}

static gboolean enter_rlimits(const BoxPlan *plan)
{
    if (!RUNNING_UNDER_SANITIZER && !limit(RLIMIT_AS, plan->address_space))
        return FALSE;
    if (plan->cpu_seconds && !limit(RLIMIT_CPU, plan->cpu_seconds))
        return FALSE;
    return limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0) &&
           limit(RLIMIT_MEMLOCK, 0) && limit(RLIMIT_MSGQUEUE, 0) &&
           limit(RLIMIT_NOFILE, BOX_TRACE + 1 + BOX_BATCH + 1);
}

static gboolean drop_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}, {0}};
    return syscall(SYS_capset, &header, none) == 0;
}

/* After every change of credentials, since those clear the death signal. FALSE also when the parent is gone. */
static gboolean tie_to_parent(pid_t parent)
{
    return prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent;
}

/* Name the refused call, then end: only with CANDOR_BOX_TRACE=1. */
static void name_refused_call(int signal_number, siginfo_t *info, void *context)
{
    (void)signal_number;
    (void)context;
    int call = info->si_syscall;
    (void)!write(BOX_TRACE, &call, sizeof call);
    _exit(99);
}

/* A handler of the parent's would only get the box killed at its first call, and hide the true signal. */
static void forget_handlers(void)
{
    for (int number = 1; number < SIGRTMIN; number++)
        (void)signal(number, SIG_DFL);
}

static gboolean listen_for_refused_calls(void)
{
    struct sigaction action = {.sa_sigaction = name_refused_call, .sa_flags = SA_SIGINFO};
    return sigaction(SIGSYS, &action, NULL) == 0;
}

gboolean box_enter(const BoxPlan *plan, guint *level, GError **error)
{
    if (!filters[plan->kind].filter)
        return error_set(error, CANDOR_ERROR_BUG, "box_prepare was not called before box_enter");
    if (!place_descriptors(plan))
        return error_set_errno(error, "the box could not place its descriptors");
    forget_handlers();
    guint reached = enter_namespaces();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return error_set_errno(error, "the box could not give up new privileges");
    reached |= BOX_NO_NEW_PRIVS | enter_landlock();
    if (!drop_capabilities() || !tie_to_parent(plan->parent))
        return error_set_errno(error, "the box could not drop its capabilities or its parent has gone");
    if (traced && plan->trace >= 0 && !listen_for_refused_calls())
        return error_set_errno(error, "the box could not listen for refused calls");
    if (!enter_rlimits(plan))
        return error_set_errno(error, "the box could not set its resource limits");
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filters[plan->kind]) != 0)
        return error_set_errno(
            error, "the box could not load its seccomp filter; candor needs a kernel with seccomp");
    *level = reached | BOX_RLIMITS | BOX_SECCOMP;
    return TRUE;
}

char *box_level_names(guint level)
{
    static const char *const names[] = {"seccomp",       "no-new-privs",    "rlimits",       "user-namespace",
                                        "net-namespace", "mount-namespace", "ipc-namespace", "landlock"};
    GString *text = g_string_new(NULL);
    for (guint bit = 0; bit < G_N_ELEMENTS(names); bit++)
        if (level >> bit & 1)
            g_string_append_printf(text, "%s%s", text->len ? "," : "", names[bit]);
    return g_string_free(text, FALSE);
}

char *box_call_name(int number)
{
    char *name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
    char *copy = g_strdup(name ? name : "?");
    free(name);
    return copy;
}
