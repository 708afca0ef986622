/* escape_calls.c - what a captured reader might ask the kernel for, one function each. */
#include "hostile/escape_attacks.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>
#include "lib/box.h"

/* The descriptor of the evidence. */
#define INPUT targets.handed

Targets targets;

/* An attack that is one system call. */
#define CALL(name, ...)                                                                                      \
    static gboolean name(Mischief *mischief)                                                                 \
    {                                                                                                        \
        (void)mischief;                                                                                      \
        return syscall(__VA_ARGS__) >= 0;                                                                    \
    }

static char page[4096];
static char *const no_arguments[] = {"sh", NULL};

/* --- files --- */
CALL(open_old, SYS_open, targets.input, O_RDONLY)
CALL(open_at, SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY)
CALL(open_at2, SYS_openat2, AT_FDCWD, "/etc/passwd", page, 24)
CALL(create_file, SYS_creat, targets.loot, 0600)
CALL(create_by_openat, SYS_openat, AT_FDCWD, targets.loot, O_CREAT | O_WRONLY, 0600)
CALL(make_folder, SYS_mkdir, targets.loot, 0700)
CALL(make_link, SYS_symlink, "/etc/passwd", targets.loot)
CALL(make_node, SYS_mknod, targets.loot, S_IFIFO | 0600, 0)
CALL(remove_input, SYS_unlink, targets.input)
CALL(rename_input, SYS_rename, targets.input, targets.loot)
CALL(change_mode, SYS_fchmod, INPUT, 0777)
CALL(read_link, SYS_readlink, "/proc/self/exe", page, sizeof page)
CALL(look_at_path, SYS_stat, "/", page)
CALL(list_folder, SYS_getdents64, INPUT, page, sizeof page)
CALL(open_by_handle, SYS_open_by_handle_at, AT_FDCWD, page, O_RDONLY)
CALL(change_folder, SYS_chdir, "/")
CALL(change_root, SYS_chroot, "/")
CALL(mount_something, SYS_mount, "none", "/tmp", "tmpfs", 0, NULL)
CALL(write_input, SYS_write, INPUT, "owned", 5)
CALL(pwrite_input, SYS_pwrite64, INPUT, "owned", 5, 0)
CALL(truncate_input, SYS_ftruncate, INPUT, 0)
CALL(map_input, SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, INPUT, 0)
CALL(make_memory_file, SYS_memfd_create, "loot", 0)
CALL(watch_files, SYS_inotify_init1, 0)

/* --- the network --- */
CALL(make_socket_pair, SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, page)
CALL(listen_on_socket, SYS_listen, BOX_IN, 1)
CALL(send_on_socket, SYS_sendto, BOX_IN, "owned", 5, 0, NULL, 0)

static gboolean connect_loopback(Mischief *mischief)
{
    (void)mischief;
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(targets.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int file = socket(AF_INET, SOCK_STREAM, 0);
    return file >= 0 && connect(file, (struct sockaddr *)&address, sizeof address) == 0;
}

static gboolean connect_unix(Mischief *mischief)
{
    (void)mischief;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    g_strlcpy(address.sun_path, targets.unix_path, sizeof address.sun_path);
    int file = socket(AF_UNIX, SOCK_STREAM, 0);
    return file >= 0 && connect(file, (struct sockaddr *)&address, sizeof address) == 0;
}

static gboolean send_descriptor(Mischief *mischief)
{
    (void)mischief;
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct iovec part = {page, 1};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    control.align = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    return sendmsg(BOX_IN, &message, 0) >= 0;
}

/* --- other processes --- */
CALL(execute, SYS_execve, "/bin/sh", no_arguments, NULL)
CALL(execute_at, SYS_execveat, INPUT, "", no_arguments, NULL, AT_EMPTY_PATH)
CALL(kill_parent, SYS_kill, targets.victim, SIGKILL)
CALL(kill_feeder, SYS_kill, getppid(), SIGKILL)
CALL(kill_everybody, SYS_kill, -1, SIGKILL)
CALL(kill_thread, SYS_tgkill, targets.victim, targets.victim, SIGKILL)
CALL(queue_signal, SYS_rt_sigqueueinfo, targets.victim, SIGKILL, page)
CALL(trace_parent, SYS_ptrace, PTRACE_ATTACH, targets.victim, 0, 0)
CALL(open_process, SYS_pidfd_open, targets.victim, 0)
CALL(fork_itself, SYS_fork)
CALL(fork_sharing, SYS_vfork)
CALL(clone_thread, SYS_clone, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD, page + 4096, NULL, NULL, 0)
CALL(clone_new, SYS_clone3, page, sizeof(struct clone_args))
CALL(change_priority, SYS_setpriority, PRIO_PROCESS, targets.victim, 19)
CALL(own_signals, SYS_fcntl, BOX_IN, F_SETOWN, targets.victim)

static gboolean write_memory(Mischief *mischief)
{
    (void)mischief;
    struct iovec here = {page, sizeof page}, there = {page, sizeof page};
    return process_vm_writev(targets.victim, &here, 1, &there, 1, 0) >= 0;
}

static gboolean read_memory(Mischief *mischief)
{
    (void)mischief;
    struct iovec here = {page, sizeof page}, there = {page, sizeof page};
    return process_vm_readv(targets.victim, &here, 1, &there, 1, 0) >= 0;
}

static gboolean fork_bomb(Mischief *mischief)
{
    (void)mischief;
    for (;;)
        if (fork() < 0)
            return FALSE;
}

/* --- code and kernel --- */
CALL(map_code, SYS_mmap, NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
CALL(map_writable_code, SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
     -1, 0)
CALL(protect_code, SYS_mprotect, (guintptr)page & ~4095UL, 4096, PROT_READ | PROT_EXEC)
CALL(use_ring, SYS_io_uring_setup, 1, page)
CALL(handle_faults, SYS_userfaultfd, 0)
CALL(load_bpf, SYS_bpf, 0, page, 8)
CALL(count_events, SYS_perf_event_open, page, 0, -1, -1, 0)
CALL(use_keys, SYS_keyctl, 0, -1, 0)
CALL(add_a_key, SYS_add_key, "user", "loot", "x", 1, -1)
CALL(load_module, SYS_finit_module, INPUT, "", 0)
CALL(share_memory, SYS_shmget, 0, 4096, 0600)

#ifdef __x86_64__
static gboolean use_32_bit_calls(Mischief *mischief)
{
    (void)mischief;
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20L) : "memory"); /* getpid */
    return result > 0;
}
CALL(use_x32_calls, 0x40000000L | SYS_getpid)
#endif

/* --- undoing the box --- */
CALL(be_dumpable, SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0)
CALL(outlive_parent, SYS_prctl, PR_SET_PDEATHSIG, 0, 0, 0, 0)
CALL(replace_filter, SYS_seccomp, 1, 0, page)
CALL(raise_limit, SYS_setrlimit, RLIMIT_NOFILE, page)
CALL(raise_parents_limit, SYS_prlimit64, targets.victim, RLIMIT_NOFILE, page, NULL)
CALL(leave_namespace, SYS_setns, INPUT, 0)
CALL(make_namespace, SYS_unshare, CLONE_NEWUSER)
CALL(become_root, SYS_setuid, 0)
CALL(take_capabilities, SYS_capset, page, page + 64)
CALL(set_clock, SYS_settimeofday, page, NULL)
CALL(catch_signals, SYS_rt_sigaction, SIGSEGV, page, NULL, 8)
CALL(reopen_output, SYS_dup2, INPUT, BOX_OUT)
CALL(unblock_output, SYS_fcntl, BOX_OUT, F_SETFL, O_NONBLOCK)
CALL(splice_output, SYS_splice, INPUT, NULL, BOX_OUT, NULL, 4096, 0)

static const NamedAttack calls[] = {
    NAMED(open_old),
    NAMED(open_at),
    NAMED(open_at2),
    NAMED(create_file),
    NAMED(create_by_openat),
    NAMED(make_folder),
    NAMED(make_link),
    NAMED(make_node),
    NAMED(remove_input),
    NAMED(rename_input),
    NAMED(change_mode),
    NAMED(read_link),
    NAMED(look_at_path),
    NAMED(list_folder),
    NAMED(open_by_handle),
    NAMED(change_folder),
    NAMED(change_root),
    NAMED(mount_something),
    NAMED(write_input),
    NAMED(pwrite_input),
    NAMED(truncate_input),
    NAMED(map_input),
    NAMED(make_memory_file),
    NAMED(watch_files),
    NAMED(make_socket_pair),
    NAMED(listen_on_socket),
    NAMED(send_on_socket),
    NAMED(connect_loopback),
    NAMED(connect_unix),
    NAMED(send_descriptor),
    NAMED(execute),
    NAMED(execute_at),
    NAMED(kill_parent),
    NAMED(kill_feeder),
    NAMED(kill_everybody),
    NAMED(kill_thread),
    NAMED(queue_signal),
    NAMED(trace_parent),
    NAMED(open_process),
    NAMED(fork_itself),
    NAMED(fork_sharing),
    NAMED(clone_thread),
    NAMED(clone_new),
    NAMED(change_priority),
    NAMED(own_signals),
    NAMED(write_memory),
    NAMED(read_memory),
    NAMED(fork_bomb),
    NAMED(map_code),
    NAMED(map_writable_code),
    NAMED(protect_code),
    NAMED(use_ring),
    NAMED(handle_faults),
    NAMED(load_bpf),
    NAMED(count_events),
    NAMED(use_keys),
    NAMED(add_a_key),
    NAMED(load_module),
    NAMED(share_memory),
#ifdef __x86_64__
    NAMED(use_32_bit_calls),
    NAMED(use_x32_calls),
#endif
    NAMED(be_dumpable),
    NAMED(outlive_parent),
    NAMED(replace_filter),
    NAMED(raise_limit),
    NAMED(raise_parents_limit),
    NAMED(leave_namespace),
    NAMED(make_namespace),
    NAMED(become_root),
    NAMED(take_capabilities),
    NAMED(set_clock),
    NAMED(catch_signals),
    NAMED(reopen_output),
    NAMED(unblock_output),
    NAMED(splice_output),
};
const Attacks escape_calls = {G_N_ELEMENTS(calls), calls};

/* --- what a reader may do, and a converter may not --- */
CALL(receive_descriptor, SYS_recvmsg, BOX_IN, page, 0)
CALL(read_output, SYS_read, BOX_OUT, page, sizeof page)

static const NamedAttack reads[] = {NAMED(receive_descriptor), NAMED(read_output)};
const Attacks escape_reads = {G_N_ELEMENTS(reads), reads};
