/* case_intruders.c - what case.yaml says of intruders, and how to decide where logs cannot say. */
#include "cli/case_intruders.h"

#include <string.h>
#include "lib/ip.h"
#include "lib/moment.h"

static void intruder_line_free(gpointer data)
{
    IntruderLine *line = data;
    g_free(line->intruder);
    g_free(line->kind);
    g_free(line->value);
    g_free(line);
}

GPtrArray *intruders_new(void)
{
    return g_ptr_array_new_with_free_func(intruder_line_free);
}

/* --- intruders ------------------------------------------------------------------------------------------------- */

/* Apps of the cloud itself: every tenant's mail programs and portals call themselves so (design rule SC-ACTOR). */
static const char *const everybodys_apps[] = {
    "00000002-0000-0000-c000-000000000000", /* Azure AD Graph       */
    "00000002-0000-0ff1-ce00-000000000000", /* Exchange Online      */
    "00000003-0000-0000-c000-000000000000", /* Microsoft Graph      */
    "00000003-0000-0ff1-ce00-000000000000", /* SharePoint Online    */
    "00000006-0000-0ff1-ce00-000000000000", /* Microsoft 365 portal */
    "04b07795-8ddb-461a-bbee-02f9e1bf7b46", /* Azure CLI            */
    "14d82eec-204b-4c2f-b7e8-296a70dab67e", /* Graph PowerShell     */
    "1b730954-1685-4b74-9bfd-dac224a7b894", /* Azure AD PowerShell  */
    "1fec8e78-bce4-4aaf-ab1b-5451cc387264", /* Teams                */
    "27922004-5251-4030-b22d-91ecd9a37ea4", /* Outlook Mobile       */
    "5d661950-3475-41cd-a2c3-d671a3162bc1", /* Outlook              */
    "d3590ed6-52b3-4102-aeff-aad2292ab01c", /* Office               */
    NULL,
};

/* The lists of an intruder, and the kind that each entry gets. */
static const struct {
    const char *key, *kind;
    gboolean lower;
} lists[] = {
    {"addresses", "address", TRUE}, {"sessions", "session", TRUE}, {"apps", "app", TRUE},
    {"tokens", "token", FALSE},     {"accounts", "account", TRUE}, {"clients", "client", FALSE},
    {"mailboxes", "mailbox", TRUE},
};

static gboolean take_time(const YamlNode *mapping, const char *key, gint64 *at, GError **error)
{
    const YamlNode *node = yaml_get(mapping, key);
    *at = 0;
    return !node || moment_parse(span_of_string(yaml_text(node)), at) ||
           yaml_error(node, error, "'%s' must be a time, as 2025-01-31 or 2025-01-31T08:00:00Z", key);
}

/* Whether every key of the mapping is one of these. */
static gboolean has_only(const YamlNode *mapping, const char *const *keys, GError **error)
{
    for (guint i = 0; i < yaml_length(mapping); i++)
        if (!g_strv_contains(keys, yaml_key(mapping, i)))
            return yaml_error(yaml_item(mapping, i), error, "'%s' is not known here", yaml_key(mapping, i));
    return TRUE;
}

static gboolean times_of(const YamlNode *node, IntruderLine *line, GError **error)
{
    if (!take_time(node, "from", &line->began, error) || !take_time(node, "to", &line->ended, error))
        return FALSE;
    return !line->ended || line->began <= line->ended || yaml_error(node, error, "it ends before it begins");
}

static gboolean is_zeros(const char *value)
{
    return value[strspn(value, "0-{} ")] == 0;
}

static gboolean value_is_fit(const YamlNode *node, const IntruderLine *line, GError **error)
{
    IpRange range;
    if (is_zeros(line->value))
        return yaml_error(node, error, "an identifier of zeros would select everybody");
    if (g_str_equal(line->kind, "address") && !ip_range_parse(span_of_string(line->value), &range))
        return yaml_error(node, error, "this is no address and no range, as 203.0.113.7 or 198.51.100.0/24");
    if (g_str_equal(line->kind, "app") && g_strv_contains(everybodys_apps, line->value))
        return yaml_error(
            node, error,
            "this app is the cloud's own, and every user's programs bear it: name the intruder's app");
    return TRUE;
}

/* An entry: a text, or {KIND: text, from: …, to: …}. */
static gboolean take_entry(GPtrArray *lines, const char *intruder, guint list, const YamlNode *node,
                           GError **error)
{
    const char *const keys[] = {lists[list].kind, "from", "to", NULL};
    const char *text = yaml_text(node);
    IntruderLine *line = g_new0(IntruderLine, 1);
    line->intruder = g_strdup(intruder);
    line->kind = g_strdup(lists[list].kind);
    g_ptr_array_add(lines, line);
    if (yaml_is_mapping(node)) {
        if (!has_only(node, keys, error) || !times_of(node, line, error))
            return FALSE;
        text = yaml_text(yaml_get(node, lists[list].kind));
    }
    if (!text || !*text)
        return yaml_error(node, error, "an entry of %s is a text, or {%s: TEXT, from: TIME, to: TIME}",
                          lists[list].key, lists[list].kind);
    line->value = lists[list].lower ? g_ascii_strdown(text, -1) : g_strdup(text);
    return value_is_fit(node, line, error);
}

static gboolean take_window(GPtrArray *lines, const char *intruder, const YamlNode *node, GError **error)
{
    static const char *const keys[] = {"from", "to", NULL};
    IntruderLine *line = g_new0(IntruderLine, 1);
    line->intruder = g_strdup(intruder);
    line->kind = g_strdup("window");
    line->value = g_strdup("");
    g_ptr_array_add(lines, line);
    if (!yaml_is_mapping(node))
        return yaml_error(node, error, "a window is {from: TIME, to: TIME}; leave out what is not known");
    return has_only(node, keys, error) && times_of(node, line, error);
}

static int list_of(const char *key)
{
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        if (strcmp(lists[i].key, key) == 0)
            return (int)i;
    return -1;
}

static gboolean take_intruder(GPtrArray *lines, const char *name, const YamlNode *node, GError **error)
{
    if (!yaml_is_mapping(node))
        return yaml_error(node, error, "an intruder is a mapping of addresses, apps, sessions, window …");
    for (guint i = 0; i < yaml_length(node); i++) {
        const YamlNode *value = yaml_item(node, i);
        int list = list_of(yaml_key(node, i));
        if (g_str_equal(yaml_key(node, i), "window")) {
            if (!take_window(lines, name, value, error))
                return FALSE;
            continue;
        }
        if (list < 0)
            return yaml_error(value, error, "'%s' is nothing that is known of an intruder",
                              yaml_key(node, i));
        if (yaml_text(value) || yaml_is_mapping(value))
            return yaml_error(value, error, "%s must be a list", yaml_key(node, i));
        for (guint j = 0; j < yaml_length(value); j++)
            if (!take_entry(lines, name, (guint)list, yaml_item(value, j), error))
                return FALSE;
    }
    return TRUE;
}

static gint by_all(gconstpointer a, gconstpointer b)
{
    const IntruderLine *one = *(IntruderLine *const *)a, *other = *(IntruderLine *const *)b;
    gint order = strcmp(one->intruder, other->intruder);
    order = order ? order : strcmp(one->kind, other->kind);
    order = order ? order : strcmp(one->value, other->value);
    order = order ? order : (one->began > other->began) - (one->began < other->began);
    return order ? order : (one->ended > other->ended) - (one->ended < other->ended);
}

gboolean intruders_read(GPtrArray *lines, const YamlNode *node, GError **error)
{
    if (!node)
        return TRUE;
    if (!yaml_is_mapping(node))
        return yaml_error(node, error, "intruders must be lines of NAME: and what is known of each");
    for (guint i = 0; i < yaml_length(node); i++)
        if (!*yaml_key(node, i))
            return yaml_error(yaml_item(node, i), error, "an intruder has a name");
        else if (!take_intruder(lines, yaml_key(node, i), yaml_item(node, i), error))
            return FALSE;
    g_ptr_array_sort(lines, by_all);
    for (guint i = lines->len; i-- > 1;)
        if (by_all(&lines->pdata[i - 1], &lines->pdata[i]) == 0)
            g_ptr_array_remove_index(lines, i);
    return TRUE;
}

/* --- policies -------------------------------------------------------------------------------------------------- */

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
/* The first word is the default; numbers have `most`. */
static const struct {
    const char *name;
    const char *const *words;
    guint most;
} policies[] = {
    {"gap", WORDS("presume", "possible", "ignore"), 0},
    {"no_log", WORDS("presume", "possible"), 0},
    {"spray_accounts", WORDS("10"), 100000},
    {"spray_addresses", WORDS("3"), 100000},
    {"spray_window", WORDS("3600"), 86400},
    {"sync", WORDS("folder", "mailbox"), 0},
    {"sync_tail", WORDS("3600"), 86400},
    {"throttle", WORDS("24"), 168},
    {"time_tolerance", WORDS("120"), 86400},
};

static void add_line(GPtrArray *lines, const char *kind, const char *name, const char *value)
{
    IntruderLine *line = g_new0(IntruderLine, 1);
    line->intruder = g_strdup("");
    line->kind = g_strdup(kind);
    line->value = g_strconcat(name, "=", value, NULL);
    g_ptr_array_add(lines, line);
}

static gboolean take_policy(GPtrArray *lines, guint i, const YamlNode *node, GError **error)
{
    guint64 number = 0;
    const char *text = node ? yaml_text(node) : policies[i].words[0];
    gboolean fits =
        text && (policies[i].most ? g_ascii_string_to_unsigned(text, 10, 0, policies[i].most, &number, NULL)
                                  : g_strv_contains(policies[i].words, text));
    if (!fits) {
        g_autofree char *choices = policies[i].most ? g_strdup_printf("a number up to %u", policies[i].most)
                                                    : g_strjoinv(", ", (char **)(guintptr)policies[i].words);
        return yaml_error(node, error, "policy %s must be: %s", policies[i].name, choices);
    }
    if (!g_str_equal(text, policies[i].words[0]))
        add_line(lines, "policy", policies[i].name, text);
    return TRUE;
}

static gboolean take_mailbox_ids(GPtrArray *lines, const YamlNode *node, GError **error)
{
    if (node && !yaml_is_mapping(node))
        return yaml_error(node, error, "mailbox_ids must be lines of GUID: MAILBOX");
    for (guint i = 0; node && i < yaml_length(node); i++) {
        const char *mailbox = yaml_text(yaml_item(node, i));
        if (!mailbox || !*mailbox)
            return yaml_error(yaml_item(node, i), error, "the mailbox of this id must be a name");
        g_autofree char *id = g_ascii_strdown(yaml_key(node, i), -1), *lower = g_ascii_strdown(mailbox, -1);
        add_line(lines, "mailbox-id", id, lower);
    }
    return TRUE;
}

gboolean policies_read(GPtrArray *lines, const YamlNode *policy, const YamlNode *mailbox_ids, GError **error)
{
    if (policy && !yaml_is_mapping(policy))
        return yaml_error(policy, error, "policy must be lines of NAME: WORD");
    for (guint i = 0; policy && i < yaml_length(policy); i++) {
        guint known = 0;
        while (known < G_N_ELEMENTS(policies) && !g_str_equal(policies[known].name, yaml_key(policy, i)))
            known++;
        if (known == G_N_ELEMENTS(policies))
            return yaml_error(yaml_item(policy, i), error, "there is no policy '%s'", yaml_key(policy, i));
    }
    for (guint i = 0; i < G_N_ELEMENTS(policies); i++)
        if (!take_policy(lines, i, policy ? yaml_get(policy, policies[i].name) : NULL, error))
            return FALSE;
    return take_mailbox_ids(lines, mailbox_ids, error);
}
