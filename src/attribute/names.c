/* names.c - whom an address, a domain or a tenant stands for. */
#include "attribute/names.h"

#include <string.h>
#include "nouns/fact.h"

/* Who is behind a name: one, or several that share it. */
typedef struct {
    guint count;
    Whose whose[SHARING_MOST];
} Owners;

struct Names {
    const ConsumerDomains *consumer;
    GHashTable *domains, *accounts, *tenants; /* char * -> Owners * */
    GHashTable *mergers;                      /* as rulings_mergers gives them */
    GHashTable *known;                        /* domain as asked -> Owners *: the answers so far */
};

gboolean whom_is_proposed(const char *whom)
{
    return g_str_has_prefix(whom, WHOM_PROPOSED);
}

/* --- building -------------------------------------------------------------------------------------------------- */

static GHashTable *table_of(const Names *names, Span kind)
{
    return span_equals(kind, "domain")    ? names->domains
           : span_equals(kind, "account") ? names->accounts
                                          : names->tenants;
}

static void add_owner(Owners *owners, const char *whom, const char *reason)
{
    for (guint i = 0; i < owners->count; i++)
        if (strcmp(owners->whose[i].whom, whom) == 0)
            return;
    if (owners->count == SHARING_MOST)
        return;
    owners->whose[owners->count++] = (Whose){whom, reason};
    for (guint i = 0; owners->count > 1 && i < owners->count; i++)
        owners->whose[i].reason = "shared-name";
}

static void add_name(Names *names, GHashTable *table, const char *name, const char *whom, const char *reason)
{
    Owners *owners = g_hash_table_lookup(table, name);
    if (!owners) {
        owners = g_new0(Owners, 1);
        g_hash_table_insert(table, g_strdup(name), owners);
    }
    add_owner(owners, mergers_follow(names->mergers, whom), reason);
}

/* Rows of (kind, value, customer). */
static gboolean load_listed(Store *store, Names *names, const char *statement, GError **error)
{
    Query *query = store_query(store, statement, error);
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        g_autofree char *kind = span_dup(query_get_text(query, 0));
        g_autofree char *value = span_dup(query_get_text(query, 1));
        g_autofree char *customer = span_dup(query_get_text(query, 2));
        add_name(names, table_of(names, span_of_string(kind)), value, g_intern_string(customer),
                 g_intern_string(kind));
    }
    return query_ended(query);
}

static void replace_owner(GHashTable *table, const char *name, const char *whom, const char *reason)
{
    Owners *owners = g_new0(Owners, 1);
    add_owner(owners, whom, reason);
    g_hash_table_replace(table, g_strdup(name), owners);
}

/* The value of a policy is its words, parted by blanks. */
static gboolean load_vendor(Store *store, const char *policy, GHashTable *table, GError **error)
{
    g_autofree char *value = NULL;
    Query *query = store_query(store, "attribute.policy", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(policy));
    while (query_step(query, error)) {
        g_free(value);
        value = span_dup(query_get_text(query, 0));
    }
    if (!query_ended(query))
        return FALSE;
    g_auto(GStrv) words = g_strsplit(value ? value : "", " ", -1);
    for (guint i = 0; words[i]; i++)
        if (*words[i])
            replace_owner(table, words[i], "", "vendor");
    return TRUE;
}

/* The name that a split gives to the new customer. */
static void load_splits(Names *names, const GArray *rulings)
{
    for (guint i = 0; i < rulings->len; i++) {
        const Ruling *ruling = &g_array_index(rulings, Ruling, i);
        if (strcmp(ruling->verb, "split") != 0)
            continue;
        gboolean account = strchr(ruling->subject, '@') != NULL;
        replace_owner(account ? names->accounts : names->domains, ruling->subject,
                      mergers_follow(names->mergers, ruling->other), account ? "account" : "domain");
    }
}

void names_free(Names *names)
{
    if (!names)
        return;
    g_hash_table_unref(names->domains);
    g_hash_table_unref(names->accounts);
    g_hash_table_unref(names->tenants);
    g_hash_table_unref(names->mergers);
    g_hash_table_unref(names->known);
    g_free(names);
}

static GHashTable *new_table(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

Names *names_load(Store *store, const ConsumerDomains *consumer, const GArray *rulings, GError **error)
{
    g_autoptr(Names) names = g_new0(Names, 1);
    names->consumer = consumer;
    names->domains = new_table();
    names->accounts = new_table();
    names->tenants = new_table();
    names->known = new_table();
    names->mergers = rulings_mergers(rulings);
    if (!load_listed(store, names, "attribute.names_listed", error) ||
        !load_listed(store, names, "attribute.names_gone", error))
        return NULL;
    load_splits(names, rulings);
    if (!load_vendor(store, "vendor.domains", names->domains, error) ||
        !load_vendor(store, "vendor.tenants", names->tenants, error))
        return NULL;
    return g_steal_pointer(&names);
}

/* --- asking ---------------------------------------------------------------------------------------------------- */

static guint copy_owners(const Owners *owners, Whose whose[SHARING_MOST])
{
    memcpy(whose, owners->whose, owners->count * sizeof *whose);
    return owners->count;
}

/* The longest listed name that the domain is or lies under, not above `last`. */
static const Owners *listed_above(const Names *names, const char *domain, const char *last)
{
    for (const char *at = domain; at; at = strchr(at, '.')) {
        at += *at == '.';
        const Owners *owners = g_hash_table_lookup(names->domains, at);
        if (owners || at == last)
            return owners;
    }
    return NULL;
}

static void answer_domain(const Names *names, const char *domain, Owners *answer)
{
    g_autofree char *tenant = domain_tenant(domain);
    const char *registered = domain_registered(domain);
    const Owners *owners = listed_above(names, domain, registered ? registered : domain);
    if (!owners && tenant)
        owners = g_hash_table_lookup(names->tenants, tenant);
    if (owners) {
        *answer = *owners;
        return;
    }
    const char *organisation = tenant ? tenant : registered;
    if (!organisation || consumer_domains_have(names->consumer, domain))
        return;
    g_autofree char *proposed = g_strconcat(WHOM_PROPOSED, organisation, NULL);
    const char *whom = mergers_follow(names->mergers, g_intern_string(proposed));
    add_owner(answer, whom, whom_is_proposed(whom) ? "unlisted" : "domain");
}

/* Canonical domains come again and again: each is thought about once. */
static const Owners *owners_of_domain(Names *names, const char *domain)
{
    Owners *answer = g_hash_table_lookup(names->known, domain);
    if (answer)
        return answer;
    answer = g_new0(Owners, 1);
    answer_domain(names, domain, answer);
    g_hash_table_insert(names->known, g_strdup(domain), answer);
    return answer;
}

guint names_of_domain(Names *names, const char *domain, Whose whose[SHARING_MOST])
{
    g_autofree char *canonical = domain_canonical(domain);
    return canonical ? copy_owners(owners_of_domain(names, canonical), whose) : 0;
}

guint names_of_tenant(Names *names, const char *tenant, Whose whose[SHARING_MOST])
{
    g_autofree char *lower = g_ascii_strdown(tenant, -1);
    const Owners *owners = g_hash_table_lookup(names->tenants, lower);
    return owners ? copy_owners(owners, whose) : 0;
}

static guint person(const Names *names, const char *address, Whose whose[SHARING_MOST])
{
    g_autofree char *whom = g_strconcat(WHOM_PERSON, address, NULL);
    const char *holder = mergers_follow(names->mergers, g_intern_string(whom));
    whose[0] = (Whose){holder, whom_is_person(holder) ? "person" : "account"};
    return 1;
}

guint names_of_address(Names *names, const char *address, Whose whose[SHARING_MOST])
{
    g_autofree char *canonical = address_canonical(address);
    if (!canonical)
        return 0;
    const Owners *account = g_hash_table_lookup(names->accounts, canonical);
    if (account)
        return copy_owners(account, whose);
    const char *domain = address_domain(canonical);
    const Owners *owners = owners_of_domain(names, domain);
    if (owners->count)
        return copy_owners(owners, whose);
    return consumer_domains_have(names->consumer, domain) ? person(names, canonical, whose) : 0;
}
