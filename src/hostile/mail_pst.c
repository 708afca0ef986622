/* mail_pst.c - the items of a range of a PST's places, to rows. */
#include "hostile/mail_pst.h"

#include "hostile/stored_item.h"
#include "lib/moment.h"

typedef struct {
    Boxed *boxed;
    Group *group;
    guint64 *sequence;
    guint64 item;
    guint64 at; /* places before it are answered for */
} Reading;

static void pass_over(Reading *it, guint64 to)
{
    if (it->at < to)
        frame_write(&it->boxed->frames, &(FrameHead){.item = it->item, .start = to, .end = to}, SPAN_NONE,
                    SPAN_NONE, SPAN_NONE);
    it->at = to;
}

static void send(Reading *it, Span rows, Span more)
{
    frame_write(&it->boxed->frames,
                &(FrameHead){
                    .rows = (guint32)(rows.n + more.n), .item = it->item, .start = it->at, .end = it->at + 1},
                SPAN_NONE, rows, more);
    it->at++;
}

static void send_gap(Reading *it, const char *reason, const char *detail, guint64 bytes)
{
    RowBuffer *rows = &it->group->first;
    row_buffer_reset(rows);
    gap_row_write(rows, &(GapRow){.item = it->item,
                                  .offset = it->at,
                                  .reason = span_of_string(reason),
                                  .detail = span_of_string(detail),
                                  .bytes = bytes});
    send(it, (Span){rows->bytes, rows->length}, SPAN_NONE);
}

static void fill_head(const Reading *it, const StoredItem *stored, MessageRow *head)
{
    *head = (MessageRow){.sequence = *it->sequence,
                         .item = it->item,
                         .offset = it->at,
                         .length = 1,
                         .size = stored->message.n,
                         .date = MOMENT_NONE,
                         .kind = item_kind_from_name(span_of_string(item_kind(stored->item)))};
    memcpy(head->sha256, stored->sha256, DIGEST_BYTES);
    memcpy(head->key, stored->key, DIGEST_BYTES);
}

static void send_item(Reading *it, Pst *pst, const PstPlace *place, const StoredItem *stored)
{
    static const CopyState states[] = {[PST_IN_FOLDER] = COPY_NORMAL,
                                       [PST_ORPHAN] = COPY_ORPHAN,
                                       [PST_WAS_DELETED] = COPY_DELETED,
                                       [PST_HIDDEN] = COPY_HIDDEN};
    const Boxed *boxed = it->boxed;
    MessageRow head;
    fill_head(it, stored, &head);
    group_begin(it->group, it->item, it->at);
    group_losses(it->group, stored->item, stored->damages);
    if (boxed->has_bare && boxed->bare.item == it->item && boxed->bare.offset == it->at) {
        head.bare = TRUE;
        group_gap(it->group, boxed->bare_gap.reason.p, boxed->bare_gap.detail, 0, boxed->bare_gap.retryable);
    } else {
        group_read(it->group, scratch_span(&stored->message), &head);
    }
    head.folder = span_of_string(pst_folder(pst, place->folder));
    head.state = states[place->state];
    group_end(it->group, &head);
    send(it, (Span){it->group->first.bytes, it->group->first.length},
         (Span){it->group->body.bytes, it->group->body.length});
    ++*it->sequence;
}

static void send_lost(Reading *it, const Pst *pst, const PstPlace *place, const char *reason)
{
    g_autofree char *detail = pst_place_detail(pst, place);
    send_gap(it, reason, detail, 0);
}

static void read_place(Reading *it, Pst *pst, const PstPlace *place)
{
    g_auto(StoredItem) stored = {0};
    const char *reason = NULL;
    pass_over(it, place->place);
    *it->boxed->progress = (Progress){it->item, place->place, place->place + 1};
    if (stored_item_read(it->boxed, pst, place, &stored, &reason))
        send_item(it, pst, place, &stored);
    else
        send_lost(it, pst, place, reason);
}

void mail_pst_read(Boxed *boxed, Group *group, guint64 *sequence, guint64 item, int file, guint64 start,
                   guint64 end)
{
    Reading it = {.boxed = boxed, .group = group, .sequence = sequence, .item = item, .at = start};
    const char *reason = NULL;
    *boxed->progress = (Progress){item, start, 0};
    Pst *pst = stored_pst(boxed, item, file, &reason);
    g_autoptr(GArray) places = pst ? pst_places(pst, start, end, &reason) : NULL;
    if (!places)
        send_gap(&it, reason, NULL, start == 0 ? boxed->size : 0);
    if (places && start == 0 && pst_missing(pst))
        send_gap(&it, "pst-damaged", "the file ends too early", pst_missing(pst));
    for (guint i = 0; places && i < places->len; i++)
        read_place(&it, pst, &g_array_index(places, PstPlace, i));
    pass_over(&it, end);
}
