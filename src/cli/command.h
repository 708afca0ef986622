/* command.h - what a command is, and what every command of candor is given. */
#pragma once
#include <glib.h>
#include <stdio.h>
#include "lib/error.h"
#include "lib/progress.h"
#include "cli/tell.h"

/* Exit codes. A fault is 1 or 75 by its code (error.h). */
enum { EXIT_DONE = 0, EXIT_FAULT = 1, EXIT_MISUSE = 2, EXIT_GAPS = 3, EXIT_AGAIN = 75 };

/* A line of the table of words in candor.c. */
typedef struct {
    const char *word;
    const char *operands;        /* as shown: "CASE PATH…"                                       */
    const char *summary;         /* a line, no full stop                                         */
    const GOptionEntry *options; /* ended by {0}; NULL = none. Each command's own statics        */
    const char *const *nouns;    /* words that may stand as an operand, for completion; or NULL  */
    guint least, most;           /* operands                                                     */
    /* Returns an exit code, or anything with *error set. `operands` ends with NULL. */
    int (*run)(const Cli *cli, char **operands, GError **error);
} Command;

#define OPERANDS_ANY G_MAXUINT

extern const Command command_init, command_collect, command_scope, command_classify, command_customer,
    command_attribute, command_status, command_show, command_search, command_export, command_scan,
    command_rules, command_verify, command_source, command_completion, command_help, command_enquiry,
    command_event, command_filing, command_report, command_statement, command_watch, command_review,
    command_ruling, command_notify, command_publish, command_page,
    command_run;

/* The table, ended by NULL. */
extern const Command *const commands[];
const Command *command_named(const char *word);
