/* verify.c - candor verify: nothing of the case was changed, and nothing of the evidence. */
#include "store/digest_rows.h"
#include "cli/case_folder.h"
#include "cli/stages.h"
#include "cli/verify_sources.h"
#include "notify/notify.h"

static gboolean sources;

static const GOptionEntry options[] = {
    {"sources", 0, 0, G_OPTION_ARG_NONE, &sources, "Read the evidence again and compare every hash", NULL},
    {0},
};

static gboolean verify_acts(const Cli *cli, Store *store, GError **error)
{
    guint64 acts, heads;
    if (!audit_verify(store, &acts, &heads, error))
        return FALSE;
    remark(cli,
           "audit: %" G_GUINT64_FORMAT " acts under %" G_GUINT64_FORMAT
           " signed heads, none changed, removed or moved",
           acts, heads);
    return TRUE;
}

static gboolean verify_tables(const Cli *cli, Store *store, GError **error)
{
    guint64 rows;
    if (!store_verify_digests(store, &rows, error))
        return FALSE;
    remark(cli, "tables: the digests agree with %" G_GUINT64_FORMAT " rows", rows);
    return TRUE;
}

static gboolean verify_notices(const Cli *cli, Store *store, GError **error)
{
    guint64 files;
    if (!notify_verify(store, &files, error))
        return FALSE;
    if (files)
        remark(cli, "outbox: %" G_GUINT64_FORMAT " files are as they were approved", files);
    return TRUE;
}

static gboolean verify_evidence(const Cli *cli, const CaseFolder *folder, Store *store, GError **error)
{
    guint64 copies = 0;
    if (!sources_verify(cli, folder, store, &copies, error))
        return FALSE;
    remark(cli, "sources: %" G_GUINT64_FORMAT " copies are as they were read", copies);
    return TRUE;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    g_autoptr(CaseFolder) folder = case_folder_open(operands[0], TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    if (!store || !verify_acts(cli, store, error) || !verify_tables(cli, store, error) ||
        !verify_notices(cli, store, error) || (sources && !verify_evidence(cli, folder, store, error)))
        return EXIT_FAULT;
    return EXIT_DONE;
}

const Command command_verify = {.word = "verify",
                                .operands = "CASE",
                                .options = options,
                                .least = 1,
                                .most = 1,
                                .run = run,
                                .summary = "Prove that no act, no row and no evidence was changed"};
