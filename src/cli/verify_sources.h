/* verify_sources.h - every byte of the evidence read again, and compared with what it hashed to. */
#pragma once
#include "cli/tools.h"

/* Have each unit that was read read again by workers. *copies: how many messages were as they had been.
 * FALSE with DENIED and the file and offset of the first that is not, or MISSING for a source that is
 * not where the case has it. */
gboolean sources_verify(const Cli *cli, const CaseFolder *folder, Store *store, guint64 *copies,
                        GError **error);
