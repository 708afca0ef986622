/* stolen.h - the names and key ids that were stolen, known by their fingerprints. */
#pragma once
#include "store/store.h"
#include "watch/codes.h"

typedef struct Stolen Stolen;

/* Reads finding, finding_link, twin, class_access. NULL with *error. */
Stolen *stolen_load(Store *store, const SigninCodes *codes, GError **error);
void stolen_free(Stolen *stolen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stolen, stolen_free)

/* Whose account, or key, that is: a list of `whom` (const char *, "" for the vendor or nobody yet), empty when it was
 * not stolen. The caller frees the list, the texts belong to `stolen`. Case of letters does not matter; a guest is
 * known by its name at home. The account of a service is the id of its application. */
GPtrArray *stolen_account(Stolen *stolen, const char *name);
GPtrArray *stolen_key(Stolen *stolen, const char *id);
