/* box_test.c - a box is entered, still computes and writes, and ends at the first call that it may not make. */
#include "lib/box.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

typedef struct {
    int status;    /* as waitpid gave it            */
    char said[64]; /* what came through the pipe    */
    guint level;
} Outcome;

typedef void (*Body)(void);

static void run(BoxKind kind, Body body, int in, int out)
{
    guint level = 0;
    BoxPlan plan = {
        .kind = kind, .in = in, .out = out, .trace = -1, .parent = getppid(), .address_space = 1UL << 30};
    if (!box_enter(&plan, &level, NULL))
        _exit(7);
    if (write(BOX_OUT, &level, sizeof level) != sizeof level)
        _exit(8);
    body();
    _exit(0);
}

static Outcome boxed(BoxKind kind, Body body)
{
    int in[2], out[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, in), 0);
    assert_int_equal(pipe(out), 0);
    pid_t child = fork();
    if (child == 0)
        run(kind, body, in[1], out[1]);
    close(in[1]);
    close(out[1]);
    Outcome outcome = {0};
    if (read(out[0], &outcome.level, sizeof outcome.level) == sizeof outcome.level)
        (void)!read(out[0], outcome.said, sizeof outcome.said - 1);
    waitpid(child, &outcome.status, 0);
    close(in[0]);
    close(out[0]);
    return outcome;
}

static void compute_and_write(void)
{
    char *memory = calloc(1, 50 << 20);
    memory[40 << 20] = 'x';
    (void)!write(BOX_OUT, "done", 4);
    (void)!write(BOX_TRACE, "a warning", 9);
}

static void open_a_file(void)
{
    (void)!write(BOX_OUT, "open", 4);
    int file = open("/etc/passwd", O_RDONLY);
    (void)!write(BOX_OUT, "still here", file >= 0 ? 10 : 5);
    close(file);
}

static void map_code(void)
{
    void *code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    (void)!write(BOX_OUT, "still here", code != MAP_FAILED ? 10 : 5);
}

static void receive(void)
{
    char byte;
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    (void)!recvmsg(BOX_IN, &message, MSG_DONTWAIT);
    (void)!write(BOX_OUT, "received", 8);
}

static void take_too_much_memory(void)
{
    void *memory = malloc(2UL << 30);
    (void)!write(BOX_OUT, memory ? "got it" : "refused", memory ? 6 : 7);
}

static void the_floor_is_reached_and_work_goes_on(void **state)
{
    (void)state;
    Outcome outcome = boxed(BOX_READER, compute_and_write);
    assert_true(WIFEXITED(outcome.status));
    assert_int_equal(WEXITSTATUS(outcome.status), 0);
    assert_int_equal(outcome.level & BOX_FLOOR, BOX_FLOOR);
    assert_string_equal(outcome.said, "done");
}

static void ends_by_sigsys(BoxKind kind, Body body, const char *said)
{
    Outcome outcome = boxed(kind, body);
    assert_true(WIFSIGNALED(outcome.status));
    assert_int_equal(WTERMSIG(outcome.status), SIGSYS);
    assert_string_equal(outcome.said, said);
}

static void a_refused_call_ends_the_box(void **state)
{
    (void)state;
    ends_by_sigsys(BOX_READER, open_a_file, "open");
    ends_by_sigsys(BOX_CONVERTER, open_a_file, "open");
    ends_by_sigsys(BOX_READER, map_code, "");
}

static void only_a_reader_receives(void **state)
{
    (void)state;
    assert_string_equal(boxed(BOX_READER, receive).said, "received");
    ends_by_sigsys(BOX_CONVERTER, receive, "");
}

static void memory_has_a_ceiling(void **state)
{
    (void)state;
    if (RUNNING_UNDER_SANITIZER)
        skip();
    assert_string_equal(boxed(BOX_READER, take_too_much_memory).said, "refused");
}

static char *network(void)
{
    return g_file_read_link("/proc/self/ns/net", NULL);
}

/* In a child, since there is no way back: 0 when boxes of a process that left reach what those of one that did not. */
static int leave_and_box(guint level_before)
{
    g_autofree char *before = network();
    box_share_namespaces();
    g_autofree char *after = network();
    Outcome outcome = boxed(BOX_READER, compute_and_write);
    gboolean left = g_strcmp0(before, after) != 0, gives = (level_before & BOX_NET_NAMESPACE) != 0;
    return left == gives && outcome.level == level_before && g_str_equal(outcome.said, "done") ? 0 : 1;
}

static void boxes_share_the_namespaces_of_their_process(void **state)
{
    (void)state;
    guint level = boxed(BOX_READER, compute_and_write).level;
    int status = 1;
    pid_t child = fork();
    if (child == 0)
        _exit(leave_and_box(level));
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static void levels_and_calls_have_names(void **state)
{
    (void)state;
    g_autofree char *names = box_level_names(BOX_FLOOR | BOX_LANDLOCK);
    assert_string_equal(names, "seccomp,no-new-privs,rlimits,landlock");
    g_autofree char *call = box_call_name(0);
    assert_string_equal(call, "read");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_floor_is_reached_and_work_goes_on),
        cmocka_unit_test(a_refused_call_ends_the_box),
        cmocka_unit_test(only_a_reader_receives),
        cmocka_unit_test(memory_has_a_ceiling),
        cmocka_unit_test(boxes_share_the_namespaces_of_their_process),
        cmocka_unit_test(levels_and_calls_have_names),
    };
    if (!box_prepare(NULL))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
