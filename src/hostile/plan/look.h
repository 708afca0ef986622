/* look.h - what a file is, by its first bytes and its name. */
#pragma once
#include "hostile/read/charset.h"

typedef enum {
    LOOK_MBOX,
    LOOK_EML,
    LOOK_EMLX,
    LOOK_TNEF,
    LOOK_MSG,
    LOOK_PST,
    LOOK_ARCHIVE,
    LOOK_AUDIT_LOG,
    LOOK_SIGNIN_LOG,
    LOOK_OTHER
} LookKind;

/* Bytes that are enough to tell. */
#define LOOK_BYTES (64UL << 10)

/* `start`: the first bytes of the file at `path`. *what names an OTHER: "ole", "zip", "text", "binary" … A
 * Maildir's file or one named .eml is mail whatever it holds, unless its bytes say that it is an mbox or of a
 * format with a mark of its own. */
LookKind look_at_file(Span start, Span path, const char **what);
/* The same of an open file, whose other bytes are looked at where the first do not tell: an OLE file may be an MSG,
 * a zip a document. *what names an archive's form. */
LookKind look_at_open(int file, guint64 size, Span path, Charsets *charsets, const char **what);
