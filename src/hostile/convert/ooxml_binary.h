/* ooxml_binary.h - a workbook whose sheets are records and no XML (xlsb), after [MS-XLSB] 2.1.4 and 2.3.
 *
 * As of others: names of sheets, shared strings, cells of a row a tab apart.  Formulas are tokens and stay unread, what
 * they give is read; comments are. */
#pragma once
#include "hostile/convert/ooxml_sheet.h"

/* What an entry called .bin is. */
typedef enum {
    BINARY_OTHER,
    BINARY_SHEET,
    BINARY_STRINGS,
    BINARY_WORKBOOK,
    BINARY_COMMENTS,
    BINARY_NOISE
} BinaryKind;
BinaryKind binary_kind(const char *name);

/* Take the shared strings into the workbook; which sheets are hidden, and their names into `made`; the cells of a
 * sheet, or the texts of comments. FALSE when a record does not hold: what was before it stands. */
gboolean binary_strings(Workbook *workbook, Span bytes);
gboolean binary_sheets(Workbook *workbook, Span bytes, Made *made);
gboolean binary_cells(const Workbook *workbook, Span bytes, gboolean formulas, Made *made);
gboolean binary_comments(Span bytes, Made *made);
