/* record_facts.c - the facts that an entry of `candor notify record` lists. */
#include "notify/record_facts.h"

#include <string.h>
#include "nouns/fact.h"
#include "notify/statement.h"

static const char *const kinds[] = {"taken", "data", "unread", "contacted", "targeted", NULL};
static const char *const levels[] = {"presumed", "confirmed", NULL};
#define LEVEL_NOT_SAID G_MAXUINT

typedef struct {
    guint kind, level;
    char *message, *subject, *type;
} Listed;

static const YamlField fields[] = {
    {"kind", YAML_CHOICE, G_STRUCT_OFFSET(Listed, kind), TRUE, 0, 0, kinds},
    {"message", YAML_TEXT, G_STRUCT_OFFSET(Listed, message), FALSE, 0, 0, NULL},
    {"subject", YAML_TEXT, G_STRUCT_OFFSET(Listed, subject), FALSE, 0, 0, NULL},
    {"type", YAML_TEXT, G_STRUCT_OFFSET(Listed, type), FALSE, 0, 0, NULL},
    {"level", YAML_CHOICE, G_STRUCT_OFFSET(Listed, level), FALSE, 0, 0, levels},
    {0},
};

static void listed_clear(Listed *listed)
{
    g_free(listed->message);
    g_free(listed->subject);
    g_free(listed->type);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Listed, listed_clear)

static FactKind kind_of(const Listed *listed)
{
    return (FactKind)(listed->kind + FACT_TAKEN);
}

/* The class of a message by its key, or by its Message-ID, with or without <>. 0: there is none. */
static gboolean find_class(Store *store, const char *message, gint64 *class, GError **error)
{
    gsize n = strlen(message);
    gboolean angled = n > 2 && message[0] == '<' && message[n - 1] == '>';
    Span id = angled ? (Span){message + 1, n - 2} : (Span){message, n};
    gint64 content;
    if (!content_named(store, id, &content, error))
        return FALSE;
    Query *query = store_query(store, content ? "notify.class_of" : "notify.class_of_id", error);
    if (!query)
        return FALSE;
    if (content)
        query_int(query, 1, content);
    else
        query_text(query, 1, id);
    return query_only_int(query, class, error);
}

/* Lines for the exposure that the entry means. *lines: how many. */
static gboolean add_exposed(Store *store, gint64 act, const char *whom, const Listed *listed, gint64 class,
                            gint64 *lines, GError **error)
{
    Query *query = store_query(store, "notify.told_exposed_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, act);
    query_text(query, 2, span_of_string(whom));
    query_int(query, 3, (gint64)kind_of(listed));
    query_int(query, 4, class);
    query_text(query, 5, span_of_string(listed->subject ? listed->subject : ""));
    query_text(query, 6, span_of_string(listed->type ? listed->type : ""));
    query_int(query, 7, listed->level == LEVEL_NOT_SAID ? 0 : (gint64)listed->level + LEVEL_PRESUMED);
    if (!query_run(query, error))
        return FALSE;
    *lines = store_changes(store);
    return TRUE;
}

/* A line for what was told, though it is no exposure now. */
static gboolean add_told(Store *store, gint64 act, const Listed *listed, gint64 class, GError **error)
{
    Query *query = store_query(store, "notify.told_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, act);
    query_int(query, 2, (gint64)kind_of(listed));
    query_int(query, 3, class);
    query_text(query, 4, span_of_string(listed->subject ? listed->subject : ""));
    query_text(query, 5, span_of_string(listed->type ? listed->type : ""));
    query_blob(query, 6, SPAN_OF(""));
    query_int(query, 7,
              listed->level == LEVEL_NOT_SAID ? LEVEL_PRESUMED : (gint64)listed->level + LEVEL_PRESUMED);
    return query_run(query, error);
}

static gboolean check(const YamlNode *node, const Listed *listed, GError **error)
{
    FactKind kind = kind_of(listed);
    if (kind == FACT_TARGETED ? !listed->subject || !listed->type : !listed->message && !listed->subject)
        return yaml_error(node, error, "this fact needs %s",
                          kind == FACT_TARGETED ? "its 'subject' (tenant or account) and 'type' (attack)"
                                                : "its 'message' (Message-ID or key)");
    return TRUE;
}

static gboolean record_fact(Store *store, gint64 act, const char *whom, const YamlNode *node, GError **error)
{
    g_auto(Listed) listed = {.level = LEVEL_NOT_SAID};
    gint64 class = 0, lines = 0;
    if (!yaml_fill(node, fields, &listed, error) || !check(node, &listed, error) ||
        (listed.message && !find_class(store, listed.message, &class, error)))
        return FALSE;
    if (listed.message && !class)
        return yaml_error(node, error, "no message of this case is called %s; collect its mailbox first",
                          listed.message);
    if (!add_exposed(store, act, whom, &listed, class, &lines, error))
        return FALSE;
    if (lines > 0)
        return TRUE;
    if (kind_of(&listed) == FACT_DATA || kind_of(&listed) == FACT_UNREAD)
        return yaml_error(
            node, error,
            "%s has no exposure of this kind in that message, so it cannot be told apart; run candor "
            "attribute first, or leave it out",
            whom);
    return add_told(store, act, &listed, class, error);
}

gboolean record_facts(Store *store, gint64 act, const char *whom, const YamlNode *list, GError **error)
{
    if (yaml_text(list) || yaml_is_mapping(list))
        return yaml_error(list, error, "'facts' must be a list, each with 'kind' and what it is about");
    for (guint i = 0; i < yaml_length(list); i++)
        if (!record_fact(store, act, whom, yaml_item(list, i), error))
            return FALSE;
    return TRUE;
}
