/* box_rules.c - the calls that a box may make, as a compiled seccomp filter. */
#include "lib/box_rules.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>
#include "lib/error.h"

/* Calls that need no look at their arguments: they give back memory, time or the processor, or read a descriptor
 * that was handed over (pread64). */
static const int harmless[] = {
    SCMP_SYS(pread64),      SCMP_SYS(munmap),        SCMP_SYS(mremap),     SCMP_SYS(brk),
    SCMP_SYS(madvise),      SCMP_SYS(futex),         SCMP_SYS(exit),       SCMP_SYS(close),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(clock_gettime), SCMP_SYS(exit_group),
};

/* Calls that libraries make by habit and do without: sysinfo by qsort over 1 MiB, a warning on stderr. */
static gboolean refuse_politely(scmp_filter_ctx filter, gboolean traced)
{
    if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(sysinfo), 0) != 0)
        return FALSE;
    uint32_t on_stderr = traced ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EBADF);
    return seccomp_rule_add(filter, on_stderr, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, BOX_TRACE, 0)) == 0;
}

/* What a sanitizer's runtime calls on its own, in builds that are never released. */
static gboolean allow_sanitizer(scmp_filter_ctx filter)
{
    static const int calls[] = {SCMP_SYS(sigaltstack), SCMP_SYS(sched_yield), SCMP_SYS(gettid)};
    for (guint i = 0; RUNNING_UNDER_SANITIZER && i < G_N_ELEMENTS(calls); i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
            return FALSE;
    return TRUE;
}

static gboolean allow_input(scmp_filter_ctx filter, BoxKind kind)
{
    int call = kind == BOX_READER ? SCMP_SYS(recvmsg) : SCMP_SYS(read);
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A0(SCMP_CMP_EQ, BOX_IN, 0)) == 0;
}

/* New memory only: anonymous, never executable. */
static gboolean allow_memory(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                            SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) == 0;
}

static gboolean add_rules(scmp_filter_ctx filter, BoxKind kind, gboolean traced)
{
    for (guint i = 0; i < G_N_ELEMENTS(harmless); i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, harmless[i], 0) != 0)
            return FALSE;
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, BOX_OUT, 0)) ==
               0 &&
           allow_input(filter, kind) && allow_sanitizer(filter) && allow_memory(filter) &&
           refuse_politely(filter, traced);
}

/* libseccomp exports to a descriptor only; a memfd serves. */
static gboolean export(scmp_filter_ctx filter, struct sock_fprog *program)
{
    int file = memfd_create("box-filter", MFD_CLOEXEC);
    if (file < 0)
        return FALSE;
    gsize bytes = 0;
    if (seccomp_export_bpf(filter, file) == 0)
        bytes = (gsize)lseek(file, 0, SEEK_END);
    struct sock_filter *code = g_malloc(MAX(bytes, 1));
    gboolean read_back = bytes > 0 && pread(file, code, bytes, 0) == (gssize)bytes;
    close(file);
    if (!read_back) {
        g_free(code);
        return FALSE;
    }
    *program = (struct sock_fprog){.len = (unsigned short)(bytes / sizeof *code), .filter = code};
    return TRUE;
}

gboolean box_rules_compile(BoxKind kind, gboolean traced, struct sock_fprog *program, GError **error)
{
    scmp_filter_ctx filter = seccomp_init(traced ? SCMP_ACT_TRAP : SCMP_ACT_KILL_PROCESS);
    gboolean made = filter && seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
                    add_rules(filter, kind, traced) && export(filter, program);
    if (filter)
        seccomp_release(filter);
    return made ? TRUE
                : error_set(error, CANDOR_ERROR_BUG,
                            "libseccomp could not compile the box's filter on this machine");
}
