/* attribute.c - whose stolen mail and data it is, step by step. */
#include "attribute/attribute.h"

#include "attribute/steps.h"

const char *const attribute_tables[] = {"customer", "email_whom", "message_link", "finding_link", "exposure",
                                        "review",   NULL};
/* Notes of its own, empty before and after. */
static const char *const notes[] = {"attribute.forget_masked", "attribute.forget_unread", NULL};

gboolean run_steps(Store *store, const char *const *statements, GError **error)
{
    for (; *statements; statements++) {
        Query *query = store_query(store, *statements, error);
        if (!query || !query_run(query, error))
            return FALSE;
    }
    return TRUE;
}

/* As run_steps, for statements whose one parameter is the mark of facts that have none. */
static gboolean run_steps_unmarked(Store *store, const char *const *statements, GError **error)
{
    for (; *statements; statements++) {
        Query *query = store_query(store, *statements, error);
        if (!query)
            return FALSE;
        query_blob(query, 1, (Span){"", 0});
        if (!query_run(query, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean find_links(Store *store, const Attribution *about, GError **error)
{
    static const char *const steps[] = {"attribute.links_address", "attribute.links_answer",
                                        "attribute.links_quoted", NULL};
    return note_whose_emails(store, about->names, error) && run_steps(store, steps, error) &&
           rulings_on_links(store, about->rulings, error);
}

static gboolean find_owners(Store *store, const Attribution *about, GError **error)
{
    static const char *const steps[] = {"attribute.owner_domain", "attribute.owner_account",
                                        "attribute.owner_party", NULL};
    return note_whose_masks(store, about->names, error) && run_steps(store, steps, error) &&
           rulings_on_owners(store, about->rulings, error);
}

static gboolean find_exposure(Store *store, const Attribution *about, GError **error)
{
    static const char *const mail[] = {"attribute.taken", NULL};
    static const char *const rest[] = {"attribute.data", "attribute.unread_parts", NULL};
    static const char *const unread[] = {"attribute.unread", NULL};
    static const char *const last[] = {"attribute.fact_too_low", NULL};
    return run_steps_unmarked(store, mail, error) && run_steps(store, rest, error) &&
           note_unhashed_parts(store, error) && run_steps(store, unread, error) &&
           expose_contacted(store, about->names, error) &&
           rulings_on_exposure(store, about->rulings, error) && run_steps(store, last, error);
}

static gboolean find_questions(Store *store, const Attribution *about, GError **error)
{
    static const char *const unmarked[] = {"attribute.review_possible", "attribute.review_proposed",
                                           "attribute.review_shared",   "attribute.review_return_path",
                                           "attribute.review_bare",     NULL};
    static const char *const marked[] = {"attribute.review_unowned", "attribute.review_vendor_account", NULL};
    return run_steps_unmarked(store, unmarked, error) && run_steps(store, marked, error) &&
           rulings_on_review(store, about->rulings, error);
}

static gboolean take_steps(Store *store, Run *run, const Attribution *about, GError **error)
{
    return store_shadows_clear(store, attribute_tables, error) && run_steps(store, notes, error) &&
           find_links(store, about, error) && find_customers(store, run, about, error) &&
           find_owners(store, about, error) && find_exposure(store, about, error) &&
           find_questions(store, about, error) && run_steps(store, notes, error);
}

gboolean attribute(Store *store, Run *run, GError **error)
{
    g_autoptr(ConsumerDomains) consumer = consumer_domains_load(run->tools->data_dir, error);
    g_autoptr(GArray) rulings = consumer ? rulings_load(store, error) : NULL;
    g_autoptr(Names) names = rulings ? names_load(store, consumer, rulings, error) : NULL;
    const Attribution about = {.names = names, .rulings = rulings};
    if (!names || !store_begin(store, error))
        return FALSE;
    if (take_steps(store, run, &about, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}
