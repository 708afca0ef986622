/* stolen.h - the names and key ids that were stolen, known by their fingerprints. */
#pragma once
#include "store/store.h"
#include "watch/codes.h"

typedef struct Stolen Stolen;

/* Reads finding, finding_link, twin, class_access. NULL with *error. */
Stolen *stolen_load(Store *store, const SigninCodes *codes, GError **error);
void stolen_free(Stolen *stolen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stolen, stolen_free)

/* Whose account, or key, that is: a list of `whom` (const char *, "" for the vendor or nobody yet), or NULL when it was
 * not stolen. Belongs to `stolen`. Case of letters does not matter. */
const GPtrArray *stolen_account(Stolen *stolen, const char *name);
const GPtrArray *stolen_key(Stolen *stolen, const char *id);
