/* mail.c - the `mail` request: messages of a range of an mbox, of whole files, or of a PST, to rows. */
#include "hostile/mail.h"

#include <unistd.h>
#include "hostile/archive/formats.h"
#include "hostile/file_form.h"
#include "hostile/group.h"
#include "hostile/limits.h"
#include "hostile/mail_archive.h"
#include "hostile/mail_pst.h"
#include "hostile/open/mbox.h"
#include "lib/error.h"
#include "lib/moment.h"

/* One message in so many is hashed again by the feeder; all of them with CANDOR_RECHECK=all. */
#define RECHECK_ONE_IN 16
/* Read at a time to be hashed. */
#define HASH_BYTES (1UL << 20)

/* --- in the box ---------------------------------------------------------------------------------------------- */

/* Made at the first piece, kept for the life of the box. */
typedef struct {
    Mbox mbox;
    Group group;
    guint64 sequence;
} MailReader;

static MailReader *mail_reader(Boxed *boxed)
{
    if (!boxed->job->more) {
        MailReader *reader = g_new0(MailReader, 1);
        mbox_init(&reader->mbox, &boxed->job->tools->hashing, LIMIT_MESSAGE_BYTES);
        group_init(&reader->group, boxed->job->tools);
        reader->sequence = boxed->job->totals.messages;
        boxed->job->more = reader;
    }
    return boxed->job->more;
}

static void send_gap(Boxed *boxed, const MboxPiece *piece, guint64 item, const char *reason,
                     gboolean retryable)
{
    RowBuffer *rows = &mail_reader(boxed)->group.first;
    row_buffer_reset(rows);
    gap_row_write(rows, &(GapRow){.item = item,
                                  .offset = piece->offset,
                                  .reason = span_of_string(reason),
                                  .bytes = piece->length,
                                  .retryable = retryable});
    FrameHead head = {.rows = (guint32)rows->length,
                      .between = (guint32)piece->between.n,
                      .item = item,
                      .start = piece->offset,
                      .end = piece->offset + piece->length};
    frame_write(&boxed->frames, &head, piece->between, (Span){rows->bytes, rows->length}, SPAN_NONE);
}

static void canonicalise(Boxed *boxed, const MboxPiece *piece, Canon *canon)
{
    if (!piece->too_long) {
        canon_make(&boxed->job->tools->hashing, piece->bytes, piece->held, piece->quoted, canon);
        return;
    }
    canon_rewrite(piece->bytes, piece->held, canon);
    memcpy(canon->found_sha256, piece->hashes.found_sha256, DIGEST_BYTES);
    memcpy(canon->key, piece->hashes.key, DIGEST_BYTES);
    canon->size = piece->hashes.size;
    canon->defects = piece->hashes.defects;
}

static void fill_head(MessageRow *head, const MailReader *reader, guint64 item, const MboxPiece *piece,
                      const Canon *canon)
{
    *head = (MessageRow){.sequence = reader->sequence,
                         .item = item,
                         .offset = piece->offset,
                         .length = piece->length,
                         .size = canon->size,
                         .date = MOMENT_NONE,
                         .defects = piece->defects | canon->defects};
    memcpy(head->sha256, canon->found_sha256, DIGEST_BYTES);
    memcpy(head->key, canon->key, DIGEST_BYTES);
}

/* The rows of a message; of a bare one, why it is. */
static void read_group(Boxed *boxed, const MboxPiece *piece, Span canonical, MessageRow *head, gboolean bare)
{
    Group *group = &mail_reader(boxed)->group;
    if (bare) {
        head->bare = TRUE;
        group_gap(group, boxed->bare_gap.reason.p, boxed->bare_gap.detail, piece->length,
                  boxed->bare_gap.retryable);
        return;
    }
    group_read(group, canonical, head);
    if (piece->too_long)
        group_gap(group, "message-too-large", SPAN_NONE, piece->length - piece->held, FALSE);
}

static void send_group(Boxed *boxed, guint64 item, const MboxPiece *piece, const MessageRow *head)
{
    MailReader *reader = mail_reader(boxed);
    Group *group = &reader->group;
    group_end(group, head);
    reader->sequence++;
    FrameHead frame = {.rows = (guint32)(group->first.length + group->body.length),
                       .between = (guint32)piece->between.n,
                       .item = item,
                       .start = piece->offset,
                       .end = piece->offset + piece->length};
    frame_write(&boxed->frames, &frame, piece->between, (Span){group->first.bytes, group->first.length},
                (Span){group->body.bytes, group->body.length});
}

static void send_message(Boxed *boxed, guint64 item, const MboxPiece *piece, gboolean bare)
{
    MailReader *reader = mail_reader(boxed);
    Canon canon;
    MessageRow head;
    canonicalise(boxed, piece, &canon);
    fill_head(&head, reader, item, piece, &canon);
    group_begin(&reader->group, item, piece->offset);
    read_group(boxed, piece, canon.canonical, &head, bare);
    send_group(boxed, item, piece, &head);
    canon_done(&canon);
}

/* A file that is MSG, TNEF or EMLX. Its copy is the file's bytes, its content what they say. */
static void send_form(Boxed *boxed, guint64 item, const MboxPiece *piece, FileForm form, gboolean bare)
{
    g_auto(FormMessage) message = {0};
    Canon found = piece->hashes;
    Tools *tools = boxed->job->tools;
    Group *group = &mail_reader(boxed)->group;
    MessageRow head;
    if (!piece->too_long)
        hash_bytes(&tools->hashing, (Span){piece->bytes, piece->held}, found.found_sha256);
    if (!form_message_read(tools, form, piece->bytes, piece->held, &message)) {
        send_gap(boxed, piece, item, "memory", TRUE);
        return;
    }
    memcpy(found.key, message.key, DIGEST_BYTES);
    found.size = message.size;
    found.defects = message.defects;
    fill_head(&head, mail_reader(boxed), item, piece, &found);
    head.kind = message.item ? item_kind_from_name(span_of_string(item_kind(message.item))) : ITEM_IS_MAIL;
    head.state = message.deleted ? COPY_DELETED : COPY_NORMAL;
    group_begin(group, item, piece->offset);
    if (message.item)
        group_losses(group, message.item, message.damages);
    read_group(boxed, piece, message.canonical, &head, bare);
    if (message.missing && !piece->too_long && !bare)
        group_gap(group, "item-damaged", SPAN_OF("the file ends too early"), message.missing, FALSE);
    send_group(boxed, item, piece, &head);
}

static gboolean is_bare(const Boxed *boxed, guint64 item, guint64 at)
{
    return boxed->has_bare && boxed->bare.item == item && boxed->bare.offset == at;
}

static void show_progress(Boxed *boxed, guint64 item, guint64 start, guint64 end)
{
    boxed->progress->item = item;
    boxed->progress->start = start;
    boxed->progress->end = end;
}

static void read_range(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end)
{
    Mbox *mbox = &mail_reader(boxed)->mbox;
    mbox_turn(mbox, file, start, end);
    for (MboxPiece piece = {.kind = MBOX_MESSAGE}; piece.kind != MBOX_END;) {
        guint64 at = mbox->at;
        show_progress(boxed, item, at, 0);
        mbox_next(mbox, &piece);
        show_progress(boxed, item, at, piece.offset + piece.length);
        if (piece.kind == MBOX_MESSAGE)
            send_message(boxed, item, &piece, is_bare(boxed, item, at));
        else if (piece.kind == MBOX_GARBAGE)
            send_gap(boxed, &piece, item, "no-envelope-line", FALSE);
        else if (piece.kind == MBOX_BROKEN)
            send_gap(boxed, &piece, item, "unreadable", TRUE);
        else if (at < end)
            frame_write(
                &boxed->frames,
                &(FrameHead){.between = (guint32)piece.between.n, .item = item, .start = end, .end = end},
                piece.between, SPAN_NONE, SPAN_NONE);
    }
}

static void read_file(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end)
{
    MboxPiece piece;
    show_progress(boxed, item, start, end);
    mbox_whole(&mail_reader(boxed)->mbox, file, end, &piece);
    if (piece.kind == MBOX_MESSAGE) {
        FileForm form = file_form((Span){piece.bytes, piece.held});
        if (form == FORM_MAIL)
            send_message(boxed, item, &piece, is_bare(boxed, item, start));
        else
            send_form(boxed, item, &piece, form, is_bare(boxed, item, start));
        return;
    }
    piece.length = end;
    send_gap(boxed, &piece, item, "unreadable", TRUE);
}

static void read_places(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end)
{
    MailReader *reader = mail_reader(boxed);
    mail_pst_read(boxed, &reader->group, &reader->sequence, item, file, start, end);
}

/* --- in the feeder ------------------------------------------------------------------------------------------- */

/* Whether this message is hashed again: not to be foreseen inside the box. */
static gboolean is_picked(const Job *job, guint64 sequence)
{
    guint64 mixed = (job->salt ^ sequence) * 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 32) * 0xd6e8feb86659fd93u;
    return job->tools->recheck_all || (mixed >> 32) % RECHECK_ONE_IN == 0;
}

static gboolean hash_is_true(Job *job, int file, const GroupFacts *facts)
{
    char bytes[64 << 10];
    EVP_MD_CTX *context = job->tools->hashing.one;
    guint64 end = facts->offset + facts->length;
    guint8 digest[DIGEST_BYTES];
    EVP_DigestInit_ex2(context, job->tools->hashing.sha256, NULL);
    for (guint64 at = facts->offset; at < end;) {
        gssize got = pread(file, bytes, MIN(sizeof bytes, end - at), (off_t)at);
        if (got <= 0)
            return FALSE;
        EVP_DigestUpdate(context, bytes, (gsize)got);
        at += (guint64)got;
    }
    EVP_DigestFinal_ex(context, digest, NULL);
    return memcmp(digest, facts->sha256, DIGEST_BYTES) == 0;
}

/* Only empty lines and one envelope line are passed over. */
static gboolean is_between(Span between)
{
    gsize n = 0;
    while (n < between.n && (between.p[n] == '\n' || between.p[n] == '\r'))
        n++;
    return n == between.n ||
           (between.n <= CHECK_BETWEEN_BYTES && between.n - n >= 5 && memcmp(between.p + n, "From ", 5) == 0);
}

static gboolean check_message(Job *job, int file, const FrameHead *head, const GroupFacts *facts,
                              GError **error)
{
    guint64 length = job->has_holes ? 1 : facts->length;
    if (facts->item != head->item || facts->offset != head->start || length != head->end - head->start)
        return error_set(error, CANDOR_ERROR_FORMAT, "a box's rows speak of another place than their frame");
    /* An item of a PST is no run of bytes: its hash is the box's word (doc/privsep.md). */
    if (facts->is_message && !job->has_holes && is_picked(job, facts->sequence) &&
        !hash_is_true(job, file, facts))
        return error_set(error, CANDOR_ERROR_FORMAT, "a message's hash is not that of its bytes");
    return TRUE;
}

static gboolean check_mail(Job *job, int file, const FrameHead *head, Span between, Span rows, GError **error)
{
    UnitCheck next = job->totals;
    GroupFacts facts = {0};
    if (!is_between(between) || (!rows.n && head->start != head->end))
        return error_set(error, CANDOR_ERROR_FORMAT, "a box passed over bytes of its unit");
    if (rows.n && (!group_check(rows, &facts, error) || !unit_check_group(&next, &facts, error) ||
                   !check_message(job, file, head, &facts, error)))
        return FALSE;
    job->totals = next;
    EVP_DigestUpdate(job->unit_hash, between.p, between.n);
    if (facts.is_message)
        EVP_DigestUpdate(job->unit_hash, facts.sha256, DIGEST_BYTES);
    return TRUE;
}

/* Places are no bytes. */
static void count_gap(Job *job, const GapRow *gap, RowBuffer *rows)
{
    GapRow row = *gap;
    row.bytes = job->has_holes ? 0 : gap->bytes;
    gap_row_write(rows, &row);
    unit_check_group(&job->totals, &(GroupFacts){.item = row.item, .offset = row.offset, .length = row.bytes},
                     NULL);
}

/* Only its reader knows which bytes of a PST make up an item: all of them enter the hash of one of its units, as those
 * of an archive do. */
static void hash_file(Job *job, int file, guint64 size)
{
    g_autofree char *bytes = g_malloc(HASH_BYTES);
    const JobItem *item = &g_array_index(job->items, JobItem, 0);
    for (guint64 at = 0; item->end > PLACES_RECOVERED && at < size;) {
        gssize got = pread(file, bytes, HASH_BYTES, (off_t)at);
        if (got <= 0)
            return;
        EVP_DigestUpdate(job->unit_hash, bytes, (gsize)got);
        at += (guint64)got;
    }
}

static void expect(Job *job, MailKind kind)
{
    JobItem *first = job->items->len ? &g_array_index(job->items, JobItem, 0) : NULL;
    if ((kind == MAIL_PLACES || kind == MAIL_ARCHIVE) && first)
        unit_check_places(&job->totals, job->unit, first->start, first->end);
    else if (kind == MAIL_RANGE && first)
        unit_check_range(&job->totals, job->unit, first->start, first->end);
    else
        unit_check_list(&job->totals, job->unit, job->items->len);
}

void mail_job(Job *job, MailKind kind)
{
    static void (*const read[])(Boxed *, guint64, int, guint64,
                                guint64) = {[MAIL_FILES] = read_file,
                                            [MAIL_RANGE] = read_range,
                                            [MAIL_PLACES] = read_places,
                                            [MAIL_ARCHIVE] = mail_archive_read};
    if (kind == MAIL_ARCHIVE)
        archive_warm_up();
    job->read_item = read[kind];
    job->has_holes = kind == MAIL_PLACES || kind == MAIL_ARCHIVE;
    job->opened = job->has_holes ? hash_file : NULL;
    job->check = check_mail;
    job->gap = count_gap;
    job->can_be_bare = TRUE;
    job->unit_hash = EVP_MD_CTX_new();
    EVP_DigestInit_ex2(job->unit_hash, job->tools->hashing.sha256, NULL);
    expect(job, kind);
}

void mail_done(Job *job, RowBuffer *rows)
{
    const UnitCheck *totals = &job->totals;
    DoneRow done = {.unit = job->unit,
                    .declared = totals->messages + totals->gaps,
                    .messages = totals->messages,
                    .gaps = totals->gaps,
                    .bytes = unit_check_bytes(totals)};
    EVP_DigestFinal_ex(job->unit_hash, done.sha256, NULL);
    done_row_write(rows, &done);
}

void mail_job_clear(Job *job)
{
    EVP_MD_CTX_free(job->unit_hash);
    job->unit_hash = NULL;
}
