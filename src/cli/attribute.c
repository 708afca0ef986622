/* attribute.c - candor attribute: whose stolen mail and data it is. */
#include "attribute/attribute.h"
#include "cli/case_acts.h"
#include "cli/listing.h"
#include "cli/run_stage.h"
#include "cli/stages.h"

static const Field exposed_fields[] = {{"kind", VALUE_FACT_KIND, 12},
                                       {"level", VALUE_LEVEL, 12},
                                       {"facts", VALUE_NUMBER, 10},
                                       {"customers", VALUE_NUMBER, 10},
                                       {"persons", VALUE_NUMBER, 0}};
static const Field asked_fields[] = {
    {"cause", VALUE_TEXT, 20}, {"items", VALUE_NUMBER, 10}, {"customers", VALUE_NUMBER, 0}};
static const Field nobody_fields[] = {{"of_nobody", VALUE_TEXT, 20}, {"count", VALUE_NUMBER, 0}};

static const struct {
    const char *name, *statement;
    const Field *fields;
    guint count;
} lists[] = {
    {"exposed", "attribute.say_exposed", exposed_fields, G_N_ELEMENTS(exposed_fields)},
    {"asked", "attribute.say_asked", asked_fields, G_N_ELEMENTS(asked_fields)},
    {"nobody", "attribute.say_nobody", nobody_fields, G_N_ELEMENTS(nobody_fields)},
};

static gboolean print_lists(const StageRun *stage, const Output *output, GError **error)
{
    Format format = stage->cli->json ? FORMAT_NDJSON : FORMAT_TEXT;
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        Query *query = store_query(stage->store, lists[i].statement, error);
        g_autoptr(Writer) writer = writer_new(output->file, format, lists[i].name, lists[i].fields,
                                              lists[i].count, terminal_columns());
        if (!query ||
            !listing_write(stage->store, query, lists[i].fields, lists[i].count, writer, output, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean say_exposure(StageRun *stage, GError **error)
{
    g_auto(Output) output = {0};
    return stage_run_turn_to(stage, &role_reader, error) && output_open(&output, NULL, error) &&
           print_lists(stage, &output, error) && output_finish(&output, error);
}

/* Without levels nothing is exposed, and without findings there is no data: not the same as a case where nobody is. */
static gboolean say_what_is_missing(const StageRun *stage, GError **error)
{
    static const StoreRole *const inputs[] = {&role_scope, &role_classify};
    for (guint i = 0; i < G_N_ELEMENTS(inputs); i++) {
        StageState state;
        const char *table;
        if (!store_stage_state(stage->store, inputs[i], &state, &table, error))
            return FALSE;
        if (state == STAGE_NEVER)
            remark(stage->cli, "candor %s has not run yet: run it first; what it would say is missing here",
                   inputs[i]->name);
    }
    if (!stage->folder->config->vendor_domains)
        remark(stage->cli,
               "case.yaml names no vendor_domains: the vendor's own domains count as an organisation's");
    return TRUE;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    g_autoptr(StageRun) stage = stage_run_begin(cli, operands[0], "attribute", &role_acts, error);
    if (!stage || !case_acts_record_vendor(stage->store, stage->run, stage->folder->config, error) ||
        !say_what_is_missing(stage, error))
        return EXIT_FAULT;
    if (!stage_run_turn_to(stage, &role_attribute, error) || !attribute(stage->store, stage->run, error) ||
        !stage_run_swap(stage, attribute_tables, &role_attribute, error))
        return EXIT_FAULT;
    int ended = stage_run_end(stage, error);
    return ended != EXIT_FAULT && say_exposure(stage, error) ? ended : EXIT_FAULT;
}

const Command command_attribute = {.word = "attribute",
                                   .operands = "CASE",
                                   .least = 1,
                                   .most = 1,
                                   .run = run,
                                   .summary =
                                       "Say whose stolen mail and data it is, and what each is exposed to"};
