/* ruling_words.c - a ruling as a person writes it, made into the acts that it stands for. */
#include "cli/ruling_words.h"

#include <string.h>
#include "cli/listing.h"
#include "cli/message_key.h"
#include "cli/options.h"
#include "cli/ruling_lines.h"
#include "nouns/fact.h"

const char *const ruling_verbs[] = {"add",   "remove", "level", "owner",   "merge",
                                    "split", "rename", "keep",  "correct", NULL};
/* As the vendor is called where an owner is named. */
#define VENDOR "vendor"

/* --- what is named must be there ------------------------------------------------------------------------------- */

/* The twin class and the whole key of the message that is named; 0 and "" when none is. */
static gboolean find_message(Store *store, const char *named, gint64 *class, char **key, GError **error)
{
    gint64 content;
    *class = 0;
    ruling_say(key, "");
    if (!named)
        return TRUE;
    Query *query =
        message_key_find(store, named, &content, error) ? store_query(store, "ruling.class", error) : NULL;
    if (!query)
        return FALSE;
    query_int(query, 1, content);
    while (query_step(query, error)) {
        *class = query_get_int(query, 0);
        g_free(*key);
        *key = span_hex(query_get_blob(query, 1));
    }
    if (!query_ended(query))
        return FALSE;
    return *class ||
           error_set(error, CANDOR_ERROR_MISSING, "this message is newer than candor scope: run it first");
}

/* --- findings -------------------------------------------------------------------------------------------------- */

/* What was said of a message's findings, and the line that each of them is given. */
typedef struct {
    const RulingWords *words;
    const char *whom, *key, *other;
    gint64 kind, level, class;
} About;

static gboolean begins(const char *text, const char *beginning)
{
    return !beginning || g_ascii_strncasecmp(text, beginning, strlen(beginning)) == 0;
}

/* A line for each (type, mark) that the statement gives. */
static gboolean line_each(Store *store, const About *about, const char *statement, GArray *lines,
                          GError **error)
{
    Query *query = store_query(store, statement, error);
    if (!query)
        return FALSE;
    query_int(query, 1, about->class);
    query_text(query, 2, span_of_string(about->words->type ? about->words->type : ""));
    while (query_step(query, error)) {
        g_autofree char *mark = span_hex(query_get_blob(query, 1));
        if (!begins(mark, about->words->mark))
            continue;
        RulingLine *line = ruling_line_add(lines, about->words->verb, about->whom);
        g_free(line->type);
        line->type = span_dup(query_get_text(query, 0));
        ruling_say(&line->mark, mark);
        ruling_say(&line->content, about->key);
        ruling_say(&line->other, about->other);
        line->kind = about->kind;
        line->level = about->level;
    }
    if (!query_ended(query))
        return FALSE;
    return lines->len > 0 ||
           error_set(error, CANDOR_ERROR_MISSING,
                     "message %.12s has nothing of the kind; candor show CASE message shows what it has",
                     about->key);
}

static gboolean owner_lines(Store *store, const RulingWords *words, GArray *lines, GError **error)
{
    About about = {.words = words, .whom = "", .kind = FACT_DATA};
    g_autofree char *key = NULL;
    if (!ruling_has_operands(words, 1, 1, "CUSTOMER|vendor --message KEY [--type TYPE] [--mark FINGERPRINT]",
                             error))
        return FALSE;
    if (!words->message)
        return misuse(error, "whose findings these are is ruled on message by message: --message KEY");
    about.other = strcmp(words->operands[0], VENDOR) == 0 ? "" : words->operands[0];
    if ((*about.other && !ruling_customer_is_known(store, about.other, error)) ||
        !find_message(store, words->message, &about.class, &key, error))
        return FALSE;
    about.key = key;
    return line_each(store, &about, "ruling.findings", lines, error);
}

/* --- facts ----------------------------------------------------------------------------------------------------- */

static gboolean take_kind(const char *word, gint64 *kind, GError **error)
{
    FactKind named;
    *kind = 0;
    if (!word)
        return TRUE;
    if (!fact_kind_named(word, &named))
        return misuse(error, "\"%s\" is no kind of fact: taken, data, unread, contacted, targeted", word);
    *kind = named;
    return TRUE;
}

static gboolean take_level(const char *word, Level otherwise, gint64 *level, GError **error)
{
    Level named = otherwise;
    if (word && !level_named(word, &named))
        return misuse(error, "\"%s\" is no level: none, possible, presumed, confirmed", word);
    *level = named;
    return TRUE;
}

static void plain_line(const About *about, GArray *lines)
{
    RulingLine *line = ruling_line_add(lines, about->words->verb, about->whom);
    line->kind = about->kind;
    line->level = about->level;
    ruling_say(&line->content, about->key);
    ruling_say(&line->subject, about->words->subject);
    ruling_say(&line->type, about->words->type);
    ruling_say(&line->mark, about->words->mark);
}

/* A fact must have its whole key. */
static gboolean add_lines(Store *store, const About *about, GArray *lines, GError **error)
{
    gboolean of_mail =
        about->kind != FACT_TARGETED && !(about->kind == FACT_CONTACTED && about->words->subject);
    if (of_mail && !about->class)
        return misuse(error, "a fact of kind %s is one of a message: --message KEY",
                      fact_kind_name(about->kind));
    if (about->kind == FACT_TARGETED && (!about->words->subject || !about->words->type))
        return misuse(error, "targeted needs --subject (tenant or account) and --type (the attack)");
    if (about->level < LEVEL_PRESUMED)
        return misuse(error, "what is added is presumed or confirmed");
    if (about->kind == FACT_DATA)
        return line_each(store, about, "ruling.findings", lines, error);
    if (about->kind == FACT_UNREAD)
        return line_each(store, about, "ruling.unread", lines, error);
    plain_line(about, lines);
    return TRUE;
}

/* A ruling that nothing is about is a slip of the pen. */
static gboolean has_facts(Store *store, const About *about, GError **error)
{
    gint64 count;
    Query *query = store_query(store, "ruling.facts", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(about->whom));
    query_int(query, 2, about->kind);
    query_int(query, 3, about->class);
    query_text(query, 4, span_of_string(about->words->subject ? about->words->subject : ""));
    query_text(query, 5, span_of_string(about->words->type ? about->words->type : ""));
    if (!query_only_int(query, &count, error))
        return FALSE;
    return count > 0 ||
           error_set(error, CANDOR_ERROR_MISSING,
                     "%s is exposed to nothing of the kind; candor customer show lists what there is",
                     about->whom);
}

static gboolean fact_lines(Store *store, const RulingWords *words, GArray *lines, GError **error)
{
    gboolean adds = strcmp(words->verb, "add") == 0, levels = strcmp(words->verb, "level") == 0;
    About about = {.words = words, .whom = words->operands[0], .other = ""};
    g_autofree char *key = NULL;
    if (!ruling_has_operands(words, adds ? 2 : 1, 2,
                             "CUSTOMER KIND [--message KEY] [--type TYPE] [--level LEVEL]", error))
        return FALSE;
    if (levels && !words->level)
        return misuse(error, "which level? --level none, possible, presumed or confirmed");
    if (!take_kind(words->operands[1], &about.kind, error) ||
        !take_level(words->level, LEVEL_PRESUMED, &about.level, error) ||
        !find_message(store, words->message, &about.class, &key, error))
        return FALSE;
    about.key = key;
    if (adds)
        return ruling_customer_is_known(store, about.whom, error) && add_lines(store, &about, lines, error);
    if (!has_facts(store, &about, error))
        return FALSE;
    if (!levels)
        about.level = LEVEL_NONE;
    plain_line(&about, lines);
    return TRUE;
}

/* --- groups of what was told and holds no more ----------------------------------------------------------------- */

static void take_told(Query *row, const RulingWords *words, GArray *lines)
{
    g_autofree char *whom = span_dup(query_get_text(row, 0));
    RulingLine *line = ruling_line_add(lines, words->verb, whom);
    g_free(line->content);
    g_free(line->subject);
    g_free(line->type);
    g_free(line->mark);
    line->kind = query_get_int(row, 1);
    line->content = span_hex(query_get_blob(row, 2));
    line->subject = span_dup(query_get_text(row, 3));
    line->type = span_dup(query_get_text(row, 4));
    line->mark = span_hex(query_get_blob(row, 5));
    line->level = query_get_int(row, 6);
    ruling_say(&line->grouped, words->operands[0]);
}

/* Groups that a person empties otherwise than by an answer. */
static gboolean takes_answer(const RulingWords *words, GError **error)
{
    const char *group = words->operands[0];
    if (g_str_has_prefix(group, "no-contact/"))
        return error_set(error, CANDOR_ERROR_DENIED,
                         "%s waits for a contact: candor customer import brings a list that has one", group);
    if (g_str_has_prefix(group, "waiting/") && strcmp(words->verb, "keep") != 0)
        return error_set(error, CANDOR_ERROR_DENIED,
                         "%s was told to nobody yet: candor notify deliver CASE REFERENCE --state replanned "
                         "keeps it from being sent, and what is still owed is planned anew",
                         group);
    return TRUE;
}

static gboolean group_lines(Store *store, const RulingWords *words, GArray *lines, GError **error)
{
    if (!ruling_has_operands(words, 1, 1, "GROUP [--whom CUSTOMER]; candor review CASE shows the groups",
                             error) ||
        !takes_answer(words, error))
        return FALSE;
    Query *query = store_query(store, "ruling.group", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(words->operands[0]));
    query_text(query, 2, span_of_string(words->whom ? words->whom : ""));
    while (query_step(query, error))
        take_told(query, words, lines);
    if (!query_ended(query))
        return FALSE;
    return lines->len > 0 ||
           error_set(error, CANDOR_ERROR_MISSING,
                     "no told fact waits in a group \"%s\"; candor review CASE shows the groups",
                     words->operands[0]);
}

GArray *ruling_lines(Store *store, const RulingWords *words, GError **error)
{
    static gboolean (*const makers[])(Store *, const RulingWords *, GArray *, GError **) = {
        fact_lines,   fact_lines,    fact_lines,  owner_lines, ruling_merge,
        ruling_split, ruling_rename, group_lines, group_lines};
    g_autoptr(GArray) lines = ruling_lines_new();
    int verb = option_choice("candor ruling add CASE", words->verb, ruling_verbs, error);
    return verb >= 0 && makers[verb](store, words, lines, error) ? g_steal_pointer(&lines) : NULL;
}
