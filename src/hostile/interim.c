/* interim.c - a scanner without rules, until the true one is here. */
#include "hostile/scan/scan.h"

struct Scanner {
    int nothing;
};

Rules *rules_load(const char *dir, const char *extra_dir, GError **error)
{
    (void)dir, (void)extra_dir, (void)error;
    return g_new0(Rules, 1);
}
void rules_free(Rules *rules)
{
    g_free(rules);
}
Scanner *scanner_new(const Rules *rules, const guint8 key[32], const char *cache_dir, GError **error)
{
    (void)rules, (void)key, (void)cache_dir, (void)error;
    return g_new0(Scanner, 1);
}
void scanner_free(Scanner *scanner)
{
    g_free(scanner);
}
gboolean scanner_scan(Scanner *scanner, Span text, ScanFound found, void *user)
{
    (void)scanner, (void)text, (void)found, (void)user;
    return FALSE;
}
