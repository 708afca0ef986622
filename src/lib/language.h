/* language.h - how a language counts and writes numbers and dates, by ICU. */
#pragma once
#include <glib.h>
#include "lib/error.h"

typedef struct Language Language;

/* A language by its BCP 47 tag: "en", "de-AT". FORMAT for one that ICU does not know. */
Language *language_open(const char *tag, GError **error);
void language_close(Language *language);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Language, language_close)
const char *language_tag(const Language *language);

/* Append a number with the language's digits and separators. */
void language_append_number(const Language *language, GString *out, gint64 number);
/* Append the day (in UTC) of a moment, in words: "3 March 2026". */
void language_append_day(const Language *language, GString *out, gint64 moment);
/* The language's word for how many: "one", "few", "other" … (CLDR); g_free. */
char *language_plural(const Language *language, gint64 number);
