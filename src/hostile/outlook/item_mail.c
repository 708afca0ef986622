/* item_mail.c - an Outlook item as the message that it was. */
#include "hostile/outlook/item_mail.h"

#include "hostile/outlook/item_body.h"
#include "hostile/outlook/item_header.h"
#include "hostile/outlook/item_said.h"

/* The message while it is written. */
typedef struct {
    const guint8 *key;
    Charsets *charsets;
    Scratch *out;
    GArray *damages;
    guint boundaries;
    gboolean full; /* memory has run out */
} Writing;

static void put(Writing *it, const char *string)
{
    it->full = it->full || !item_write(it->out, string);
}

static void put_bytes(Writing *it, Span bytes)
{
    it->full = it->full || !scratch_append(it->out, bytes.n ? bytes.p : "", bytes.n);
}

/* --- parts -------------------------------------------------------------------------------------------------------- */

/* Of hex digits of the key, which is a hash of all parts: none of them can hold it. */
typedef struct {
    char text[64];
} Boundary;

static Boundary new_boundary(Writing *it)
{
    Boundary boundary = {0};
    gsize n = (gsize)g_snprintf(boundary.text, sizeof boundary.text, "candor-%u-", ++it->boundaries);
    for (guint i = 0; i < 16; i++)
        n += (gsize)g_snprintf(boundary.text + n, sizeof boundary.text - n, "%02x", it->key[i]);
    return boundary;
}

static void begin_multipart(Writing *it, const char *kind, const Boundary *boundary)
{
    put(it, "Content-Type: multipart/");
    put(it, kind);
    put(it, "; boundary=\"");
    put(it, boundary->text);
    put(it, "\"\n\n");
}

/* The line end before a delimiter is its own. With its CR, so that it takes no CR that ends the part. */
static void next_part(Writing *it, const Boundary *boundary)
{
    put(it, "\r\n--");
    put(it, boundary->text);
    put(it, "\n");
}

static void end_multipart(Writing *it, const Boundary *boundary)
{
    put(it, "\r\n--");
    put(it, boundary->text);
    put(it, "--\n");
}

static void damage(Writing *it, const char *reason, guint64 bytes)
{
    g_array_append_val(it->damages, ((ItemDamage){it->out->n, reason, bytes}));
}

static void put_body(Writing *it, const ItemBody *body)
{
    put(it, "Content-Type: ");
    put(it, body->media_type);
    if (*body->charset) {
        put(it, "; charset=");
        put(it, body->charset);
    }
    put(it, "\nContent-Transfer-Encoding: binary\n\n");
    if (body->loss)
        damage(it, body->loss, body->lost);
    put_bytes(it, scratch_span(&body->text));
}

static void put_bodies(Writing *it, const ItemBodies *bodies)
{
    if (bodies->count < 2) {
        put_body(it, bodies->count ? &bodies->body[0] : &bodies->lines);
        return;
    }
    Boundary boundary = new_boundary(it);
    begin_multipart(it, "alternative", &boundary);
    for (guint i = 0; i < bodies->count; i++) {
        next_part(it, &boundary);
        put_body(it, &bodies->body[i]);
    }
    end_multipart(it, &boundary);
}

/* --- attachments -------------------------------------------------------------------------------------------------- */

static gboolean is_token(Span text)
{
    gsize slashes = 0;
    for (gsize i = 0; i < text.n; i++) {
        if (!g_ascii_isalnum(text.p[i]) && !strchr("!#$&-^_.+/", text.p[i]))
            return FALSE;
        slashes += text.p[i] == '/' ? 1 : 0;
    }
    return text.n && slashes == 1;
}

static void put_name(Writing *it, const ItemList *list)
{
    Span name = item_text(list, ITEM_FILENAME), id = item_text(list, ITEM_CONTENT_ID);
    if (!name.n)
        name = item_text(list, ITEM_SHORT_FILENAME);
    if (!name.n)
        name = item_text(list, ITEM_NAME);
    put(it, "Content-Disposition: attachment");
    if (name.n) {
        put(it, "; filename=");
        it->full = it->full || !item_write_quoted(it->out, name);
    }
    if (id.n) {
        put(it, "\nContent-ID: <");
        it->full = it->full || !item_write_line(it->out, id);
        put(it, ">");
    }
    put(it, "\n");
}

static void put_item(Writing *it, const Item *item);

/* A signed mail is an attachment that is an entity of its own, with its header ([MS-OXOSMIME] 2.1.2): it goes in as it
 * is, with the line ends of the rest. */
static gboolean put_signed(Writing *it, const ItemAttachment *attachment)
{
    Span type = item_text(&attachment->list, ITEM_MEDIA_TYPE), data = attachment->data;
    if (type.n != strlen("multipart/signed") || g_ascii_strncasecmp(type.p, "multipart/signed", type.n) != 0)
        return FALSE;
    gsize before = it->out->n;
    for (gsize i = 0; i < data.n && !it->full;) {
        const char *stop = memchr(data.p + i, '\r', data.n - i);
        gsize end = stop ? (gsize)(stop - data.p) : data.n;
        gboolean line_end = end + 1 < data.n && data.p[end + 1] == '\n';
        put_bytes(it, (Span){data.p + i, end - i + (stop && !line_end ? 1 : 0)});
        i = end + (stop ? 1 : 0);
    }
    if (attachment->loss)
        g_array_append_val(it->damages, ((ItemDamage){before, attachment->loss, attachment->lost}));
    return TRUE;
}

static void put_attachment(Writing *it, const ItemAttachment *attachment)
{
    Span type = item_text(&attachment->list, ITEM_MEDIA_TYPE);
    if (put_signed(it, attachment))
        return;
    put(it, "Content-Type: ");
    if (attachment->within)
        put(it, "message/rfc822");
    else if (is_token(type) && g_ascii_strncasecmp(type.p, "m", 1) != 0)
        put_bytes(it, type);
    else
        put(it, "application/octet-stream");
    put(it, "\n");
    put_name(it, &attachment->list);
    put(it, "Content-Transfer-Encoding: binary\n\n");
    if (attachment->loss)
        damage(it, attachment->loss, attachment->lost);
    if (attachment->within)
        put_item(it, attachment->within);
    else
        put_bytes(it, attachment->data);
}

/* --- the message -------------------------------------------------------------------------------------------------- */

static void put_item(Writing *it, const Item *item)
{
    g_auto(ItemBodies) bodies = {0};
    it->full =
        it->full || !item_header(item, it->charsets, it->out) || !item_bodies(item, it->charsets, &bodies);
    put(it, "MIME-Version: 1.0\n");
    if (it->full)
        return;
    gboolean lines_apart = bodies.count && bodies.has_lines;
    if (!item->attachments->len && !lines_apart) {
        put_bodies(it, &bodies);
        return;
    }
    Boundary boundary = new_boundary(it);
    begin_multipart(it, "mixed", &boundary);
    next_part(it, &boundary);
    put_bodies(it, &bodies);
    if (lines_apart) {
        next_part(it, &boundary);
        put_body(it, &bodies.lines);
    }
    for (guint i = 0; i < item->attachments->len && !it->full; i++) {
        next_part(it, &boundary);
        put_attachment(it, item->attachments->pdata[i]);
    }
    end_multipart(it, &boundary);
}

gboolean item_mail(const Item *item, const guint8 key[DIGEST_BYTES], Charsets *charsets, Scratch *out,
                   GArray *damages)
{
    Writing it = {.key = key, .charsets = charsets, .out = out, .damages = damages};
    scratch_reset(out);
    put_item(&it, item);
    if (it.full)
        scratch_reset(out);
    return !it.full;
}

const char *item_kind(const Item *item)
{
    /* Longer names first where one begins another. */
    static const struct {
        const char *class, *kind;
    } kinds[] = {{"IPM.Appointment", "appointment"},
                 {"IPM.Schedule", "appointment"},
                 {"IPM.Contact", "contact"},
                 {"IPM.DistList", "distribution-list"},
                 {"IPM.Task", "task"},
                 {"IPM.StickyNote", "note"},
                 {"IPM.Activity", "journal"},
                 {"IPM.Post", "post"},
                 {"REPORT.", "report"},
                 {"IPM.Note", "mail"}};
    Span class = item_text(&item->list, ITEM_CLASS);
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (class.n >= strlen(kinds[i].class) &&
            g_ascii_strncasecmp(class.p, kinds[i].class, strlen(kinds[i].class)) == 0)
            return kinds[i].kind;
    return class.n ? "other" : "mail";
}
