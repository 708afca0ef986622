/* reader.c - the door of the reader: warms up what it needs, reads one message, leaves nothing unsaid. */
#include "hostile/read/reader.h"

#include <string.h>

#include "hostile/read/html.h"
#include "hostile/read/mime.h"
#include "hostile/read/reading.h"
#include "hostile/read/seek.h"
#include "lib/error.h"
#include "lib/moment.h"

Path path_child(Span parent, guint number)
{
    Path path;
    gsize n = MIN(parent.n, sizeof path.text - 16);
    if (n)
        memcpy(path.text, parent.p, n);
    if (n)
        path.text[n++] = '.';
    path.n = n + (gsize)g_snprintf(path.text + n, 12, "%u", number);
    return path;
}

void reading_gap(Reader *reader, Span path, const char *reason, guint64 bytes, gboolean retryable)
{
    GapRow gap = {.path = path, .reason = span_of_string(reason), .bytes = bytes, .retryable = retryable};
    if (reader->sink->gap)
        reader->sink->gap(reader->user, &gap);
}

gboolean reading_mention(Reader *reader, MentionRow *mention, Span path)
{
    if (reader->mentions++ >= LIMIT_MENTIONS) {
        if (reader->mentions == LIMIT_MENTIONS + 1)
            reading_gap(reader, path, "too-many-mentions", 0, FALSE);
        return FALSE;
    }
    mention->path = path;
    if (reader->sink->mention)
        reader->sink->mention(reader->user, mention);
    return TRUE;
}

void reading_digest(Reader *reader, Span bytes, guint8 sha256[DIGEST_BYTES])
{
    if (!reader->hashing || !reader->sink->part)
        return;
    if (EVP_DigestInit_ex2(reader->digest, reader->sha256, NULL) != 1 ||
        EVP_DigestUpdate(reader->digest, bytes.p, bytes.n) != 1 ||
        EVP_DigestFinal_ex(reader->digest, sha256, NULL) != 1)
        g_error("SHA-256 failed on %" G_GSIZE_FORMAT " bytes: OpenSSL is broken or out of memory", bytes.n);
}

static void no_part(void *user, const PartRow *part)
{
    (void)user;
    (void)part;
}

/* What OpenSSL and the mail walk load on first use is loaded by reading one small mail. */
static void warm_up(Reader *reader)
{
    static const char mail[] =
        "From: =?utf-8?q?a?= <a@b.example>\nContent-Type: text/html; charset=koi8-r\n\n"
        "<p>\xC1</p>\n";
    static const ReaderSink sink = {.part = no_part}; /* without it nothing is hashed */
    MessageRow head = {0};
    reader_read(reader, (Span){mail, sizeof mail - 1}, &sink, NULL, &head);
}

static gboolean open_libraries(Reader *reader, GError **error)
{
    reader->charsets = charsets_new(error);
    if (!reader->charsets)
        return FALSE;
    reader->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    reader->digest = EVP_MD_CTX_new();
    if (reader->sha256 && reader->digest)
        return TRUE;
    return error_set(error, CANDOR_ERROR_MISSING, "OpenSSL offers no SHA-256: check its configuration file");
}

Reader *reader_new(GError **error)
{
    Reader *reader = g_new0(Reader, 1);
    if (!open_libraries(reader, error)) {
        reader_free(reader);
        return NULL;
    }
    reader->hashing = TRUE;
    reader->words.charsets = reader->charsets;
    reader->words.arena = &reader->arena;
    warm_up(reader);
    return reader;
}

void reader_free(Reader *reader)
{
    if (!reader)
        return;
    charsets_free(reader->charsets);
    EVP_MD_CTX_free(reader->digest);
    EVP_MD_free(reader->sha256);
    words_clear(&reader->words);
    arena_clear(&reader->arena);
    scratch_clear(&reader->decoded);
    scratch_clear(&reader->kept);
    scratch_clear(&reader->file);
    scratch_clear(&reader->text);
    scratch_clear(&reader->stripped);
    scratch_clear(&reader->block);
    scratch_clear(&reader->names);
    g_free(reader);
}

void reader_set_forms(Reader *reader, const ReaderForms *forms)
{
    reader->forms = *forms;
}

gboolean reader_knows_form(const Reader *reader, Span bytes)
{
    return reader->forms.takes && reader->forms.takes(bytes);
}

gboolean reader_unwrap(Reader *reader, Span bytes, ReaderUnwrapped *unwrapped)
{
    return reader->forms.unwrap(reader->forms.user, reader->charsets, bytes, unwrapped);
}

void reader_unwrapped_clear(ReaderUnwrapped *unwrapped)
{
    scratch_clear(&unwrapped->message);
    g_clear_pointer(&unwrapped->damages, g_array_unref);
}

/* Headers, parts, text: all of it in the order of the message. */
static void read_message(Reader *reader, Span canonical)
{
    if (canonical.n > LIMIT_MESSAGE_BYTES) {
        reading_gap(reader, SPAN_NONE, "message-too-large", canonical.n - LIMIT_MESSAGE_BYTES, FALSE);
        canonical.n = LIMIT_MESSAGE_BYTES;
    }
    if (memchr(canonical.p, 0, canonical.n))
        reader->head->defects |= DEFECT_NUL_BYTES;
    mime_read(reader, canonical);
    reader->head->defects |= reader->words.defects;
    if (reader->words.cut)
        reading_gap(reader, SPAN_NONE, "header-too-large", reader->words.cut, FALSE);
}

void reader_read(Reader *reader, Span canonical, const ReaderSink *sink, void *user, MessageRow *head)
{
    arena_reset(&reader->arena);
    reader->words.defects = 0;
    reader->words.cut = 0;
    scratch_reset(&reader->names);
    reader->sink = sink;
    reader->user = user;
    reader->head = head;
    reader->parts = reader->addresses = reader->mentions = 0;
    reader->unwrapped = 0;
    head->date = MOMENT_NONE;
    head->zone = 0;
    head->received = 0;
    head->message_id = head->subject = head->in_reply_to = SPAN_NONE;
    if (!canonical.p)
        canonical = SPAN_OF("");
    read_message(reader, canonical);
}

/* The charset of a file's byte order mark, SPAN_NONE when it has none. */
static Span marked_charset(Span bytes)
{
    if (bytes.n >= 2 && (memcmp(bytes.p, "\xFF\xFE", 2) == 0 || memcmp(bytes.p, "\xFE\xFF", 2) == 0))
        return SPAN_OF("utf-16");
    return SPAN_NONE;
}

gboolean reader_plain_text(Reader *reader, Span bytes, Span *text, gboolean *html)
{
    Span charset = marked_charset(bytes);
    guint64 defects = 0;
    if (!charset.p && bytes.n && memchr(bytes.p, 0, bytes.n))
        return FALSE;
    scratch_reset(&reader->text);
    scratch_reset(&reader->stripped);
    if (!charset_decode(reader->charsets, charset, bytes.p ? bytes : SPAN_OF(""), &reader->text, text,
                        &defects))
        return FALSE;
    if (span_begins(*text, "\xEF\xBB\xBF"))
        *text = (Span){text->p + 3, text->n - 3};
    *html = html_looks(*text);
    if (*html && html_strip(*text, &reader->stripped))
        *text = scratch_span(&reader->stripped);
    return TRUE;
}
