/* ole_shared.h - strings of an Excel workbook before 2007: those that its cells share, and the form of each. */
#pragma once
#include "hostile/read/charset.h"

typedef struct {
    Scratch text; /* one behind the other, UTF-8 */
    GArray *ends; /* gsize: where each ends       */
    gboolean cut; /* some are missing             */
} OleShared;

void ole_shared_init(OleShared *shared);
void ole_shared_clear(OleShared *shared);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OleShared, ole_shared_clear)

/* Take the strings of the record SST; `segments` (Span) are its data and those of the records that go on with it. */
void ole_shared_read(OleShared *shared, const GArray *segments);
/* Number `index`; absent when there is no such. */
Span ole_shared_get(const OleShared *shared, guint32 index);
