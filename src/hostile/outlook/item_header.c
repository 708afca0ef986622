/* item_header.c - the header of the message that an Outlook item was.
 *
 * The transport headers are the mail's own, and stay as they are but for the fields of MIME, which described bodies
 * that the item no longer has.  What they do not say, or all where there are none (mail that never left the server,
 * drafts), is said by properties. */
#include "hostile/outlook/item_header.h"

#include "hostile/outlook/item_named.h"
#include "hostile/outlook/item_said.h"
#include "lib/moment.h"

/* Kinds of recipients, [MS-OXOMSG] 2.2.3.1; the high bits are flags. */
enum { RECIPIENT_TO = 1, RECIPIENT_CC = 2, RECIPIENT_BCC = 3 };
static const char *const recipient_fields[] = {"To", "To", "Cc", "Bcc"};

gboolean item_write(Scratch *out, const char *string)
{
    return scratch_append(out, string, strlen(string));
}

gboolean item_write_line(Scratch *out, Span text)
{
    if (!scratch_reserve(out, text.n))
        return FALSE;
    for (gsize i = 0; i < text.n; i++) {
        char c = text.p[i];
        out->p[out->n++] = c == '\n' || c == '\r' || !c ? ' ' : c;
    }
    return TRUE;
}

gboolean item_write_quoted(Scratch *out, Span text)
{
    if (!scratch_reserve(out, 2 * text.n + 2))
        return FALSE;
    out->p[out->n++] = '"';
    for (gsize i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '"' || c == '\\')
            out->p[out->n++] = '\\';
        out->p[out->n++] = c == '\n' || c == '\r' || !c ? ' ' : c;
    }
    out->p[out->n++] = '"';
    return TRUE;
}

static gboolean write_field(Scratch *out, const char *name, Span value)
{
    return !value.n || (item_write(out, name) && item_write(out, ": ") && item_write_line(out, value) &&
                        item_write(out, "\n"));
}

static gboolean write_date(Scratch *out, const char *before, gint64 moment)
{
    if (moment == MOMENT_NONE)
        return TRUE;
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(moment / G_USEC_PER_SEC);
    if (!date)
        return TRUE;
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    g_autofree char *line = g_strdup_printf(
        "%s%d %s %04d %02d:%02d:%02d +0000\n", before, g_date_time_get_day_of_month(date),
        months[g_date_time_get_month(date) - 1], g_date_time_get_year(date), g_date_time_get_hour(date),
        g_date_time_get_minute(date), g_date_time_get_second(date));
    return item_write(out, line);
}

/* --- people ------------------------------------------------------------------------------------------------------- */

static ItemPerson person(const ItemList *list, guint32 name, guint32 smtp, guint32 address)
{
    Span best = item_text(list, smtp);
    return (ItemPerson){item_text(list, name), best.n ? best : item_text(list, address)};
}

/* "Name" <address>; an address that is none of RFC 5322 is kept in the name's place, where it is read as a name. */
static gboolean write_person(Scratch *out, ItemPerson it)
{
    gboolean is_address = it.address.n && memchr(it.address.p, '@', it.address.n) &&
                          !memchr(it.address.p, '>', it.address.n) &&
                          !memchr(it.address.p, ' ', it.address.n);
    if (it.name.n && !item_write_quoted(out, it.name))
        return FALSE;
    if (!it.address.n)
        return it.name.n || item_write(out, "\"\"");
    if (!is_address)
        return (!it.name.n || item_write(out, " ")) && item_write_quoted(out, it.address);
    return item_write(out, " <") && item_write_line(out, it.address) && item_write(out, ">");
}

static gboolean same_person(ItemPerson a, ItemPerson b)
{
    return a.address.n == b.address.n && g_ascii_strncasecmp(a.address.p, b.address.p, a.address.n) == 0;
}

static gboolean write_from(const Item *item, Scratch *out)
{
    ItemPerson from = person(&item->list, ITEM_FROM_NAME, ITEM_FROM_SMTP, ITEM_FROM_ADDRESS);
    ItemPerson sender = person(&item->list, ITEM_SENDER_NAME, ITEM_SENDER_SMTP, ITEM_SENDER_ADDRESS);
    if (!from.name.n && !from.address.n)
        from = sender;
    if (!from.name.n && !from.address.n)
        return TRUE;
    if (!item_write(out, "From: ") || !write_person(out, from) || !item_write(out, "\n"))
        return FALSE;
    if (!sender.address.n || same_person(from, sender))
        return TRUE;
    return item_write(out, "Sender: ") && write_person(out, sender) && item_write(out, "\n");
}

/* --- transport headers -------------------------------------------------------------------------------------------- */

static gsize name_length(Span line)
{
    gsize n = 0;
    while (n < line.n && line.p[n] > ' ' && line.p[n] < 127 && line.p[n] != ':')
        n++;
    return n && n < line.n && line.p[n] == ':' ? n : 0;
}

static Span next_line(Span *rest)
{
    const char *stop = memchr(rest->p, '\n', rest->n);
    gsize n = stop ? (gsize)(stop - rest->p) : rest->n;
    Span line = {rest->p, n};
    rest->p += n + (stop ? 1 : 0);
    rest->n -= n + (stop ? 1 : 0);
    while (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

static gboolean name_is(Span line, gsize n, const char *name)
{
    return n == strlen(name) && g_ascii_strncasecmp(line.p, name, n) == 0;
}

static gboolean is_of_mime(Span line, gsize n)
{
    return name_is(line, n, "MIME-Version") || (n > 8 && g_ascii_strncasecmp(line.p, "Content-", 8) == 0);
}

static gboolean has_field(Span block, const char *name)
{
    while (block.n) {
        Span line = next_line(&block);
        if (name_is(line, name_length(line), name))
            return TRUE;
    }
    return FALSE;
}

/* "Microsoft Mail Internet Headers Version 2.0" and other lines that are no field go. */
static gboolean write_transport(Span block, Scratch *out)
{
    gboolean taken = FALSE;
    while (block.n) {
        Span line = next_line(&block);
        if (!line.n)
            continue;
        gboolean folded = line.p[0] == ' ' || line.p[0] == '\t';
        gsize n = folded ? 0 : name_length(line);
        if (!folded)
            taken = n && !is_of_mime(line, n);
        if (taken && (!item_write_line(out, line) || !item_write(out, "\n")))
            return FALSE;
    }
    return TRUE;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

/* Those of one kind that the transport headers do not name, in one field. */
static gboolean write_recipients(const Item *item, const GArray *named, guint kind, Scratch *out)
{
    gboolean first = TRUE;
    for (guint i = 0; i < item->recipients->len; i++) {
        const ItemList *list = item->recipients->pdata[i];
        gint64 type = RECIPIENT_TO;
        (void)item_number(list, ITEM_RECIPIENT_TYPE, &type);
        type &= 0xf;
        ItemPerson it = item_recipient(list);
        if ((type > RECIPIENT_BCC ? RECIPIENT_TO : MAX(type, RECIPIENT_TO)) != kind ||
            (!it.name.n && !it.address.n) || g_array_index(named, gboolean, i))
            continue;
        if (!item_write(out, first ? recipient_fields[kind] : ",\n ") || (first && !item_write(out, ": ")) ||
            !write_person(out, it))
            return FALSE;
        first = FALSE;
    }
    return first || item_write(out, "\n");
}

/* When it came in, as the server noted it: the first Received that a reader meets. */
static gboolean write_received(const Item *item, Span block, Scratch *out)
{
    return has_field(block, "Received") ||
           write_date(out, "Received: (time of delivery); ", item_time(&item->list, ITEM_DELIVERED));
}

static gint64 sent(const Item *item)
{
    gint64 moment = item_time(&item->list, ITEM_SUBMITTED);
    if (moment == MOMENT_NONE)
        moment = item_time(&item->list, ITEM_DELIVERED);
    return moment == MOMENT_NONE ? item_time(&item->list, ITEM_CREATED) : moment;
}

gboolean item_header(const Item *item, Charsets *charsets, Scratch *out)
{
    static const struct {
        const char *name;
        guint32 id;
    } fields[] = {{"Subject", ITEM_SUBJECT},
                  {"Message-ID", ITEM_MESSAGE_ID},
                  {"In-Reply-To", ITEM_IN_REPLY_TO},
                  {"References", ITEM_REFERENCES}};
    Span block = item_text(&item->list, ITEM_HEADERS);
    if (!write_received(item, block, out))
        return FALSE;
    gsize before = out->n;
    if (!write_transport(block, out))
        return FALSE;
    g_autoptr(GArray) named =
        item_named(item, (Span){scratch_span(out).p + before, out->n - before}, charsets);
    if (!has_field(block, "From") && !write_from(item, out))
        return FALSE;
    for (guint kind = RECIPIENT_TO; kind <= RECIPIENT_BCC; kind++)
        if (!write_recipients(item, named, kind, out))
            return FALSE;
    if (!has_field(block, "Date") && !write_date(out, "Date: ", sent(item)))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
        if (!has_field(block, fields[i].name) &&
            !write_field(out, fields[i].name, item_text(&item->list, fields[i].id)))
            return FALSE;
    return TRUE;
}
