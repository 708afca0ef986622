/* case_keys.h - the inside of CaseKeys, for seal.c and key_file.c alone. */
#pragma once
#include "lib/seal.h"
#include "lib/suite.h"

struct CaseKeys {
    Suite suite;
    const SuiteOperations *operations;
    char *path; /* of the key file */
    SuiteKeys made;
};

/* Keys from a root key, which the caller wipes. Freed with case_keys_free; NULL with IO or MEMORY. */
CaseKeys *case_keys_derive(Suite suite, const guint8 root[KEY_BYTES], const char *path, GError **error);
