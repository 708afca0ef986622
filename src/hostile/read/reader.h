/* reader.h - one message's bytes to addresses, parts, text and mentions.
 *
 * The reader is streaming and zero-copy where it can be: Spans that it hands out point into the message
 * or into the reader's own scratch memory, and are good until the callback returns (`head`: until
 * reader_read returns).  It never fails: whatever is broken is marked, whatever is cut is a gap.
 * RFC 5322, 2045-2049, 2047, 2231, 6532; HTML by a bounded stripper; charsets by ICU.
 *
 * It runs in the box: after reader_new it opens nothing, so reader_new warms up all that libraries load
 * by habit (ICU data and one converter of each charset in the list, EVP_MD for SHA-256). */
#pragma once
#include "hostile/read/charset.h"
#include "nouns/evidence.h"

typedef struct Reader Reader;

/* What the reader saw, in the order of the message. Any callback may be NULL. `user` is passed through.
 * All addresses come first, then the pseudo-parts of the header, then the parts.
 * For each part: `part` last, after its text and its gaps, so that its counts are final; the text of a part
 * comes whole, as one call (cut at LIMIT_TEXT_BYTES, with a gap). */
typedef struct {
    void (*address)(void *user, const AddressRow *address);
    /* UTF-8 text of a leaf: charset decoded, HTML stripped (`html`), uuencoded, yEnc and PGP blocks taken out. For
     * types that are text, and application/octet-stream that turns out to be. The text around the parts of a
     * multipart comes under the multipart's path. */
    void (*text)(void *user, Span part_path, Span text, gboolean html);
    /* Short strings that are scanned as pseudo-parts: "@subject", "@subject:PATH" (of a mail forwarded as part
     * PATH), "@filename:PATH", "@display-name" (all of them in one call, a line each). */
    void (*pseudo)(void *user, const char *name, Span text);
    void (*mention)(void *user, const MentionRow *mention);
    void (*part)(void *user, const PartRow *part);
    /* `item` and `offset` are left 0: the caller knows them. */
    void (*gap)(void *user, const GapRow *gap);
    /* The decoded bytes of a leaf, before anything else is told of it: those that PartRow.sha256 is of. Of a text file
     * that came as lines (not in base64), with the line ends of MIME, CRLF. */
    void (*bytes)(void *user, Span part_path, Span bytes);
} ReaderSink;

/* --- messages in other forms --------------------------------------------------------------------------------- */

/* Something of it that could not be read, or not whole. */
typedef struct {
    guint64 start; /* where the body of the part begins in the message; READER_WHOLE: the message itself */
    const char *reason, *detail; /* of a gap                                                             */
    guint64 bytes;
} ReaderDamage;
#define READER_WHOLE G_MAXUINT64

/* What a part that is no mail by itself was made into. */
typedef struct {
    Scratch message; /* as a mail                                        */
    GArray *damages; /* ReaderDamage, rising: of the whole last          */
} ReaderUnwrapped;
void reader_unwrapped_clear(ReaderUnwrapped *unwrapped);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ReaderUnwrapped, reader_unwrapped_clear)

/* Who knows such forms (TNEF, MSG). A part whose bytes are one is read as a mail in a mail; parts within have the place
 * of the part that holds them. */
typedef struct {
    gboolean (*takes)(Span bytes);
    /* FALSE without memory. *unwrapped is zero. */
    gboolean (*unwrap)(void *user, Charsets *charsets, Span bytes, ReaderUnwrapped *unwrapped);
    void *user;
} ReaderForms;
void reader_set_forms(Reader *reader, const ReaderForms *forms);
/* Whether the bytes are a message in another form; and that message, FALSE without memory. */
gboolean reader_knows_form(const Reader *reader, Span bytes);
gboolean reader_unwrap(Reader *reader, Span bytes, ReaderUnwrapped *unwrapped);

/* --- the door ------------------------------------------------------------------------------------------------ */

/* Everything that can be warmed up is. NULL only when ICU or OpenSSL cannot be had at all. */
Reader *reader_new(GError **error);
void reader_free(Reader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reader, reader_free)

/* Read the canonical bytes of one message. Fills the parsed members of *head (date, zone, message_id,
 * subject, in_reply_to, defects |=); leaves place and hashes to the caller. */
void reader_read(Reader *reader, Span canonical, const ReaderSink *sink, void *user, MessageRow *head);

/* A file that is no mail, as text for `candor scan`: charset by BOM, UTF-8 validity, else windows-1252;
 * HTML stripped when it looks like HTML. FALSE when it is binary (NUL bytes and no UTF-16 BOM).
 * *text is good until the next call. */
gboolean reader_plain_text(Reader *reader, Span bytes, Span *text, gboolean *html);
