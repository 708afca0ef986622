/* values.h - what stands in a record's JSON, whatever form the export gave it. */
#pragma once
#include <json-c/json.h>
#include "lib/span.h"

/* Everything that is parsed and copied while one record is read; forgotten with the next. */
typedef struct {
    GPtrArray *owned;    /* json_object *, to put        */
    GStringChunk *texts; /* cleaned copies               */
    gboolean cut;        /* something was cut off: what stood before the cut was taken */
} Values;

void values_init(Values *values);
void values_forget(Values *values);
void values_clear(Values *values);

/* Parse JSON. Text that ends too early is closed where it last made sense, and values->cut is set. NULL for what is no
 * JSON, or too deep. Owned by `values`. */
json_object *values_parse(Values *values, Span text);

/* The value under the first of the keys (ended by NULL) that has one; a text that holds JSON is parsed. NULL when there
 * is none or `object` is none. */
json_object *value_of(Values *values, json_object *object, const char *const *keys);
/* One key. */
json_object *value_at(Values *values, json_object *object, const char *key);

/* A list's length and elements; an object stands for a list of one (PowerShell writes it so), null for an empty one. */
guint list_length(json_object *list);
json_object *list_item(json_object *list, guint i);

/* Texts and numbers as text: valid UTF-8 without NUL, trimmed, at most LIMIT_LOG_TEXT_BYTES; "" for everything else.
 * The first of the keys whose value is not empty. */
Span text_of_first(Values *values, json_object *object, const char *const *keys);
Span text_at(Values *values, json_object *object, const char *key);
/* The same of a value itself, and in lower case (ASCII). */
Span text_of_value(Values *values, json_object *value);
Span text_lower(Values *values, Span text);
guint64 number_at(json_object *object, const char *key);

/* "2026-01-02T03:04:05", with any fraction and zone, none being UTC, or "/Date(ms)/". MOMENT_NONE for others. */
gint64 moment_of(Span text);
/* Without angle brackets. */
Span bare_message_id(Span text);
/* An identifier in lower case; "" for one that is all zeros. */
Span identifier(Values *values, Span text);

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})
