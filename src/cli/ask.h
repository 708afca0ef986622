/* ask.h - statements that answer with one row. */
#pragma once
#include "store/store.h"

/* The `count` numbers of the one row of a statement without parameters. */
gboolean ask_numbers(Store *store, const char *statement, gint64 *numbers, guint count, GError **error);
/* The one number of a statement whose one parameter is a text. */
gboolean ask_number_of(Store *store, const char *statement, const char *of, gint64 *number, GError **error);
/* The one text of such a statement; "" when there is no row; NULL with *error. g_free. */
char *ask_text_of(Store *store, const char *statement, const char *of, GError **error);
