/* patterns.h - rules with a literal: one Vectorscan database finds where a match ends, PCRE2 says exactly what it is.
 *
 * The database is in block mode without start-of-match, which would cost five times as much.  On a hit, the
 * same pattern is matched once more by PCRE2, interpreted and with bounded effort, on the few hundred bytes
 * before the hit: that gives the start and the group which is the value (doc/decisions/0021). */
#pragma once
#include "lib/span.h"
#include "nouns/rule.h"

typedef struct Patterns Patterns;

/* Compile, or take from `cache_dir` (may be NULL), the patterns of all rules that have one. FORMAT names the
 * rule that cannot be compiled or whose matches have no bounded length. `rules` must outlive it. */
Patterns *patterns_new(const Rules *rules, const char *cache_dir, GError **error);
void patterns_free(Patterns *patterns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Patterns, patterns_free)
/* Whether the database came out of the cache. */
gboolean patterns_were_cached(const Patterns *patterns);

/* [start, end) is the value. FALSE stops the scan. */
typedef gboolean (*PatternFound)(void *user, guint rule, gsize start, gsize end);

/* FALSE when `found` stopped it, or when a rule met more hits than a real text has (PATTERN_MAX_CONFIRMS). */
gboolean patterns_scan(Patterns *patterns, Span text, PatternFound found, void *user);

/* Hits of one rule in one text that are looked at: a text with more is no mail but an attack on the scanner. */
#define PATTERN_MAX_CONFIRMS 20000
/* The longest match that a pattern may have; longer things are extended by their check. */
#define PATTERN_MAX_WIDTH 4096
