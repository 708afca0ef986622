/* notice.c - what the plan has to say to each, gathered for the templates. */
#include "notify/notice.h"

#include "notify/statement.h"

/* So many secrets stand in a letter one by one; the others are counted. */
#define SECRETS_SHOWN 25
/* So many earlier notices are named. */
#define EARLIER_SHOWN 3

/* One statement of the group notice, about one whom; each row adds to the values what it says. */
typedef struct {
    const char *statement;
    void (*add)(Values *values, const Tongue *tongue, Query *row);
} Topic;

/* --- topics ----------------------------------------------------------------------------------------------------- */

static char *text_at(Query *row, guint column)
{
    return span_dup(query_get_text(row, column));
}

static gint64 number_of(const Values *values, const char *name)
{
    const Value *value = values_get(values, name);
    return value ? value->number : 0;
}

static void count(Values *values, const char *name, gint64 more)
{
    values_number(values, name, number_of(values, name) + more);
}

static gboolean is_new(Span change)
{
    return span_equals(change, "new") || span_equals(change, "raised");
}

/* The days between which the mails lie; mails without a date do not count. */
static void widen(Values *values, Query *row)
{
    const Value *first = values_get(values, "first_day"), *last = values_get(values, "last_day");
    if (query_is_null(row, 4))
        return;
    gint64 from = query_get_int(row, 4), to = query_get_int(row, 5);
    values_day(values, "first_day", first && first->number ? MIN(first->number, from) : from);
    values_day(values, "last_day", last && last->number ? MAX(last->number, to) : to);
}

/* The names by which templates count facts: "taken", "taken_confirmed", "raised", "withdrawn_data" … */
static void add_counts(Values *values, const Tongue *tongue, Query *row)
{
    (void)tongue;
    const char *kind = fact_kind_name(query_get_int(row, 0));
    gint64 level = query_get_int(row, 2), n = query_get_int(row, 3);
    g_autofree char *change = text_at(row, 1);
    g_autofree char *sure = g_strdup_printf("%s_%s", kind, level_name(level));
    g_autofree char *less = g_strdup_printf("%s_%s", level ? "lowered" : "withdrawn", kind);
    count(values, change, n);
    if (is_new(span_of_string(change))) {
        count(values, kind, n);
        count(values, sure, n);
        if (query_get_int(row, 0) == FACT_TAKEN)
            widen(values, row);
    } else if (g_str_equal(change, "corrected")) {
        count(values, less, n);
    }
}

static void add_mailbox(Values *values, const Tongue *tongue, Query *row)
{
    (void)tongue;
    g_autofree char *mailbox = text_at(row, 0);
    Values *item = values_item(values, "mailboxes");
    values_text(item, "mailbox", mailbox);
    values_number(item, "mails", query_get_int(row, 1));
}

static void add_type(Values *values, const Tongue *tongue, Query *row)
{
    g_autofree char *type = text_at(row, 0);
    gboolean secret = g_str_has_prefix(type, "secret.");
    Values *item = values_item(values, secret ? "secret_types" : "data_types");
    values_text(item, "type", type);
    values_text(item, "label", tongue_word(tongue, "types", type));
    values_number(item, "found", query_get_int(row, 1));
    values_number(item, "mails", query_get_int(row, 2));
}

static void add_secret(Values *values, const Tongue *tongue, Query *row)
{
    const Value *shown = values_get(values, "secrets");
    g_autofree char *type = text_at(row, 0), *masked = text_at(row, 1);
    count(values, "secrets_found", 1);
    if (shown && shown->list->len >= SECRETS_SHOWN) {
        count(values, "secrets_more", 1);
        return;
    }
    Values *item = values_item(values, "secrets");
    values_text(item, "label", tongue_word(tongue, "types", type));
    values_text(item, "masked", masked);
    values_day(item, "day", query_is_null(row, 2) ? 0 : query_get_int(row, 2));
}

static void add_targeted(Values *values, const Tongue *tongue, Query *row)
{
    g_autofree char *subject = text_at(row, 0), *attack = text_at(row, 1);
    Values *item = values_item(values, "attacks");
    values_text(item, "subject", subject);
    values_text(item, "attack", tongue_word(tongue, "attacks", attack));
}

static void add_resolved(Values *values, const Tongue *tongue, Query *row)
{
    (void)tongue;
    gint64 parts = query_get_int(row, 0), with = query_get_int(row, 1);
    values_number(values, "read_now", parts);
    values_number(values, "read_with", with);
    values_number(values, "read_without", parts - with);
    values_number(values, "read_found", query_get_int(row, 2));
}

static void add_hold(Values *values, const Tongue *tongue, Query *row)
{
    (void)tongue;
    g_autofree char *owner = text_at(row, 0);
    Values *item = values_item(values, "holds");
    values_text(item, "owner", owner);
    values_number(item, "mails", query_get_int(row, 1));
}

/* The newest ones are kept. */
static void add_earlier(Values *values, const Tongue *tongue, Query *row)
{
    g_autofree char *reference = text_at(row, 0), *channel = text_at(row, 2);
    const Value *earlier = values_get(values, "earlier");
    if (earlier && earlier->list->len >= EARLIER_SHOWN)
        g_ptr_array_remove_index(earlier->list, 0);
    Values *item = values_item(values, "earlier");
    values_text(item, "earlier_reference", reference);
    values_day(item, "earlier_day", query_get_int(row, 1));
    values_text(item, "earlier_channel", *channel ? tongue_word(tongue, "channels", channel) : "");
}

static const Topic topics[] = {
    {"notice.counts", add_counts},  {"notice.mailboxes", add_mailbox}, {"notice.types", add_type},
    {"notice.secrets", add_secret}, {"notice.targeted", add_targeted}, {"notice.resolved", add_resolved},
    {"notice.holds", add_hold},     {"notice.earlier", add_earlier},
};

/* --- reading them ----------------------------------------------------------------------------------------------- */

struct NoticeReader {
    Store *store;
    const NoticeTexts *texts;
    Letters *letters;
    gint64 now;
    Query *notices;
    Notice notice;
};

static void notice_clear(Notice *notice)
{
    g_free(notice->whom);
    g_free(notice->kind);
    g_free(notice->state);
    g_free(notice->channel);
    g_free(notice->contact);
    values_free(notice->values);
    *notice = (Notice){0};
}

static gboolean take_topic(const NoticeReader *reader, const Topic *topic, GError **error)
{
    const Notice *notice = &reader->notice;
    Query *query = store_query(reader->store, topic->statement, error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(notice->whom));
    while (query_step(query, error))
        topic->add(notice->values, notice->tongue, query);
    return query_ended(query);
}

/* Every number that a template may ask for is there, be it 0. */
static void set_defaults(Values *values)
{
    static const char *const changes[] = {"new",        "raised",        "resolved",    "available",
                                          "corrected",  "read_now",      "read_with",   "read_without",
                                          "read_found", "secrets_found", "secrets_more"};
    static const struct {
        const char *before, *after;
    } forms[] = {{"", ""}, {"", "_presumed"}, {"", "_confirmed"}, {"withdrawn_", ""}, {"lowered_", ""}};
    for (guint i = 0; i < G_N_ELEMENTS(changes); i++)
        values_number(values, changes[i], 0);
    for (gint64 kind = FACT_TAKEN; kind < FACT_KIND_END; kind++)
        for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
            g_autofree char *name = g_strconcat(forms[i].before, fact_kind_name(kind), forms[i].after, NULL);
            values_number(values, name, 0);
        }
    values_day(values, "first_day", 0);
    values_day(values, "last_day", 0);
}

static void set_texts(const NoticeReader *reader, Values *values, Query *row)
{
    const Notice *notice = &reader->notice;
    gboolean person = whom_is_person(notice->whom);
    g_autofree char *name = text_at(row, 7);
    values_text(values, "name", person ? notice->whom + strlen(WHOM_PERSON) : *name ? name : notice->whom);
    values_number(values, "person", person);
    values_text(values, "vendor", reader->texts->vendor);
    values_text(values, "ask", reader->texts->ask);
    values_text(values, "happened", reader->texts->happened);
    values_text(values, "doing", reader->texts->doing);
    values_text(values, "kind", notice->kind);
    values_day(values, "today", reader->now);
    values_number(values, "facts", query_get_int(row, 2));
}

static gboolean take_notice(NoticeReader *reader, GError **error)
{
    Query *row = reader->notices;
    Notice *notice = &reader->notice;
    g_autofree char *language = text_at(row, 8);
    *notice = (Notice){.whom = text_at(row, 0),
                       .kind = text_at(row, 1),
                       .state = text_at(row, 3),
                       .channel = text_at(row, 4),
                       .contact = text_at(row, 5),
                       .delayed = query_get_int(row, 6),
                       .values = values_new()};
    notice->tongue = letters_tongue(reader->letters, language, error);
    if (!notice->tongue)
        return FALSE;
    set_defaults(notice->values);
    set_texts(reader, notice->values, row);
    for (guint i = 0; i < G_N_ELEMENTS(topics); i++)
        if (!take_topic(reader, &topics[i], error))
            return FALSE;
    return TRUE;
}

gboolean notices_next(NoticeReader *reader, const Notice **notice, GError **error)
{
    notice_clear(&reader->notice);
    *notice = NULL;
    if (!query_step(reader->notices, error))
        return query_ended(reader->notices);
    *notice = &reader->notice;
    return take_notice(reader, error);
}

void notices_close(NoticeReader *reader)
{
    if (!reader)
        return;
    notice_clear(&reader->notice);
    g_free(reader);
}

NoticeReader *notices_open(Store *store, const NoticeTexts *texts, Letters *letters, gint64 now,
                           const char *whom, GError **error)
{
    if (!*texts->vendor) {
        error_set(
            error, CANDOR_ERROR_MISSING,
            "no notice can say whose mailboxes were stolen, since case.yaml does not; add: vendor: NAME");
        return NULL;
    }
    g_autoptr(NoticeReader) reader = g_new0(NoticeReader, 1);
    *reader = (NoticeReader){.store = store, .texts = texts, .letters = letters, .now = now};
    reader->notices = store_query(store, "notice.all", error);
    if (!reader->notices)
        return NULL;
    query_text(reader->notices, 1, whom ? span_of_string(whom) : SPAN_OF(""));
    return g_steal_pointer(&reader);
}
