/* request.c - the lines that ask a worker for something. */
#include "pool/pool.h"

/* Append a field, percent-encoded as rows are; the first has no tab before it. */
void pool_task_add(PoolTask *task, Span field)
{
    g_auto(RowBuffer) encoded = {.ceiling = field.n * 3 + 2};
    row_put(&encoded, field);
    gsize skip = task->request->len ? 0 : 1;
    g_string_append_len(task->request, encoded.bytes + skip, (gssize)(encoded.length - skip));
}

static void add_number(PoolTask *task, guint64 number)
{
    g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT, number);
    pool_task_add(task, span_of_string(text));
}

static PoolTask *task_new(const char *word, guint64 unit)
{
    PoolTask *task = g_new0(PoolTask, 1);
    task->unit = unit;
    task->descriptor = -1;
    task->request = g_string_new(NULL);
    pool_task_add(task, span_of_string(word));
    add_number(task, unit);
    return task;
}

PoolTask *pool_task_plan(guint64 unit, const char *root)
{
    PoolTask *task = task_new("plan", unit);
    pool_task_add(task, span_of_string(root));
    return task;
}

PoolTask *pool_task_mail(guint64 unit, const char *root, const char *kind, guint64 from, guint64 to)
{
    PoolTask *task = task_new("mail", unit);
    pool_task_add(task, span_of_string(root));
    pool_task_add(task, span_of_string(kind));
    add_number(task, from);
    add_number(task, to);
    task->check = TRUE;
    task->from = from;
    task->to = to;
    return task;
}

PoolTask *pool_task_scan(guint64 unit, const char *name, int descriptor)
{
    PoolTask *task = task_new("scan", unit);
    pool_task_add(task, span_of_string(name));
    task->descriptor = descriptor;
    return task;
}

PoolTask *pool_task_find(guint64 unit, const char *root, const char *words)
{
    PoolTask *task = task_new("find", unit);
    pool_task_add(task, span_of_string(root));
    pool_task_add(task, span_of_string(words));
    return task;
}
