/* customers.c - who is a customer: by the lists, by rulings, and by mail from organisations that no list has. */
#include <string.h>
#include "attribute/steps.h"

/* An organisation that had an id of its own, and that a list names by now: what is known of it follows. */
static gboolean settle(Store *store, Names *names, const char *domain, GError **error)
{
    Whose whose[SHARING_MOST];
    g_autofree char *minted = g_strconcat(WHOM_PROPOSED, domain, NULL);
    guint n = names_of_domain(names, domain, whose);
    if (n != 1 || !*whose[0].whom || strcmp(whose[0].whom, minted) == 0)
        return TRUE;
    Query *query = store_query(store, "attribute.customer_merge", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(minted));
    query_text(query, 2, span_of_string(whose[0].whom));
    return query_run(query, error);
}

static gboolean settle_all(Store *store, Names *names, GError **error)
{
    Query *query = store_query(store, "attribute.minted", error);
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        g_autofree char *domain = span_dup(query_get_text(query, 0));
        if (!settle(store, names, domain, error))
            return FALSE;
    }
    return query_ended(query);
}

/* One act for all that are new. */
static gboolean mint(Store *store, Run *run, GError **error)
{
    gint64 count, act;
    if (!store_ask_int(store, "attribute.to_mint", &count, error))
        return FALSE;
    if (!count)
        return TRUE;
    Query *query = act_next(store, &act, error) ? store_query(store, "attribute.mint", error) : NULL;
    if (!query)
        return FALSE;
    query_int(query, 1, act);
    return query_run(query, error) && act_record(store, run, "minted", NULL, 0, NULL, error);
}

gboolean find_customers(Store *store, Run *run, const Attribution *about, GError **error)
{
    static const char *const lists[] = {"attribute.customers_listed", "attribute.customers_gone", NULL};
    static const char *const links[] = {"attribute.customers_proposed", NULL};
    return run_steps(store, lists, error) && run_steps(store, links, error) && mint(store, run, error) &&
           settle_all(store, about->names, error) && rulings_on_customers(store, about->rulings, error);
}
