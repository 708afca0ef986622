/* release.c - the `release` request: a message again, as one customer may see it. */
#include "hostile/release.h"

#include <unistd.h>
#include "hostile/feeder.h"
#include "hostile/limits.h"
#include "hostile/redact.h"
#include "hostile/release_text.h"
#include "hostile/reread.h"
#include "lib/error.h"
#include "nouns/release_rows.h"

/* The job's own. */
typedef struct {
    GArray *asked;
    ReleaseTexts texts;
    int output;
    guint64 messages, gaps;
} Releasing;

/* --- in the box ------------------------------------------------------------------------------------------------ */

typedef struct {
    const ReleaseAsked *asked;
    guint64 item;
    Hashing *hashing;
    Redaction redaction;
    GByteArray *given; /* hashes of the parts whose bytes are given */
    guint excerpts;    /* written                                   */
    RowBuffer rows;
} Making;

static GByteArray *bytes_of_hex(Span hex)
{
    GByteArray *bytes = g_byte_array_sized_new((guint)(hex.n / 2));
    for (gsize at = 0; at + 1 < hex.n; at += 2) {
        guint8 byte = 0;
        if (row_hex((Span){hex.p + at, 2}, &byte, 1))
            g_byte_array_append(bytes, &byte, 1);
    }
    return bytes;
}

static void put(Making *making, ObjectKind kind, Span path, const Redacted *redacted, Span bytes)
{
    const ObjectRow object = {.item = making->item,
                              .kind = kind,
                              .path = path,
                              .removed = redacted->removed,
                              .cut = redacted->cut,
                              .bytes = bytes.n};
    object_row_write(&making->rows, &object);
    piece_rows_write(&making->rows, bytes);
}

static void put_text(Making *making, ObjectKind kind, Span path, Span text)
{
    Redacted redacted;
    if (!making->asked->mentioned) {
        g_autoptr(GString) shown = redaction_apply(&making->redaction, text, &redacted);
        put(making, kind, path, &redacted, (Span){shown->str, shown->len});
        return;
    }
    g_autoptr(GPtrArray) excerpts =
        redaction_excerpts(&making->redaction, text, REDACTED_EXCERPTS_MOST - making->excerpts, &redacted);
    making->excerpts += excerpts->len;
    for (guint i = 0; i < excerpts->len; i++) {
        const GString *excerpt = excerpts->pdata[i];
        put(making, OBJECT_EXCERPT, path, &redacted, (Span){excerpt->str, excerpt->len});
    }
}

/* "@subject:1.2" of a mail within part 1.2. */
static Span path_behind(const char *name)
{
    const char *colon = strchr(name, ':');
    return span_of_string(colon ? colon + 1 : "");
}

static void learn_text(void *user, Span path, Span text, gboolean html)
{
    (void)path;
    (void)html;
    redaction_learn(&((Making *)user)->redaction, text);
}

static void learn_pseudo(void *user, const char *name, Span text)
{
    (void)name;
    redaction_learn(&((Making *)user)->redaction, text);
}

static void show_text(void *user, Span path, Span text, gboolean html)
{
    (void)html;
    put_text(user, OBJECT_TEXT, path, text);
}

static void show_pseudo(void *user, const char *name, Span text)
{
    if (g_str_has_prefix(name, "@subject"))
        put_text(user, OBJECT_SUBJECT, path_behind(name), text);
    else if (g_str_has_prefix(name, "@filename"))
        put_text(user, OBJECT_FILENAME, path_behind(name), text);
}

static void show_bytes(void *user, Span path, Span bytes)
{
    Making *making = user;
    static const Redacted untouched = {0};
    guint8 sha256[DIGEST_BYTES];
    if (making->asked->mentioned || !making->given->len)
        return;
    hash_bytes(making->hashing, bytes, sha256);
    for (guint at = 0; at + DIGEST_BYTES <= making->given->len; at += DIGEST_BYTES)
        if (memcmp(making->given->data + at, sha256, DIGEST_BYTES) == 0) {
            put(making, OBJECT_FILE, path, &untouched, bytes);
            return;
        }
}

static void each_made_text(const Releasing *releasing, Making *making,
                           void (*take)(void *user, Span path, Span text, gboolean html))
{
    for (guint i = 0; i < releasing->texts.each->len; i++) {
        const ReleaseText *text = &g_array_index(releasing->texts.each, ReleaseText, i);
        take(making, text->path, text->text, FALSE);
    }
}

/* In place of what was made. */
static void make_gap(Making *making, guint64 offset, const char *reason, guint64 bytes)
{
    row_buffer_reset(&making->rows);
    gap_row_write(&making->rows, &(GapRow){.item = making->item,
                                           .offset = offset,
                                           .reason = span_of_string(reason),
                                           .bytes = bytes,
                                           .retryable = g_str_equal(reason, "source-changed")});
}

/* Twice: what is taken out in one place goes in all, and a subject comes before the texts that say what that is. */
static void make_release(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end)
{
    static const ReaderSink learn = {.text = learn_text, .pseudo = learn_pseudo};
    static const ReaderSink show = {.text = show_text, .pseudo = show_pseudo, .bytes = show_bytes};
    const Releasing *releasing = boxed->job->more;
    Tools *tools = boxed->job->tools;
    Making making = {.asked = &g_array_index(releasing->asked, ReleaseAsked, item),
                     .item = item,
                     .hashing = &tools->hashing};
    g_autoptr(GByteArray) own = bytes_of_hex(making.asked->own), given = bytes_of_hex(making.asked->given);
    making.given = given;
    redaction_init(&making.redaction, tools->scanner, (Span){(const char *)own->data, own->len});
    row_buffer_init(&making.rows, LIMIT_RELEASE_ROWS_BYTES);
    const RereadPlace place = {item, file, start, end};
    gboolean there = reread_message(boxed, &place, making.asked->sha256, &learn, &making);
    each_made_text(releasing, &making, learn_text);
    there = there && reread_message(boxed, &place, making.asked->sha256, &show, &making);
    each_made_text(releasing, &making, show_text);
    if (making.rows.failed || !there)
        make_gap(&making, start, there ? "rows-too-large" : "source-changed", end - start);
    FrameHead head = {.rows = (guint32)making.rows.length, .item = item, .start = start, .end = end};
    frame_write(&boxed->frames, &head, SPAN_NONE, (Span){making.rows.bytes, making.rows.length}, SPAN_NONE);
    row_buffer_clear(&making.rows);
    redaction_clear(&making.redaction);
}

/* --- in the feeder --------------------------------------------------------------------------------------------- */

/* Whether the message is still at its place. Of an item of a PST its box has said so. */
static gboolean is_as_it_was(Job *job, int file, const FrameHead *head, const ReleaseAsked *asked)
{
    if (g_array_index(job->items, JobItem, head->item).places)
        return TRUE;
    g_autofree char *bytes = g_try_malloc(LIMIT_RELEASE_HASH_BYTES);
    EVP_MD_CTX *context = job->tools->hashing.one;
    guint8 digest[DIGEST_BYTES];
    if (!bytes)
        return FALSE;
    EVP_DigestInit_ex2(context, job->tools->hashing.sha256, NULL);
    for (guint64 at = head->start; at < head->end;) {
        gssize got = pread(file, bytes, MIN(LIMIT_RELEASE_HASH_BYTES, head->end - at), (off_t)at);
        if (got <= 0)
            return FALSE;
        EVP_DigestUpdate(context, bytes, (gsize)got);
        at += (guint64)got;
    }
    EVP_DigestFinal_ex(context, digest, NULL);
    return memcmp(digest, asked->sha256, DIGEST_BYTES) == 0;
}

/* Rows of objects and their pieces alone, or one gap, of this message. */
static gboolean rows_are_of(Span rows, guint64 item)
{
    g_autofree char *object = g_strdup_printf("O\t%" G_GUINT64_FORMAT "\t", item);
    g_autofree char *gap = g_strdup_printf("G\t%" G_GUINT64_FORMAT "\t", item);
    for (gsize at = 0; at < rows.n;) {
        const char *line = rows.p + at, *stop = memchr(line, '\n', rows.n - at);
        if (!stop)
            return FALSE;
        gsize n = (gsize)(stop - line);
        gboolean piece = at && n > 2 && line[0] == 'B' && line[1] == '\t';
        gboolean whole = n >= strlen(object) && memcmp(line, object, strlen(object)) == 0;
        gboolean lone = at == 0 && n + 1 == rows.n && n >= strlen(gap) && memcmp(line, gap, strlen(gap)) == 0;
        if (!piece && !whole && !lone)
            return FALSE;
        at += n + 1;
    }
    return TRUE;
}

static gboolean write_gap(Releasing *releasing, const GapRow *gap, GError **error)
{
    g_auto(RowBuffer) rows = {0};
    row_buffer_init(&rows, LIMIT_CONVERSION_ROWS_BYTES);
    gap_row_write(&rows, gap);
    releasing->gaps++;
    return feeder_write(releasing->output, (Span){rows.bytes, rows.length}, error);
}

static gboolean check_release(Job *job, int file, const FrameHead *head, Span between, Span rows,
                              GError **error)
{
    Releasing *releasing = job->more;
    const ReleaseAsked *asked = &g_array_index(releasing->asked, ReleaseAsked, head->item);
    if (between.n || !rows_are_of(rows, head->item))
        return error_set(error, CANDOR_ERROR_FORMAT, "a box answered a release with other rows");
    if (!is_as_it_was(job, file, head, asked)) {
        const GapRow changed = {.item = head->item,
                                .offset = head->start,
                                .reason = SPAN_OF("source-changed"),
                                .bytes = head->end - head->start,
                                .retryable = TRUE};
        return write_gap(releasing, &changed, error);
    }
    releasing->messages += rows.n && rows.p[0] == 'G' ? 0 : 1;
    releasing->gaps += rows.n && rows.p[0] == 'G' ? 1 : 0;
    return feeder_write(releasing->output, rows, error);
}

/* What cannot be opened, or kills a box. The rows go where the others go. */
static void count_gap(Job *job, const GapRow *gap, RowBuffer *rows)
{
    ((Releasing *)job->more)->gaps++;
    gap_row_write(rows, gap);
}

gboolean release_job(Job *job, GArray *asked, int output)
{
    Releasing *releasing = g_new0(Releasing, 1);
    const Span texts = asked->len ? g_array_index(asked, ReleaseAsked, 0).texts : SPAN_NONE;
    releasing->asked = asked;
    releasing->output = output;
    job->more = releasing;
    job->read_item = make_release;
    job->check = check_release;
    job->gap = count_gap;
    job->is_silent = TRUE;
    job->most_rows = LIMIT_RELEASE_ROWS_BYTES;
    return release_texts_open(&releasing->texts, texts) && (!texts.n || asked->len == 1);
}

void release_done(Job *job, RowBuffer *rows)
{
    const Releasing *releasing = job->more;
    done_row_write(rows, &(DoneRow){.unit = job->unit,
                                    .declared = job->items->len,
                                    .messages = releasing->messages,
                                    .gaps = releasing->gaps});
}

void release_job_clear(Job *job)
{
    release_texts_close(&((Releasing *)job->more)->texts);
    g_clear_pointer(&job->more, g_free);
}
