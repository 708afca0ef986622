/* transcript.c - a sink that writes down what it hears, and one that checks it. */
#include "hostile/read/transcript.h"

#include "hostile/limits.h"
#include "lib/moment.h"

static void put(GString *to, Span text)
{
    for (gsize i = 0; i < text.n; i++)
        g_string_append_c(to, text.p[i] == '\n' ? '/' : text.p[i]);
}

static void on_address(void *user, const AddressRow *row)
{
    g_string_append_printf(user, "address %s ", role_name(row->role));
    put(user, row->name);
    g_string_append_c(user, '|');
    put(user, row->address);
    g_string_append_c(user, '\n');
}

static void on_text(void *user, Span path, Span text, gboolean html)
{
    g_string_append_printf(user, "%s %.*s|", html ? "html" : "text", (int)path.n, path.p);
    put(user, text);
    g_string_append_c(user, '\n');
}

static void on_pseudo(void *user, const char *name, Span text)
{
    g_string_append_printf(user, "pseudo %s|", name);
    put(user, text);
    g_string_append_c(user, '\n');
}

static void on_mention(void *user, const MentionRow *row)
{
    g_string_append_printf(user, "mention %.*s %s ", (int)row->path.n, row->path.p, role_name(row->role));
    put(user, row->name);
    g_string_append_c(user, '|');
    put(user, row->address);
    g_string_append_c(user, '\n');
}

static void on_part(void *user, const PartRow *row)
{
    g_string_append_printf(user, "part %.*s %s ", (int)row->path.n, row->path.p, part_kind_name(row->kind));
    put(user, row->media_type);
    g_string_append_printf(user, " %s %" G_GUINT64_FORMAT "+%" G_GUINT64_FORMAT " ",
                           part_state_name(row->state), row->read, row->unscanned);
    put(user, row->filename.p ? row->filename : SPAN_OF("-"));
    g_string_append_c(user, '\n');
}

static void on_gap(void *user, const GapRow *row)
{
    g_string_append_printf(user, "gap %.*s %.*s %" G_GUINT64_FORMAT "\n", (int)row->path.n,
                           row->path.p ? row->path.p : "", (int)row->reason.n, row->reason.p, row->bytes);
}

GString *transcript_of(Reader *reader, Span mail)
{
    static const ReaderSink sink = {on_address, on_text, on_pseudo, on_mention, on_part, on_gap, NULL};
    GString *to = g_string_new(NULL);
    MessageRow head = {0};
    reader_read(reader, mail, &sink, to, &head);
    g_autofree char *date = moment_format(head.date);
    g_autofree char *defects = defect_names(head.defects);
    g_string_append_printf(to, "head %s %d|", date, (int)head.zone);
    put(to, head.message_id);
    g_string_append_c(to, '|');
    put(to, head.subject);
    g_string_append_c(to, '|');
    put(to, head.in_reply_to);
    g_string_append_printf(to, "|%s\n", defects);
    return to;
}

gboolean transcript_has(const GString *transcript, const char *line)
{
    g_autofree char *whole = g_strdup_printf("\n%s\n", line);
    return strstr(transcript->str, whole) ||
           (g_str_has_prefix(transcript->str, line) && transcript->str[strlen(line)] == '\n');
}

/* What the checking sink knows. */
typedef struct {
    gsize size;
    guint parts, addresses, mentions;
    const char *wrong;
} Check;

static void must(Check *check, gboolean holds, const char *what)
{
    if (!holds && !check->wrong)
        check->wrong = what;
}

static gboolean is_text(Span text)
{
    return !text.p || g_utf8_validate_len(text.p, text.n, NULL);
}

static void check_address(void *user, const AddressRow *row)
{
    Check *check = user;
    check->addresses++;
    must(check, (guint)row->role < ROLE_COUNT, "role out of range");
    must(check, is_text(row->name) && is_text(row->address), "address is not UTF-8");
    must(check, row->address.p != NULL, "address is absent");
}

static void check_text(void *user, Span path, Span text, gboolean html)
{
    Check *check = user;
    must(check, html == TRUE || html == FALSE, "html is no boolean");
    must(check, path.n > 0 && is_text(path), "text without path");
    must(check, is_text(text), "text is not UTF-8");
    must(check, text.n <= LIMIT_TEXT_BYTES, "text over its limit");
}

static void check_pseudo(void *user, const char *name, Span text)
{
    must(user, name[0] == '@' && is_text(text) && text.n <= LIMIT_TEXT_BYTES, "pseudo-part is no text");
}

static void check_mention(void *user, const MentionRow *row)
{
    Check *check = user;
    check->mentions++;
    must(check, is_text(row->name) && is_text(row->address), "mention is not UTF-8");
    must(check, row->name.n || row->address.n, "mention of nobody");
    must(check, row->path.n > 0, "mention without path");
}

static void check_part(void *user, const PartRow *row)
{
    Check *check = user;
    check->parts++;
    must(check, row->start <= row->end && row->end <= check->size, "span out of the message");
    must(check, row->read == row->scanned + row->unscanned, "read is not scanned + unscanned");
    must(check, row->state != PART_READ || row->unscanned == 0, "read part with unscanned bytes");
    must(check, row->kind == PART_LEAF || row->read == 0, "node with bytes of its own");
    must(check, row->path.n > 0 && row->media_type.n > 0, "part without path or type");
    must(check, is_text(row->media_type) && is_text(row->charset) && is_text(row->filename),
         "part is not UTF-8");
    must(check, is_text(row->disposition) && is_text(row->encoding) && is_text(row->content_id),
         "part is not UTF-8");
}

static void check_gap(void *user, const GapRow *row)
{
    must(user, row->reason.n > 0 && row->bytes <= ((Check *)user)->size * 4,
         "gap without reason or too large");
}

const char *transcript_check(Reader *reader, Span mail)
{
    static const ReaderSink sink = {check_address, check_text, check_pseudo, check_mention,
                                    check_part,    check_gap,  NULL};
    Check check = {.size = mail.n};
    MessageRow head = {0};
    reader_read(reader, mail, &sink, &check, &head);
    must(&check, check.parts > 0, "message without a part");
    must(&check, check.parts <= LIMIT_PARTS + 1 && check.addresses <= LIMIT_ADDRESSES, "over a limit");
    must(&check, check.mentions <= LIMIT_MENTIONS, "mentions over their limit");
    must(&check, is_text(head.message_id) && is_text(head.subject) && is_text(head.in_reply_to),
         "head is not UTF-8");
    return check.wrong;
}
