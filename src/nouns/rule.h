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
    char *id;            /* "secret.password", "financial.card"; secrets begin with "secret." */
    char *was;           /* former id, or NULL                                              */
    char *label;         /* words for people, English                                       */
    guint gravity;       /* 1 contact … 5 live credential                                   */
    MaskKind mask;       /* never more than this is shown; values under 12 characters: nothing */
    guint normalisation; /* version of the normalisation                                  */
    char *normalise;     /* "digits", "alnum-upper", "lower", "exact"                       */
} Type;

typedef struct {
    char *id;
    const Type *type;
    char *description; /* one line                                           */
    char *source;      /* where the shape is stated: issuer's page, standard */
    char *pattern;     /* Vectorscan's subset of PCRE, with a literal of 3 bytes, or NULL      */
    char *shape;       /* a shape of the number scanner (scan/shape.h), or NULL; one of the two */
    char *check;       /* a named check that decides (scan/check.h), or NULL */
    char **context;    /* words, one of which must (if `context_required`) or may stand near;
                          "word*" also takes what only begins with it        */
    gboolean context_required;
    char **refuse;      /* values, in lower case, that are never meant: "reset", "<password>" */
    guint confidence;   /* without context; context adds                      */
    guint group;        /* which capture of the pattern is the value; 0 = all */
    double entropy;     /* least Shannon entropy in bits per character, 0 = any */
    char **hit, **miss; /* samples, at least 2 and 2. In the YAML one may be a list of pieces, so that no
                           other scanner takes the file for a leak. «» in a hit mark the value. */
} Rule;

typedef struct {
    GPtrArray *types; /* Type *, sorted by id */
    GPtrArray *rules; /* Rule *, sorted by id */
    char digest[65];  /* SHA-256 over the files' names and bytes, hex */
} Rules;

/* Read `dir`/types.yaml and every `dir`/rules/X.yaml, and every X.yaml in `extra_dir` (may be NULL).
 * IO, FORMAT or LIMIT errors name the file and, where there is one, the line. */
Rules *rules_load(const char *dir, const char *extra_dir, GError **error);
void rules_free(Rules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rules, rules_free)
const Type *rules_type(const Rules *rules, const char *id);
const Rule *rules_rule(const Rules *rules, const char *id);
