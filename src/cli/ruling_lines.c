/* ruling_lines.c - the lines of rulings; and those about customers: merged, split, renamed. */
#include "cli/ruling_lines.h"

#include "attribute/customer_list.h"
#include "cli/ask.h"
#include "cli/tell.h"

static void line_clear(gpointer data)
{
    RulingLine *line = data;
    char *const texts[] = {line->verb, line->whom, line->content, line->subject,
                           line->type, line->mark, line->other,   line->grouped};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
}

GArray *ruling_lines_new(void)
{
    GArray *lines = g_array_new(FALSE, TRUE, sizeof(RulingLine));
    g_array_set_clear_func(lines, line_clear);
    return lines;
}

/* A new line, every text of it there. */
RulingLine *ruling_line_add(GArray *lines, const char *verb, const char *whom)
{
    const RulingLine line = {.verb = g_strdup(verb),
                             .whom = g_strdup(whom),
                             .content = g_strdup(""),
                             .subject = g_strdup(""),
                             .type = g_strdup(""),
                             .mark = g_strdup(""),
                             .other = g_strdup(""),
                             .grouped = g_strdup("")};
    g_array_append_val(lines, line);
    return &g_array_index(lines, RulingLine, lines->len - 1);
}

void ruling_say(char **field, const char *text)
{
    g_free(*field);
    *field = g_strdup(text ? text : "");
}

/* --- what is named ------------------------------------------------------------------------------------------ */

gboolean ruling_customer_is_known(Store *store, const char *whom, GError **error)
{
    gint64 count;
    Query *query = store_query(store, "customer.known", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(whom));
    if (!query_only_int(query, &count, error))
        return FALSE;
    return count > 0 ||
           error_set(error, CANDOR_ERROR_MISSING,
                     "there is no customer \"%s\"; candor customer list shows who there is", whom);
}

gboolean ruling_has_operands(const RulingWords *words, guint least, guint most, const char *usage,
                             GError **error)
{
    guint n = g_strv_length((char **)words->operands);
    return (n >= least && n <= most) || misuse(error, "candor ruling add CASE %s %s", words->verb, usage);
}

/* --- customers ------------------------------------------------------------------------------------------------- */

/* Who took a customer over, by the newest word; "" while it stands by itself. g_free, NULL with *error set. */
static char *taken_over_by(Store *store, const char *whom, GError **error)
{
    char *into = ask_text_of(store, "ruling.merged_into", whom, error);
    if (into && strcmp(into, whom) == 0)
        *into = 0;
    return into;
}

/* Whether `whom` is met on the way from `at` along its mergers, which are no ring: the command refuses those. */
static gboolean leads_to(Store *store, const char *at, const char *whom, gboolean *leads, GError **error)
{
    g_autofree char *next = taken_over_by(store, at, error);
    if (!next)
        return FALSE;
    *leads = strcmp(next, whom) == 0;
    return *leads || !*next || leads_to(store, next, whom, leads, error);
}

/* A merger into itself undoes one. */
static gboolean may_undo(Store *store, const char *whom, GError **error)
{
    g_autofree char *into = taken_over_by(store, whom, error);
    if (!into)
        return FALSE;
    return *into ||
           error_set(error, CANDOR_ERROR_DENIED, "%s stands by itself: there is no merger to undo", whom);
}

static gboolean may_merge(Store *store, const char *whom, const char *into, GError **error)
{
    gboolean ring = FALSE;
    if (strcmp(whom, into) == 0)
        return may_undo(store, whom, error);
    if (!leads_to(store, into, whom, &ring, error))
        return FALSE;
    return !ring ||
           error_set(error, CANDOR_ERROR_DENIED, "%s was merged into %s; to undo that, first: merge %s %s",
                     into, whom, into, into);
}

gboolean ruling_merge(Store *store, const RulingWords *words, GArray *lines, GError **error)
{
    if (!ruling_has_operands(words, 2, 2, "CUSTOMER INTO", error))
        return FALSE;
    const char *whom = words->operands[0], *into = words->operands[1];
    if (!ruling_customer_is_known(store, whom, error) || !ruling_customer_is_known(store, into, error) ||
        !may_merge(store, whom, into, error))
        return FALSE;
    ruling_say(&ruling_line_add(lines, words->verb, words->operands[0])->other, words->operands[1]);
    return TRUE;
}

/* Whether the domain or address is one of the customer's in the list. */
static gboolean is_name_of(Store *store, const char *customer, const char *name, GError **error)
{
    gint64 count;
    Query *query = store_query(store, "ruling.names", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(customer));
    query_text(query, 2, span_of_string(name));
    if (!query_only_int(query, &count, error))
        return FALSE;
    return count > 0 ||
           error_set(error, CANDOR_ERROR_MISSING,
                     "%s is no domain or account of %s; candor customer show lists them", name, customer);
}

gboolean ruling_split(Store *store, const RulingWords *words, GArray *lines, GError **error)
{
    if (!ruling_has_operands(words, 3, 3, "CUSTOMER NEW DOMAIN|ADDRESS", error))
        return FALSE;
    const char *customer = words->operands[0], *new_id = words->operands[1], *name = words->operands[2];
    if (!customer_id_is_good(new_id))
        return misuse(error, "\"%s\" is no id: it takes letters, digits, '.', '_', '-'", new_id);
    g_autofree char *canonical = strchr(name, '@') ? address_canonical(name) : domain_canonical(name);
    if (!canonical)
        return misuse(error, "\"%s\" is neither a domain nor a mail address", name);
    if (!ruling_customer_is_known(store, customer, error) || !is_name_of(store, customer, canonical, error))
        return FALSE;
    RulingLine *line = ruling_line_add(lines, words->verb, customer);
    ruling_say(&line->other, new_id);
    ruling_say(&line->subject, canonical);
    return TRUE;
}

gboolean ruling_rename(Store *store, const RulingWords *words, GArray *lines, GError **error)
{
    if (!ruling_has_operands(words, 2, 2, "CUSTOMER NAME", error) ||
        !ruling_customer_is_known(store, words->operands[0], error))
        return FALSE;
    ruling_say(&ruling_line_add(lines, words->verb, words->operands[0])->other, words->operands[1]);
    return TRUE;
}
