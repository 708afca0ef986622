/* unshared.h - memory for outside bytes in the process that boxes are forked from: no box inherits it. */
#pragma once
#include <glib.h>

typedef struct {
    char *p;
    gsize n, capacity;
} Unshared;

/* Room for `more` bytes behind the first n; in a forked child the memory is all zeros. FALSE when it cannot be had. */
gboolean unshared_reserve(Unshared *memory, gsize more);
void unshared_clear(Unshared *memory);
