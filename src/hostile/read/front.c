/* front.c - the fields of a message that say who wrote to whom, when and about what. */
#include "hostile/read/front.h"

#include "hostile/read/address.h"
#include "hostile/read/date.h"
#include "hostile/read/seek.h"

/* Fields that may stand once (RFC 5322, 3.6). */
#define ONCE                                                                                                 \
    (1u << FIELD_FROM | 1u << FIELD_SENDER | 1u << FIELD_REPLY_TO | 1u << FIELD_TO | 1u << FIELD_CC |        \
     1u << FIELD_BCC | 1u << FIELD_DATE | 1u << FIELD_MESSAGE_ID | 1u << FIELD_IN_REPLY_TO |                 \
     1u << FIELD_SUBJECT)

static const Role roles[FIELD_COUNT] = {
    [FIELD_FROM] = ROLE_FROM,
    [FIELD_SENDER] = ROLE_SENDER,
    [FIELD_REPLY_TO] = ROLE_REPLY_TO,
    [FIELD_TO] = ROLE_TO,
    [FIELD_CC] = ROLE_CC,
    [FIELD_BCC] = ROLE_BCC,
    [FIELD_RESENT_FROM] = ROLE_RESENT_FROM,
    [FIELD_RESENT_SENDER] = ROLE_RESENT_SENDER,
    [FIELD_RESENT_TO] = ROLE_RESENT_TO,
    [FIELD_RESENT_CC] = ROLE_RESENT_CC,
    [FIELD_RESENT_BCC] = ROLE_RESENT_BCC,
    [FIELD_RETURN_PATH] = ROLE_RETURN_PATH,
    [FIELD_DELIVERED_TO] = ROLE_DELIVERED_TO,
};

static gboolean add_name(Reader *reader, Span name)
{
    return scratch_append(&reader->names, name.p, name.n) && scratch_append(&reader->names, "\n", 1);
}

/* One address of the message itself; FALSE when there were LIMIT_ADDRESSES. */
static gboolean give_address(Reader *reader, Role role, const Address *address)
{
    if (reader->addresses++ >= LIMIT_ADDRESSES)
        return FALSE;
    AddressRow row = {role, address->name, address->address.p ? address->address : SPAN_OF("")};
    if (reader->sink->address)
        reader->sink->address(reader->user, &row);
    if (row.name.p && !add_name(reader, row.name))
        reader->words.cut += row.name.n;
    return TRUE;
}

static gboolean give_mention(Reader *reader, Role role, const Address *address, Span path)
{
    MentionRow row = {.role = role, .name = address->name, .address = address->address};
    return reading_mention(reader, &row, path);
}

static void take_addresses(Reader *reader, const Front *front, const Field *field)
{
    AddressCursor cursor = {.value = field->value, .words = &reader->words};
    gboolean more = TRUE;
    for (Address address; more && address_next(&cursor, &address);) {
        if (address.bad)
            reader->head->defects |= DEFECT_BAD_ADDRESS;
        more = front->path.p ? give_mention(reader, roles[field->id], &address, front->path)
                             : give_address(reader, roles[field->id], &address);
    }
}

/* Comments outside brackets are out, and folds with the white space behind them. */
static Span squeeze_id(Words *words, Span value)
{
    char *to = arena_take(words->arena, value.n);
    gsize n = 0;
    guint depth = 0;
    gboolean bracket = FALSE, fold = FALSE;
    for (gsize i = 0; i < value.n; i++) {
        char c = value.p[i];
        bracket = depth ? bracket : (c == '<' || (bracket && c != '>'));
        fold = c == '\n' || c == '\r' || (fold && g_ascii_isspace(c));
        if (!bracket && c == '(')
            depth++;
        else if (!bracket && c == ')' && depth)
            depth--;
        else if (!depth && !(bracket && fold))
            to[n++] = c;
    }
    return words_plain(words, span_trim((Span){to, n}));
}

/* The first word with an '@', else the first word. */
static Span first_word(Span text)
{
    Span first = SPAN_NONE;
    for (gsize at = 0; at < text.n;) {
        gsize end = at;
        while (end < text.n && !g_ascii_isspace(text.p[end]))
            end++;
        Span word = {text.p + at, end - at};
        if (memchr(word.p, '@', word.n))
            return word;
        if (!first.p && word.n)
            first = word;
        at = end + 1;
    }
    return first;
}

Span front_message_id(Words *words, Span value)
{
    Span text = squeeze_id(words, value);
    const char *open = text.n ? memchr(text.p, '<', text.n) : NULL;
    const char *close = open ? memchr(open, '>', (gsize)(text.p + text.n - open)) : NULL;
    Span id;
    if (open)
        id = span_trim((Span){open + 1, (gsize)((close ? close : text.p + text.n) - open - 1)});
    else
        id = first_word(text);
    return id.n ? id : SPAN_NONE;
}

static void take_subject(Reader *reader, const Front *front, Span value)
{
    Span subject = words_decode(&reader->words, value);
    if (!front->path.p)
        reader->head->subject = subject.p ? subject : SPAN_OF("");
    if (!front->path.p || !subject.n || !reader->sink->pseudo)
        return;
    char name[sizeof "@subject:" + sizeof(Path)];
    g_snprintf(name, sizeof name, "@subject:%.*s", (int)front->path.n, front->path.p);
    reader->sink->pseudo(reader->user, name, subject);
}

static void take_date(Reader *reader, Span value)
{
    if (!date_parse(value, &reader->head->date, &reader->head->zone))
        reader->head->defects |= DEFECT_BAD_DATE;
}

/* The first of them is the last that was added: when the mail came in. Its time stands behind the last semicolon. */
static void take_received(Reader *reader, Span value)
{
    const char *semicolon = value.n ? memrchr(value.p, ';', value.n) : NULL;
    gint64 zone;
    if (semicolon)
        (void)date_parse((Span){semicolon + 1, (gsize)(value.p + value.n - semicolon) - 1}, &reader->head->received,
                         &zone);
}

/* Fields that say something of the message itself only. */
static void take_own(Reader *reader, const Field *field)
{
    if (field->id == FIELD_DATE)
        take_date(reader, field->value);
    else if (field->id == FIELD_MESSAGE_ID)
        reader->head->message_id = front_message_id(&reader->words, field->value);
    else if (field->id == FIELD_IN_REPLY_TO)
        reader->head->in_reply_to = front_message_id(&reader->words, field->value);
    else if (field->id == FIELD_RECEIVED)
        take_received(reader, field->value);
}

void front_field(Reader *reader, Front *front, const Field *field)
{
    guint32 bit = (guint32)1 << field->id;
    gboolean again = (front->seen & bit) != 0;
    front->seen |= bit;
    if (again && (bit & ONCE))
        reader->head->defects |= DEFECT_DUPLICATE_FIELD;
    if (field->id <= FIELD_DELIVERED_TO) /* people in a second field are people, too */
        take_addresses(reader, front, field);
    else if (!again && field->id == FIELD_SUBJECT)
        take_subject(reader, front, field->value);
    else if (!again && !front->path.p)
        take_own(reader, field);
}

void front_end(Reader *reader)
{
    if (reader->sink->pseudo && reader->head->subject.n)
        reader->sink->pseudo(reader->user, "@subject", reader->head->subject);
    if (reader->sink->pseudo && reader->names.n)
        reader->sink->pseudo(reader->user, "@display-name", scratch_span(&reader->names));
    if (reader->addresses > LIMIT_ADDRESSES)
        reading_gap(reader, SPAN_NONE, "too-many-addresses", 0, FALSE);
}
