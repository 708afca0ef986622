/* scan_bench.c - how fast the scanner is on the text of files: `scan_bench RULES FILE…`.
 *
 * Each file is cut into texts of about 4 kB at line ends, as mail would bring them, and scanned; the time is
 * the processor's, not the wall's. Prints bytes, matches and MB per CPU-second. */
#include <stdio.h>
#include <time.h>
#include "hostile/scan/scan.h"

#define TEXT_BYTES 4096

typedef struct {
    guint64 bytes, texts, matches;
    GHashTable *types; /* Type * -> count */
    double seconds;
} Tally;

static void count_match(void *user, const Match *match)
{
    Tally *tally = user;
    tally->matches++;
    gpointer type = (gpointer)match->rule->type;
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(tally->types, type));
    g_hash_table_insert(tally->types, type, GUINT_TO_POINTER(n + 1));
}

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The end of the text that begins at `from`. */
static gsize text_end(Span file, gsize from)
{
    gsize end = MIN(file.n, from + TEXT_BYTES);
    while (end < file.n && file.p[end - 1] != '\n' && end < from + 2 * TEXT_BYTES)
        end++;
    return end;
}

static void scan_file(Scanner *scanner, Span file, Tally *tally)
{
    double before = cpu_seconds();
    for (gsize from = 0; from < file.n;) {
        gsize end = text_end(file, from);
        scanner_scan(scanner, (Span){file.p + from, end - from}, count_match, tally);
        tally->texts++;
        from = end;
    }
    tally->bytes += file.n;
    tally->seconds += cpu_seconds() - before;
}

static void print_tally(const Tally *tally)
{
    GHashTableIter iterator;
    gpointer type, n;
    g_hash_table_iter_init(&iterator, tally->types);
    while (g_hash_table_iter_next(&iterator, &type, &n))
        printf("%8u %s\n", GPOINTER_TO_UINT(n), ((const Type *)type)->id);
    printf("%.1f MB in %" G_GUINT64_FORMAT " texts, %" G_GUINT64_FORMAT
           " matches, %.2f CPU-s: %.0f MB/CPU-s\n",
           (double)tally->bytes / 1e6, tally->texts, tally->matches, tally->seconds,
           (double)tally->bytes / 1e6 / tally->seconds);
}

int main(int argc, char **argv)
{
    static const guint8 key[32] = {7};
    g_autoptr(GError) error = NULL;
    g_autoptr(Rules) rules = argc > 2 ? rules_load(argv[1], NULL, &error) : NULL;
    g_autoptr(Scanner) scanner = rules ? scanner_new(rules, key, NULL, &error) : NULL;
    if (!scanner) {
        fprintf(stderr, "%s\n", error ? error->message : "usage: scan_bench RULES FILE…");
        return 2;
    }
    g_autoptr(GHashTable) types = g_hash_table_new(NULL, NULL);
    Tally tally = {.types = types};
    for (int i = 2; i < argc; i++) {
        g_autofree char *bytes = NULL;
        gsize n;
        if (!g_file_get_contents(argv[i], &bytes, &n, &error)) {
            fprintf(stderr, "%s\n", error->message);
            return 1;
        }
        scan_file(scanner, (Span){bytes, n}, &tally);
    }
    print_tally(&tally);
    return 0;
}
