/* customer_names.c - what names a customer in its list: domains, tenants, accounts. */
#include "attribute/customer_names.h"

#include <string.h>
#include "attribute/names.h"

static gboolean holds(const char *const *texts, const char *text)
{
    for (; texts && *texts; texts++)
        if (strcmp(*texts, text) == 0)
            return TRUE;
    return FALSE;
}

static gboolean domain_may_be_listed(const ListReading *reading, const YamlNode *node, const char *domain,
                                     GError **error)
{
    if (domain_is_public_suffix(domain))
        return yaml_error(node, error,
                          "%s is a public suffix: whoever registers beneath it would be this customer",
                          domain);
    if (consumer_domains_have(reading->consumer, domain))
        return yaml_error(
            node, error, "%s gives mailboxes to anybody: list the customer's own addresses there as accounts",
            domain);
    if (holds(reading->vendor, domain))
        return yaml_error(node, error, "%s is one of the vendor's own domains (vendor_domains in case.yaml)",
                          domain);
    return TRUE;
}

static gboolean has_name(const ListedCustomer *customer, const char *kind, const char *value)
{
    for (guint i = 0; i < customer->names->len; i++) {
        const ListedName *known = &g_array_index(customer->names, ListedName, i);
        if (strcmp(known->kind, kind) == 0 && strcmp(known->value, value) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Takes `value`. */
static gboolean add_name(const ListReading *reading, ListedCustomer *customer, const YamlNode *node,
                         const char *kind, char *value, GError **error)
{
    const ListedName name = {kind, value};
    if (has_name(customer, kind, value)) {
        g_free(value);
        return TRUE;
    }
    g_array_append_val(customer->names, name);
    char *key = g_strconcat(kind, " ", value, NULL);
    guint sharing = GPOINTER_TO_UINT(g_hash_table_lookup(reading->sharing, key)) + 1;
    g_hash_table_replace(reading->sharing, key, GUINT_TO_POINTER(sharing));
    return sharing <= SHARING_MOST ||
           yaml_error(node, error,
                      "%s names more than %d customers: it tells none of them apart; take it out", value,
                      SHARING_MOST);
}

/* A list of texts; absent: none. */
static gboolean is_list(const YamlNode *node, const char *key, GError **error)
{
    return !yaml_text(node) && !yaml_is_mapping(node)
               ? TRUE
               : yaml_error(node, error, "'%s' must be a list of texts", key);
}

gboolean take_domains(const ListReading *reading, ListedCustomer *customer, const YamlNode *list,
                      GError **error)
{
    if (!list)
        return TRUE;
    if (!is_list(list, "domains", error))
        return FALSE;
    for (guint i = 0; i < yaml_length(list); i++) {
        const YamlNode *node = yaml_item(list, i);
        g_autofree char *domain = yaml_text(node) ? domain_canonical(yaml_text(node)) : NULL;
        if (!domain)
            return yaml_error(node, error, "this is no domain that mail is sent to, like firma.example");
        if (!domain_may_be_listed(reading, node, domain, error))
            return FALSE;
        if (!add_name(reading, customer, node, "domain", g_steal_pointer(&domain), error))
            return FALSE;
    }
    return TRUE;
}

gboolean take_tenants(const ListReading *reading, ListedCustomer *customer, const YamlNode *list,
                      GError **error)
{
    if (!list)
        return TRUE;
    if (!is_list(list, "tenants", error))
        return FALSE;
    for (guint i = 0; i < yaml_length(list); i++) {
        const char *text = yaml_text(yaml_item(list, i));
        if (!text || !*text)
            return yaml_error(yaml_item(list, i), error,
                              "a tenant is an id or a name like firma.onmicrosoft.com");
        if (!add_name(reading, customer, yaml_item(list, i), "tenant", g_ascii_strdown(text, -1), error))
            return FALSE;
    }
    return TRUE;
}

gboolean take_accounts(const ListReading *reading, ListedCustomer *customer, const YamlNode *list,
                       GError **error)
{
    if (!list)
        return TRUE;
    if (!is_list(list, "accounts", error))
        return FALSE;
    for (guint i = 0; i < yaml_length(list); i++) {
        const char *text = yaml_text(yaml_item(list, i));
        g_autofree char *address = text ? address_canonical(text) : NULL;
        if (!address)
            return yaml_error(yaml_item(list, i), error, "an account is a mail address");
        if (!add_name(reading, customer, yaml_item(list, i), "account", g_steal_pointer(&address), error))
            return FALSE;
    }
    return TRUE;
}
