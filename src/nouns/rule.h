/* rule.h - rules and types: what candor looks for, as data.
 *
 * data/types.yaml gives each type its id, words, gravity, mask and the version of its normalisation;
 * data/rules/<group>.yaml gives rules that produce types.  They are ours, not outside bytes, but are read
 * strictly all the same: an unknown key, a missing sample, a duplicate id is a FORMAT error that names file,
 * rule and remedy.  Ids never change once released. */
#pragma once
#include <glib.h>
#include "lib/span.h"

typedef enum { MASK_NONE, MASK_LAST4, MASK_DOMAIN } MaskKind; /* show nothing · the last 4 · the domain */

typedef struct {
    char *id;          /* "secret.password", "card.number"; secrets begin with "secret." */
    char *was;         /* former id, or NULL                                              */
    char *label;       /* words for people, English                                       */
    guint gravity;     /* 1 contact … 5 live credential                                   */
    MaskKind mask;     /* never more than this is shown; values under 12 characters: nothing */
    guint normalisation; /* version of the normalisation                                  */
    char *normalise;   /* "digits", "alnum-upper", "lower", "exact"                       */
} Type;

typedef struct {
    char *id;
    const Type *type;
    char *description; /* one line                                           */
    char *source;      /* where the shape is stated: issuer's page, standard */
    char *pattern;     /* Vectorscan/PCRE subset with a literal, or NULL     */
    char *shape;       /* a shape of the number scanner, or NULL             */
    char *check;       /* a named check that decides, or NULL                */
    char **context;    /* words, one of which must (if `context_required`) or may stand near */
    gboolean context_required;
    guint confidence;  /* without context; context adds                      */
    guint group;       /* which capture is the value; 0 = all                */
    double entropy;    /* least Shannon entropy per character, 0 = any       */
    char **hit, **miss; /* samples, at least 2 and 2; pieces are joined by "+" lists in the YAML so
                           that no other scanner takes the file for a leak   */
} Rule;

typedef struct {
    GPtrArray *types; /* Type *, sorted by id */
    GPtrArray *rules; /* Rule *, sorted by id */
    char digest[65];  /* SHA-256 over the files' names and bytes, hex */
} Rules;

/* Read `dir`/types.yaml and every `dir`/rules/X.yaml, and `extra_dir`'s rules (may be NULL). */
Rules *rules_load(const char *dir, const char *extra_dir, GError **error);
void rules_free(Rules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rules, rules_free)
const Type *rules_type(const Rules *rules, const char *id);
const Rule *rules_rule(const Rules *rules, const char *id);
