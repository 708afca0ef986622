/* attribute.c - whose stolen mail and data it is, step by step. */
#include "attribute/attribute.h"

#include "attribute/steps.h"

const char *const attribute_tables[] = {"customer", "email_whom", "message_link", "finding_link", "exposure",
                                        "review",   NULL};
/* Notes of its own, empty before and after. */
static const char *const notes[] = {"attribute.forget_masked", "attribute.forget_accounts",
                                    "attribute.forget_parties", "attribute.forget_unread", NULL};

gboolean run_steps(Store *store, const char *const *statements, GError **error)
{
    for (; *statements; statements++) {
        Query *query = store_query(store, *statements, error);
        if (!query || !query_run(query, error))
            return FALSE;
    }
    return TRUE;
}

/* First class, last class, findings that have an owner. */
static gboolean ask_extent(Store *store, gint64 extent[3], GError **error)
{
    Query *query = store_query(store, "attribute.extent", error);
    if (!query)
        return FALSE;
    while (query_step(query, error))
        for (guint i = 0; i < 3; i++)
            extent[i] = query_get_int(query, i);
    return query_ended(query);
}

/* Of so many findings, on average, the facts are sorted at once: some 60 MB. */
#define SORTED_AT_ONCE 300000

/* Run statements that take a range of classes, range by range. */
static gboolean run_in_ranges(Store *store, const char *const *statements, GError **error)
{
    gint64 extent[3] = {0};
    if (!ask_extent(store, extent, error))
        return FALSE;
    gint64 classes = extent[1] - extent[0] + 1;
    gint64 step = MAX(classes / (extent[2] / SORTED_AT_ONCE + 1), 1);
    for (gint64 from = extent[0]; from <= extent[1]; from += step)
        for (const char *const *statement = statements; *statement; statement++) {
            Query *query = store_query(store, *statement, error);
            if (!query)
                return FALSE;
            query_int(query, 1, from);
            query_int(query, 2, from + step);
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
    static const char *const steps[] = {"attribute.accounts_in_mail", "attribute.accounts_in_parts",
                                        "attribute.owner_account",    "attribute.class_parties",
                                        "attribute.parties_shared",   "attribute.parties_shared_quoted",
                                        "attribute.owner_rest",       NULL};
    static const char *const links[] = {"attribute.links_mentioned", NULL};
    return note_whose_masks(store, about->names, error) && run_steps(store, steps, error) &&
           rulings_on_owners(store, about->rulings, error) && run_steps(store, links, error);
}

static gboolean find_exposure(Store *store, const Attribution *about, GError **error)
{
    static const char *const parts[] = {"attribute.unread_parts", NULL};
    static const char *const facts[] = {"attribute.taken", "attribute.data", "attribute.unread", NULL};
    static const char *const last[] = {"attribute.fact_too_low", NULL};
    return run_steps(store, parts, error) && note_unhashed_parts(store, error) &&
           run_in_ranges(store, facts, error) && expose_contacted(store, about->names, error) &&
           expose_targeted(store, about->names, error) && rulings_on_exposure(store, about->rulings, error) &&
           run_steps(store, last, error);
}

static gboolean find_questions(Store *store, const Attribution *about, GError **error)
{
    static const char *const steps[] = {"attribute.review_possible",
                                        "attribute.review_possible_data",
                                        "attribute.review_possible_unread",
                                        "attribute.review_proposed",
                                        "attribute.review_shared",
                                        "attribute.review_return_path",
                                        "attribute.review_bare",
                                        "attribute.review_header",
                                        "attribute.review_unowned",
                                        "attribute.review_vendor_account",
                                        NULL};
    return run_steps(store, steps, error) && rulings_on_review(store, about->rulings, error);
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
