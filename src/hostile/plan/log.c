/* log.c - whether a file is a log, and where it may be cut. */
#include "hostile/plan/log.h"

#include "hostile/limits.h"
#include "hostile/open/window.h"
#include "hostile/plan/cut.h"

/* A text without the zero bytes of UTF-16, enough to find ASCII words in. */
static char *plain(Span start, gsize *n)
{
    char *text = g_malloc(start.n + 1);
    *n = 0;
    for (gsize i = 0; i < start.n; i++)
        if (start.p[i])
            text[(*n)++] = start.p[i];
    text[*n] = 0;
    return text;
}

static gboolean has(const char *text, gsize n, const char *word)
{
    return memmem(text, n, word, strlen(word)) != NULL;
}

/* Without BOM and blanks. */
static char first_sign(const char *text, gsize n)
{
    gsize i = 0;
    while (i < n && (g_ascii_isspace(text[i]) || (guchar)text[i] >= 0x80))
        i++;
    return i < n ? text[i] : 0;
}

static gboolean is_json(const char *text, gsize n)
{
    char first = first_sign(text, n);
    return first == '{' || first == '[';
}

gboolean log_is_audit(Span start)
{
    gsize n;
    g_autofree char *text = plain(start, &n);
    if (is_json(text, n)) {
        if (has(text, n, "\"AuditData\"") || has(text, n, "\"auditData\"") ||
            has(text, n, "\"RawEventData\""))
            return TRUE;
        return has(text, n, "\"Operation\"") &&
               (has(text, n, "\"CreationTime\"") || has(text, n, "\"Workload\"") ||
                has(text, n, "\"OfficeWorkload\"") || has(text, n, "\"MailboxOwnerUPN\""));
    }
    const char *line = memchr(text, '\n', n);
    gsize header = line ? (gsize)(line - text) : n;
    return has(text, header, ",") &&
           (has(text, header, "AuditData") ||
            (has(text, header, "Operation") && has(text, header, "MailboxOwnerUPN")));
}

gboolean log_is_signin(Span start)
{
    gsize n;
    g_autofree char *text = plain(start, &n);
    if (!is_json(text, n))
        return FALSE;
    if (has(text, n, "\"createdDateTime\""))
        return has(text, n, "\"ipAddress\"") || has(text, n, "\"userPrincipalName\"");
    return has(text, n, "\"ResultType\"") &&
           (has(text, n, "\"UserPrincipalName\"") || has(text, n, "\"AppId\""));
}

/* Behind the newline at or behind `from` that is followed by a record; `size` when there is none. */
static guint64 next_record(Window *window, int file, guint64 size, guint64 from)
{
    window_turn(window, file, from, size);
    for (guint64 at = from;;) {
        while (window->base + window->length < at + 3 && window_more(window, LIMIT_LOG_RECORD_BYTES))
            continue;
        if (window->base + window->length < at + 3)
            return size;
        const char *bytes = window->bytes + (at - window->base);
        gsize n = window->length - (gsize)(at - window->base);
        const char *newline = memchr(bytes, '\n', n - 2);
        if (newline && newline[1] == '{' && newline[2] == '"')
            return at + (guint64)(newline - bytes) + 1;
        at += newline ? (guint64)(newline - bytes) + 1 : n - 2;
        window_forget(window, at);
    }
}

/* Whether the first line holds a whole record and the second begins one. */
static gboolean has_record_lines(Window *window, int file, guint64 size)
{
    window_turn(window, file, 0, size);
    while (window_more(window, 4 * WINDOW_CHUNK) && window->length < WINDOW_CHUNK)
        continue;
    if (first_sign(window->bytes ? window->bytes : "", window->length) != '{')
        return FALSE;
    guint64 second = next_record(window, file, size, 0);
    return second < size;
}

gboolean log_cut(int file, guint64 size, void (*found)(void *user, guint64 start, guint64 end), void *user)
{
    Window window;
    window_init(&window);
    gboolean lines = size >= CUT_BYTES + CUT_LEAST_BYTES && has_record_lines(&window, file, size);
    for (guint64 start = 0; lines && start < size;) {
        guint64 end = size;
        if (size - start >= CUT_BYTES + CUT_LEAST_BYTES)
            end = next_record(&window, file, size, start + CUT_BYTES);
        if (size - end < CUT_LEAST_BYTES)
            end = size;
        found(user, start, end);
        start = end;
    }
    window_clear(&window);
    return lines;
}
