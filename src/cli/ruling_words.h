/* ruling_words.h - a ruling as a person writes it, made into the acts that it stands for. */
#pragma once
#include "store/store.h"

/* The fields of act_ruling, in the order of its columns; by and reason are added when it is recorded. */
typedef struct {
    char *verb, *whom;
    gint64 kind;
    char *content, *subject, *type, *mark;
    gint64 level;
    char *other, *grouped;
} RulingLine;

/* What was said: operands behind the verb, then options; NULL or "" what was not. */
typedef struct {
    const char *verb;
    const char *const *operands; /* ended by NULL */
    const char *message, *type, *mark, *subject, *level, *whom;
} RulingWords;

extern const char *const ruling_verbs[]; /* ended by NULL */

/* The lines that the words stand for: RulingLine, one for most verbs, one for each finding or fact where a type, a
 * message or a group is named. NULL with *error set: misuse, or MISSING for what names nothing in the case. Reads the
 * tables of attribute, plan_review, twin, finding. */
GArray *ruling_lines(Store *store, const RulingWords *words, GError **error);
