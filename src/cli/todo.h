/* todo.h - what only a person can do next: approve, rule, hand over, file, answer; and by when. */
#pragma once
#include <stdio.h>
#include "store/store.h"

typedef struct {
    const char *verb; /* approve, rule, hand over, file, answer, look, find */
    char *text;       /* a line, not escaped                               */
    gint64 due;       /* 0: no date hangs on it                            */
    gboolean late;    /* that date is past                                 */
} Todo;

/* What waits for a person, in the order in which it is best done; `case_path` is how commands name the case. Elements
 * are Todo *, owned by the array. */
GPtrArray *todo_read(Store *store, const char *case_path, GError **error);
/* Which of them: what is late is an alarm on the screen of status, which has that apart. */
typedef enum { TODO_ALL, TODO_LATE, TODO_IN_TIME } TodoWhich;
/* Print not more than `most` of them, the first behind `label`, in a column of `width`; one line says that there is
 * none. */
void todo_print(FILE *out, const GPtrArray *todos, TodoWhich which, const char *label, guint width,
                guint most);
