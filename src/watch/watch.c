/* watch.c - sign-ins against what was stolen, an alert where they meet. */
#include "watch/watch.h"

#include <arpa/inet.h>
#include "watch/codes.h"
#include "watch/stolen.h"

#define HOUR G_TIME_SPAN_HOUR

/* One sign-in. */
typedef struct {
    gint64 at, code;
    char *account, *key, *address, *record, *network;
    Outcome outcome;
    Valid valid;
} Signin;

typedef struct {
    Store *store;
    Run *run;
    const SigninCodes *codes;
    Stolen *stolen;
    gint64 theft;      /* when it began; 0: not known                     */
    GHashTable *seen;  /* texts: what is not alerted again                */
    GHashTable *known; /* texts: account and network used before the theft */
    GPtrArray *wanted; /* Alert *, to be recorded                         */
} Watching;

typedef struct {
    const char *kind, *class;
    char *whom, *secret;
    Signin signin;
} Alert;

static void signin_clear(Signin *signin)
{
    g_free(signin->account);
    g_free(signin->key);
    g_free(signin->address);
    g_free(signin->record);
    g_free(signin->network);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Signin, signin_clear)

static void alert_free(gpointer data)
{
    Alert *alert = data;
    g_free(alert->whom);
    g_free(alert->secret);
    signin_clear(&alert->signin);
    g_free(alert);
}

char *watch_network(const char *address)
{
    struct in_addr four;
    struct in6_addr six;
    char text[INET6_ADDRSTRLEN] = "";
    if (inet_pton(AF_INET, address, &four) == 1) {
        four.s_addr &= htonl(0xffffff00);
        inet_ntop(AF_INET, &four, text, sizeof text);
        return g_strconcat(text, "/24", NULL);
    }
    if (inet_pton(AF_INET6, address, &six) == 1) {
        memset(six.s6_addr + 6, 0, sizeof six.s6_addr - 6);
        inet_ntop(AF_INET6, &six, text, sizeof text);
        return g_strconcat(text, "/48", NULL);
    }
    return g_strdup(address);
}

/* --- once is enough -------------------------------------------------------------------------------------------- */

/* Note it, and say whether it was new. */
static gboolean is_new(GHashTable *seen, char *text)
{
    return g_hash_table_add(seen, text);
}

/* A secret of somebody, from one network, in one hour; or its first success, or its first sign that it is valid. Those
 * of its owner before the theft are not the thief's first. */
static gboolean deserves_alert(GHashTable *seen, const char *whom, const char *secret, const char *class,
                               const Signin *signin)
{
    gboolean fresh = is_new(seen, g_strdup_printf("%s\n%s\n%s\n%" G_GINT64_FORMAT, whom, secret,
                                                  signin->network, signin->at / HOUR));
    if (signin->valid == VALID_YES)
        fresh |= is_new(seen, g_strdup_printf("valid\n%s\n%s\n%s", class, whom, secret));
    if (signin->outcome == OUTCOME_SUCCESS)
        fresh |= is_new(seen, g_strdup_printf("success\n%s\n%s\n%s", class, whom, secret));
    return fresh;
}

static gboolean remember_alerts(Watching *it, GError **error)
{
    Query *query = store_query(it->store, "watch.alerts", error);
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        g_autofree char *whom = span_dup(query_get_text(query, 1)),
                        *secret = span_dup(query_get_text(query, 2));
        g_auto(Signin)
            signin = {.at = query_get_int(query, 3), .address = span_dup(query_get_text(query, 4))};
        signin.network = watch_network(signin.address);
        signin.outcome = span_equals(query_get_text(query, 5), outcome_name(OUTCOME_SUCCESS))
                             ? OUTCOME_SUCCESS
                             : OUTCOME_UNKNOWN;
        signin.valid =
            span_equals(query_get_text(query, 6), valid_name(VALID_YES)) ? VALID_YES : VALID_UNKNOWN;
        g_autofree char *class = span_dup(query_get_text(query, 7));
        deserves_alert(it->seen, whom, secret, class, &signin);
    }
    return query_ended(query);
}

/* --- sign-ins -------------------------------------------------------------------------------------------------- */

/* Before the theft it is context; from where the account was used before, it is no attack, but says that the secret
 * still opens. */
static const char *class_of(Watching *it, const char *secret, const Signin *signin)
{
    g_autofree char *place = g_strdup_printf("%s\n%s", secret, signin->network);
    if (it->theft && signin->at < it->theft) {
        if (signin->outcome == OUTCOME_SUCCESS)
            is_new(it->known, g_steal_pointer(&place));
        return "pre-theft";
    }
    return g_hash_table_contains(it->known, place) ? "known-source" : "alert";
}

/* Takes `owners`. */
static void want(Watching *it, const char *kind, const char *secret, GPtrArray *owners, const Signin *signin)
{
    g_autoptr(GPtrArray) whoms = owners;
    const char *class = whoms->len ? class_of(it, secret, signin) : NULL;
    for (guint i = 0; i < whoms->len; i++) {
        if (!deserves_alert(it->seen, whoms->pdata[i], secret, class, signin))
            continue;
        Alert *alert = g_new0(Alert, 1);
        *alert = (Alert){.kind = kind,
                         .class = class,
                         .whom = g_strdup(whoms->pdata[i]),
                         .secret = g_strdup(secret),
                         .signin = {.at = signin->at,
                                    .code = signin->code,
                                    .address = g_strdup(signin->address),
                                    .record = g_strdup(signin->record),
                                    .outcome = signin->outcome,
                                    .valid = signin->valid}};
        g_ptr_array_add(it->wanted, alert);
    }
}

static gboolean look_at_signins(Watching *it, GError **error)
{
    Query *query = store_query(it->store, "watch.signins", error);
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        g_auto(Signin) signin = {.at = query_get_int(query, 0),
                                 .account = span_dup(query_get_text(query, 1)),
                                 .key = span_dup(query_get_text(query, 2)),
                                 .address = span_dup(query_get_text(query, 3)),
                                 .code = query_get_int(query, 4),
                                 .record = span_dup(query_get_text(query, 5))};
        signin.network = watch_network(signin.address);
        signin_code_says(it->codes, signin.code, &signin.outcome, &signin.valid);
        want(it, "stolen-account", signin.account, stolen_account(it->stolen, signin.account), &signin);
        want(it, "stolen-key", signin.key, stolen_key(it->stolen, signin.key), &signin);
    }
    return query_ended(query);
}

/* --- acts ------------------------------------------------------------------------------------------------------ */

static gboolean record(Watching *it, const Alert *alert, GError **error)
{
    g_autofree char *at = g_strdup_printf("%" G_GINT64_FORMAT, alert->signin.at);
    g_autofree char *code = g_strdup_printf("%" G_GINT64_FORMAT, alert->signin.code);
    const Span fields[] = {span_of_string(alert->kind),
                           span_of_string(alert->whom),
                           span_of_string(alert->secret),
                           span_of_string(at),
                           span_of_string(alert->signin.address),
                           span_of_string(code),
                           span_of_string(outcome_name(alert->signin.outcome)),
                           span_of_string(valid_name(alert->signin.valid)),
                           span_of_string(alert->class),
                           span_of_string(alert->signin.record)};
    return act_record(it->store, it->run, "alert", fields, G_N_ELEMENTS(fields), NULL, error);
}

static gboolean record_all(Watching *it, GError **error)
{
    if (!store_begin(it->store, error))
        return FALSE;
    for (guint i = 0; i < it->wanted->len; i++)
        if (!record(it, it->wanted->pdata[i], error)) {
            store_rollback(it->store);
            return FALSE;
        }
    return store_commit(it->store, error);
}

static GHashTable *texts(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

gboolean watch(Store *store, Run *run, guint64 *added, GError **error)
{
    g_autoptr(SigninCodes) codes = signin_codes_load(run->tools->data_dir, error);
    g_autoptr(Stolen) stolen = codes ? stolen_load(store, codes, error) : NULL;
    g_autoptr(GHashTable) seen = texts(), known = texts();
    g_autoptr(GPtrArray) wanted = g_ptr_array_new_with_free_func(alert_free);
    Watching it = {.store = store,
                   .run = run,
                   .codes = codes,
                   .stolen = stolen,
                   .seen = seen,
                   .known = known,
                   .wanted = wanted};
    if (!stolen || !store_ask_int(store, "watch.theft", &it.theft, error) || !remember_alerts(&it, error) ||
        !look_at_signins(&it, error) || !record_all(&it, error))
        return FALSE;
    if (added)
        *added = wanted->len;
    return TRUE;
}
