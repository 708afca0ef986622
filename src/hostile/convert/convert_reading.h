/* convert_reading.h - for the tests of the converters: one file through all of them, and what came of it. */
#pragma once
/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "hostile/convert/convert.h"
#include "hostile/convert/office.h"

typedef struct {
    Converters *converters;
    Converted converted;
    GString *gaps; /* "reason detail\n" each */
} Reading;

/* cmocka's fixtures; every converter is on. */
int make_reading(void **state);
int end_reading(void **state);
#define WITH_READING(test) cmocka_unit_test_setup_teardown(test, make_reading, end_reading)

/* Converters by a converters.yaml with this text, or by none when yaml is NULL. */
Converters *load_converters(const char *yaml, GError **error);
/* The same with --ocr. */
Converters *load_converters_ocr(const char *yaml, OcrReach ocr, GError **error);

void read_bytes(Reading *reading, Span bytes, const char *media_type);
void read_zip(Reading *reading, const OfficeEntry *entries);
void assert_text(const Reading *reading, const char *text);
/* What a user sees: the state, the text and the gaps. */
void assert_reading(const Reading *reading, PartState state, const char *text, const char *gaps);
/* A file of tests/corpus, as "ole/letter.doc"; the running test fails without it. */
void read_seed(Reading *reading, const char *name);
Span span_of_bytes(GBytes *bytes);
