/* tell.h - what the person said to every command, and how candor talks back. */
#pragma once
#include <glib.h>

/* What the person said before or after any command's word. */
typedef struct {
    gboolean quiet;   /* --quiet: no progress, no remarks                   */
    gboolean json;    /* --json: errors and what is shown as JSON lines     */
    gint jobs;        /* --jobs: workers at once; 0 = not said              */
    gboolean help;    /* --help: the command's page instead of the command  */
    gboolean version; /* --version                                        */
} Cli;

/* Wrong use: an error with exit code 2. Returns FALSE. */
gboolean misuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
#define MISUSE misuse_quark()
GQuark misuse_quark(void);

/* A remark to the person on stderr; nothing when --quiet. */
void remark(const Cli *cli, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A sentence on stderr, even when --quiet: "candor: …", escaped for a terminal. */
void tell(const char *sentence);
