/* scan_fuzz.c - any text at all: the scanner keeps within it, in order, and both paths agree.
 *
 * CANDOR_DATA names the folder of the rules, "data" by default. */
#include <stdlib.h>
#include "hostile/limits.h"
#include "hostile/scan/scan_inside.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const guint8 *data, gsize n);

static Scanner *wide, *plain;

typedef struct {
    gsize n, last_start;
    guint count;
    guint64 sum; /* over places and rules, to compare the paths */
} Seen;

static void on_match(void *user, const Match *match)
{
    Seen *seen = user;
    if (match->end > seen->n || match->start >= match->end || match->start < seen->last_start)
        abort();
    if (++seen->count > LIMIT_MATCHES || !g_utf8_validate(match->masked.p, (gssize)match->masked.n, NULL))
        abort();
    seen->last_start = match->start;
    seen->sum = seen->sum * 31 + match->start * 7 + match->end + g_str_hash(match->rule->id);
}

static Scanner *make_scanner(const Rules *rules)
{
    static const guint8 key[32] = {3};
    Scanner *scanner = scanner_new(rules, key, NULL, NULL);
    if (!scanner)
        abort();
    return scanner;
}

/* Before the first input: compiling the patterns takes longer than an input may. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    static Rules *rules;
    const char *dir = g_getenv("CANDOR_DATA");
    rules = rules_load(dir ? dir : "data", NULL, NULL);
    if (!rules)
        abort();
    wide = make_scanner(rules);
    plain = make_scanner(rules);
    scanner_use_plain(plain);
    return 0;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize n)
{
    /* An exact copy on the heap, so that a read beyond the text is seen. */
    g_autofree char *text = g_memdup2(n ? (const void *)data : "", MAX(n, 1));
    Seen by_wide = {.n = n}, by_plain = {.n = n};
    gboolean more_wide = scanner_scan(wide, (Span){text, n}, on_match, &by_wide);
    gboolean more_plain = scanner_scan(plain, (Span){text, n}, on_match, &by_plain);
    if (by_wide.sum != by_plain.sum || by_wide.count != by_plain.count || more_wide != more_plain)
        abort();
    return 0;
}
