/* pool.c - the pool of workers: a thread each, answers taken by one. */
#include "pool/pool.h"

#include <signal.h>
#include <unistd.h>
#include "nouns/check.h"
#include "nouns/conversion.h"
#include "nouns/log_check.h"
#include "pool/worker_process.h"

/* The rows of one unit, at most. A unit of 64 MiB of the smallest mail makes about 60 MB of rows; a worker that sends
 * more is not to be trusted. */
#define ANSWER_CEILING (512UL << 20)
/* A unit is sent to this many workers before it is given up. */
#define TRIES 2

struct Pool {
    const RunTools *tools;
    guint8 key[KEY_BYTES];
    gboolean has_key;
    guint jobs;
    GPtrArray *threads;   /* GThread *, started with the first task                      */
    GAsyncQueue *tasks;   /* PoolTask *, or `end`                                        */
    GAsyncQueue *answers; /* Answer *                                                   */
    WorkerProcess *spare; /* started for its greeting, taken by the first thread        */
    GMutex lock;          /* guards spare and hello                                     */
    WorkerHello hello;
};

/* What travels from a worker's thread to the taker. */
typedef struct {
    PoolAnswer answer;
    GString *rows;
    GError *error; /* no worker could be started */
} Answer;

static int end; /* its address ends a thread */

void pool_task_free(PoolTask *task)
{
    if (!task)
        return;
    if (task->request)
        g_string_free(task->request, TRUE);
    g_clear_pointer(&task->parts, g_array_unref);
    g_free(task);
}

static void answer_free(Answer *answer)
{
    pool_task_free(answer->answer.task);
    if (answer->rows)
        g_string_free(answer->rows, TRUE);
    g_clear_error(&answer->error);
    g_free(answer);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Answer, answer_free)

static const guint8 *pool_key(const Pool *pool)
{
    return pool->has_key ? pool->key : NULL;
}

static WorkerProcess *take_spare(Pool *pool)
{
    g_mutex_lock(&pool->lock);
    WorkerProcess *spare = g_steal_pointer(&pool->spare);
    g_mutex_unlock(&pool->lock);
    return spare;
}

/* A worker fit for the task: a descriptor can only be handed to a new one. */
static gboolean have_worker(Pool *pool, WorkerProcess **worker, const PoolTask *task, GError **error)
{
    if (task->descriptor >= 0)
        g_clear_pointer(worker, worker_process_end);
    if (!*worker && task->descriptor < 0)
        *worker = take_spare(pool);
    if (!*worker)
        *worker = worker_process_start(pool->tools, pool_key(pool), task->descriptor, error);
    return *worker != NULL;
}

/* Whether the rows are a true answer to the task. */
static gboolean rows_hold(const PoolTask *task, const GString *rows)
{
    Span span = {rows->str, rows->len};
    if (task->log) {
        LogCheck log;
        log_check_begin(&log, task->unit, task->from, task->to);
        return log_check_answer(&log, span, NULL);
    }
    if (task->parts)
        return conversion_check_answer(
            &(ConversionCheck){.unit = task->unit,
                               .asked = (const guint8(*)[DIGEST_BYTES])(gpointer)task->parts->data,
                               .count = task->parts->len,
                               .rescan = task->rescan},
            span, NULL);
    if (!task->check)
        return TRUE;
    UnitCheck check;
    DoneRow done;
    if (task->places)
        unit_check_places(&check, task->unit, task->from, task->to);
    else if (task->to)
        unit_check_range(&check, task->unit, task->from, task->to);
    else
        unit_check_list(&check, task->unit, task->items);
    return unit_check_answer(&check, span, &done, NULL);
}

static gboolean ask_worker(WorkerProcess *worker, PoolTask *task, GString *rows)
{
    g_string_append_c(task->request, '\n');
    gboolean answered =
        worker_process_send(worker, task->request) && worker_process_receive(worker, rows, ANSWER_CEILING);
    g_string_truncate(task->request, task->request->len - 1);
    return answered && rows_hold(task, rows);
}

static Answer *work_on(Pool *pool, WorkerProcess **worker, PoolTask *task)
{
    Answer *answer = g_new0(Answer, 1);
    answer->answer.task = task;
    answer->rows = g_string_new(NULL);
    for (guint try = 0; try < TRIES; try++) {
        if (!have_worker(pool, worker, task, &answer->error))
            return answer;
        if (ask_worker(*worker, task, answer->rows))
            return answer;
        g_clear_pointer(worker, worker_process_end);
        g_string_truncate(answer->rows, 0);
    }
    answer->answer.dead = TRUE;
    return answer;
}

static gpointer work(gpointer data)
{
    Pool *pool = data;
    WorkerProcess *worker = NULL;
    for (gpointer task; (task = g_async_queue_pop(pool->tasks)) != &end;) {
        gboolean spent =
            ((PoolTask *)task)->descriptor >= 0; /* it holds a file that the next task must not see */
        g_async_queue_push(pool->answers, work_on(pool, &worker, task));
        if (spent)
            g_clear_pointer(&worker, worker_process_end);
    }
    worker_process_end(worker);
    return NULL;
}

static void start_threads(Pool *pool)
{
    while (pool->threads->len < pool->jobs)
        g_ptr_array_add(pool->threads, g_thread_new("worker", work, pool));
}

Pool *pool_open(const RunTools *tools, const guint8 *key, GError **error)
{
    if (!tools->worker || !g_file_test(tools->worker, G_FILE_TEST_IS_EXECUTABLE)) {
        error_set(error, CANDOR_ERROR_MISSING, "no worker program at %s; set CANDOR_WORKER to its path",
                  tools->worker ? tools->worker : "the usual places");
        return NULL;
    }
    signal(SIGPIPE, SIG_IGN); /* a dead worker is an error of write(), not the end of the conductor */
    Pool *pool = g_new0(Pool, 1);
    pool->tools = tools;
    pool->jobs = tools->jobs ? tools->jobs : g_get_num_processors();
    pool->has_key = key != NULL;
    if (key)
        memcpy(pool->key, key, KEY_BYTES);
    pool->threads = g_ptr_array_new();
    pool->tasks = g_async_queue_new();
    pool->answers = g_async_queue_new_full((GDestroyNotify)answer_free);
    g_mutex_init(&pool->lock);
    return pool;
}

void pool_close(Pool *pool)
{
    if (!pool)
        return;
    for (guint i = 0; i < pool->threads->len; i++)
        g_async_queue_push(pool->tasks, &end);
    for (guint i = 0; i < pool->threads->len; i++)
        g_thread_join(pool->threads->pdata[i]);
    g_ptr_array_free(pool->threads, TRUE);
    g_async_queue_unref(pool->tasks);
    g_async_queue_unref(pool->answers);
    worker_process_end(pool->spare);
    g_free(pool->hello.reader);
    g_free(pool->hello.rules);
    g_free(pool->hello.converters);
    g_mutex_clear(&pool->lock);
    explicit_bzero(pool->key, sizeof pool->key);
    g_free(pool);
}

const WorkerHello *pool_hello(Pool *pool, GError **error)
{
    if (pool->hello.reader)
        return &pool->hello;
    WorkerProcess *worker = worker_process_start(pool->tools, pool_key(pool), -1, error);
    if (!worker)
        return NULL;
    pool->hello = (WorkerHello){.reader = g_strdup(worker->hello.reader),
                                .rules = g_strdup(worker->hello.rules),
                                .converters = g_strdup(worker->hello.converters),
                                .level = worker->hello.level};
    g_mutex_lock(&pool->lock);
    WorkerProcess *old = pool->spare;
    pool->spare = worker;
    g_mutex_unlock(&pool->lock);
    worker_process_end(old);
    return &pool->hello;
}

static gboolean stopped(const Pool *pool)
{
    return pool->tools->stopped && pool->tools->stopped(pool->tools->user);
}

/* Give one answer to the caller. */
static gboolean take_one(Answer *answer, PoolTake take, gpointer user, GError **error)
{
    if (answer->error) {
        g_propagate_error(error, g_steal_pointer(&answer->error));
        return FALSE;
    }
    answer->answer.rows = answer->rows->str;
    answer->answer.length = answer->rows->len;
    return take(&answer->answer, user, error);
}

/* Wait for what the workers still have in hand, so that the next run finds the queue empty. */
static void drop_answers(Pool *pool, guint waiting)
{
    for (gpointer task; waiting && (task = g_async_queue_try_pop(pool->tasks)); waiting--)
        pool_task_free(task);
    while (waiting--)
        answer_free(g_async_queue_pop(pool->answers));
}

/* Hand out tasks until each worker has one and one more lies ready. FALSE when there are no more. */
static gboolean give_tasks(Pool *pool, PoolNext next, gpointer user, guint *waiting)
{
    while (*waiting < pool->jobs + 1) {
        PoolTask *task = stopped(pool) ? NULL : next(user);
        if (!task)
            return FALSE;
        g_async_queue_push(pool->tasks, task);
        ++*waiting;
    }
    return TRUE;
}

gboolean pool_run(Pool *pool, PoolNext next, PoolTake take, gpointer user, GError **error)
{
    guint waiting = 0;
    start_threads(pool);
    gboolean more = give_tasks(pool, next, user, &waiting);
    while (waiting) {
        g_autoptr(Answer) answer = g_async_queue_pop(pool->answers);
        waiting--;
        /* Before the answer is taken, which takes its time: no worker waits for it. */
        more = more && give_tasks(pool, next, user, &waiting);
        if (!take_one(answer, take, user, error)) {
            drop_answers(pool, waiting);
            return FALSE;
        }
    }
    return TRUE;
}

/* pool_ask is pool_run with one task. */
typedef struct {
    PoolTask *task;
    PoolRow each;
    gpointer user;
} Asking;

static PoolTask *next_of_one(gpointer user)
{
    return g_steal_pointer(&((Asking *)user)->task);
}

static gboolean take_rows(PoolAnswer *answer, gpointer user, GError **error)
{
    Asking *asking = user;
    if (answer->dead)
        return error_set(error, CANDOR_ERROR_IO, "the worker died twice over one request; nothing was read");
    char *line = answer->rows, *stop = answer->rows + answer->length;
    for (char *newline; line < stop && (newline = memchr(line, '\n', (gsize)(stop - line)));
         line = newline + 1) {
        Row row;
        if (!row_split(line, (gsize)(newline - line), &row, error) ||
            !asking->each(&row, asking->user, error))
            return FALSE;
    }
    return TRUE;
}

gboolean pool_ask(Pool *pool, PoolTask *task, PoolRow each, gpointer user, GError **error)
{
    Asking asking = {.task = task, .each = each, .user = user};
    gboolean done = pool_run(pool, next_of_one, take_rows, &asking, error);
    pool_task_free(asking.task); /* still there when the person stopped us before it was sent */
    return done;
}
