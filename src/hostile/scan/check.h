/* check.h - the named checks that decide whether a value is what it looks like.
 *
 * A rule names its check in YAML. A check sees the value as its type normalises it (digits alone, or letters
 * and digits in upper case) and, if it must, the text around it.  Each is pure: no state, no allocation. */
#pragma once
#include "lib/span.h"

/* A value under examination. */
typedef struct {
    Span text;        /* everything that is being scanned                                           */
    gsize start, end; /* the value in it; a check that knows better where it ends moves them        */
    Span plain;       /* the value normalised; stale once a check has moved start or end            */
} Candidate;

typedef gboolean (*Check)(Candidate *candidate);

/* The check of that name, or NULL. */
Check check_find(const char *name);
/* All names, sorted, NULL-terminated: for tests and for the sentence that refuses an unknown one. */
const char *const *check_names(void);

/* Shannon entropy in bits per character. */
double check_entropy(Span value);
