/* anchor.h - the literal that every match of a pattern must contain.
 *
 * Patterns without one would run on every byte of every mail and make the whole set ten times slower
 * (doc/benchmarks.md), so they are refused when rules are loaded; the number scanner has shapes for them. */
#pragma once
#include <glib.h>

#define ANCHOR_MIN_BYTES 3

/* The length in bytes of the longest run of fixed bytes that a match of `pattern` cannot do without,
 * whichever alternatives it takes. A letter counts whatever its case. 0 when there is none. */
guint anchor_length(const char *pattern);
