/* cell.c - one box as its feeder sees it. */
#include "hostile/cell.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "hostile/limits.h"
#include "lib/box.h"
#include "lib/error.h"

/* The exit code of a child that could not become a box. */
#define NO_BOX 120
/* And that of one that was refused a call while traced (box.c). */
#define REFUSED_CALL 99
#define PIPE_BYTES (1 << 20)

static void close_one(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

static G_GNUC_NORETURN void become_box(BoxPlan *plan, CellInside inside, gconstpointer data)
{
    guint level = 0;
    plan->address_space = LIMIT_BOX_ADDRESS_SPACE;
    if (!box_enter(plan, &level, NULL))
        _exit(NO_BOX);
    inside(data);
    _exit(0);
}

/* Fork a box of that kind, whose input is `in`. */
static gboolean start(Cell *cell, BoxKind kind, int in, CellInside inside, gconstpointer data, GError **error)
{
    int out[2] = {-1, -1}, trace[2] = {-1, -1};
    pid_t parent = getpid(), child = -1;
    if (pipe2(out, O_CLOEXEC) == 0 && (!box_is_traced() || pipe2(trace, O_CLOEXEC) == 0))
        child = fork();
    if (child == 0)
        become_box(&(BoxPlan){.kind = kind, .in = in, .out = out[1], .trace = trace[1], .parent = parent},
                   inside, data);
    gboolean started =
        child > 0
            ? TRUE
            : error_set_errno(error, "a box could not be started; check the limits on processes and files");
    close_one(&out[1]);
    close_one(&trace[1]);
    *cell = (Cell){.pid = child, .socket = -1, .pipe = out[0], .trace = trace[0]};
    if (!started) {
        close_one(&cell->pipe);
        close_one(&cell->trace);
        return FALSE;
    }
    (void)!fcntl(out[0], F_SETPIPE_SZ, PIPE_BYTES);
    return TRUE;
}

static void read_files(gconstpointer data)
{
    Boxed inside = *(const Boxed *)data;
    gboolean at_once = inside.frames.at_once;
    frame_writer_init(&inside.frames, BOX_OUT, at_once);
    boxed_run(&inside);
}

gboolean cell_start(Cell *cell, const Boxed *boxed, GError **error)
{
    int in[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, in) != 0)
        return error_set_errno(error, "no socket for a box; check the limit on files");
    gboolean started = start(cell, BOX_READER, in[1], read_files, boxed, error);
    close_one(&in[1]);
    if (started)
        cell->socket = in[0];
    else
        close_one(&in[0]);
    return started;
}

gboolean cell_start_converter(Cell *cell, int input, CellInside inside, gconstpointer data, GError **error)
{
    return start(cell, BOX_CONVERTER, input, inside, data, error);
}

gboolean cell_hand_over(Cell *cell, const Handed *handed, const int *files, guint count)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(BOX_BATCH * sizeof(int))];
    } control = {0};
    struct iovec part = {(void *)(guintptr)handed, count * sizeof *handed};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = CMSG_SPACE(count * sizeof(int))};
    struct cmsghdr *first = CMSG_FIRSTHDR(&message);
    first->cmsg_level = SOL_SOCKET;
    first->cmsg_type = SCM_RIGHTS;
    first->cmsg_len = CMSG_LEN(count * sizeof(int));
    memcpy(CMSG_DATA(first), files, count * sizeof(int));
    gssize sent = sendmsg(cell->socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    /* A box that has gone is noticed at its pipe. */
    return sent >= 0 || errno != EAGAIN;
}

void cell_close_socket(Cell *cell)
{
    close_one(&cell->socket);
}

guint64 cell_cpu(const Cell *cell)
{
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(cell->pid, &clock) != 0 || clock_gettime(clock, &used) != 0)
        return 0;
    return (guint64)used.tv_sec * 1000000000u + (guint64)used.tv_nsec;
}

/* The name of the call that was refused, "" when the box was not traced. */
static void read_trace(const Cell *cell, CellEnd *end)
{
    int call;
    if (cell->trace < 0 || read(cell->trace, &call, sizeof call) != sizeof call)
        return;
    g_autofree char *name = box_call_name(call);
    g_snprintf(end->detail, sizeof end->detail, "SIGSYS %s", name);
}

static void explain(const Cell *cell, int status, CellEnd *end)
{
    *end = (CellEnd){.reason = NULL};
    if (WIFSIGNALED(status)) {
        int number = WTERMSIG(status);
        end->reason = number == SIGSYS ? "killed-by-box" : number == SIGKILL ? "killed" : "crashed";
        end->retryable = number == SIGKILL; /* by the system, when memory ran out */
        g_snprintf(end->detail, sizeof end->detail, "SIG%s",
                   sigabbrev_np(number) ? sigabbrev_np(number) : "?");
    } else if (WEXITSTATUS(status) == REFUSED_CALL) {
        end->reason = "killed-by-box";
        read_trace(cell, end);
    } else if (WEXITSTATUS(status) != 0) {
        end->reason = "crashed";
        g_snprintf(end->detail, sizeof end->detail, "exit %d", WEXITSTATUS(status));
    }
}

gboolean cell_end(Cell *cell, gboolean kill_it, CellEnd *end, GError **error)
{
    int status = 0;
    if (kill_it)
        kill(cell->pid, SIGKILL);
    close_one(&cell->socket);
    close_one(&cell->pipe);
    while (waitpid(cell->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    explain(cell, status, end);
    close_one(&cell->trace);
    if (WIFEXITED(status) && WEXITSTATUS(status) == NO_BOX)
        return error_set(error, CANDOR_ERROR_DENIED,
                         "the box's floor (seccomp, no_new_privs, rlimits) was not reached on this machine, "
                         "so nothing is read");
    return TRUE;
}
