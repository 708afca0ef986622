/* interim.c - a reader that knows text/plain alone and a scanner without rules, until the true ones are here. */
#include "hostile/read/reader.h"
#include "hostile/scan/scan.h"

struct Reader {
    int nothing;
};
struct Scanner {
    int nothing;
};

Rules *rules_load(const char *dir, const char *extra_dir, GError **error)
{
    (void)dir, (void)extra_dir, (void)error;
    return g_new0(Rules, 1);
}
void rules_free(Rules *rules) { g_free(rules); }
Scanner *scanner_new(const Rules *rules, const guint8 key[32], const char *cache_dir, GError **error)
{
    (void)rules, (void)key, (void)cache_dir, (void)error;
    return g_new0(Scanner, 1);
}
void scanner_free(Scanner *scanner) { g_free(scanner); }
gboolean scanner_scan(Scanner *scanner, Span text, ScanFound found, void *user)
{
    (void)scanner, (void)text, (void)found, (void)user;
    return FALSE;
}
Reader *reader_new(GError **error)
{
    (void)error;
    return g_new0(Reader, 1);
}
void reader_free(Reader *reader) { g_free(reader); }
void reader_read(Reader *reader, Span canonical, const ReaderSink *sink, void *user, MessageRow *head)
{
    (void)reader, (void)head;
    PartRow part = {.path = SPAN_OF("1"), .media_type = SPAN_OF("text/plain"), .end = canonical.n, .read = canonical.n, .unscanned = canonical.n};
    sink->part(user, &part);
}
gboolean reader_plain_text(Reader *reader, Span bytes, Span *text, gboolean *html)
{
    (void)reader;
    *html = FALSE;
    *text = bytes;
    return bytes.n == 0 || memchr(bytes.p, 0, bytes.n) == NULL;
}
