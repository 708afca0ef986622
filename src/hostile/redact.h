/* redact.h - a text as one customer may see it: every match of the scanner that is not its own is taken out.
 *
 * Default deny: what may stand is listed by fingerprint, and what the scanner finds besides goes, whoever owns it. The
 * value of a match that was taken out goes wherever else it stands in the message too, also where no rule would see it.
 * What lies behind more matches than the scanner reports is left out. */
#pragma once
#include "hostile/scan/scan.h"

/* What stands in the place of a span. */
#define REDACTED_MARK "[removed: belongs to another]"
/* Values shorter than this are taken out only where a rule sees them: as plain text they are everywhere. */
#define REDACTED_VALUE_LEAST 4
/* Values that are searched for in one message; more end it (the text is cut). */
#define REDACTED_VALUES_MOST 2000
/* Characters of an excerpt, marks included; of one message at most so many excerpts. */
#define REDACTED_EXCERPT_CHARACTERS 300
#define REDACTED_EXCERPTS_MOST 20

typedef struct {
    Scanner *scanner;
    GHashTable *own;   /* GBytes: fingerprints that may stand                         */
    GHashTable *taken; /* GBytes: values that may not                                 */
    gboolean overfull; /* there were more of them than REDACTED_VALUES_MOST           */
} Redaction;

/* `own`: fingerprints of 16 bytes each, one behind the other. */
void redaction_init(Redaction *redaction, Scanner *scanner, Span own);
void redaction_clear(Redaction *redaction);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Redaction, redaction_clear)

/* First every text of the message is learned from, then each is redacted. */
void redaction_learn(Redaction *redaction, Span text);

typedef struct {
    guint removed; /* spans                                     */
    gboolean cut;  /* the rest could not be looked through      */
} Redacted;
/* The text without what is not the customer's own; g_string_free. */
GString *redaction_apply(const Redaction *redaction, Span text, Redacted *redacted);
/* The surroundings of own matches, `most` of them, redacted: GString * each, in order. g_ptr_array_unref. */
GPtrArray *redaction_excerpts(const Redaction *redaction, Span text, guint most, Redacted *redacted);
