/* scan.c - text to matches: candidates from both engines, the checks, context, masks and fingerprints. */
#include "hostile/scan/scan.h"

#include "hostile/limits.h"
#include "hostile/scan/check.h"
#include "hostile/scan/fingerprints.h"
#include "hostile/scan/near.h"
#include "hostile/scan/patterns.h"
#include "hostile/scan/resolve.h"
#include "hostile/scan/scan_inside.h"
#include "hostile/scan/shape.h"
#include "hostile/scan/value.h"
#include "lib/error.h"

/* Candidates that passed, of each engine, before overlaps are resolved. */
#define MOST_FOUND (4 * LIMIT_MATCHES)
/* What a context word near by adds to the confidence of a rule that can do without. */
#define CONTEXT_BONUS 25
#define MOST_CONFIDENCE 99

/* A rule with its names resolved. */
typedef struct {
    const Rule *rule;
    Check check; /* or NULL */
    Normalisation normalisation;
    NearSet context;
} Armed;

struct Scanner {
    const Rules *rules;
    Fingerprints *fingerprints;
    Armed *armed; /* by the rule's index */
    NearWords *words;
    Shapes *shapes;
    Patterns *patterns;
    const Rule *only; /* or NULL: all */
    /* Scratch of one scan. */
    Span text;
    GArray *found;              /* Found; has its room from the beginning */
    gsize near_start, near_end; /* what `near` was made for */
    NearSet near;
    gboolean near_known;
    char plain[VALUE_MAX_BYTES];
};

void scanner_free(Scanner *scanner)
{
    if (!scanner)
        return;
    patterns_free(scanner->patterns);
    shapes_free(scanner->shapes);
    near_words_free(scanner->words);
    fingerprints_free(scanner->fingerprints);
    g_free(scanner->armed);
    g_clear_pointer(&scanner->found, g_array_unref);
    g_free(scanner);
}

void scanner_only(Scanner *scanner, const Rule *rule)
{
    scanner->only = rule;
}

gboolean scanner_used_cache(const Scanner *scanner)
{
    return patterns_were_cached(scanner->patterns);
}

void scanner_use_plain(Scanner *scanner)
{
    shapes_use_plain(scanner->shapes);
}

static gboolean arm_context(Scanner *scanner, Armed *armed, GError **error)
{
    for (char **word = armed->rule->context; word && *word; word++)
        if (!near_words_add(scanner->words, *word, &armed->context))
            return error_set(
                error, CANDOR_ERROR_FORMAT,
                "rule '%s': context word '%s' must have 2 to %d bytes, and all rules together %d words",
                armed->rule->id, *word, NEAR_BEFORE, NEAR_MAX_WORDS);
    return TRUE;
}

static gboolean arm_rule(Scanner *scanner, guint index, GError **error)
{
    Armed *armed = &scanner->armed[index];
    const Rule *rule = g_ptr_array_index(scanner->rules->rules, index);
    armed->rule = rule;
    armed->normalisation = normalisation_of(rule->type);
    armed->check = rule->check ? check_find(rule->check) : NULL;
    if (rule->check && !armed->check) {
        g_autofree char *names = g_strjoinv(", ", (char **)check_names());
        return error_set(error, CANDOR_ERROR_FORMAT, "rule '%s': no check is called '%s'; there are %s",
                         rule->id, rule->check, names);
    }
    if (rule->shape && !shapes_add(scanner->shapes, index, rule->shape))
        return error_set(error, CANDOR_ERROR_FORMAT,
                         "rule '%s': '%s' is no shape; candor-rules(5) says how they are written", rule->id,
                         rule->shape);
    return arm_context(scanner, armed, error);
}

static gboolean is_refused(const Rule *rule, Span value)
{
    char folded[64];
    if (!rule->refuse || value.n > sizeof folded)
        return FALSE;
    fold_lower(value.p, value.n, folded);
    for (char **word = rule->refuse; *word; word++)
        if (strlen(*word) == value.n && memcmp(*word, folded, value.n) == 0)
            return TRUE;
    return FALSE;
}

static gboolean has_context(Scanner *scanner, const Armed *armed, gsize start, gsize end)
{
    if (!armed->rule->context)
        return FALSE;
    if (!scanner->near_known || scanner->near_start != start || scanner->near_end != end) {
        near_words_find(scanner->words, scanner->text, start, end, &scanner->near);
        scanner->near_known = TRUE;
        scanner->near_start = start;
        scanner->near_end = end;
    }
    return near_sets_meet(&scanner->near, &armed->context);
}

/* Whether the check, the entropy and the refused words let it pass; may move its ends. */
static gboolean passes(Scanner *scanner, const Armed *armed, Candidate *candidate)
{
    Span value = {scanner->text.p + candidate->start, candidate->end - candidate->start};
    if (value.n > VALUE_MAX_BYTES)
        return FALSE;
    candidate->plain = (Span){scanner->plain, value_normalise(armed->normalisation, value, scanner->plain)};
    if (armed->check && (candidate->plain.n == 0 || !armed->check(candidate)))
        return FALSE;
    value = (Span){scanner->text.p + candidate->start, candidate->end - candidate->start};
    if (value.n == 0 || value.n > VALUE_MAX_BYTES || is_refused(armed->rule, value))
        return FALSE;
    return armed->rule->entropy <= 0 || check_entropy(value) >= armed->rule->entropy;
}

/* Judge a candidate and keep it if it is one. Returns its confidence, 0 when it is none. */
static guint consider(Scanner *scanner, guint index, gsize start, gsize end)
{
    const Armed *armed = &scanner->armed[index];
    const Rule *rule = armed->rule;
    Candidate candidate = {.text = scanner->text, .start = start, .end = end};
    if ((scanner->only && scanner->only != rule) || !passes(scanner, armed, &candidate))
        return 0;
    gboolean context = has_context(scanner, armed, candidate.start, candidate.end);
    if (rule->context_required && !context)
        return 0;
    guint bonus = context && !rule->context_required ? CONTEXT_BONUS : 0;
    guint confidence = MIN(rule->confidence + bonus, MAX(rule->confidence, MOST_CONFIDENCE));
    Found found = {candidate.start, candidate.end, index, confidence, FALSE};
    g_array_append_val(scanner->found, found);
    return confidence;
}

static ShapeVerdict on_shape(void *user, guint rule, gsize start, gsize end)
{
    Scanner *scanner = user;
    gboolean taken = consider(scanner, rule, start, end) > 0;
    if (scanner->found->len == 2 * MOST_FOUND)
        return SHAPE_STOP;
    return taken && scanner->armed[rule].check ? SHAPE_TAKEN : SHAPE_REFUSED;
}

static gboolean on_pattern(void *user, guint rule, gsize start, gsize end)
{
    Scanner *scanner = user;
    consider(scanner, rule, start, end);
    return scanner->found->len < MOST_FOUND;
}

static void report(Scanner *scanner, const Found *found, ScanFound callback, void *user)
{
    const Armed *armed = &scanner->armed[found->rule];
    const Type *type = armed->rule->type;
    Span value = {scanner->text.p + found->start, found->end - found->start};
    Span plain = {scanner->plain, value_normalise(armed->normalisation, value, scanner->plain)};
    char mask[MASK_MAX_BYTES];
    Match match = {
        .rule = armed->rule, .start = found->start, .end = found->end, .confidence = found->confidence};
    match.masked = (Span){mask, value_mask(type, value, plain, mask)};
    fingerprint_of(scanner->fingerprints, type, plain, match.fingerprint);
    callback(user, &match);
}

gboolean scanner_scan(Scanner *scanner, Span text, ScanFound found, void *user)
{
    gboolean more = text.n > LIMIT_TEXT_BYTES;
    scanner->text = (Span){text.p, MIN(text.n, LIMIT_TEXT_BYTES)};
    g_array_set_size(scanner->found, 0);
    scanner->near_known = FALSE;
    if (!patterns_scan(scanner->patterns, scanner->text, on_pattern, scanner))
        more = TRUE;
    if (!shapes_scan(scanner->shapes, scanner->text, on_shape, scanner))
        more = TRUE;
    resolve_overlaps(scanner->rules, scanner->found);
    for (guint i = 0; i < MIN(scanner->found->len, LIMIT_MATCHES); i++)
        report(scanner, &g_array_index(scanner->found, Found, i), found, user);
    return more || scanner->found->len > LIMIT_MATCHES;
}

Scanner *scanner_new(const Rules *rules, const guint8 key[32], const char *cache_dir, GError **error)
{
    g_autoptr(Scanner) scanner = g_new0(Scanner, 1);
    scanner->rules = rules;
    scanner->fingerprints = fingerprints_new(key);
    scanner->armed = g_new0(Armed, rules->rules->len);
    scanner->found = g_array_sized_new(FALSE, FALSE, sizeof(Found), 2 * MOST_FOUND);
    scanner->words = near_words_new();
    scanner->shapes = shapes_new();
    for (guint i = 0; i < rules->rules->len; i++)
        if (!arm_rule(scanner, i, error))
            return NULL;
    scanner->patterns = patterns_new(rules, cache_dir, error);
    return scanner->patterns ? g_steal_pointer(&scanner) : NULL;
}
