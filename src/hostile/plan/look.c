/* look.c - what a file is, by its first bytes and its name. */
#include "hostile/plan/look.h"

#include <unistd.h>
#include "hostile/archive/formats.h"
#include "hostile/archive/member.h"
#include "hostile/limits.h"
#include "hostile/open/boundary.h"
#include "hostile/read/emlx.h"
#include "hostile/outlook/msg.h"
#include "hostile/outlook/tnef.h"
#include "hostile/plan/log.h"

typedef struct {
    const char *what;
    const char *bytes;
    gsize n, at;
} Mark;

#define MARK(what, bytes, at)                                                                                \
    {                                                                                                        \
        what, bytes, sizeof(bytes) - 1, at                                                                   \
    }
static const Mark marks[] = {
    MARK("ole", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0),
    MARK("zip", "PK\x03\x04", 0),
    MARK("zip", "PK\x05\x06", 0),
    MARK("gzip", "\x1f\x8b", 0),
    MARK("bzip2", "BZh", 0),
    MARK("xz",
         "\xfd"
         "7zXZ",
         0),
    MARK("cab", "MSCF", 0),
    MARK("7z", "7z\xbc\xaf\x27\x1c", 0),
    MARK("rar", "Rar!\x1a\x07", 0),
    MARK("zstd", "\x28\xb5\x2f\xfd", 0),
    MARK("tar", "ustar", 257),
    MARK("pdf", "%PDF-", 0),
    MARK("rtf", "{\\rtf", 0),
    MARK("png", "\x89PNG\r\n", 0),
    MARK("jpeg", "\xff\xd8\xff", 0),
    MARK("gif", "GIF8", 0),
    MARK("tiff", "II*\0", 0),
    MARK("tiff", "MM\0*", 0),
    MARK("elf",
         "\x7f"
         "ELF",
         0),
    MARK("sqlite", "SQLite format 3", 0),
};

static const char *marked(Span start)
{
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        if (start.n >= marks[i].at + marks[i].n &&
            memcmp(start.p + marks[i].at, marks[i].bytes, marks[i].n) == 0)
            return marks[i].what;
    return NULL;
}

static gboolean ends_with(Span text, const char *tail)
{
    gsize n = strlen(tail);
    return text.n >= n && g_ascii_strncasecmp(text.p + text.n - n, tail, n) == 0;
}

static gboolean contains(Span text, const char *part)
{
    return text.n && memmem(text.p, text.n, part, strlen(part)) != NULL;
}

/* Whether the path is one where mail programs keep a message a file. */
static gboolean is_mail_by_name(Span path)
{
    return ends_with(path, ".eml") || contains(path, "/cur/") || contains(path, "/new/") ||
           (path.n > 4 && (memcmp(path.p, "cur/", 4) == 0 || memcmp(path.p, "new/", 4) == 0));
}

static gboolean is_mail_field(Span name)
{
    static const char *const names[] = {
        "from",       "to",       "cc",          "bcc",          "subject",      "date",
        "message-id", "received", "return-path", "mime-version", "content-type", "delivered-to",
        "sender",     "reply-to", "x-mailer",    "in-reply-to",  "references",   "dkim-signature",
        "sent"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (name.n == strlen(names[i]) && g_ascii_strncasecmp(name.p, names[i], name.n) == 0)
            return TRUE;
    return FALSE;
}

/* Lines of fields, among them two that mail has (or one, when nothing but fields is there). */
static gboolean begins_like_mail(Span start)
{
    guint fields = 0;
    for (const char *p = start.p, *end = p + start.n; p < end && fields < 2;) {
        const char *stop = p;
        while (stop < end && *stop != '\n' && *stop != '\r')
            stop++;
        const char *colon = memchr(p, ':', (gsize)(stop - p));
        gboolean folded = p < stop && (*p == ' ' || *p == '\t');
        if (stop == p || (!colon && !folded))
            break;
        fields += colon && !folded && is_mail_field((Span){p, (gsize)(colon - p)}) ? 1 : 0;
        p = stop;
        while (p < end && *p == '\r')
            p++;
        p += p < end && *p == '\n' ? 1 : 0;
    }
    return fields >= 2;
}

static gboolean is_text(Span start)
{
    const char *stop;
    if (g_utf8_validate_len(start.p, start.n, &stop) || start.p + start.n - stop < 4)
        return TRUE;
    return start.n >= 2 && (memcmp(start.p, "\xff\xfe", 2) == 0 || memcmp(start.p, "\xfe\xff", 2) == 0);
}

LookKind look_at_file(Span start, Span path, const char **what)
{
    *what = NULL;
    if (start.n >= 4 && memcmp(start.p, "!BDN", 4) == 0)
        return LOOK_PST;
    if (tnef_takes(start))
        return LOOK_TNEF;
    *what = marked(start);
    if (archive_is_one(start)) {
        *what = *what ? *what : start.p[0] == 'P' ? "zip" : "tar";
        return LOOK_ARCHIVE;
    }
    if (*what)
        return LOOK_OTHER;
    Emlx emlx;
    if (emlx_find(start, &emlx))
        return LOOK_EMLX;
    gsize empty = 0, line_end;
    while (empty < start.n && empty < BOUNDARY_CONTEXT && (start.p[empty] == '\n' || start.p[empty] == '\r'))
        empty++;
    Span text = {start.p + empty, start.n - empty}, sender;
    if (text.n && boundary_envelope(text, boundary_newline(text), &sender, &line_end))
        return LOOK_MBOX;
    if (is_mail_by_name(path) || begins_like_mail(start))
        return LOOK_EML;
    if (log_is_audit(start))
        return LOOK_AUDIT_LOG;
    if (log_is_signin(start))
        return LOOK_SIGNIN_LOG;
    *what = is_text(start) ? "text" : "binary";
    return LOOK_OTHER;
}

static gsize read_front(int file, char *bytes, gsize n)
{
    gsize have = 0;
    gssize got;
    while (have < n && (got = pread(file, bytes + have, n - have, (off_t)have)) > 0)
        have += (gsize)got;
    return have;
}

static LookKind look_at_archive(int file, guint64 size, Charsets *charsets, const char **what)
{
    if (!g_str_equal(*what, "zip") || !members_are_document(file, size, charsets))
        return LOOK_ARCHIVE;
    *what = "document";
    return LOOK_OTHER;
}

LookKind look_at_open(int file, guint64 size, Span path, Charsets *charsets, const char **what)
{
    gsize most = (gsize)MIN(size, LIMIT_MESSAGE_BYTES), n = MIN(most, LOOK_BYTES);
    g_autofree char *front = g_malloc(n + 1);
    LookKind kind = look_at_file((Span){front, read_front(file, front, n)}, path, what);
    if (kind == LOOK_ARCHIVE)
        return look_at_archive(file, size, charsets, what);
    if (kind != LOOK_OTHER || g_strcmp0(*what, "ole") != 0)
        return kind;
    g_autofree char *whole = g_try_malloc(most + 1);
    if (!whole || !msg_takes((Span){whole, read_front(file, whole, most)}))
        return LOOK_OTHER;
    *what = NULL;
    return LOOK_MSG;
}
