/* worker_process.c - one candor-worker behind its pipes. */
#include "pool/worker_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define READ_BYTES (256 << 10)
#define KEY_DESCRIPTOR 3
#define FILE_DESCRIPTOR 4
/* Descriptors are first moved above this, so that moving one to its place never lands on another. */
#define CLEAR_OF 20

typedef struct {
    int stdin_fd, stdout_fd, key_fd, file_fd;
} ChildPipes;

static void place(int from, int to)
{
    if (from >= 0)
        dup2(from, to);
    else
        close(to);
}

/* Runs in the child between fork and exec: async-signal-safe calls only. A session of its own keeps Ctrl-C for
 * the conductor, which lets a unit end; the worker dies with its conductor. */
static void arrange_child(gpointer user)
{
    const ChildPipes *pipes = user;
    int in = fcntl(pipes->stdin_fd, F_DUPFD, CLEAR_OF);
    int out = fcntl(pipes->stdout_fd, F_DUPFD, CLEAR_OF);
    int key = pipes->key_fd >= 0 ? fcntl(pipes->key_fd, F_DUPFD, CLEAR_OF) : -1;
    int file = pipes->file_fd >= 0 ? fcntl(pipes->file_fd, F_DUPFD, CLEAR_OF) : -1;
    int nowhere = open("/dev/null", O_WRONLY);
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    place(in, STDIN_FILENO);
    place(out, STDOUT_FILENO);
    if (!g_getenv("CANDOR_BOX_TRACE"))
        place(nowhere, STDERR_FILENO);
    place(key, KEY_DESCRIPTOR);
    place(file, FILE_DESCRIPTOR);
    close_range(FILE_DESCRIPTOR + 1, ~0U, 0);
}

/* A pipe that gives the key once, and then its end; or -1. */
static int key_pipe(const guint8 *key)
{
    int ends[2];
    if (!key || pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    gboolean whole = write(ends[1], key, KEY_BYTES) == KEY_BYTES;
    close(ends[1]);
    if (whole)
        return ends[0];
    close(ends[0]);
    return -1;
}

static gboolean spawn(WorkerProcess *worker, const RunTools *tools, int key, int descriptor, GError **error)
{
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) < 0)
        return error_set_errno(error, "cannot make a pipe for a worker");
    if (pipe2(out, O_CLOEXEC) < 0) {
        close(in[0]);
        close(in[1]);
        return error_set_errno(error, "cannot make a pipe for a worker");
    }
    fcntl(out[0], F_SETPIPE_SZ, 1 << 20);
    g_autofree char *rules = g_strdup(tools->data_dir ? tools->data_dir : "");
    const char *arguments[11] = {tools->worker, "--rules", rules};
    guint n = 3;
    if (tools->cache_dir) {
        arguments[n++] = "--cache";
        arguments[n++] = tools->cache_dir;
    }
    if (tools->extra_rules) {
        arguments[n++] = "--extra-rules";
        arguments[n++] = tools->extra_rules;
    }
    if (tools->ocr) {
        arguments[n++] = "--ocr";
        arguments[n++] = tools->ocr;
    }
    ChildPipes pipes = {.stdin_fd = in[0], .stdout_fd = out[1], .key_fd = key, .file_fd = descriptor};
    g_autoptr(GError) cause = NULL;
    gboolean started = g_spawn_async(NULL, (char **)arguments, NULL,
                                     G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN,
                                     arrange_child, &pipes, &worker->pid, &cause);
    close(in[0]);
    close(out[1]);
    worker->requests = in[1];
    worker->answers = out[0];
    if (started)
        return TRUE;
    worker->pid = 0;
    return error_set(error, CANDOR_ERROR_MISSING,
                     "cannot start the worker %s: %s; set CANDOR_WORKER to its path", tools->worker,
                     cause->message);
}

/* Where the first row of kind `last` ends that is whole and begins at or behind `from`; 0 when it is not there. */
static gsize end_of_last(const GString *rows, gsize from, char last)
{
    const char *line = rows->str + from, *end = rows->str + rows->len;
    for (const char *newline; line < end && (newline = memchr(line, '\n', (gsize)(end - line)));
         line = newline + 1)
        if (*line == last)
            return (gsize)(newline + 1 - rows->str);
    return 0;
}

/* Where the last, perhaps unfinished, line begins. */
static gsize last_line(const GString *text)
{
    const char *newline = text->len ? memrchr(text->str, '\n', text->len) : NULL;
    return newline ? (gsize)(newline + 1 - text->str) : 0;
}

/* Read what is there, straight behind `rows`. */
static gboolean read_some(WorkerProcess *worker, GString *rows)
{
    gsize had = rows->len;
    gssize n;
    g_string_set_size(rows, had + READ_BYTES);
    do
        n = read(worker->answers, rows->str + had, READ_BYTES);
    while (n < 0 && errno == EINTR);
    g_string_set_size(rows, had + (gsize)MAX(n, 0));
    return n > 0;
}

/* Rows up to and with the first of kind `last`; what was read behind it is kept for the next answer. */
static gboolean receive_through(WorkerProcess *worker, char last, GString *rows, gsize ceiling)
{
    gsize seen = rows->len, end;
    g_string_append_len(rows, worker->rest->str, (gssize)worker->rest->len);
    g_string_truncate(worker->rest, 0);
    while (!(end = end_of_last(rows, seen, last))) {
        seen = last_line(rows);
        if (rows->len > ceiling || !read_some(worker, rows))
            return FALSE;
    }
    g_string_append_len(worker->rest, rows->str + end, (gssize)(rows->len - end));
    g_string_truncate(rows, end);
    return TRUE;
}

gboolean worker_process_receive(WorkerProcess *worker, GString *rows, gsize ceiling)
{
    return receive_through(worker, 'D', rows, ceiling);
}

/* Why a worker could not begin, in its own words: it has met no outside byte yet. Rows end at the line that follows. */
static gboolean take_refusal(GString *line, GError **error)
{
    Row row;
    guint64 code;
    gsize n = strcspn(line->str, "\n");
    if (*line->str == 'E' && row_split(line->str, n, &row, NULL) && row.count == 2 &&
        row_uint(row.field[0], &code) && code <= CANDOR_ERROR_BUG) {
        g_autofree char *sentence = span_dup(row.field[1]);
        return error_set(error, (CandorError)code, "%s", sentence);
    }
    return error_set(error, CANDOR_ERROR_IO,
                     "the worker ended before it was ready; CANDOR_BOX_TRACE=1 shows what it says");
}

static gboolean take_hello(WorkerProcess *worker, GError **error)
{
    g_autoptr(GString) line = g_string_new(NULL);
    if (!receive_through(worker, 'H', line, READ_BYTES))
        return take_refusal(line, error);
    Row row;
    guint64 version;
    if (!row_split(line->str, line->len - 1, &row, error))
        return FALSE;
    if (row.count != 6 || !span_equals(row.field[0], ROWS_PROTOCOL) || !row_uint(row.field[1], &version) ||
        version != ROWS_VERSION || !row_uint(row.field[3], &worker->hello.level))
        return error_set(error, CANDOR_ERROR_FORMAT,
                         "the worker speaks another version of %s than %d; install both "
                         "programs from one build",
                         ROWS_PROTOCOL, ROWS_VERSION);
    worker->hello.reader = span_dup(row.field[2]);
    worker->hello.rules = span_dup(row.field[4]);
    worker->hello.converters = span_dup(row.field[5]);
    return TRUE;
}

WorkerProcess *worker_process_start(const RunTools *tools, const guint8 *key, int descriptor, GError **error)
{
    WorkerProcess *worker = g_new0(WorkerProcess, 1);
    worker->requests = worker->answers = -1;
    worker->rest = g_string_new(NULL);
    int key_fd = key_pipe(key);
    gboolean ready = spawn(worker, tools, key_fd, descriptor, error);
    if (key_fd >= 0)
        close(key_fd);
    if (ready && take_hello(worker, error))
        return worker;
    worker_process_end(worker);
    return NULL;
}

void worker_process_end(WorkerProcess *worker)
{
    if (!worker)
        return;
    if (worker->requests >= 0)
        close(worker->requests);
    if (worker->answers >= 0)
        close(worker->answers);
    if (worker->pid > 0) {
        kill(worker->pid, SIGKILL);
        while (waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
        g_spawn_close_pid(worker->pid);
    }
    g_string_free(worker->rest, TRUE);
    g_free(worker->hello.reader);
    g_free(worker->hello.rules);
    g_free(worker->hello.converters);
    g_free(worker);
}

gboolean worker_process_send(WorkerProcess *worker, const GString *request)
{
    const char *from = request->str;
    gsize left = request->len;
    while (left) {
        gssize n = write(worker->requests, from, left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return FALSE;
        from += n;
        left -= (gsize)n;
    }
    return TRUE;
}
