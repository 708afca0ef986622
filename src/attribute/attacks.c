/* attacks.c - who was attacked, by sign-ins: passwords sprayed over accounts, and stolen accounts tried.
 *
 * Rule WA-SPRAY: within one window at least so many accounts of one organisation fail with a wrong password, from at
 * least so many addresses. The thresholds are policies of case.yaml: spray_accounts, spray_addresses, spray_window.
 * Windows begin twice a window, so that a spray of half a window lies whole in one. */
#include <string.h>
#include "lib/ip.h"
#include "nouns/fact.h"
#include "nouns/fingerprint.h"
#include "attribute/steps.h"

/* Result codes of Microsoft Entra: wrong name or password; locked after too many of those. */
enum { CODE_WRONG_PASSWORD = 50126, CODE_LOCKED = 50053 };
#define ACCOUNT_TYPE "contact.email"

enum { SPRAY_ACCOUNTS = 10, SPRAY_ADDRESSES = 3, SPRAY_WINDOW_SECONDS = 3600 };

/* The failures of one organisation's accounts in one window. */
typedef struct {
    GHashTable *accounts, *addresses; /* char * */
    const char *whom, *subject, *reason;
    guint sharing;
    gboolean by_intruder, known; /* known: over the thresholds, counted no more */
} Window;

typedef struct {
    Store *store;
    Names *names;
    GHashTable *windows; /* "NUMBER whom subject" -> Window *           */
    GHashTable *stolen;  /* GBytes: fingerprints of stolen accounts     */
    GArray *intruders;   /* IpRange                                      */
    gint64 accounts, addresses, half_window;
} Watch;

static void window_free(gpointer data)
{
    Window *window = data;
    g_clear_pointer(&window->accounts, g_hash_table_unref);
    g_clear_pointer(&window->addresses, g_hash_table_unref);
    g_free(window);
}

static void watch_clear(Watch *watch)
{
    g_clear_pointer(&watch->windows, g_hash_table_unref);
    g_clear_pointer(&watch->stolen, g_hash_table_unref);
    g_clear_pointer(&watch->intruders, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Watch, watch_clear)

/* --- what is known beforehand ---------------------------------------------------------------------------------- */

/* A policy ("NAME=NUMBER" in the newest act of intruders) of 1 or more; else what is usual. */
static gboolean ask_policy(Store *store, const char *name, gint64 usual, gint64 *value, GError **error)
{
    const gsize n = strlen(name) + 1;
    Query *query = store_query(store, "attribute.threshold", error);
    if (!query)
        return FALSE;
    *value = usual;
    query_text(query, 1, span_of_string(name));
    while (query_step(query, error)) {
        const Span text = query_get_text(query, 0);
        if (text.n <= n || !row_int((Span){text.p + n, text.n - n}, value) || *value < 1)
            *value = usual;
    }
    return query_ended(query);
}

static gboolean load_stolen(Watch *watch, GError **error)
{
    Query *query = store_query(watch->store, "attribute.stolen_accounts", error);
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        const Span mark = query_get_blob(query, 0);
        g_hash_table_add(watch->stolen, g_bytes_new(mark.p, mark.n));
    }
    return query_ended(query);
}

static gboolean load_intruders(Watch *watch, GError **error)
{
    Query *query = store_query(watch->store, "attribute.intruder_addresses", error);
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        IpRange range;
        if (ip_range_parse(query_get_text(query, 0), &range))
            g_array_append_val(watch->intruders, range);
    }
    return query_ended(query);
}

/* --- one sign-in ----------------------------------------------------------------------------------------------- */

static gboolean is_intruder(const Watch *watch, const char *address)
{
    guint8 ip[IP_BYTES];
    if (!ip_parse(span_of_string(address), ip))
        return FALSE;
    for (guint i = 0; i < watch->intruders->len; i++)
        if (ip_range_holds(&g_array_index(watch->intruders, IpRange, i), ip))
            return TRUE;
    return FALSE;
}

static gboolean is_stolen(const Watch *watch, const char *account)
{
    guint8 mark[FINGERPRINT_BYTES];
    if (!g_hash_table_size(watch->stolen))
        return FALSE;
    fingerprint_value(case_keys_fingerprint_key(store_keys(watch->store)), ACCOUNT_TYPE,
                      span_of_string(account), mark);
    g_autoptr(GBytes) key = g_bytes_new(mark, sizeof mark);
    return g_hash_table_contains(watch->stolen, key);
}

typedef struct {
    gint64 at, code;
    char *account, *tenant, *address;
    gboolean by_intruder;
} Try;

static void try_clear(Try *try)
{
    g_free(try->account);
    g_free(try->tenant);
    g_free(try->address);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Try, try_clear)

static gboolean has_failed(const Try *try)
{
    return try->code == CODE_WRONG_PASSWORD || try->code == CODE_LOCKED;
}

/* Somebody tries an account whose name was stolen beside a secret: from an intruder's address that is an attack, from
 * elsewhere a failure is perhaps its owner's slip. */
static gboolean expose_stolen(const Watch *watch, const Try *try, const Whose *whose, guint sharing,
                              GError **error)
{
    if ((!try->by_intruder && !has_failed(try)) || !is_stolen(watch, try->account))
        return TRUE;
    const SeenFact fact = {.whom = whose->whom,
                           .kind = FACT_TARGETED,
                           .subject = try->account,
                           .type = "stolen-account",
                           .level = try->by_intruder ? LEVEL_CONFIRMED : LEVEL_POSSIBLE,
                           .reason = whose->reason};
    return expose_or_ask(watch->store, &fact, sharing, error);
}

static Window *window_at(const Watch *watch, gint64 number, const Whose *whose, const char *subject,
                         guint sharing)
{
    g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT " %s %s", number, whose->whom, subject);
    Window *window = g_hash_table_lookup(watch->windows, key);
    if (window) { /* the least reason, whatever the order of the records */
        window->reason = strcmp(whose->reason, window->reason) < 0 ? whose->reason : window->reason;
        return window;
    }
    window = g_new0(Window, 1);
    window->accounts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    window->addresses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    window->whom = whose->whom;
    window->reason = whose->reason;
    window->subject = g_intern_string(subject);
    window->sharing = sharing;
    g_hash_table_insert(watch->windows, g_steal_pointer(&key), window);
    return window;
}

static void count_failure(const Watch *watch, const Try *try, const Whose *whose, guint sharing)
{
    const char *at = strrchr(try->account, '@');
    const char *subject = *try->tenant ? try->tenant : at ? at + 1 : try->account;
    const gint64 last = try->at / watch->half_window;
    for (gint64 number = last - 1; number <= last; number++) {
        Window *window = window_at(watch, number, whose, subject, sharing);
        window->by_intruder |= try->by_intruder;
        if (window->known)
            continue;
        g_hash_table_add(window->accounts, g_strdup(try->account));
        g_hash_table_add(window->addresses, g_strdup(try->address));
        window->known = g_hash_table_size(window->accounts) >= watch->accounts &&
                        g_hash_table_size(window->addresses) >= watch->addresses;
    }
}

static guint whose_account(Names *names, const Try *try, Whose whose[SHARING_MOST])
{
    guint n = names_of_address(names, try->account, whose);
    return n && !whom_is_proposed(whose[0].whom) ? n : MAX(n, names_of_tenant(names, try->tenant, whose));
}

static gboolean take_try(const Watch *watch, Query *row, GError **error)
{
    Whose whose[SHARING_MOST];
    g_auto(Try) try = {.at = query_get_int(row, 0),
                       .account = span_dup(query_get_text(row, 1)),
                       .tenant = span_dup(query_get_text(row, 2)),
                       .address = span_dup(query_get_text(row, 3)),
                       .code = query_get_int(row, 4)};
    guint n = whose_account(watch->names, &try, whose);
    if (!n || !*whose[0].whom)
        return TRUE;
    try.by_intruder = is_intruder(watch, try.address);
    for (guint i = 0; i < n; i++) {
        if (has_failed(&try))
            count_failure(watch, &try, &whose[i], n);
        if (!expose_stolen(watch, &try, &whose[i], n, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean take_tries(const Watch *watch, GError **error)
{
    Query *query = store_query(watch->store, "attribute.signins", error);
    if (!query)
        return FALSE;
    while (query_step(query, error))
        if (!take_try(watch, query, error))
            return FALSE;
    return query_ended(query);
}

/* --- sprays ---------------------------------------------------------------------------------------------------- */

static gboolean expose_sprays(const Watch *watch, GError **error)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, watch->windows);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const Window *window = value;
        const SeenFact fact = {.whom = window->whom,
                               .kind = FACT_TARGETED,
                               .subject = window->subject,
                               .type = "spray",
                               .level = window->by_intruder ? LEVEL_CONFIRMED : LEVEL_PRESUMED,
                               .reason = window->reason};
        if (window->known && !expose_or_ask(watch->store, &fact, window->sharing, error))
            return FALSE;
    }
    return TRUE;
}

gboolean expose_targeted(Store *store, Names *names, GError **error)
{
    gint64 seconds;
    g_auto(Watch) watch = {.store = store, .names = names};
    watch.windows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, window_free);
    watch.stolen = g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
    watch.intruders = g_array_new(FALSE, FALSE, sizeof(IpRange));
    if (!ask_policy(store, "spray_accounts", SPRAY_ACCOUNTS, &watch.accounts, error) ||
        !ask_policy(store, "spray_addresses", SPRAY_ADDRESSES, &watch.addresses, error) ||
        !ask_policy(store, "spray_window", SPRAY_WINDOW_SECONDS, &seconds, error))
        return FALSE;
    watch.half_window = MAX(seconds * G_USEC_PER_SEC / 2, 1);
    return load_stolen(&watch, error) && load_intruders(&watch, error) && take_tries(&watch, error) &&
           expose_sprays(&watch, error);
}
