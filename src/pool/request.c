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

void pool_task_add_item(PoolTask *task, const char *name, Span path)
{
    gboolean own = path.n && !(path.n > 2 && memcmp(path.p, MEMBER_BETWEEN, strlen(MEMBER_BETWEEN)) == 0);
    g_autofree char *whole = g_strdup_printf("%s%.*s", own ? "" : name, (int)path.n, path.n ? path.p : "");
    pool_task_add(task, span_of_string(whole));
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

PoolTask *pool_task_members(guint64 unit, const char *root)
{
    PoolTask *task = task_new("members", unit);
    pool_task_add(task, span_of_string(root));
    return task;
}

static PoolTask *task_of_range(const char *word, guint64 unit, const char *root, const char *kind,
                               guint64 from, guint64 to)
{
    PoolTask *task = task_new(word, unit);
    pool_task_add(task, span_of_string(root));
    pool_task_add(task, span_of_string(kind));
    add_number(task, from);
    add_number(task, to);
    task->from = from;
    task->to = to;
    return task;
}

PoolTask *pool_task_mail(guint64 unit, const char *root, const char *kind, guint64 from, guint64 to)
{
    PoolTask *task = task_of_range("mail", unit, root, kind, from, to);
    task->check = TRUE;
    task->places = g_str_equal(kind, "pst") || g_str_equal(kind, "archive");
    return task;
}

PoolTask *pool_task_log(guint64 unit, const char *root, const char *kind, guint64 from, guint64 to)
{
    PoolTask *task = task_of_range("log", unit, root, kind, from, to);
    task->log = TRUE;
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

static PoolTask *task_of_parts(const char *word, guint64 unit)
{
    PoolTask *task = task_new(word, unit);
    task->parts = g_array_new(FALSE, FALSE, DIGEST_BYTES);
    return task;
}

PoolTask *pool_task_convert(guint64 unit, const char *root)
{
    PoolTask *task = task_of_parts("convert", unit);
    pool_task_add(task, span_of_string(root));
    return task;
}

PoolTask *pool_task_rescan(guint64 unit, int texts)
{
    PoolTask *task = task_of_parts("rescan", unit);
    task->rescan = TRUE;
    task->descriptor = texts;
    return task;
}

PoolTask *pool_task_words(guint64 unit, const char *words, int texts)
{
    PoolTask *task = task_new("words", unit);
    pool_task_add(task, span_of_string(words));
    task->descriptor = texts;
    return task;
}

static void add_hash(PoolTask *task, const guint8 sha256[DIGEST_BYTES])
{
    char hex[2 * DIGEST_BYTES + 1];
    for (guint i = 0; i < DIGEST_BYTES; i++)
        g_snprintf(hex + 2 * i, 3, "%02x", sha256[i]);
    pool_task_add(task, span_of_string(hex));
    if (task->parts)
        g_array_append_vals(task->parts, sha256, 1);
    task->items++;
}

void pool_task_add_part(PoolTask *task, Span kind, guint64 start, guint64 length, Span part,
                        const guint8 sha256[DIGEST_BYTES], Span media_type)
{
    pool_task_add(task, kind);
    add_number(task, start);
    add_number(task, length);
    pool_task_add(task, part);
    add_hash(task, sha256);
    pool_task_add(task, media_type);
}

void pool_task_add_text(PoolTask *task, const guint8 sha256[DIGEST_BYTES], guint64 start, guint64 length)
{
    add_hash(task, sha256);
    add_number(task, start);
    add_number(task, length);
}

PoolTask *pool_task_release(guint64 unit, const char *root, int texts)
{
    PoolTask *task = task_new("release", unit);
    task->descriptor = texts;
    pool_task_add(task, span_of_string(root));
    return task;
}

void source_root_and_name(const char *source_path, char **root, char **name)
{
    if (g_file_test(source_path, G_FILE_TEST_IS_DIR)) {
        *root = g_strdup(source_path);
        *name = g_strdup("");
    } else {
        *root = g_path_get_dirname(source_path);
        *name = g_path_get_basename(source_path);
    }
}
