/* partgroup.h - what a part's box answered as a group of rows. */
#pragma once
#include "hostile/partbox.h"

/* V T* X* G*, in the answer's memory; a box that died leaves the state `unread` and one gap that says why. SPAN_NONE
 * when memory cannot be had. */
Span partgroup_write(const PartWork *work, PartAnswer *answer, const guint8 sha256[DIGEST_BYTES]);
