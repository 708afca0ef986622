/* serve.c - requests in, rows out: the loop that every worker runs. */
#include "hostile/serve.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "hostile/attachment.h"
#include "hostile/feeder.h"
#include "hostile/find.h"
#include "hostile/limits.h"
#include "hostile/logs.h"
#include "hostile/mail.h"
#include "hostile/plan/members.h"
#include "hostile/plan/plan.h"
#include "hostile/release.h"
#include "hostile/scanfile.h"
#include "hostile/stored_text.h"
#include "lib/box.h"
#include "lib/error.h"

/* A D or H row. */
#define ROW_BYTES 4096

/* A request line, its fields taken one by one. */
typedef struct {
    char *next, *end;
    gboolean wrong; /* a field was missing or malformed */
} Request;

static const char *take_text(Request *request)
{
    Span field;
    if (!row_next_field(&request->next, request->end, &field) || !field.p) {
        request->wrong = TRUE;
        return "";
    }
    ((char *)(guintptr)field.p)[field.n] = '\0'; /* over the tab or the line's end */
    request->wrong |= strlen(field.p) != field.n;
    return field.p;
}

static guint64 take_number(Request *request)
{
    guint64 value = 0;
    request->wrong |= !row_uint(span_of_string(take_text(request)), &value);
    return value;
}

static gboolean has_more(const Request *request)
{
    return !request->wrong && request->next && request->next <= request->end;
}

static void take_paths(Request *request, Job *job, gboolean whole, guint64 start, guint64 end)
{
    while (has_more(request)) {
        JobItem item = {.path = take_text(request), .whole = whole, .start = start, .end = end};
        g_array_append_val(job->items, item);
    }
}

static gboolean write_done(Job *job, void (*done)(Job *, RowBuffer *), int output, GError **error)
{
    g_auto(RowBuffer) rows = {.ceiling = ROW_BYTES};
    done(job, &rows);
    return feeder_write(output, (Span){rows.bytes, rows.length}, error);
}

static gboolean malformed(const char *word, GError **error)
{
    return error_set(error, CANDOR_ERROR_FORMAT, "a '%s' request is malformed; see doc/worker-protocol.md",
                     word);
}

static gboolean mail_kind(const char *word, MailKind *kind)
{
    static const char *const words[] = {
        [MAIL_FILES] = "eml", [MAIL_RANGE] = "mbox", [MAIL_PLACES] = "pst", [MAIL_ARCHIVE] = "archive"};
    for (*kind = MAIL_FILES; *kind < G_N_ELEMENTS(words); ++*kind)
        if (g_str_equal(word, words[*kind]))
            return TRUE;
    *kind = MAIL_FILES;
    return FALSE;
}

static gboolean serve_mail(Request *request, Job *job, int output, GError **error)
{
    job->root = take_text(request);
    MailKind kind;
    gboolean known = mail_kind(take_text(request), &kind);
    guint64 start = take_number(request), end = take_number(request);
    take_paths(request, job, kind == MAIL_FILES, start, end);
    if (request->wrong || start > end || !known || (kind != MAIL_FILES && job->items->len != 1))
        return malformed("mail", error);
    mail_job(job, kind);
    gboolean fine = feeder_run(job, output, error) && write_done(job, mail_done, output, error);
    mail_job_clear(job);
    return fine;
}

/* Where a message is that was read before: kind, start, length. */
static void take_place(Request *request, JobItem *item)
{
    const char *kind = take_text(request);
    item->places = g_str_equal(kind, "pst");
    item->single = !item->places && !g_str_equal(kind, "mbox");
    item->start = take_number(request);
    item->end = item->start + take_number(request);
}

/* The hash of a part or message. */
static void take_hash(Request *request, guint8 sha256[DIGEST_BYTES])
{
    request->wrong |= !row_hex(span_of_string(take_text(request)), sha256, DIGEST_BYTES);
}

static gboolean serve_log(Request *request, Job *job, int output, GError **error)
{
    job->root = take_text(request);
    take_text(request); /* the kind: each record says itself what it is */
    guint64 start = take_number(request), end = take_number(request);
    take_paths(request, job, FALSE, start, end);
    if (request->wrong || start > end || job->items->len != 1)
        return malformed("log", error);
    logs_job(job);
    gboolean fine = feeder_run(job, output, error) && write_done(job, logs_done, output, error);
    logs_job_clear(job);
    return fine;
}

static gboolean serve_plan(Request *request, Job *job, int output, GError **error)
{
    job->root = take_text(request);
    take_paths(request, job, TRUE, 0, 0);
    if (request->wrong)
        return malformed("plan", error);
    plan_job(job);
    return feeder_run(job, output, error) && write_done(job, plan_done, output, error);
}

static gboolean serve_members(Request *request, Job *job, int output, GError **error)
{
    job->root = take_text(request);
    take_paths(request, job, TRUE, 0, 0);
    if (request->wrong)
        return malformed("members", error);
    members_job(job);
    return feeder_run(job, output, error) && write_done(job, members_done, output, error);
}

static gboolean serve_find(Request *request, Job *job, int output, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(FindAsked));
    job->root = take_text(request);
    const char *words = take_text(request);
    while (has_more(request)) {
        JobItem item = {.path = take_text(request)};
        FindAsked asked = {0};
        take_place(request, &item);
        take_hash(request, asked.sha256);
        g_array_append_val(job->items, item);
        g_array_append_val(all, asked);
    }
    if (request->wrong)
        return malformed("find", error);
    gboolean fine = find_job(job, words, all, error) && feeder_run(job, output, error) &&
                    write_done(job, find_done, output, error);
    find_job_clear(job);
    return fine;
}

static gboolean serve_convert(Request *request, Job *job, int output, GError **error)
{
    g_autoptr(GArray) attachments = g_array_new(FALSE, FALSE, sizeof(Attachment));
    job->root = take_text(request);
    while (has_more(request)) {
        JobItem item = {.path = take_text(request)};
        Attachment attachment = {0};
        take_place(request, &item);
        attachment.path = span_of_string(take_text(request));
        take_hash(request, attachment.sha256);
        attachment.media_type = span_of_string(take_text(request));
        g_array_append_val(job->items, item);
        g_array_append_val(attachments, attachment);
    }
    if (request->wrong)
        return malformed("convert", error);
    attachment_job(job, attachments, output);
    gboolean fine = feeder_run(job, output, error) && write_done(job, attachment_done, output, error);
    attachment_job_clear(job);
    return fine;
}

static void take_stored_texts(Request *request, GArray *texts)
{
    while (has_more(request)) {
        StoredText text = {0};
        take_hash(request, text.sha256);
        text.start = take_number(request);
        text.length = take_number(request);
        g_array_append_val(texts, text);
    }
}

static gboolean serve_rescan(Request *request, Job *job, int output, GError **error)
{
    g_autoptr(GArray) texts = g_array_new(FALSE, FALSE, sizeof(StoredText));
    take_stored_texts(request, texts);
    return request->wrong ? malformed("rescan", error)
                          : stored_text_rescan(job->tools, job->unit, texts, output, error);
}

static gboolean serve_words(Request *request, Job *job, int output, GError **error)
{
    g_autoptr(GArray) texts = g_array_new(FALSE, FALSE, sizeof(StoredText));
    const char *words = take_text(request);
    take_stored_texts(request, texts);
    return request->wrong ? malformed("words", error)
                          : stored_text_words(job->tools, job->unit, words, texts, output, error);
}

static gboolean take_mode(Request *request)
{
    const char *mode = take_text(request);
    gboolean mentioned = g_str_equal(mode, "mentioned");
    request->wrong |= !mentioned && !g_str_equal(mode, "party");
    return mentioned;
}

static gboolean serve_release(Request *request, Job *job, int output, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(ReleaseAsked));
    job->root = take_text(request);
    while (has_more(request)) {
        JobItem item = {.path = take_text(request)};
        ReleaseAsked asked = {0};
        take_place(request, &item);
        take_hash(request, asked.sha256);
        asked.mentioned = take_mode(request);
        asked.own = span_of_string(take_text(request));
        asked.given = span_of_string(take_text(request));
        asked.texts = span_of_string(take_text(request));
        request->wrong |= asked.texts.n && all->len;
        g_array_append_val(job->items, item);
        g_array_append_val(all, asked);
    }
    if (request->wrong)
        return malformed("release", error);
    gboolean fine = release_job(job, all, output) || malformed("release", error);
    fine = fine && feeder_run(job, output, error) && write_done(job, release_done, output, error);
    release_job_clear(job);
    return fine;
}

/* The second job of a `scan`, now that it is known what the file is. */
static gboolean scan_as(Job *job, const ScanLook *look, int output, GError **error)
{
    if (look->kind == SCAN_MBOX || look->kind == SCAN_EML || look->kind == SCAN_PST) {
        mail_job(job, look->kind == SCAN_MBOX  ? MAIL_RANGE
                      : look->kind == SCAN_PST ? MAIL_PLACES
                                               : MAIL_FILES);
        gboolean fine = feeder_run(job, output, error) && write_done(job, mail_done, output, error);
        mail_job_clear(job);
        return fine;
    }
    gboolean taken = FALSE;
    if (look->kind == SCAN_CONVERT && !scan_convert(job, look, output, &taken, error))
        return FALSE;
    if (taken)
        return write_done(job, scan_done, output, error);
    scan_text_job(job);
    return feeder_run(job, output, error) && write_done(job, scan_done, output, error);
}

static gboolean serve_scan(Request *request, Job *job, int output, GError **error)
{
    ScanLook look = {.name = take_text(request)};
    if (request->wrong)
        return malformed("scan", error);
    Job looking = *job;
    JobItem file = {.path = NULL, .whole = TRUE};
    g_array_append_val(job->items, file);
    scan_look_job(&looking, &look);
    if (!feeder_run(&looking, output, error))
        return FALSE;
    if (look.kind == SCAN_NOTHING)
        return write_done(&looking, scan_done, output, error);
    if (look.kind == SCAN_MBOX)
        g_array_index(job->items, JobItem, 0) = (JobItem){.path = NULL, .end = look.size};
    if (look.kind == SCAN_PST)
        g_array_index(job->items, JobItem, 0) = (JobItem){.path = NULL, .end = PLACES_RECOVERED + look.size};
    return scan_as(job, &look, output, error);
}

static gboolean serve_line(Tools *tools, char *line, gsize n, int output, GError **error)
{
    static const struct {
        const char *word;
        gboolean (*serve)(Request *, Job *, int, GError **);
    } words[] = {{"mail", serve_mail},       {"log", serve_log},       {"plan", serve_plan},
                 {"members", serve_members}, {"scan", serve_scan},     {"find", serve_find},
                 {"convert", serve_convert}, {"rescan", serve_rescan}, {"words", serve_words},
                 {"release", serve_release}};
    Request request = {.next = line, .end = line + n};
    const char *word = take_text(&request);
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!g_str_equal(word, words[i].word))
            continue;
        g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(JobItem));
        Job job = {.tools = tools, .items = items, .unit = take_number(&request)};
        return words[i].serve(&request, &job, output, error);
    }
    return error_set(error, CANDOR_ERROR_FORMAT,
                     "a request begins with a word that this worker does not know");
}

/* Enter a box for nothing, to know what this machine gives. */
static gboolean probe(guint *level, GError **error)
{
    int out[2], in[2];
    if (pipe(out) != 0 || pipe(in) != 0)
        return error_set_errno(error, "no pipe for the probe of the box");
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        guint reached;
        BoxPlan plan = {.kind = BOX_READER,
                        .in = in[0],
                        .out = out[1],
                        .trace = -1,
                        .parent = parent,
                        .address_space = LIMIT_BOX_ADDRESS_SPACE};
        if (box_enter(&plan, &reached, NULL))
            (void)!write(BOX_OUT, &reached, sizeof reached);
        _exit(0);
    }
    close(out[1]);
    close(in[0]);
    close(in[1]);
    gboolean answered = child > 0 && read(out[0], level, sizeof *level) == sizeof *level;
    close(out[0]);
    if (child > 0)
        waitpid(child, NULL, 0);
    return answered ? TRUE
                    : error_set(error, CANDOR_ERROR_DENIED,
                                "the box's floor (seccomp, no_new_privs, rlimits) is not to be had on this "
                                "machine, so nothing is read");
}

static gboolean greet(const Tools *tools, int output, GError **error)
{
    guint level = 0;
    if (!probe(&level, error))
        return FALSE;
    g_auto(RowBuffer) rows = {.ceiling = ROW_BYTES};
    row_begin(&rows, 'H');
    row_put_string(&rows, ROWS_PROTOCOL);
    row_put_uint(&rows, ROWS_VERSION);
    row_put_string(&rows, CANDOR_VERSION);
    row_put_uint(&rows, level);
    row_put_string(&rows, tools->rules->digest);
    row_put_string(&rows, tools->converters ? converters_names(tools->converters) : "");
    row_end(&rows);
    return feeder_write(output, (Span){rows.bytes, rows.length}, error);
}

gboolean serve(Tools *tools, FILE *requests, int output, GError **error)
{
    box_share_namespaces();
    if (!box_prepare(error) || !greet(tools, output, error))
        return FALSE;
    char *line = NULL;
    gsize capacity = 0;
    gssize n;
    gboolean fine = TRUE;
    while (fine && (n = getline(&line, &capacity, requests)) > 0)
        fine = serve_line(tools, line, (gsize)n - (line[n - 1] == '\n' ? 1 : 0), output, error);
    free(line);
    return fine;
}
