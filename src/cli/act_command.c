/* act_command.c - what commands that record one act have in common. */
#include "cli/act_command.h"

#include "lib/moment.h"
#include "nouns/fact.h"
#include "cli/ask.h"

const char *act_command_by(const char *said)
{
    return said ? said : g_get_user_name();
}

char *act_command_number(gint64 number)
{
    return g_strdup_printf("%" G_GINT64_FORMAT, number);
}

gboolean act_command_needs(const char *value, const char *option, const char *command, GError **error)
{
    if (value && *value)
        return TRUE;
    return misuse(error, "candor %s needs %s; see: candor help %.*s", command, option,
                  (int)strcspn(command, " "), command);
}

gboolean act_command_time(const char *option, const char *text, gint64 otherwise, gint64 *moment,
                          GError **error)
{
    *moment = otherwise;
    if (!text || moment_parse(span_of_string(text), moment))
        return TRUE;
    return misuse(error, "%s takes a time as 2024-01-12 or 2024-01-12T15:00:00Z, not \"%s\"", option, text);
}

char *act_command_sha256(const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *bytes = NULL;
    gsize n;
    if (!path)
        return g_strdup("");
    if (g_file_get_contents(path, &bytes, &n, &cause))
        return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guint8 *)bytes, n);
    error_set(error, CANDOR_ERROR_IO, "%s", cause->message);
    return NULL;
}

gboolean act_command_list(const Cli *cli, Store *store, const char *statement, const Field *fields,
                          guint count, const char *none, GError **error)
{
    g_auto(Output) output = {0};
    Query *query = store_query(store, statement, error);
    if (!query || !output_open(&output, NULL, error))
        return FALSE;
    g_autoptr(Writer) writer = writer_new(output.file, cli->json ? FORMAT_NDJSON : FORMAT_TEXT, NULL, fields,
                                          count, terminal_columns());
    if (!listing_write(store, query, fields, count, writer, &output, error))
        return FALSE;
    if (writer_rows(writer) == 0)
        remark(cli, "%s", none);
    return output_finish(&output, error);
}

gboolean act_command_customer(Store *store, const char *customer, GError **error)
{
    gint64 unknown = 0;
    if (!*customer || whom_is_person(customer))
        return TRUE;
    if (!ask_number_of(store, "report.customer_unknown", customer, &unknown, error))
        return FALSE;
    return !unknown ||
           error_set(error, CANDOR_ERROR_MISSING,
                     "no customer \"%s\" is known; candor export CASE customers lists them", customer);
}

static gboolean record(Store *store, Run *run, const char *kind, const Span *fields, guint n, gint64 *act,
                       GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    if (act_record(store, run, kind, fields, n, act, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}

gboolean act_command_record(Store *store, const char *stage, gint64 now, const char *kind, const Span *fields,
                            guint n, gint64 *act, GError **error)
{
    g_autoptr(Run) run = run_begin(store, stage, now, error);
    return run && record(store, run, kind, fields, n, act, error) && run_end(store, run, error);
}
