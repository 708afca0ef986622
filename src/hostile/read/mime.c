/* mime.c - walks the tree of entities in one pass over the bytes.
 *
 * Boundaries of all open multiparts are known at any time, so that a part ends at the delimiter of any of them: an
 * inner multipart that never closes ends where its parent goes on.  Depth is bounded by LIMIT_DEPTH, nodes
 * by LIMIT_PARTS. */
#include "hostile/read/mime.h"

#include "hostile/read/delimiter.h"
#include "hostile/read/front.h"
#include "hostile/read/leaf.h"
#include "hostile/read/leaf_text.h"
#include "hostile/read/seek.h"

typedef struct {
    Reader *reader;
    Boundaries open; /* the bytes that are walked, and the multiparts that are open in them */
    /* of a message that was made of a part in another form */
    const LeafPlace *around; /* that part: where all within it stand; or NULL */
    const GArray *damages;   /* ReaderDamage                                  */
    guint damage;            /* the next of them                              */
} Walk;

/* What an entity's surroundings say about it. */
typedef struct {
    Span parent;  /* path, empty for the message itself */
    guint number; /* among its siblings                  */
    guint depth;
    gboolean message; /* a whole mail: the message itself or inside message/rfc822 */
    const char *default_type;
    gboolean encrypted;
} Place;

static Stop read_entity(Walk *walk, gsize at, const Place *place);

/* What a header's cursor asks about lines that begin with a dash. */
typedef struct {
    const Walk *walk;
    const Content *content; /* as far as the header said it */
} Ahead;

/* A delimiter ends a header: one of an open multipart, or of the multipart that this header announces, when the
 * empty line between is missing. */
static gboolean is_delimiter(const void *user, gsize at)
{
    const Ahead *ahead = user;
    const Boundaries *open = &ahead->walk->open;
    return delimiter_at(open, at) || delimiter_is_of(open->bytes, at, ahead->content->boundary);
}

static gboolean is_content_field(FieldId id)
{
    return id >= FIELD_CONTENT_TYPE && id <= FIELD_CONTENT_ELSEWHERE;
}

/* The header at `at`; returns where the body begins. */
static gsize read_header(Walk *walk, gsize at, const Place *place, Content *content)
{
    Reader *reader = walk->reader;
    Front front = {.path = place->parent.n ? place->parent : SPAN_NONE};
    Ahead ahead = {walk, content};
    HeaderCursor cursor = {.bytes = walk->open.bytes, .at = at, .is_delimiter = is_delimiter, .user = &ahead};
    cursor.is_part = walk->open.count > 0;
    content_init(content, place->default_type);
    for (Field field; header_next(&cursor, &field) == HEADER_FIELD;) {
        if (is_content_field(field.id))
            content_field(reader, content, &field);
        else if (place->message && field.id != FIELD_OTHER)
            front_field(reader, &front, &field);
    }
    reader->head->defects |= cursor.defects;
    if (place->depth == 0) {
        reader->head->defects |= cursor.fields ? 0 : DEFECT_NO_HEADER;
        front_end(reader);
    }
    if (cursor.skipped)
        reading_gap(reader, front.path, "header-too-large", cursor.skipped, FALSE);
    return cursor.at;
}

/* Gaps of `path` for what is damaged up to `start`, and not yet said; TRUE when there was any. */
static gboolean take_damages(Walk *walk, Span path, guint64 start)
{
    guint before = walk->damage;
    for (; walk->damages && walk->damage < walk->damages->len; walk->damage++) {
        const ReaderDamage *damage = &g_array_index(walk->damages, ReaderDamage, walk->damage);
        if (damage->start > start)
            break;
        GapRow gap = {.path = path,
                      .reason = span_of_string(damage->reason),
                      .detail = span_of_string(damage->detail),
                      .bytes = damage->bytes};
        if (walk->reader->sink->gap)
            walk->reader->sink->gap(walk->reader->user, &gap);
    }
    return walk->damage > before;
}

/* The row of a multipart or message, whose bytes are accounted for by its parts. */
static void give_node(const Walk *walk, const Content *content, Span path, PartKind kind, gsize start,
                      gsize end, PartState state)
{
    const Reader *reader = walk->reader;
    PartRow row = {
        .path = path,
        .kind = kind,
        .media_type = content->media_type,
        .charset = content->charset,
        .filename = content->filename.n ? content->filename
                    : content->name.n   ? content->name
                                        : SPAN_NONE,
        .disposition = content->disposition,
        .encoding = content->encoding_label,
        .content_id = content->content_id,
        .start = walk->around ? walk->around->start : start,
        .end = walk->around ? walk->around->end : end,
        .state = state,
    };
    if (reader->sink->part)
        reader->sink->part(reader->user, &row);
}

/* What a leaf held in another form. Damages of the whole, and what is left of those of parts, are the leaf's. */
static void read_unwrapped(Walk *walk, const Content *content, const Place *place, const LeafPlace *leaf,
                           const ReaderUnwrapped *unwrapped)
{
    Span path = path_span(&leaf->path);
    Place inner = {.parent = path,
                   .number = 1,
                   .depth = place->depth + 1,
                   .message = TRUE,
                   .default_type = "text/plain"};
    Walk nested = {.reader = walk->reader,
                   .open.bytes = scratch_span(&unwrapped->message),
                   .around = leaf,
                   .damages = unwrapped->damages};
    read_entity(&nested, 0, &inner);
    gboolean broken = take_damages(&nested, path, READER_WHOLE) || leaf->damaged;
    give_node(walk, content, path, PART_MESSAGE, leaf->start, leaf->end, broken ? PART_BROKEN : PART_READ);
}

static void give_leaf(Walk *walk, const Content *content, const Place *place, const Path *path, gsize start,
                      gsize end)
{
    g_auto(ReaderUnwrapped) unwrapped = {0};
    LeafPlace leaf = {.path = *path, .start = start, .end = end, .encrypted = place->encrypted};
    leaf.damaged = take_damages(walk, path_span(path), start);
    if (walk->around) {
        leaf.start = walk->around->start;
        leaf.end = walk->around->end;
    }
    leaf.bottom = place->depth + 1 >= LIMIT_DEPTH || walk->reader->parts >= LIMIT_PARTS;
    leaf.too_deep =
        place->depth >= LIMIT_DEPTH && (content_is_multipart(content) || content_is_message(content));
    if (leaf.too_deep)
        walk->reader->head->defects |= DEFECT_DEPTH_CUT;
    if (!leaf_read(walk->reader, content, &leaf, (Span){walk->open.bytes.p + start, end - start}, &unwrapped))
        read_unwrapped(walk, content, place, &leaf, &unwrapped);
}

/* Parts beyond LIMIT_PARTS: step over them to the end of this multipart. */
static Stop skip_parts(Walk *walk, guint level, Stop stop, Span path)
{
    gsize from = stop.next;
    while (stop.level == level && !stop.closing)
        stop = delimiter_find(&walk->open, stop.next);
    walk->reader->head->defects |= DEFECT_PARTS_CUT;
    reading_gap(walk->reader, path, "too-many-parts", stop.body_end > from ? stop.body_end - from : 0, FALSE);
    return stop;
}

/* The children, from the first delimiter on. */
static Stop read_children(Walk *walk, const Content *content, const Place *place, Span path, Stop stop)
{
    guint level = walk->open.count;
    Place child = {.parent = path, .depth = place->depth + 1, .default_type = "text/plain"};
    if (place->message)
        child.parent = place->parent;
    if (span_equals(content->media_type, "multipart/digest"))
        child.default_type = "message/rfc822";
    child.encrypted = place->encrypted || span_equals(content->media_type, "multipart/encrypted");
    while (stop.level == level && !stop.closing) {
        if (walk->reader->parts >= LIMIT_PARTS)
            return skip_parts(walk, level, stop, path);
        child.number++;
        stop = read_entity(walk, stop.next, &child);
    }
    return stop;
}

/* A multipart whose boundary is known. */
static Stop read_multipart(Walk *walk, const Content *content, const Place *place, const Path *path,
                           gsize body)
{
    Reader *reader = walk->reader;
    guint level = ++walk->open.count;
    walk->open.boundary[level] = content->boundary;
    Stop stop = delimiter_find(&walk->open, body);
    if (stop.level != level) {
        walk->open.count--;
        reader->head->defects |= DEFECT_BOUNDARY_MISSING;
        Content text = *content;
        text.media_type = SPAN_OF("text/plain");
        give_leaf(walk, &text, place, path, body, stop.body_end);
        return stop;
    }
    Span before = {walk->open.bytes.p + body, stop.body_end - body}, behind = SPAN_OF("");
    stop = read_children(walk, content, place, path_span(path), stop);
    gboolean closed = stop.level == level;
    walk->open.count--;
    if (closed) {
        gsize epilogue = stop.next;
        stop = delimiter_find(&walk->open, epilogue);
        behind = (Span){walk->open.bytes.p + epilogue, stop.body_end - epilogue};
    } else {
        reader->head->defects |= DEFECT_NO_FINAL_BOUNDARY;
    }
    leaf_text_around(reader, path_span(path), before, behind);
    give_node(walk, content, path_span(path), PART_MULTIPART, body, stop.body_end, PART_READ);
    return stop;
}

/* A mail in a mail, as it stands. */
static Stop read_message(Walk *walk, const Content *content, const Place *place, const Path *path, gsize body)
{
    Place inner = {.parent = path_span(path),
                   .number = 1,
                   .depth = place->depth + 1,
                   .message = TRUE,
                   .default_type = "text/plain"};
    Stop stop = read_entity(walk, body, &inner);
    gboolean elsewhere =
        content_is_elsewhere(content, (Span){walk->open.bytes.p + body, stop.body_end - body});
    if (elsewhere)
        reading_gap(walk->reader, path_span(path), "external", 0, FALSE);
    give_node(walk, content, path_span(path), PART_MESSAGE, body, stop.body_end,
              elsewhere ? PART_BROKEN : PART_READ);
    return stop;
}

/* A mail in a mail under base64 or quoted-printable, which RFC 2046 forbids: its parts' spans count in the decoded
 * bytes. */
static Stop read_encoded_message(Walk *walk, const Content *content, const Place *place, const Path *path,
                                 gsize body)
{
    Stop stop = delimiter_find(&walk->open, body);
    g_auto(Scratch) decoded = {0};
    LeafPlace leaf = {.path = *path, .start = body, .end = stop.body_end};
    Span raw = {walk->open.bytes.p + body, stop.body_end - body}, bytes;
    if (leaf_decode(walk->reader, content, &leaf, raw, &decoded, &bytes)) {
        Place inner = {.parent = path_span(path),
                       .number = 1,
                       .depth = place->depth + 1,
                       .message = TRUE,
                       .default_type = "text/plain"};
        Walk nested = {.reader = walk->reader, .open.bytes = bytes, .around = walk->around};
        read_entity(&nested, 0, &inner);
    }
    give_node(walk, content, path_span(path), PART_MESSAGE, body, stop.body_end, PART_READ);
    return stop;
}

static Stop read_body(Walk *walk, const Content *content, const Place *place, const Path *path, gsize body)
{
    gboolean deep = place->depth >= LIMIT_DEPTH;
    if (content_is_multipart(content) && !deep && content->boundary.n)
        return read_multipart(walk, content, place, path, body);
    if (content_is_message(content) && !deep && walk->reader->parts < LIMIT_PARTS)
        return content->encoding == ENCODING_IDENTITY
                   ? read_message(walk, content, place, path, body)
                   : read_encoded_message(walk, content, place, path, body);
    Stop stop = delimiter_find(&walk->open, body);
    Content leaf = *content;
    if (content_is_multipart(content) && !deep) {
        walk->reader->head->defects |= DEFECT_NO_BOUNDARY;
        leaf.media_type = SPAN_OF("text/plain");
    }
    give_leaf(walk, &leaf, place, path, body, stop.body_end);
    return stop;
}

static Stop read_entity(Walk *walk, gsize at, const Place *place)
{
    Content content;
    gsize body = read_header(walk, at, place, &content);
    gboolean open = content_is_multipart(&content) && content.boundary.n && place->depth < LIMIT_DEPTH;
    gboolean zero = place->message && open;
    Path path = path_child(place->parent, zero ? 0 : place->number);
    walk->reader->parts++;
    return read_body(walk, &content, place, &path, body);
}

void mime_read(Reader *reader, Span bytes)
{
    Walk walk = {.reader = reader, .open.bytes = bytes};
    Place place = {.parent = SPAN_OF(""), .number = 1, .message = TRUE, .default_type = "text/plain"};
    read_entity(&walk, 0, &place);
}
