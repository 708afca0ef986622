/* ruling_lines.h - the lines of rulings, for ruling_words.c alone. */
#pragma once
#include "cli/ruling_words.h"

/* Lines that own their texts. */
GArray *ruling_lines_new(void);
/* A new line, every text of it there; it belongs to the lines, and moves when they grow. */
RulingLine *ruling_line_add(GArray *lines, const char *verb, const char *whom);
/* Replace a text; NULL is "". */
void ruling_say(char **field, const char *text);

/* MISSING when neither list nor attribute knows the customer, nor a person of that name is exposed to anything. */
gboolean ruling_customer_is_known(Store *store, const char *whom, GError **error);
/* Wrong use, with what the verb wants, unless so many operands are there. */
gboolean ruling_has_operands(const RulingWords *words, guint least, guint most, const char *usage,
                             GError **error);

/* The one line of a ruling about customers. DENIED for a merger that would lead in a ring, or that undoes none. */
gboolean ruling_merge(Store *store, const RulingWords *words, GArray *lines, GError **error);
gboolean ruling_split(Store *store, const RulingWords *words, GArray *lines, GError **error);
gboolean ruling_rename(Store *store, const RulingWords *words, GArray *lines, GError **error);
