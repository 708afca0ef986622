/* samples.c - do the rules find what their samples say? */
#include "hostile/scan/samples.h"

#include "hostile/scan/scan_inside.h"

#define OPEN "\xc2\xab"  /* « */
#define CLOSE "\xc2\xbb" /* » */

/* A sample without its marks, and where they stood. */
typedef struct {
    GString *text;
    gboolean marked;
    gsize start, end;
} Sample;

static void read_sample(const char *from, Sample *sample)
{
    const char *open = strstr(from, OPEN), *close = open ? strstr(open, CLOSE) : NULL;
    sample->text = g_string_new(NULL);
    sample->marked = close != NULL;
    if (!close) {
        g_string_append(sample->text, from);
        return;
    }
    g_string_append_len(sample->text, from, open - from);
    sample->start = sample->text->len;
    g_string_append_len(sample->text, open + strlen(OPEN), close - open - (gssize)strlen(OPEN));
    sample->end = sample->text->len;
    g_string_append(sample->text, close + strlen(CLOSE));
}

/* What the rule made of the sample. */
typedef struct {
    const Sample *sample;
    gboolean matched, exact;
    gsize start, end;
} Verdict;

static void on_match(void *user, const Match *match)
{
    Verdict *verdict = user;
    verdict->matched = TRUE;
    verdict->start = match->start;
    verdict->end = match->end;
    if (match->start == verdict->sample->start && match->end == verdict->sample->end)
        verdict->exact = TRUE;
}

static void test_sample(Scanner *scanner, const Rule *rule, const char *from, gboolean hit,
                        GPtrArray *failures)
{
    Sample sample = {0};
    read_sample(from, &sample);
    Verdict verdict = {.sample = &sample};
    scanner_scan(scanner, (Span){sample.text->str, sample.text->len}, on_match, &verdict);
    if (verdict.matched != hit)
        g_ptr_array_add(failures,
                        g_strdup_printf("rule '%s' %s: %s", rule->id, hit ? "misses" : "hits", from));
    else if (hit && sample.marked && !verdict.exact)
        g_ptr_array_add(failures,
                        g_strdup_printf("rule '%s' sees bytes %lu to %lu, not %lu to %lu: %s", rule->id,
                                        verdict.start, verdict.end, sample.start, sample.end, from));
    g_string_free(sample.text, TRUE);
}

gboolean rules_test(const Rules *rules, Scanner *scanner, GPtrArray *failures)
{
    guint before = failures->len;
    for (guint i = 0; i < rules->rules->len; i++) {
        const Rule *rule = g_ptr_array_index(rules->rules, i);
        scanner_only(scanner, rule);
        for (char **hit = rule->hit; *hit; hit++)
            test_sample(scanner, rule, *hit, TRUE, failures);
        for (char **miss = rule->miss; *miss; miss++)
            test_sample(scanner, rule, *miss, FALSE, failures);
    }
    scanner_only(scanner, NULL);
    return failures->len == before;
}
