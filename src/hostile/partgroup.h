/* partgroup.h - what a part's box answered as a group of rows. */
#pragma once
#include "hostile/partbox.h"

/* Write V T* X* G*; a box that died leaves the state `unread` and one gap that says why. `rows` is initialised here. */
void partgroup_write(const PartWork *work, const PartAnswer *answer, const guint8 sha256[DIGEST_BYTES],
                     RowBuffer *rows);
