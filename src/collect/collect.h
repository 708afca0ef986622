/* collect.h - the first verb: evidence comes in, read where it stands. */
#pragma once
#include "lib/moment.h"
#include "store/store.h"

/* What a person says when handing over a source. */
typedef struct {
    const char *path;      /* file or folder                                           */
    const char *mailbox;   /* whose mailbox; NULL: taken from the name                 */
    const char *handed_by; /* custody: who handed it over ("" when not said)           */
    const char *acquired;  /* how it was acquired                                      */
    const char *taken_by;  /* who took it in: the account that runs this               */
    const char *note;
    gint64 covers_from; /* for which time its logs are complete; MOMENT_NONE: not said       */
    gint64 covers_to;
} SourceGiven;

/* Register a source, or meet it again: its files are listed (names and sizes; nothing is opened here), new and changed
 * ones get items and units, as workers see what they are.  A custody act is appended when the source is new.
 * Writes source, source_path, item, unit, gap, custody.  `store` is in collect's role.  One transaction.
 * Errors: MISSING (no such path), IO (folder not readable), those of the pool and the store. */
gboolean collect_source(Store *store, Run *run, const SourceGiven *given, GError **error);

/* Read every unit that nobody has read yet, by workers, and import what they answer; then convert every part that a
 * reader left unread and nobody has converted, once for all mails that carry it. `store` is in the importer's role.
 * Resumes by itself.  A source that is not where it was is said and left open: its units stay unread, and count as
 * new gaps of this run.  Writes evidence; ends with the roots of the sources that are now whole. */
gboolean collect(Store *store, Run *run, GError **error);

/* Read again, with a newer reader or other rules, every unit that was last read by an older one, and put what it sees
 * beside what was seen before; `store` is in the importer's role.  Does nothing when there is none.  A unit that is not
 * what it was is a gap "source-changed", and what was seen of it before stands.  Parts that an older converter read are
 * converted again; where only the rules are others, their text is scanned again from the case's cache. */
gboolean collect_again(Store *store, Run *run, GError **error);
