/* ole_excel.h - the cells of an Excel workbook before 2007, after [MS-XLS].
 *
 * As ooxml_sheet.h has them: names of sheets, rows, a tab between columns, numbers as they are kept.  Formulas are
 * kept as tokens, which are not read: the gap "embedded: formulas". */
#pragma once
#include "hostile/convert/ole_word.h"
#include "hostile/read/charset.h"

/* The stream Workbook (since 97) or Book (5 and 95). */
OleOutcome ole_excel(Charsets *charsets, Span stream, guint contents, Made *made);
