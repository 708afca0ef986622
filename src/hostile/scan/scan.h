/* scan.h - text to matches: literal-anchored rules in Vectorscan, number-shaped ones by one wide scanner.
 *
 * A Scanner is made outside the box (the pattern database is deserialised, not compiled there), and then
 * scans any number of texts inside it without opening, allocating without bound, or touching a clock. */
#pragma once
#include "nouns/rule.h"

typedef struct Scanner Scanner;

/* A match before it is a row: spans point into the scanned text or the scanner's scratch, and are good
 * until the callback returns. */
typedef struct {
    const Rule *rule;
    gsize start, end;       /* bytes in the text: the value itself, without its context words */
    guint8 fingerprint[16]; /* keyed BLAKE2b-128 of type ‖ NUL ‖ normalised value             */
    Span masked;
    guint confidence; /* 0 to 100 */
} Match;

typedef void (*ScanFound)(void *user, const Match *match);

/* `rules` must outlive the scanner. `key` of 32 bytes is copied. `cache_dir` (may be NULL) holds compiled
 * databases named by rules digest, library version and platform; a stale or foreign one is recompiled and
 * replaced. FORMAT names the rule whose pattern cannot be compiled. */
Scanner *scanner_new(const Rules *rules, const guint8 key[32], const char *cache_dir, GError **error);
void scanner_free(Scanner *scanner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Scanner, scanner_free)

/* Scan one text. Matches come sorted by (start, end, rule id); repeated ends of one rule are merged;
 * of matches that overlap the more confident stays, whatever their types (resolve.h). At most LIMIT_MATCHES
 * are reported, and at most LIMIT_TEXT_BYTES looked at: returns TRUE when there was more (the caller writes the
 * gap "too-many-matches"). */
gboolean scanner_scan(Scanner *scanner, Span text, ScanFound found, void *user);
