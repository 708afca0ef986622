/* ole_word.h - the text of a Word document before 2007, after [MS-DOC]. */
#pragma once
#include "hostile/convert/made.h"

typedef enum { OLE_READ, OLE_ENCRYPTED, OLE_NOT_UNDERSTOOD } OleOutcome;

/* `document`, `table0`, `table1`: the streams WordDocument, 0Table, 1Table; the tables may be empty. */
OleOutcome ole_word(Span document, Span table0, Span table1, guint contents, Made *made);
