/* notify_plan.c - candor notify plan, show, approve, list: what is owed, how it reads, and that it may go. */
#include "lib/moment.h"
#include "cli/act_command.h"
#include "cli/fresh.h"
#include "cli/notify.h"
#include "cli/paths.h"
#include "cli/run_stage.h"
#include "cli/stages.h"

/* So many notices stand on a screen; the others are counted. */
#define NOTICES_SHOWN 20

static const Field notice_fields[] = {
    {"whom", VALUE_TEXT, 14},       {"kind", VALUE_TEXT, 10},      {"state", VALUE_TEXT, 10},
    {"taken", VALUE_NUMBER, 5},     {"data", VALUE_NUMBER, 4},     {"unread", VALUE_NUMBER, 6},
    {"contacted", VALUE_NUMBER, 9}, {"targeted", VALUE_NUMBER, 8},
};
static const Field review_fields[] = {
    {"review", VALUE_TEXT, 20}, {"customers", VALUE_NUMBER, 9}, {"facts", VALUE_NUMBER, 0}};
static const Field wave_fields[] = {
    {"wave", VALUE_TEXT, 9},     {"approved", VALUE_NUMBER, 8},   {"waiting", VALUE_NUMBER, 7},
    {"handed", VALUE_NUMBER, 6}, {"accepted", VALUE_NUMBER, 8},   {"acknowledged", VALUE_NUMBER, 12},
    {"failed", VALUE_NUMBER, 6}, {"no-contact", VALUE_NUMBER, 0},
};
static const Field of_wave_fields[] = {{"reference", VALUE_TEXT, 14},
                                       {"whom", VALUE_TEXT, 16},
                                       {"kind", VALUE_TEXT, 10},
                                       {"state", VALUE_TEXT, 12},
                                       {"contact", VALUE_TEXT, 0}};

/* --- printing --------------------------------------------------------------------------------------------------- */

/* The rows of a query, on a screen no more than `most` (0: all). *rows: how many there are. */
static gboolean print_rows(const Cli *cli, Store *store, Query *query, const char *schema,
                           const Field *fields, guint count, guint64 most, guint64 *rows, GError **error)
{
    g_auto(Output) output = {0};
    if (!query || !output_open(&output, NULL, error))
        return FALSE;
    g_autoptr(Writer) writer = writer_new(output.file, cli->json ? FORMAT_NDJSON : FORMAT_TEXT,
                                          cli->json ? schema : NULL, fields, count, terminal_columns());
    for (*rows = 0; query_step(query, error); ++*rows)
        if ((cli->json || !most || *rows < most) &&
            (!listing_write_row(store, query, fields, count, writer, error) ||
             !output_is_well(&output, error)))
            return FALSE;
    return query_ended(query) && output_finish(&output, error);
}

static gboolean print_plan(const Cli *cli, Store *store, GError **error)
{
    guint64 notices, groups;
    Query *query = store_query(store, "show.plan", error);
    if (!print_rows(cli, store, query, "plan", notice_fields, G_N_ELEMENTS(notice_fields), NOTICES_SHOWN,
                    &notices, error))
        return FALSE;
    if (notices > NOTICES_SHOWN)
        remark(cli, "and %" G_GUINT64_FORMAT " more; all of them: candor export CASE plan",
               notices - NOTICES_SHOWN);
    if (notices == 0)
        remark(cli, "nothing is owed to anybody that is not under way");
    query = store_query(store, "show.plan_reviews", error);
    if (!print_rows(cli, store, query, "plan-review", review_fields, G_N_ELEMENTS(review_fields), 0, &groups,
                    error))
        return FALSE;
    if (groups)
        remark(cli,
               "%" G_GUINT64_FORMAT
               " group%s wait%s for a person: candor ruling add CASE keep|correct GROUP; for "
               "no-contact, a list of customers that has one; for waiting, deliver --state replanned",
               groups, groups == 1 ? "" : "s", groups == 1 ? "s" : "");
    return TRUE;
}

/* A row of show.plan_alarms: what, whose, since when. */
static void say_alarm(const Cli *cli, Query *row)
{
    g_autofree char *whose = span_dup(query_get_text(row, 1)), *since = moment_format(query_get_int(row, 2));
    if (span_equals(query_get_text(row, 0), "hold"))
        remark(cli,
               "a hold of %s should have been looked at by %.10s, and still stands: candor notify unhold, or "
               "hold "
               "with a later --until",
               whose, since);
    else
        remark(cli, "the delay of %s ended on %.10s: what was delayed is ready",
               *whose ? whose : "all notices", since);
}

static gboolean say_alarms(const Cli *cli, Store *store, gint64 now, GError **error)
{
    Query *query = store_query(store, "show.plan_alarms", error);
    if (!query)
        return FALSE;
    query_int(query, 1, now);
    while (query_step(query, error))
        say_alarm(cli, query);
    return query_ended(query);
}

/* --- planning --------------------------------------------------------------------------------------------------- */

static gboolean plan_in(StageRun *stage, GError **error)
{
    return stage_run_turn_to(stage, &role_notify, error) && notify_plan(stage->store, stage->run, error) &&
           stage_run_swap(stage, notify_tables, &role_notify, error);
}

int notify_do_plan(const Cli *cli, char **operands, const NotifySaid *said, GError **error)
{
    (void)said;
    g_autoptr(StageRun) stage = stage_run_begin(cli, operands[0], "notify", &role_notify, error);
    if (!stage || !plan_in(stage, error) || !run_end(stage->store, stage->run, error) ||
        !stage_run_turn_to(stage, &role_reader, error) || !print_plan(cli, stage->store, error) ||
        !say_alarms(cli, stage->store, stage->run->now, error))
        return EXIT_FAULT;
    return EXIT_DONE;
}

static NoticeTexts texts_of(const CaseFolder *folder, const char *data_dir)
{
    const CaseConfig *config = folder->config;
    return (NoticeTexts){data_dir, config->vendor, config->ask, config->happened, config->doing};
}

int notify_do_show(const Cli *cli, char **operands, const NotifySaid *said, GError **error)
{
    (void)said;
    (void)cli;
    const Run run = {.now = moment_now()};
    g_autofree char *data_dir = path_data(error);
    g_autoptr(CaseFolder) folder = data_dir ? case_folder_open(operands[0], TRUE, error) : NULL;
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    if (!store)
        return EXIT_FAULT;
    const NoticeTexts texts = texts_of(folder, data_dir);
    g_autofree char *text = notify_show(store, &run, &texts, operands[1], error);
    if (!text)
        return EXIT_FAULT;
    fputs(text, stdout);
    return EXIT_DONE;
}

/* --- approving -------------------------------------------------------------------------------------------------- */

static gboolean approve_in(StageRun *stage, const NotifyApproval *approval, NotifyApproved *done,
                           GError **error)
{
    const NoticeTexts texts = texts_of(stage->folder, stage->tools->data);
    return stage_run_turn_to(stage, &role_reader, error) &&
           stages_allow(stage->store, stage->folder->folder, "nothing can be approved", error) &&
           plan_in(stage, error) && stage_run_turn_to(stage, &role_approve, error) &&
           notify_approve(stage->store, stage->run, &texts, approval, done, error) &&
           (done->approved ? plan_in(stage, error) : stage_run_turn_to(stage, &role_notify, error)) &&
           run_end(stage->store, stage->run, error);
}

static void say_approved(const Cli *cli, const char *folder, const char *wave, const NotifyApproved *done)
{
    if (done->approved)
        remark(cli, "%" G_GUINT64_FORMAT " notice%s approved; the files are in %s/outbox/%s", done->approved,
               done->approved == 1 ? "" : "s", folder, wave);
    else
        remark(cli, "nothing that is owed can be approved now");
    if (done->delayed)
        remark(cli, "%" G_GUINT64_FORMAT " delayed by an authority", done->delayed);
    if (done->no_contact)
        remark(cli, "%" G_GUINT64_FORMAT " without a contact that can be used", done->no_contact);
}

int notify_do_approve(const Cli *cli, char **operands, const NotifySaid *said, GError **error)
{
    NotifyApproved done;
    if (!act_command_needs(said->wave, "--wave", "notify approve", error))
        return EXIT_MISUSE;
    if (said->all == (said->customers != NULL))
        return misuse(error,
                      "candor notify approve needs either --all or --customer; see: candor help notify");
    const NotifyApproval approval = {said->wave, act_command_by(said->by),
                                     (const char *const *)said->customers};
    g_autoptr(StageRun) stage = stage_run_begin(cli, operands[0], "notify", &role_notify, error);
    if (!stage || !approve_in(stage, &approval, &done, error))
        return EXIT_FAULT;
    say_approved(cli, operands[0], said->wave, &done);
    return EXIT_DONE;
}

int notify_do_list(const Cli *cli, char **operands, const NotifySaid *said, GError **error)
{
    (void)said;
    guint64 rows;
    g_autoptr(CaseFolder) folder = case_folder_open(operands[0], TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    Query *query =
        store ? store_query(store, operands[1] ? "show.notices_of_wave" : "show.waves", error) : NULL;
    if (!query)
        return EXIT_FAULT;
    if (operands[1])
        query_text(query, 1, span_of_string(operands[1]));
    if (!print_rows(cli, store, query, operands[1] ? "notices" : "waves",
                    operands[1] ? of_wave_fields : wave_fields,
                    operands[1] ? G_N_ELEMENTS(of_wave_fields) : G_N_ELEMENTS(wave_fields), 0, &rows, error))
        return EXIT_FAULT;
    if (rows == 0)
        remark(cli, operands[1] ? "there is no notice in this wave" : "no notice is approved yet");
    return EXIT_DONE;
}
