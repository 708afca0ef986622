/* notify_acts.c - candor notify deliver, record, hold, unhold, delay: what people did and decided. */
#include "lib/moment.h"
#include "cli/act_command.h"
#include "cli/message_key.h"
#include "cli/notify.h"
#include "cli/options.h"
#include "cli/stages.h"

/* A case opened to add acts, and its run. */
typedef struct {
    CaseFolder *folder;
    Store *store;
    Run *run;
} Acting;

static void acting_clear(Acting *acting)
{
    run_free(acting->run);
    store_close(acting->store);
    case_folder_free(acting->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Acting, acting_clear)

static gboolean begin(Acting *acting, const char *path, const char *word, GError **error)
{
    acting->folder = case_folder_open(path, TRUE, error);
    acting->store = acting->folder ? case_folder_store(acting->folder, &role_telling, error) : NULL;
    acting->run = acting->store ? run_begin(acting->store, word, moment_now(), error) : NULL;
    return acting->run != NULL;
}

/* Say what was done, or that it was done before, and end the run. */
static int finish(const Cli *cli, Acting *acting, gboolean added, const char *what, GError **error)
{
    if (!run_end(acting->store, acting->run, error))
        return EXIT_FAULT;
    if (added)
        remark(cli, "%s; next: candor notify plan %s", what, acting->folder->folder);
    else
        remark(cli, "nothing new: the acts of the case say so already");
    return EXIT_DONE;
}

static gboolean needs(const char *value, const char *option, const char *word, GError **error)
{
    return (value && *value) ||
           misuse(error, "candor notify %s needs %s; see: candor help notify", word, option);
}

/* --- deliveries, and what was told elsewhere -------------------------------------------------------------------- */

int notify_do_deliver(const Cli *cli, char **operands, const NotifySaid *said, GError **error)
{
    g_auto(Acting) acting = {0};
    gboolean added;
    if (!needs(said->state, "--state", "deliver", error) ||
        option_choice("--state", said->state, notify_delivery_states, error) < 0)
        return EXIT_MISUSE;
    const NotifyDelivery delivery = {operands[1], said->contact, said->channel, said->state,
                                     said->detail ? said->detail : ""};
    if (!begin(&acting, operands[0], "deliver", error) ||
        !notify_deliver(acting.store, acting.run, &delivery, &added, error))
        return EXIT_FAULT;
    return finish(cli, &acting, added, "recorded", error);
}

int notify_do_record(const Cli *cli, char **operands, const NotifySaid *said, GError **error)
{
    g_auto(Acting) acting = {0};
    NotifyRecorded done;
    const NotifyRecord record = {operands[1], act_command_by(said->by)};
    if (!begin(&acting, operands[0], "record", error) ||
        !notify_record(acting.store, acting.run, &record, &done, error))
        return EXIT_FAULT;
    g_autofree char *what = g_strdup_printf(
        "%" G_GUINT64_FORMAT " recorded, %" G_GUINT64_FORMAT " known before", done.added, done.known);
    return finish(cli, &acting, done.added > 0, what, error);
}

/* --- holds and delays ------------------------------------------------------------------------------------------- */

/* The whole key of a message whose beginning was said, in hex; "" for none; g_free. */
static char *key_of(Store *store, const char *message, GError **error)
{
    gint64 content;
    if (!message)
        return g_strdup("");
    if (!message_key_find(store, message, &content, error))
        return NULL;
    Query *query = store_query(store, "notify.key_of", error);
    if (!query)
        return NULL;
    query_int(query, 1, content);
    char *key = NULL;
    while (query_step(query, error))
        key = span_hex(query_get_blob(query, 0));
    return key;
}

static int hold(const Cli *cli, char **operands, const NotifySaid *said, gboolean lifted, GError **error)
{
    g_auto(Acting) acting = {0};
    NotifyHold hold = {.whom = said->customers ? said->customers[0] : "",
                       .lifted = lifted,
                       .owner = said->owner ? said->owner : act_command_by(NULL),
                       .reason = said->reason};
    gboolean added;
    if (!operands[1] && !said->customers)
        return misuse(error,
                      "say what is held: a MESSAGE, or everything of a --customer; see: candor help notify");
    if (!act_command_time("--until", said->until, 0, &hold.ends, error))
        return EXIT_MISUSE;
    if (!begin(&acting, operands[0], lifted ? "unhold" : "hold", error))
        return EXIT_FAULT;
    g_autofree char *key = key_of(acting.store, operands[1], error);
    hold.content = key;
    if (!key || !act_command_customer(acting.store, hold.whom, error) ||
        !notify_hold(acting.store, acting.run, &hold, &added, error))
        return EXIT_FAULT;
    return finish(cli, &acting, added, lifted ? "lifted" : "held", error);
}

int notify_do_hold(const Cli *cli, char **operands, const NotifySaid *said, GError **error)
{
    if (!needs(said->owner, "--owner", "hold", error) || !needs(said->until, "--until", "hold", error) ||
        !needs(said->reason, "--reason", "hold", error))
        return EXIT_MISUSE;
    return hold(cli, operands, said, FALSE, error);
}

int notify_do_unhold(const Cli *cli, char **operands, const NotifySaid *said, GError **error)
{
    if (!needs(said->reason, "--reason", "unhold", error))
        return EXIT_MISUSE;
    return hold(cli, operands, said, TRUE, error);
}

int notify_do_delay(const Cli *cli, char **operands, const NotifySaid *said, GError **error)
{
    g_auto(Acting) acting = {0};
    gboolean added;
    NotifyDelay delay = {.whom = said->customers ? said->customers[0] : "",
                         .authority = said->authority,
                         .basis = said->basis,
                         .by = act_command_by(said->by)};
    if (said->all == (said->customers != NULL))
        return misuse(error, "candor notify delay needs either --all or --customer; see: candor help notify");
    if (!needs(said->authority, "--authority", "delay", error) ||
        !needs(said->basis, "--basis", "delay", error))
        return EXIT_MISUSE;
    if (said->over == (said->until != NULL))
        return misuse(error, "candor notify delay needs either --until or --over; see: candor help notify");
    if (!act_command_time("--until", said->until, 0, &delay.ends, error))
        return EXIT_MISUSE;
    if (!begin(&acting, operands[0], "delay", error) ||
        !act_command_customer(acting.store, delay.whom, error) ||
        !notify_delay(acting.store, acting.run, &delay, &added, error))
        return EXIT_FAULT;
    return finish(cli, &acting, added, said->over ? "the delay is over" : "delayed", error);
}
