/* case_acts.c - what case.yaml states and stages decide by, recorded as acts. */
#include "cli/case_acts.h"

#include <string.h>
#include "attribute/domain.h"

/* The newest value of a policy, g_free; NULL in *value when there is none. */
static gboolean newest_policy(Store *store, const char *name, char **value, GError **error)
{
    Query *query = store_query(store, "attribute.policy", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(name));
    *value = NULL;
    while (query_step(query, error)) {
        g_free(*value);
        *value = span_dup(query_get_text(query, 0));
    }
    return query_ended(query);
}

gboolean case_acts_policy(Store *store, Run *run, const char *name, const char *value, GError **error)
{
    g_autofree char *newest = NULL;
    if (!newest_policy(store, name, &newest, error))
        return FALSE;
    if (strcmp(newest ? newest : "", value) == 0)
        return TRUE;
    const Span fields[] = {span_of_string(name), span_of_string(value)};
    return act_record(store, run, "policy", fields, G_N_ELEMENTS(fields), NULL, error);
}

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorted, so that the order in the file makes no new act; g_free. */
static char *joined(char **words)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (guint i = 0; words && words[i]; i++)
        g_ptr_array_add(sorted, words[i]);
    g_ptr_array_sort(sorted, by_text);
    g_ptr_array_add(sorted, NULL);
    return g_strjoinv(" ", (char **)sorted->pdata);
}

static gboolean record_all(Store *store, Run *run, const CaseConfig *config, GError **error)
{
    g_autofree char *domains = joined(config->vendor_domains);
    g_autofree char *tenants = joined(config->vendor_tenants);
    return case_acts_policy(store, run, "vendor.domains", domains, error) &&
           case_acts_policy(store, run, "vendor.tenants", tenants, error) &&
           case_acts_policy(store, run, "domains", domain_list_version(), error);
}

gboolean case_acts_record_vendor(Store *store, Run *run, const CaseConfig *config, GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    if (record_all(store, run, config, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}
