/* fact.h - what somebody can be told: kinds, levels, standings, and the key of a fact.
 *
 * A fact's key is (whom; kind; subject; detail), none of them absent; its level is a value.  In the store the subject
 * is (content_id, subject) and the detail (type, mark):
 *
 *   kind       content_id     subject             type        mark
 *   taken      twin class     ''                  ''          empty
 *   data       twin class     ''                  type        fingerprint
 *   unread     twin class     ''                  ''          SHA-256 of the part, else of "content key ‖ part path"
 *   contacted  twin class,0   '' or the record    ''          empty
 *   targeted   0              tenant or account   the attack  empty
 *
 * The numbers stand in cases and in signed acts: they never change. */
#pragma once
#include <glib.h>

/* In the order in which a notice speaks of them. */
typedef enum { FACT_TAKEN = 1, FACT_DATA, FACT_UNREAD, FACT_CONTACTED, FACT_TARGETED, FACT_KIND_END } FactKind;

/* How sure it is. Exposure begins at LEVEL_PRESUMED; LEVEL_POSSIBLE goes to review. */
typedef enum { LEVEL_NONE, LEVEL_POSSIBLE, LEVEL_PRESUMED, LEVEL_CONFIRMED, LEVEL_COUNT } Level;

/* How a customer stands to a message: a party sent or received it, or stands in its quoted headers; one who is only
 * mentioned sees less of it. */
typedef enum { STANDING_PARTY = 1, STANDING_MENTIONED, STANDING_END } Standing;

/* "taken", "presumed", "party"; NULL for a number that is none. */
const char *fact_kind_name(gint64 kind);
const char *level_name(gint64 level);
const char *standing_name(gint64 standing);
/* FALSE for a word that is none. */
gboolean fact_kind_named(const char *name, FactKind *kind);
gboolean level_named(const char *name, Level *level);

/* `whom` of a person is this and the mail address; of a customer its id, which therefore may not begin so. */
#define WHOM_PERSON "person:"
gboolean whom_is_person(const char *whom);
