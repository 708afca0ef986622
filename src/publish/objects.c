/* objects.c - one message as the customer may see it: asked of a worker, and put into the release. */
#include "publish/objects.h"

#include <sys/mman.h>
#include <unistd.h>
#include "nouns/release_rows.h"
#include "store/text_cache.h"

/* A row of the manifest. */
#define ROW_MOST_BYTES (64UL << 10)

/* While the answer comes. */
typedef struct {
    Building *building;
    const Shown *shown;
    GString *rows;
    ObjectRow object; /* the one that is open */
    char *path;       /* its path             */
    GByteArray *bytes;
    gboolean is_open, gap, away;
} Answering;

static void answering_clear(Answering *it)
{
    g_free(it->path);
    g_byte_array_unref(it->bytes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Answering, answering_clear)

static gboolean wrong(GError **error, const char *what)
{
    return error_set(error, CANDOR_ERROR_FORMAT, "a worker answered a release %s", what);
}

/* The bytes of a part are those that were asked for, or none. */
static gboolean was_asked_for(const Shown *shown, const char *sha256)
{
    for (gsize at = 0; at + 2 * DIGEST_BYTES <= shown->given->len; at += 2 * DIGEST_BYTES)
        if (memcmp(shown->given->str + at, sha256, 2 * DIGEST_BYTES) == 0)
            return TRUE;
    return FALSE;
}

/* O: kind, path, where its bytes are, how many, their SHA-256, spans removed, whether the rest is left out. */
static void add_row(Answering *it, guint64 offset, const char *sha256)
{
    g_auto(RowBuffer) row = {.ceiling = ROW_MOST_BYTES};
    row_begin(&row, 'O');
    row_put_string(&row, object_kind_name(it->object.kind));
    row_put_string(&row, it->path);
    row_put_uint(&row, offset);
    row_put_uint(&row, it->bytes->len);
    row_put_string(&row, sha256);
    row_put_uint(&row, it->object.removed);
    row_put_uint(&row, it->object.cut ? 1 : 0);
    row_end(&row);
    g_string_append_len(it->rows, row.bytes, (gssize)row.length);
}

static gboolean close_object(Answering *it, GError **error)
{
    guint64 offset;
    if (!it->is_open)
        return TRUE;
    if (it->bytes->len != it->object.bytes)
        return wrong(error, "with other bytes than it counted");
    g_autofree char *sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, it->bytes->data, it->bytes->len);
    if (it->object.kind == OBJECT_FILE && !was_asked_for(it->shown, sha256))
        return wrong(error, "with a part that nobody asked for");
    if ((it->object.kind == OBJECT_EXCERPT) != (it->shown->state == SHOW_EXCERPTS))
        return wrong(error, "with more than was asked for");
    it->is_open = FALSE;
    if (shown_withholds(it->shown, it->path))
        return TRUE;
    if (!release_writer_add(it->building->writer, (Span){(const char *)it->bytes->data, it->bytes->len},
                            &offset, error))
        return FALSE;
    add_row(it, offset, sha256);
    it->building->objects++;
    return TRUE;
}

static gboolean open_object(Answering *it, const Row *row, GError **error)
{
    if (!close_object(it, error) || !object_row_read(row, &it->object, error))
        return FALSE;
    if (it->object.item != 0)
        return wrong(error, "with another message");
    g_free(it->path);
    it->path = span_dup(it->object.path);
    g_byte_array_set_size(it->bytes, 0);
    it->is_open = TRUE;
    return TRUE;
}

static gboolean take_gap(Answering *it, const Row *row, GError **error)
{
    GapRow gap;
    if (!gap_row_read(row, &gap, error))
        return FALSE;
    it->gap = TRUE;
    /* A mail that takes too long to look through always will: it may not keep the rest from its customer. */
    it->away |= span_equals(gap.reason, "missing") || (gap.retryable && !span_equals(gap.reason, "cpu-time"));
    return TRUE;
}

static gboolean take_row(Row *row, gpointer user, GError **error)
{
    Answering *it = user;
    switch (row->kind) {
    case 'O':
        return open_object(it, row, error);
    case 'B':
        return (it->is_open || wrong(error, "with a piece of nothing")) &&
               piece_row_read(row, it->bytes, error);
    case 'G':
        return take_gap(it, row, error);
    default:
        return row->kind == 'D' || wrong(error, "with rows of another kind");
    }
}

static void add_number(PoolTask *task, guint64 number)
{
    g_autofree char *digits = g_strdup_printf("%" G_GUINT64_FORMAT, number);
    pool_task_add(task, span_of_string(digits));
}

static void add_hex(PoolTask *task, const guint8 *bytes, gsize n)
{
    g_autoptr(GString) hex = g_string_new(NULL);
    for (gsize i = 0; i < n; i++)
        g_string_append_printf(hex, "%02x", bytes[i]);
    pool_task_add(task, (Span){hex->str, hex->len});
}

/* --- texts of attachments -------------------------------------------------------------------------------------- */

/* Those of one message, in a memory file. */
typedef struct {
    int file; /* -1: none */
    guint64 bytes;
    GString *where; /* "PATH START LENGTH", commas between */
} Texts;

static void texts_clear(Texts *texts)
{
    if (texts->file >= 0)
        close(texts->file);
    g_string_free(texts->where, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Texts, texts_clear)

static gboolean texts_append(Texts *texts, const char *path, GBytes *text, GError **error)
{
    gsize n;
    const char *p = g_bytes_get_data(text, &n);
    if (texts->file < 0)
        texts->file = memfd_create("texts", MFD_CLOEXEC);
    for (gsize done = 0; texts->file >= 0 && done < n;) {
        gssize got = write(texts->file, p + done, n - done);
        if (got <= 0)
            return error_set_errno(error, "no memory for the texts of attachments");
        done += (gsize)got;
    }
    g_string_append_printf(texts->where, "%s%s %" G_GUINT64_FORMAT " %" G_GSIZE_FORMAT,
                           texts->where->len ? "," : "", path, texts->bytes, n);
    texts->bytes += n;
    return texts->file >= 0 || error_set_errno(error, "no memory file for the texts of attachments");
}

/* What is in the case's cache no more is said to be missing. */
static gboolean texts_fill(Texts *texts, Store *store, Shown *shown, GError **error)
{
    for (guint i = 0; i < shown->texts->len; i++) {
        const MadeText *made = shown->texts->pdata[i];
        const TextName name = {made->sha256, span_of_string(made->converter), span_of_string(made->version)};
        g_autoptr(GBytes) text = text_cache_get(store, &name);
        if (!text)
            shown_lacks_text(shown, made);
        else if (!texts_append(texts, made->path, text, error))
            return FALSE;
    }
    return TRUE;
}

/* --- asking ---------------------------------------------------------------------------------------------------- */

/* One message a request, so that a box which one message has captured holds no other. */
static PoolTask *request_for(Building *building, const Shown *shown, const Texts *texts)
{
    g_autofree char *root = NULL, *name = NULL;
    source_root_and_name(shown->root, &root, &name);
    PoolTask *task = pool_task_release(++building->asked, root, texts->file);
    pool_task_add_item(task, name, span_of_string(shown->item));
    pool_task_add(task, span_of_string(shown->kind));
    add_number(task, shown->start);
    add_number(task, shown->length);
    add_hex(task, shown->sha256, DIGEST_BYTES);
    pool_task_add(task, shown->state == SHOW_EXCERPTS ? SPAN_OF("mentioned") : SPAN_OF("party"));
    pool_task_add(task, (Span){shown->own->str, shown->own->len});
    pool_task_add(task, (Span){shown->given->str, shown->given->len});
    pool_task_add(task, (Span){texts->where->str, texts->where->len});
    task->items = 1;
    return task;
}

gboolean objects_add(Building *building, Shown *shown, GString *rows, gboolean *away, GError **error)
{
    g_auto(Answering) it = {.building = building, .shown = shown, .rows = rows, .bytes = g_byte_array_new()};
    g_auto(Texts) texts = {.file = -1, .where = g_string_new(NULL)};
    *away = !g_file_test(shown->root, G_FILE_TEST_EXISTS);
    if (*away)
        return TRUE;
    if (!texts_fill(&texts, building->store, shown, error) ||
        !pool_ask(building->pool, request_for(building, shown, &texts), take_row, &it, error) ||
        !close_object(&it, error))
        return FALSE;
    *away = it.away;
    if (it.gap)
        shown->state = SHOW_UNREADABLE;
    return TRUE;
}
