/* ole_powerpoint.h - the text of a PowerPoint presentation before 2007, after [MS-PPT]. */
#pragma once
#include "hostile/convert/ole_word.h"

/* `document`, `user`: the streams PowerPoint Document, Current User. Slides that were saved over are read too. */
OleOutcome ole_powerpoint(Converters *converters, Span document, Span user, guint contents, Made *made);
