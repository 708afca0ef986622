/* codes.h - what the result of a sign-in says: data/signin-codes.yaml. */
#pragma once
#include <glib.h>
#include "lib/error.h"

typedef enum { OUTCOME_SUCCESS, OUTCOME_BLOCKED, OUTCOME_INTERRUPT, OUTCOME_FAILED, OUTCOME_UNKNOWN } Outcome;
typedef enum { VALID_YES, VALID_NO, VALID_WAS, VALID_REVOKED, VALID_NONE, VALID_UNKNOWN } Valid;
/* "success", "blocked" …; "yes", "no" …: as acts carry them. */
const char *outcome_name(Outcome outcome);
const char *valid_name(Valid valid);

typedef struct {
    GHashTable *codes;                  /* code → Outcome and Valid, packed                     */
    char **accounts, **secrets, **keys; /* ids of types: names, what must stand by, key ids     */
} SigninCodes;

/* Read strictly: FORMAT with file and line. */
SigninCodes *signin_codes_load(const char *data_dir, GError **error);
void signin_codes_free(SigninCodes *codes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SigninCodes, signin_codes_free)
/* A code that is not listed is unknown in both. */
void signin_code_says(const SigninCodes *codes, gint64 code, Outcome *outcome, Valid *valid);
