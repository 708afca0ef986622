/* item_body.c - the bodies of an Outlook item as parts of its message. */
#include "hostile/outlook/item_body.h"

#include "hostile/outlook/item_header.h"
#include "hostile/outlook/item_said.h"
#include "hostile/outlook/rtf_compressed.h"
#include "lib/moment.h"

void item_bodies_clear(ItemBodies *bodies)
{
    for (guint i = 0; i < bodies->count; i++)
        scratch_clear(&bodies->body[i].text);
    scratch_clear(&bodies->lines.text);
    *bodies = (ItemBodies){0};
}

static ItemBody *begin_body(ItemBody *body, const char *media_type, const char *charset)
{
    *body = (ItemBody){.media_type = media_type};
    g_strlcpy(body->charset, charset, sizeof body->charset);
    return body;
}

static ItemBody *new_body(ItemBodies *bodies, const char *media_type, const char *charset)
{
    return begin_body(&bodies->body[bodies->count++], media_type, charset);
}

/* CRLF and CR become LF, as in all canonical bytes. */
static gboolean write_lines(Scratch *out, Span text)
{
    if (!scratch_reserve(out, text.n + 1))
        return FALSE;
    for (gsize i = 0; i < text.n; i++)
        if (text.p[i] != '\r')
            out->p[out->n++] = text.p[i];
        else if (i + 1 == text.n || text.p[i + 1] != '\n')
            out->p[out->n++] = '\n';
    return TRUE;
}

/* Text in the property is UTF-8; bytes are in the page that the item names. */
static gboolean add_html(const Item *item, ItemBodies *bodies)
{
    gint64 codepage = 65001;
    char label[CHARSET_LABEL_BYTES] = "utf-8";
    if (item_bytes(&item->list, ITEM_HTML).n && item_number(&item->list, ITEM_INTERNET_CODEPAGE, &codepage))
        charset_label_of_codepage((guint)codepage, label);
    Scratch *out = &new_body(bodies, "text/html", label)->text;
    Span html = item_html(item);
    /* In UTF-16 a byte 13 need not be a CR. */
    return g_str_has_prefix(label, "utf-16") ? scratch_append(out, html.p, html.n) : write_lines(out, html);
}

/* What Outlook made of HTML or text becomes that again; RTF that is its own stays. */
static gboolean add_rtf(const Item *item, Charsets *charsets, Span compressed, ItemBodies *bodies)
{
    g_auto(Scratch) rtf = {0};
    g_auto(Scratch) inner = {0};
    gboolean damaged = FALSE, html = FALSE;
    guint64 too_deep = 0;
    ItemBody *body;
    if (!rtf_decompress(compressed, &rtf, &damaged)) {
        damaged = TRUE;
        body = new_body(bodies, "application/rtf", "");
    } else if (rtf_decapsulate(scratch_span(&rtf), charsets, &inner, &html, &too_deep)) {
        if (!html && item_text(&item->list, ITEM_BODY).n && !damaged)
            return TRUE;
        body = new_body(bodies, html ? "text/html" : "text/plain", "utf-8");
        if (!write_lines(&body->text, scratch_span(&inner)))
            return FALSE;
    } else {
        body = new_body(bodies, "application/rtf", "");
        if (!scratch_append(&body->text, scratch_span(&rtf).p, rtf.n))
            return FALSE;
    }
    if (damaged || too_deep) {
        body->loss = damaged ? "body-damaged" : "too-deep";
        body->lost = damaged ? compressed.n : too_deep;
    }
    return TRUE;
}

static gboolean write_value(Scratch *out, const ItemProperty *property)
{
    if (property->type != ITEM_TIME)
        return item_write_line(out, property->value);
    g_autofree char *when = moment_format(item_property_time(property));
    return item_write(out, when);
}

/* "Location: Room 1", a line for each property that has no place of its own. */
static gboolean add_lines(const Item *item, ItemBodies *bodies)
{
    g_autoptr(GPtrArray) said = item_said(item);
    ItemBody *body = begin_body(&bodies->lines, "text/plain", "utf-8");
    for (guint i = 0; i < said->len; i++) {
        char label[256];
        if (!item_line(said->pdata[i], label, sizeof label))
            continue;
        bodies->has_lines = TRUE;
        if (!item_write_line(&body->text, span_of_string(label)) || !item_write(&body->text, ": ") ||
            !write_value(&body->text, said->pdata[i]) || !item_write(&body->text, "\n"))
            return FALSE;
    }
    return TRUE;
}

gboolean item_bodies(const Item *item, Charsets *charsets, ItemBodies *bodies)
{
    Span plain = item_text(&item->list, ITEM_BODY), rtf = item_bytes(&item->list, ITEM_RTF);
    if (plain.n && !write_lines(&new_body(bodies, "text/plain", "utf-8")->text, plain))
        return FALSE;
    if (item_html(item).n ? !add_html(item, bodies) : rtf.n && !add_rtf(item, charsets, rtf, bodies))
        return FALSE;
    return add_lines(item, bodies);
}
