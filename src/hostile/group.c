/* group.c - one message to its group of rows. */
#include "hostile/group.h"

#include "hostile/limits.h"

/* M and E rows: their values have ceilings of their own. */
#define FIRST_BYTES (1UL << 20)

void group_init(Group *group, Tools *tools)
{
    *group = (Group){.tools = tools};
    row_buffer_init(&group->first, FIRST_BYTES);
    row_buffer_init(&group->body, LIMIT_FRAME_BYTES - FIRST_BYTES);
}

void group_begin(Group *group, guint64 item, guint64 offset)
{
    row_buffer_reset(&group->first);
    row_buffer_reset(&group->body);
    group->item = item;
    group->offset = offset;
    group->sums = (EndRow){.rows = 2};
    group->losses = group->damages = NULL;
    group->damage = 0;
}

static void add_gap(Group *group, const GapRow *gap)
{
    GapRow placed = *gap;
    placed.item = group->item;
    placed.offset = group->offset;
    gap_row_write(&group->body, &placed);
    group->sums.rows++;
}

void group_gap(Group *group, const char *reason, Span detail, guint64 bytes, gboolean retryable)
{
    add_gap(group,
            &(GapRow){
                .reason = span_of_string(reason), .detail = detail, .bytes = bytes, .retryable = retryable});
}

static void on_address(void *user, const AddressRow *address)
{
    Group *group = user;
    address_row_write(&group->body, address);
    group->sums.rows++;
}

static void on_match(void *user, const Match *match)
{
    Group *group = user;
    MatchRow row = {.path = group->path,
                    .type = span_of_string(match->rule->type->id),
                    .rule = span_of_string(match->rule->id),
                    .start = match->start,
                    .end = match->end,
                    .masked = match->masked,
                    .confidence = match->confidence};
    memcpy(row.fingerprint, match->fingerprint, FINGERPRINT_BYTES);
    match_row_write(&group->body, &row);
    group->sums.rows++;
}

static void scan(Group *group, Span path, Span text)
{
    group->path = path;
    if (scanner_scan(group->tools->scanner, text, on_match, group))
        add_gap(group, &(GapRow){.path = path, .reason = SPAN_OF("too-many-matches")});
}

static void on_text(void *user, Span path, Span text, gboolean html)
{
    (void)html;
    scan(user, path, text);
}

static void on_pseudo(void *user, const char *name, Span text)
{
    scan(user, span_of_string(name), text);
}

static void on_mention(void *user, const MentionRow *mention)
{
    Group *group = user;
    mention_row_write(&group->body, mention);
    group->sums.rows++;
}

/* What the part lost before it came into the message: a gap, and it is not read whole. Damages rise as parts do, but a
 * part that holds others comes before them. */
static void take_damage(Group *group, PartRow *part)
{
    for (; group->damages && group->damage < group->damages->len; group->damage++) {
        const ItemDamage *damage = &g_array_index(group->damages, ItemDamage, group->damage);
        if (damage->start > part->start)
            return;
        add_gap(
            group,
            &(GapRow){.path = part->path, .reason = span_of_string(damage->reason), .bytes = damage->bytes});
        if (part->state == PART_READ)
            part->state = PART_BROKEN;
    }
}

static void on_part(void *user, const PartRow *row)
{
    Group *group = user;
    PartRow damaged = *row, *part = &damaged;
    take_damage(group, part);
    part_row_write(&group->body, part);
    group->sums.rows++;
    group->sums.read += part->read;
    group->sums.scanned += part->scanned;
    group->sums.unscanned += part->unscanned;
}

static void on_gap(void *user, const GapRow *gap)
{
    add_gap(user, gap);
}

void group_read(Group *group, Span canonical, MessageRow *head)
{
    static const ReaderSink sink = {.address = on_address,
                                    .text = on_text,
                                    .pseudo = on_pseudo,
                                    .mention = on_mention,
                                    .part = on_part,
                                    .gap = on_gap};
    group->tools->read(group->tools->reader, canonical, &sink, group, head);
    /* Behind the addresses, which no gap may precede. */
    for (guint i = 0; group->losses && i < group->losses->len; i++) {
        const ItemLoss *loss = &g_array_index(group->losses, ItemLoss, i);
        group_gap(group, loss->reason, span_of_string(loss->detail), loss->bytes, FALSE);
    }
}

void group_losses(Group *group, const Item *item, const GArray *damages)
{
    group->losses = item->losses;
    group->damages = damages;
}

void group_end(Group *group, const MessageRow *head)
{
    if (group->body.failed) {
        row_buffer_reset(&group->body);
        group->sums = (EndRow){.rows = 2};
        group_gap(group, "rows-too-large", SPAN_NONE, head->length, FALSE);
    }
    message_row_write(&group->first, head);
    end_row_write(&group->body, &group->sums);
}
