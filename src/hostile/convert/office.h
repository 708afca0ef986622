/* office.h - made-up Office files for the tests of the converters. */
#pragma once
#include "lib/span.h"

/* An entry; `text` of `n` bytes, or a string when n is 0. */
typedef struct {
    const char *name, *text;
    gsize n;
} OfficeEntry;

/* A zip of the entries, deflated; a list ends with a name that is NULL. */
GBytes *office_zip(const OfficeEntry *entries);
/* word/document.xml of these paragraphs, NULL-terminated; g_free. */
char *office_document(const char *const *paragraphs);
