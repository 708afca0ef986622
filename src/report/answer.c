/* answer.c - the answer to an enquiry, drafted from the tables. */
#include "report/answer.h"

#include "lib/moment.h"
#include "nouns/fact.h"
#include "report/paragraph.h"

/* Intervals without a log that are listed; more are counted. */
#define UNCOVERED_LISTED 10

/* A paragraph, its lines broken at blanks. */
static void add(GString *text, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void add(GString *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *paragraph = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    paragraph_append(text, paragraph, 0, paragraph[0] == '-' ? 2 : 0);
}

/* Takes each row of a query; FALSE with *error. */
typedef void (*TakeRow)(GString *text, Query *query, guint row);

static gboolean each_row(Query *query, GString *text, TakeRow take, guint *rows, GError **error)
{
    *rows = 0;
    while (query_step(query, error))
        take(text, query, (*rows)++);
    return query_ended(query);
}

/* --- what is known --------------------------------------------------------------------------------------------- */

static const char *kind_words(gint64 kind)
{
    switch (kind) {
    case FACT_TAKEN:
        return "messages that you sent, received or are quoted in, and that were taken";
    case FACT_DATA:
        return "items of your data or secrets in mail that was taken";
    case FACT_UNREAD:
        return "parts of mail that concerns you which could not be read, and must be presumed to hold "
               "anything";
    case FACT_CONTACTED:
        return "messages that the intruder wrote to you";
    default:
        return "tenants or accounts of yours that were attacked";
    }
}

static void take_fact(GString *text, Query *query, guint row)
{
    (void)row;
    add(text, "- %s (%s): %" G_GINT64_FORMAT ".", kind_words(query_get_int(query, 0)),
        level_name(query_get_int(query, 1)), query_get_int(query, 2));
}

/* Who is in no list has no facts yet: a person must say first who it is. */
static gboolean add_proposed(Store *store, const Asked *asked, GString *text, GError **error)
{
    gint64 taken = 0;
    Query *query = store_query(store, "report.proposed_taken", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(asked->whom));
    if (!query_only_int(query, &taken, error))
        return FALSE;
    add(text, "We do not know your organisation as a customer.");
    if (taken)
        add(text,
            "Messages with your domain that were taken or must be presumed to be: %" G_GINT64_FORMAT
            ". We will tell you more once we know whom we speak to.",
            taken);
    else if (!asked->unmatched)
        add(text, "Of the mail with your domain that we have read none was taken.");
    return TRUE;
}

static gboolean add_known(Store *store, const Asked *asked, GString *text, GError **error)
{
    if (g_str_has_prefix(asked->whom, "proposed:"))
        return add_proposed(store, asked, text, error);
    Query *query = store_query(store, "report.answer_facts", error);
    guint rows;
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(asked->whom));
    g_autoptr(GString) facts = g_string_new(NULL);
    if (!each_row(query, facts, take_fact, &rows, error))
        return FALSE;
    if (rows) {
        add(text, "Yes. This is what we know now:");
        g_string_append(text, facts->str);
    } else if (*asked->whom && asked->unmatched) {
        add(text,
            "We cannot say yet: not all that we have read has been matched with those whom it concerns.");
    } else if (*asked->whom) {
        add(text, "We hold no mail of yours that was taken in what we have read, and found nothing of yours "
                  "in it.");
    } else {
        add(text, "We could not tell which customer you are; please name your domains, so that we can look "
                  "for them.");
    }
    return TRUE;
}

/* --- what cannot be said --------------------------------------------------------------------------------------- */

/* A time that begins or ends with 0 is open there. */
static void take_uncovered(GString *text, Query *query, guint row)
{
    gint64 began = query_get_int(query, 0), ended = query_get_int(query, 1);
    if (row >= UNCOVERED_LISTED)
        return;
    g_autofree char *from = moment_format(began), *to = moment_format(ended);
    if (began && ended)
        add(text, "- The logs do not cover %s to %s.", from, to);
    else if (began || ended)
        add(text, "- The logs do not cover the time %s %s.", began ? "after" : "before", began ? from : to);
    else
        add(text, "- The logs do not cover all of the time in which the intruder was here.");
}

static gboolean add_uncovered(Store *store, GString *text, GError **error)
{
    Query *query = store_query(store, "report.answer_uncovered", error);
    guint rows;
    if (!query)
        return FALSE;
    query_int(query, 1, UNCOVERED_LISTED + 1);
    if (!each_row(query, text, take_uncovered, &rows, error))
        return FALSE;
    if (rows > UNCOVERED_LISTED)
        add(text, "- There are further times that the logs do not cover.");
    return TRUE;
}

typedef struct {
    gint64 whole, parts, messages, units, logs, taken, attributed;
} Gaps;

static gboolean read_gaps(Store *store, Gaps *gaps, GError **error)
{
    Query *query = store_query(store, "report.answer_gaps", error);
    if (!query)
        return FALSE;
    while (query_step(query, error))
        *gaps = (Gaps){query_get_int(query, 0), query_get_int(query, 1), query_get_int(query, 2),
                       query_get_int(query, 3), query_get_int(query, 4), query_get_int(query, 5),
                       query_get_int(query, 6)};
    return query_ended(query);
}

static gboolean add_gaps(Store *store, const Asked *asked, const Gaps *gaps, GString *text, GError **error)
{
    add(text, "\nWhat this answer cannot say:");
    add(text,
        "- It rests on the messages that we have read: %" G_GINT64_FORMAT
        ". Of these were taken, or must be presumed "
        "to be: %" G_GINT64_FORMAT ".",
        gaps->messages, gaps->taken);
    if (gaps->whole)
        add(text, "- Messages or files that could not be read at all: %" G_GINT64_FORMAT ".", gaps->whole);
    if (gaps->parts)
        add(text, "- Parts of messages that could not be read: %" G_GINT64_FORMAT ".", gaps->parts);
    if (gaps->units)
        add(text, "- Some of what was collected is not read yet.");
    if (asked->unmatched && gaps->attributed)
        add(text, "- Some of what we have read has not been matched with those whom it concerns.");
    if (!gaps->logs)
        add(text, "- No log of who opened which message was there to be read.");
    return add_uncovered(store, text, error);
}

/* Nobody is told "no" before mail was matched with customers. */
static gboolean add_answer(Store *store, const Asked *asked, const Gaps *gaps, GString *text, GError **error)
{
    if (g_str_equal(asked->kind, "you-are-breached"))
        add(text, "Thank you for your report. It was passed to those who investigate, and its content stays "
                  "with them.");
    if (!gaps->attributed) {
        add(text, "We cannot say yet: what we have read has not been matched with those whom it concerns.");
        return TRUE;
    }
    return (!g_str_equal(asked->kind, "is-it-us") && !*asked->whom) || add_known(store, asked, text, error);
}

GString *answer_draft(Store *store, const Asked *asked, GError **error)
{
    Gaps gaps = {0};
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *now = moment_format(asked->now - asked->now % G_USEC_PER_SEC);
    add(text, "Answer to enquiry %" G_GINT64_FORMAT ", as of %s.", asked->number, now);
    g_string_append_c(text, '\n');
    if (!read_gaps(store, &gaps, error) || !add_answer(store, asked, &gaps, text, error) ||
        !add_gaps(store, asked, &gaps, text, error))
        return NULL;
    add(text, "\nWhen more becomes known, we will tell you without being asked again.");
    return g_steal_pointer(&text);
}

/* --- who asks -------------------------------------------------------------------------------------------------- */

/* The one text that a statement gives for an address or its domain, NULL without a row. */
static gboolean ask_whom(Store *store, const char *statement, const char *one, const char *other, char **whom,
                         GError **error)
{
    Query *query = store_query(store, statement, error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(one));
    if (other)
        query_text(query, 2, span_of_string(other));
    while (query_step(query, error))
        *whom = span_dup(query_get_text(query, 0));
    return query_ended(query);
}

char *answer_whom(Store *store, const char *contact, GError **error)
{
    const char *at = strrchr(contact, '@');
    if (!at || at == contact || !at[1])
        return g_strdup("");
    g_autofree char *address = g_ascii_strdown(contact, -1), *domain = g_ascii_strdown(at + 1, -1);
    g_autofree char *whom = NULL;
    if (!ask_whom(store, "report.customer_named", address, domain, &whom, error) ||
        (!whom && !ask_whom(store, "report.proposed_named", domain, NULL, &whom, error)))
        return NULL;
    return whom ? g_steal_pointer(&whom) : g_strconcat(WHOM_PERSON, address, NULL);
}
