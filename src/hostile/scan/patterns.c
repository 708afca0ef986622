/* patterns.c - rules with a literal: Vectorscan finds where a match ends, PCRE2 says exactly what it is. */
#include "hostile/scan/patterns.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <hs.h>
#include <pcre2.h>
#include <stdlib.h>
#include "hostile/scan/pattern_cache.h"
#include "lib/error.h"

/* Effort of one confirmation: far above what any shipped pattern takes on its window, and about 1 ms. */
#define MATCH_EFFORT 100000
#define MATCH_HEAP_KIB 512

typedef struct {
    guint rule; /* index in rules->rules                        */
    guint group;
    guint width; /* of the longest match                         */
    pcre2_code *code;
    gsize covered;  /* in this text: no further match begins before */
    guint confirms; /* in this text                                 */
} Pattern;

struct Patterns {
    GArray *list; /* Pattern; its index is the id in the database */
    hs_database_t *database;
    hs_scratch_t *scratch;
    pcre2_match_data *match;
    pcre2_match_context *effort;
    gboolean cached;
};

static void clear_pattern(gpointer pattern)
{
    pcre2_code_free(((Pattern *)pattern)->code);
}

void patterns_free(Patterns *patterns)
{
    if (!patterns)
        return;
    g_array_unref(patterns->list);
    hs_free_scratch(patterns->scratch);
    hs_free_database(patterns->database);
    pcre2_match_data_free(patterns->match);
    pcre2_match_context_free(patterns->effort);
    g_free(patterns);
}

gboolean patterns_were_cached(const Patterns *patterns)
{
    return patterns->cached;
}

/* How long a match may be, as Vectorscan sees it. */
static gboolean measure(const Rule *rule, guint *width, GError **error)
{
    hs_expr_info_t *info = NULL;
    hs_compile_error_t *problem = NULL;
    if (hs_expression_info(rule->pattern, HS_FLAG_MULTILINE, &info, &problem) != HS_SUCCESS) {
        error_set(error, CANDOR_ERROR_FORMAT, "rule '%s': Vectorscan does not take its pattern: %s", rule->id,
                  problem->message);
        hs_free_compile_error(problem);
        return FALSE;
    }
    *width = info->max_width;
    free(info);
    if (*width > PATTERN_MAX_WIDTH)
        return error_set(error, CANDOR_ERROR_FORMAT,
                         "rule '%s': its pattern can match more than %d bytes; bound each '*' and '+'",
                         rule->id, PATTERN_MAX_WIDTH);
    return TRUE;
}

static gboolean add_pattern(Patterns *patterns, guint index, const Rule *rule, GError **error)
{
    Pattern pattern = {.rule = index, .group = rule->group};
    if (!measure(rule, &pattern.width, error))
        return FALSE;
    int code;
    PCRE2_SIZE offset;
    pattern.code =
        pcre2_compile((PCRE2_SPTR)rule->pattern, PCRE2_ZERO_TERMINATED,
                      PCRE2_MULTILINE | PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C, &code, &offset, NULL);
    guint32 groups = 0;
    if (pattern.code)
        pcre2_pattern_info(pattern.code, PCRE2_INFO_CAPTURECOUNT, &groups);
    if (!pattern.code || groups < rule->group) {
        pcre2_code_free(pattern.code);
        return error_set(error, CANDOR_ERROR_FORMAT, "rule '%s': its pattern has no group %u", rule->id,
                         rule->group);
    }
    g_array_append_val(patterns->list, pattern);
    return TRUE;
}

static gboolean add_patterns(Patterns *patterns, const Rules *rules, GError **error)
{
    for (guint i = 0; i < rules->rules->len; i++) {
        const Rule *rule = g_ptr_array_index(rules->rules, i);
        if (rule->pattern && !add_pattern(patterns, i, rule, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean compile(Patterns *patterns, const Rules *rules, GError **error)
{
    guint n = patterns->list->len;
    g_autofree const char **expressions = g_new(const char *, n);
    g_autofree unsigned *flags = g_new(unsigned, n), *ids = g_new(unsigned, n);
    for (guint i = 0; i < n; i++) {
        const Rule *rule = g_ptr_array_index(rules->rules, g_array_index(patterns->list, Pattern, i).rule);
        expressions[i] = rule->pattern;
        flags[i] = HS_FLAG_MULTILINE;
        ids[i] = i;
    }
    hs_compile_error_t *problem = NULL;
    if (hs_compile_multi(expressions, flags, ids, n, HS_MODE_BLOCK, NULL, &patterns->database, &problem) ==
        HS_SUCCESS)
        return TRUE;
    const char *id = "?";
    if (problem->expression >= 0 && (guint)problem->expression < n) {
        guint index = g_array_index(patterns->list, Pattern, problem->expression).rule;
        id = ((const Rule *)g_ptr_array_index(rules->rules, index))->id;
    }
    error_set(error, CANDOR_ERROR_FORMAT, "rule '%s': Vectorscan cannot compile its pattern: %s", id,
              problem->message);
    hs_free_compile_error(problem);
    return FALSE;
}

/* The database out of the cache, or compiled and put there. A cache that cannot be written is no error. */
static gboolean make_database(Patterns *patterns, const Rules *rules, const char *cache_dir, GError **error)
{
    if (patterns->list->len == 0)
        return TRUE;
    patterns->database = cache_dir ? pattern_cache_load(cache_dir, rules->digest) : NULL;
    patterns->cached = patterns->database != NULL;
    if (patterns->cached)
        return TRUE;
    if (!compile(patterns, rules, error))
        return FALSE;
    if (cache_dir)
        pattern_cache_store(cache_dir, rules->digest, patterns->database);
    return TRUE;
}

static gboolean make_scratch(Patterns *patterns, GError **error)
{
    patterns->match = pcre2_match_data_create(10, NULL);
    patterns->effort = pcre2_match_context_create(NULL);
    if (!patterns->match || !patterns->effort ||
        (patterns->database && hs_alloc_scratch(patterns->database, &patterns->scratch) != HS_SUCCESS))
        return error_set(error, CANDOR_ERROR_MEMORY, "no memory for the scanner's scratch space");
    pcre2_set_match_limit(patterns->effort, MATCH_EFFORT);
    pcre2_set_heap_limit(patterns->effort, MATCH_HEAP_KIB);
    return TRUE;
}

/* A scan on its way. */
typedef struct {
    Patterns *patterns;
    Span text;
    PatternFound found;
    void *user;
} Pass;

/* The matches of one pattern that begin at or after `from` and before `hit`. FALSE stops the scan. */
static gboolean confirm(const Pass *pass, Pattern *pattern, gsize from, gsize hit)
{
    /* One byte more than the longest match, so that \b and $ see what follows. */
    gsize limit = MIN(pass->text.n, hit + pattern->width + 1);
    while (from < hit) {
        int groups = pcre2_match(pattern->code, (PCRE2_SPTR)pass->text.p, limit, from, PCRE2_NO_UTF_CHECK,
                                 pass->patterns->match, pass->patterns->effort);
        if (groups == PCRE2_ERROR_NOMATCH)
            break;
        if (groups < 0)
            return FALSE;
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(pass->patterns->match);
        gsize begin = ends[0], end = ends[1];
        if (begin >= hit)
            break;
        pattern->covered = from = MAX(end, begin + 1);
        gsize start = ends[2 * pattern->group], stop = ends[2 * pattern->group + 1];
        if ((guint)groups > pattern->group && start != PCRE2_UNSET && stop > start &&
            !pass->found(pass->user, pattern->rule, start, stop))
            return FALSE;
    }
    return TRUE;
}

static int on_hit(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
    (void)from;
    (void)flags;
    const Pass *pass = context;
    Pattern *pattern = &g_array_index(pass->patterns->list, Pattern, id);
    gsize hit = (gsize)to;
    if (hit <= pattern->covered)
        return 0;
    if (++pattern->confirms > PATTERN_MAX_CONFIRMS)
        return 1;
    gsize begin = hit > pattern->width ? hit - pattern->width : 0;
    begin = MAX(begin, pattern->covered);
    pattern->covered = MAX(pattern->covered, hit > pattern->width ? hit - pattern->width : 0);
    return confirm(pass, pattern, begin, hit) ? 0 : 1;
}

gboolean patterns_scan(Patterns *patterns, Span text, PatternFound found, void *user)
{
    if (!patterns->database || text.n == 0)
        return TRUE;
    for (guint i = 0; i < patterns->list->len; i++) {
        Pattern *pattern = &g_array_index(patterns->list, Pattern, i);
        pattern->covered = 0;
        pattern->confirms = 0;
    }
    Pass pass = {patterns, text, found, user};
    return hs_scan(patterns->database, text.p, (unsigned)text.n, 0, patterns->scratch, on_hit, &pass) ==
           HS_SUCCESS;
}

Patterns *patterns_new(const Rules *rules, const char *cache_dir, GError **error)
{
    g_autoptr(Patterns) patterns = g_new0(Patterns, 1);
    patterns->list = g_array_new(FALSE, FALSE, sizeof(Pattern));
    g_array_set_clear_func(patterns->list, clear_pattern);
    if (!add_patterns(patterns, rules, error) || !make_database(patterns, rules, cache_dir, error) ||
        !make_scratch(patterns, error))
        return NULL;
    return g_steal_pointer(&patterns);
}
