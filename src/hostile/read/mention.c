/* mention.c - who stands in the quoted headers of a text. */
#include "hostile/read/mention.h"

#include "hostile/read/seek.h"

/* Roles of quoted fields, and two that only confirm a block. */
typedef enum {
    QUOTED_FROM,
    QUOTED_TO,
    QUOTED_CC,
    QUOTED_BCC,
    QUOTED_REPLY_TO,
    QUOTED_DATE,
    QUOTED_SUBJECT
} Quoted;

typedef struct {
    const char *name;
    Quoted field;
} QuotedName;

/* English, German, French, Spanish, Italian, Dutch, Portuguese, as Outlook, Thunderbird, Apple and web mail write. */
static const QuotedName quoted_names[] = {
    {"from", QUOTED_FROM},
    {"to", QUOTED_TO},
    {"cc", QUOTED_CC},
    {"bcc", QUOTED_BCC},
    {"reply-to", QUOTED_REPLY_TO},
    {"date", QUOTED_DATE},
    {"sent", QUOTED_DATE},
    {"subject", QUOTED_SUBJECT},
    {"sender", QUOTED_FROM},
    {"von", QUOTED_FROM},
    {"an", QUOTED_TO},
    {"kopie", QUOTED_CC},
    {"kopie (cc)", QUOTED_CC},
    {"blindkopie", QUOTED_BCC},
    {"antwort an", QUOTED_REPLY_TO},
    {"datum", QUOTED_DATE},
    {"gesendet", QUOTED_DATE},
    {"betreff", QUOTED_SUBJECT},
    {"de", QUOTED_FROM},
    {"à", QUOTED_TO},
    {"a", QUOTED_TO},
    {"pour", QUOTED_TO},
    {"À", QUOTED_TO},
    {"copie à", QUOTED_CC},
    {"copie", QUOTED_CC},
    {"cci", QUOTED_BCC},
    {"envoyé", QUOTED_DATE},
    {"objet", QUOTED_SUBJECT},
    {"date d'envoi", QUOTED_DATE},
    {"para", QUOTED_TO},
    {"con copia", QUOTED_CC},
    {"cco", QUOTED_BCC},
    {"fecha", QUOTED_DATE},
    {"enviado", QUOTED_DATE},
    {"enviado el", QUOTED_DATE},
    {"asunto", QUOTED_SUBJECT},
    {"da", QUOTED_FROM},
    {"per conto di", QUOTED_FROM},
    {"ccn", QUOTED_BCC},
    {"data", QUOTED_DATE},
    {"inviato", QUOTED_DATE},
    {"oggetto", QUOTED_SUBJECT},
    {"van", QUOTED_FROM},
    {"aan", QUOTED_TO},
    {"verzonden", QUOTED_DATE},
    {"onderwerp", QUOTED_SUBJECT},
    {"enviada", QUOTED_DATE},
    {"enviada em", QUOTED_DATE},
    {"enviado em", QUOTED_DATE},
    {"assunto", QUOTED_SUBJECT},
};

/* The longest name, with room for the '*' that text versions of bold put around it. */
#define LONGEST_NAME 20
/* Lines of one block, and bytes of one line that are looked at. */
#define BLOCK_FIELDS 10
#define LONGEST_LINE 8192

typedef struct {
    Quoted field;
    Span value;
    gsize start;
} QuotedField;

typedef struct {
    Span text;
    Words *words;
    MentionTaker take;
    void *user;
    QuotedField fields[BLOCK_FIELDS]; /* of the block being read */
    guint count;
    gboolean has_from;
    gboolean full;
} Search;

static gboolean name_is(Span name, const char *known)
{
    return name.n == strlen(known) && ((name.p[0] | 0x20) == (known[0] | 0x20)) &&
           g_ascii_strncasecmp(name.p, known, name.n) == 0;
}

/* Does a line begin with a quoted field's name and a colon? */
static gboolean field_at(Span line, QuotedField *found)
{
    const char *colon = memchr(line.p, ':', MIN(line.n, LONGEST_NAME));
    if (!colon)
        return FALSE;
    Span name = {line.p, (gsize)(colon - line.p)}, value = {colon + 1, line.n - name.n - 1};
    while (name.n && (name.p[0] == '*' || name.p[0] == '_'))
        name = (Span){name.p + 1, name.n - 1};
    while (name.n && strchr(" *_\xA0\xC2", name.p[name.n - 1]))
        name.n--;
    while (value.n && (value.p[0] == '*' || value.p[0] == '_'))
        value = (Span){value.p + 1, value.n - 1};
    for (guint i = 0; name.n && i < G_N_ELEMENTS(quoted_names); i++)
        if (name_is(name, quoted_names[i].name)) {
            found->field = quoted_names[i].field;
            found->value = span_trim(value);
            return TRUE;
        }
    return FALSE;
}

static void give(Search *search, Role role, const Address *address, gsize start)
{
    MentionRow mention = {.role = role, .name = address->name, .start = start};
    if (memchr(address->address.p ? address->address.p : "", '@', address->address.n))
        mention.address = address->address;
    else if (!mention.name.p)
        mention.name = address->address;
    if (mention.name.n || mention.address.n)
        search->full = !search->take(search->user, &mention);
}

static Role role_of(Quoted field)
{
    static const Role roles[] = {
        [QUOTED_FROM] = ROLE_FROM,
        [QUOTED_TO] = ROLE_TO,
        [QUOTED_CC] = ROLE_CC,
        [QUOTED_BCC] = ROLE_BCC,
        [QUOTED_REPLY_TO] = ROLE_REPLY_TO,
    };
    return roles[field];
}

/* The block is over: when it was one, its addresses are mentions. */
static void end_block(Search *search)
{
    gboolean block = search->has_from && search->count >= 2;
    for (guint i = 0; block && i < search->count && !search->full; i++) {
        const QuotedField *field = &search->fields[i];
        if (field->field >= QUOTED_DATE)
            continue;
        AddressCursor cursor = {.value = field->value, .words = search->words};
        for (Address address; !search->full && address_next(&cursor, &address);)
            give(search, role_of(field->field), &address, field->start);
    }
    search->count = 0;
    search->has_from = FALSE;
}

/* "On … wrote:", "Am … schrieb …:", "Le … a écrit :" and their kin end with a colon and hold a verb. */
static gboolean is_attribution(Span line)
{
    static const char *const verbs[] = {"wrote:",     "writes:", "schrieb",  "a écrit", "escribió",
                                        "ha scritto", "schreef", "escreveu", "said:"};
    for (guint i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (memmem(line.p, line.n, verbs[i], strlen(verbs[i])))
            return TRUE;
    return FALSE;
}

/* Where the name in an attribution begins: behind its date, which ends with the last comma or digit run. */
static Span attributed(Span line)
{
    const char *sign = memrchr(line.p, '@', line.n);
    gsize end = sign ? (gsize)(sign - line.p) : line.n;
    while (end < line.n && !strchr(" \t>)]", line.p[end]))
        end++;
    gsize from = 0;
    for (gsize i = 0; i < end; i++)
        if (line.p[i] == ',' || (g_ascii_isdigit(line.p[i]) && i + 1 < end && line.p[i + 1] == ' '))
            from = i + 1;
    Span who = span_trim((Span){line.p + from, end + (end < line.n) - from});
    static const char *const before[] = {"am ", "pm ", "schrieb ", "schreef ", "par "};
    for (guint i = 0; i < G_N_ELEMENTS(before); i++)
        if (span_begins(who, before[i]))
            who = (Span){who.p + strlen(before[i]), who.n - strlen(before[i])};
    return sign ? who : SPAN_NONE;
}

static void read_attribution(Search *search, Span line, gsize start)
{
    Span who = attributed(line);
    if (!who.p || !is_attribution(line))
        return;
    AddressCursor cursor = {.value = who, .words = search->words};
    Address address;
    if (address_next(&cursor, &address) && memchr(address.address.p, '@', address.address.n))
        give(search, ROLE_FROM, &address, start);
}

/* Could the byte begin a quoted field's name? All others are passed over at once. */
static gboolean may_begin(char c)
{
    static const gboolean first[32] = {
        ['a' & 31] = TRUE, ['b' & 31] = TRUE, ['c' & 31] = TRUE, ['d' & 31] = TRUE, ['e' & 31] = TRUE,
        ['f' & 31] = TRUE, ['g' & 31] = TRUE, ['i' & 31] = TRUE, ['o' & 31] = TRUE, ['p' & 31] = TRUE,
        ['r' & 31] = TRUE, ['s' & 31] = TRUE, ['t' & 31] = TRUE, ['v' & 31] = TRUE,
    };
    return c == '*' || c == '_' || c == '\xC3' || (g_ascii_isalpha(c) && first[c & 31]);
}

static void read_line(Search *search, Span line, gsize start)
{
    QuotedField field = {.start = start};
    if (may_begin(line.p[0]) && field_at(line, &field)) {
        if (field.field == QUOTED_FROM && search->has_from)
            end_block(search);
        if (search->count < BLOCK_FIELDS)
            search->fields[search->count++] = field;
        search->has_from |= field.field == QUOTED_FROM;
        return;
    }
    /* A long list of recipients goes on in the next line. */
    if (search->count && search->fields[search->count - 1].field < QUOTED_DATE &&
        memchr(line.p, '@', line.n)) {
        QuotedField *last = &search->fields[search->count - 1];
        gboolean open = last->value.n && strchr(",;", last->value.p[last->value.n - 1]);
        if (open && search->count < BLOCK_FIELDS) {
            search->fields[search->count++] = (QuotedField){last->field, line, start};
            return;
        }
    }
    if (search->count)
        end_block(search);
    if (line.p[line.n - 1] == ':')
        read_attribution(search, line, start);
}

static gboolean is_quote_mark(char c)
{
    return c == '>' || c == ' ' || c == '|' || c == '\t';
}

void mentions_find(Span text, Words *words, MentionTaker take, void *user)
{
    Search search = {.text = text, .words = words, .take = take, .user = user};
    for (gsize at = 0; at < text.n && !search.full;) {
        gsize end = seek_line_end(text, at), start = at;
        while (start < end && is_quote_mark(text.p[start]))
            start++;
        Span line = {text.p + start, MIN(end - start, LONGEST_LINE)};
        while (line.n && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\r'))
            line.n--;
        if (line.n)
            read_line(&search, line, start);
        else if (end == at || text.p[at] == '>')
            end_block(&search); /* an empty line; one of blanks is what HTML leaves between two tags */
        at = end + 1;
    }
    end_block(&search);
}
