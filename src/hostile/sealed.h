/* sealed.h - bytes handed to a box as a file that nobody can change any more. */
#pragma once
#include "lib/span.h"

/* A memfd with the bytes, sealed against writing and resizing; close it. -1 with IO or MEMORY. */
int sealed_file(Span bytes, GError **error);
