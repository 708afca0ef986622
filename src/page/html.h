/* html.h - pieces of the page: text, counts, days, sections, and the rows of a statement. */
#pragma once
#include "store/store.h"

/* What every part of the page is given. */
typedef struct {
    Store *store;
    GString *out;
    gint64 now; /* of the newest run: the page says "as of", and counts days from it */
} Page;

/* Text from outside, escaped. */
void html_text(GString *out, Span text);
/* The same of a column of the present row. */
void html_column(GString *out, Query *query, guint column);
/* 12,345 */
void html_count(GString *out, gint64 count);
/* "12 mails", with the word for one. */
void html_counted(GString *out, gint64 count, const char *one, const char *many);
/* 2025-10-06, and 2025-10-06 03:10; a dash for a moment that is open. */
void html_day(GString *out, gint64 moment);
void html_minute(GString *out, gint64 moment);

/* A section with its heading and a sentence under it (NULL: none), both the program's own words. */
void html_section(GString *out, const char *id, const char *title, const char *lead);
void html_section_end(GString *out);
/* A cell with a count, darker the more; an empty one for 0. */
void html_heat(GString *out, gint64 count);

/* Call `row` for each row of a statement. `limit` is bound to its first parameter; 0: it has none. */
typedef void (*PageRow)(Query *query, gpointer user);
gboolean page_each(Page *page, const char *statement, gint64 limit, PageRow row, gpointer user,
                   GError **error);
/* The numbers of the one row of a statement. */
gboolean page_numbers(Page *page, const char *statement, gint64 *numbers, guint count, GError **error);
