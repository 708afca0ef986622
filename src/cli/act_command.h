/* act_command.h - what commands that record one act have in common. */
#pragma once
#include "cli/case_folder.h"
#include "cli/listing.h"

/* Record one act of a kind that has a table, in a run of its own and one transaction; *act is its number.
 * CONFLICT while another run writes to the case (exit code 75). */
gboolean act_command_record(Store *store, const char *stage, gint64 now, const char *kind, const Span *fields,
                            guint n, gint64 *act, GError **error);
/* Who does it: the person named by --by, else the account. */
const char *act_command_by(const char *said);
/* A number as acts carry it; g_free. */
char *act_command_number(gint64 number);
/* What an option says of a time, or wrong use that shows how to write one. `text` may be NULL: then `otherwise`. */
gboolean act_command_time(const char *option, const char *text, gint64 otherwise, gint64 *moment,
                          GError **error);
/* The SHA-256 of a file in hex, "" for no path; NULL with IO. g_free. */
char *act_command_sha256(const char *path, GError **error);
/* TRUE when an option that must be there is; else wrong use. */
gboolean act_command_needs(const char *value, const char *option, const char *command, GError **error);
/* Print every row of a statement without parameters, as a table or as JSON lines; without rows remark `none`. */
gboolean act_command_list(const Cli *cli, Store *store, const char *statement, const Field *fields,
                          guint count, const char *none, GError **error);
/* MISSING for a customer that attribute does not know, once it knows some. "" is nobody, and fine. Reads customer. */
gboolean act_command_customer(Store *store, const char *customer, GError **error);
