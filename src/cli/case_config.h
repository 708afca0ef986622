/* case_config.h - case.yaml: what a person states about a case.  candor-case(5) is its manual.
 *
 * Read strictly: an unknown key or a value of the wrong kind is a FORMAT error that names file, line and
 * remedy. */
#pragma once
#include <glib.h>
#include "lib/error.h"

/* Paths that match `path` (shell pattern, on the absolute path) are the mailbox `mailbox`. */
typedef struct {
    char *path;
    char *mailbox;
} MailboxPattern;

/* Logs whose path matches are complete for [from, to). */
typedef struct {
    char *path;
    gint64 from, to;
} LogPattern;

typedef struct {
    guint version;         /* form of the file                                        */
    char *vendor;          /* whose mailboxes were stolen; "" when not said          */
    char *rules;           /* folder of the case's own rules, absolute; or NULL      */
    guint jobs;            /* 0 = one worker for each CPU                            */
    char *ocr;             /* off, images, all; NULL: what converters.yaml says      */
    char **sources;       /* patterns of what candor run takes in; NULL = none       */
    char *customers;      /* the list of customers that candor run imports, or NULL */
    GPtrArray *mailboxes;  /* MailboxPattern *, in the order of the file             */
    char *ask;             /* of the notices: whom the reader may ask; ""             */
    char *happened;        /* one sentence on when and how; ""                        */
    char *doing;           /* one sentence on what the vendor does now; ""            */
    char **vendor_domains; /* the vendor's own, lower case, A-labels; NULL: not said */
    char **vendor_tenants; /* lower case; NULL: not said                            */
    guint enquiry_days[3]; /* to answer is-it-us, you-are-breached, other in         */
    GPtrArray *logs;       /* LogPattern *, in the order of the file                 */
    GPtrArray *intruders;  /* IntruderLine *, sorted (case_intruders.h)              */
} CaseConfig;

CaseConfig *case_config_read(const char *path, GError **error);
/* Of text that errors call `name`. */
CaseConfig *case_config_parse(const char *name, const char *text, gsize n, GError **error);
void case_config_free(CaseConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CaseConfig, case_config_free)

/* What `ocr` and --ocr may be, NULL at the end. */
extern const char *const ocr_choices[];

/* The mailbox that the patterns name for a path, or NULL. */
const char *case_config_mailbox(const CaseConfig *config, const char *path);
/* For which time the logs at a path are complete, by the first pattern that fits; FALSE, and nothing written, when none
 * does. */
gboolean case_config_covers(const CaseConfig *config, const char *path, gint64 *from, gint64 *to);
/* The text of a new case.yaml, every key explained; g_free. */
char *case_config_text(const char *vendor);
