/* reading.h - what the reader's files share while one message is read. Private to this folder. */
#pragma once
#include <openssl/evp.h>

#include "hostile/read/header.h"
#include "hostile/read/parameter.h"
#include "hostile/read/reader.h"

struct Reader {
    Charsets *charsets;
    EVP_MD *sha256;
    EVP_MD_CTX *digest;
    gboolean hashing; /* off in benchmarks only: then digests stay zero */
    Arena arena;      /* header values, until the next message           */
    Words words;
    Parameters parameters;
    Scratch decoded; /* a leaf's bytes                          */
    Scratch kept;    /* those without its blocks                */
    Scratch text;    /* in UTF-8                                */
    Scratch stripped;
    Scratch file;  /* them as a file of its own               */
    Scratch block; /* what a block decodes to                   */
    Scratch names; /* display names of the message, a line each */
    ReaderForms forms;

    /* the message being read */
    const ReaderSink *sink;
    void *user;
    MessageRow *head;
    guint parts, addresses, mentions; /* so far; their limits are in limits.h */
    guint64 unwrapped;                /* bytes of messages in other forms, so far */
};

/* The text of a part path; LIMIT_DEPTH numbers of at most four digits, and dots. */
typedef struct {
    char text[256];
    gsize n;
} Path;

static inline Span path_span(const Path *path)
{
    return (Span){path->text, path->n};
}

/* `parent` "." `number`, or the number alone when the parent is empty. */
Path path_child(Span parent, guint number);

/* Tell the sink of a gap. */
void reading_gap(Reader *reader, Span path, const char *reason, guint64 bytes, gboolean retryable);
/* Count a mention and give it to the sink; FALSE (and once a gap) when there were LIMIT_MENTIONS. */
gboolean reading_mention(Reader *reader, MentionRow *mention, Span path);
/* SHA-256 of bytes for a part's row; left alone when nobody takes rows of parts, or when hashing is off. */
void reading_digest(Reader *reader, Span bytes, guint8 sha256[DIGEST_BYTES]);
