/* values.h - what a template may name: texts, numbers, days, and lists of such. */
#pragma once
#include <glib.h>

typedef struct Values Values;
typedef enum { VALUE_IS_TEXT, VALUE_IS_NUMBER, VALUE_IS_DAY, VALUE_IS_LIST } ValueIs;

/* One named value. `text` comes from outside, whoever wrote it: the template shows it as lib/escape would on a line. */
typedef struct {
    ValueIs is;
    char *text;
    gint64 number;   /* also a day: microseconds UTC */
    GPtrArray *list; /* Values *                     */
} Value;

Values *values_new(void);
void values_free(Values *values);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Values, values_free)

/* A name is set once or anew. NULL as text is "". */
void values_text(Values *values, const char *name, const char *text);
void values_number(Values *values, const char *name, gint64 number);
void values_day(Values *values, const char *name, gint64 moment);
/* A new item at the end of a list, which is made with its first item. Owned by `values`; what it does not name itself
 * is looked for in `values`. */
Values *values_item(Values *values, const char *list);

/* NULL when neither these values nor those around them have the name. */
const Value *values_get(const Values *values, const char *name);
/* A text that is not empty, a number that is not 0, a list with items. A name that is not there is false. */
gboolean values_true(const Values *values, const char *name);
/* Append them as one JSON object, names in order; a day as RFC 3339. What stands around them is left out. */
void values_json(GString *out, const Values *values);
