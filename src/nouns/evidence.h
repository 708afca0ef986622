/* evidence.h - the kinds of rows that a worker answers with: their fields, order and version.
 *
 * The boxed reader fills these structs and writes them; the feeder and the conductor check them; the
 * importer stores them.  A Span in a struct belongs to whoever filled the struct.  All text is UTF-8;
 * bytes that were not, and NUL, are replaced by U+FFFD before they get here, and the message says so in `defects`.
 *
 * Canonical bytes.  Everything in a message is counted on its *canonical* bytes: line ends LF, the mbox
 * envelope line gone, `>From ` quoting undone (every '>' before "From " at a line's start is dropped,
 * in whatever container it stood, so that all containers agree), trailing empty lines reduced to one LF.
 * The content key is SHA-256("mail-1\n" ‖ SHA-256(canonical bytes)). */
#pragma once
#include <glib.h>
#include "lib/row.h"

#define ROWS_PROTOCOL "candor-rows"
#define ROWS_VERSION 3
#define CONTENT_FORM "mail-1"
#define DIGEST_BYTES 32      /* SHA-256 */
#define FINGERPRINT_BYTES 16 /* keyed BLAKE2b, truncated */

/* What was met in a message that the standards do not allow. Bits of MessageRow.defects; the names
 * (defect_names) are what exports print, and doc/mail-in-the-wild.md explains each. */
typedef enum {
    DEFECT_NO_HEADER = 1 << 0,         /* no header field at all: everything is body            */
    DEFECT_BAD_HEADER_LINE = 1 << 1,   /* a line in the header that is no field: body begins    */
    DEFECT_HEADER_CUT = 1 << 2,        /* header block or field over its limit                  */
    DEFECT_NO_BOUNDARY = 1 << 3,       /* multipart without a boundary parameter                */
    DEFECT_BOUNDARY_MISSING = 1 << 4,  /* the boundary never occurs                             */
    DEFECT_NO_FINAL_BOUNDARY = 1 << 5, /* multipart that never closes                           */
    DEFECT_BAD_BASE64 = 1 << 6,        /* bytes that are not base64, or a broken end            */
    DEFECT_BAD_QP = 1 << 7,            /* quoted-printable with a bad escape                    */
    DEFECT_UNKNOWN_ENCODING = 1 << 8,  /* Content-Transfer-Encoding not known: taken as 8bit    */
    DEFECT_UNKNOWN_CHARSET = 1 << 9,   /* label not known: guessed                              */
    DEFECT_CHARSET_LIED = 1 << 10,     /* bytes not valid in the label's charset                */
    DEFECT_RAW_8BIT_HEADER = 1 << 11,  /* undeclared 8-bit bytes in a header                    */
    DEFECT_BAD_ENCODED_WORD = 1 << 12, /* RFC 2047 word that cannot be decoded: kept as it is   */
    DEFECT_BAD_DATE = 1 << 13,         /* Date there but not readable                           */
    DEFECT_BAD_ADDRESS = 1 << 14,      /* an address field that had to be guessed               */
    DEFECT_DUPLICATE_FIELD = 1 << 15,  /* a field that may occur once occurs again (first wins) */
    DEFECT_NUL_BYTES = 1 << 16,        /* NUL in the message                                    */
    DEFECT_DEPTH_CUT = 1 << 17,        /* nested deeper than the limit                          */
    DEFECT_PARTS_CUT = 1 << 18,        /* more parts than the limit                             */
    DEFECT_LENGTH_LIED = 1 << 19,      /* mbox Content-Length that does not fit                 */
    DEFECT_MIXED_LINE_ENDS = 1 << 20,  /* CRLF and bare LF, or bare CR, in one message          */
    DEFECT_BAD_TYPE = 1 << 21,         /* Content-Type that cannot be read: text/plain assumed  */
} Defect;

/* What kind of item a message is, by the class that Outlook gave it; what is no item of Outlook's is mail. */
typedef enum {
    ITEM_IS_MAIL,
    ITEM_IS_APPOINTMENT,
    ITEM_IS_CONTACT,
    ITEM_IS_TASK,
    ITEM_IS_NOTE,
    ITEM_IS_REPORT,
    ITEM_IS_JOURNAL,
    ITEM_IS_DISTRIBUTION_LIST,
    ITEM_IS_POST,
    ITEM_IS_OTHER,
    ITEM_KIND_COUNT
} ItemKind;
/* How a copy was found: listed in its folder; in the container, but no folder lists it; recovered after deletion; in
 * the hidden contents of its folder. Stored as numbers. */
typedef enum { COPY_NORMAL, COPY_ORPHAN, COPY_DELETED, COPY_HIDDEN, COPY_STATE_COUNT } CopyState;

/* Items of a PST or OST have places, not bytes: the number of their node, below PLACES_LOST; from PLACES_RECOVERED on
 * those that were recovered, whose places are less than the file's size further. A copy there has length 1. What lies
 * between them stands for what is not there: gaps. */
#define PLACES_LOST (1ULL << 32)
#define PLACES_RECOVERED (2 * PLACES_LOST)

/* The path of an item that is a member of an archive: that of the archive, this, and the member's name
 * (hostile/archive/member.h). So deep may archives lie in archives. */
#define MEMBER_BETWEEN "//"
#define MEMBER_DEPTH 4

/* 'M': one message at one place: a copy, and the content that it is a copy of. */
typedef struct {
    guint64 sequence;            /* 0, 1, 2 … within the unit                                         */
    guint64 item;                /* which path of the unit's list; 0 for a range                      */
    guint64 offset, length;      /* the copy's bytes as found, in the item: for an mbox without the
                                envelope line and without the one empty line before the next; of a
                                PST its place, and 1                                              */
    guint8 sha256[DIGEST_BYTES]; /* of those bytes; of a PST of the item's properties             */
    guint8 key[DIGEST_BYTES];    /* content key                                                   */
    guint64 size;                /* canonical bytes                                                   */
    gint64 date;                 /* Date header, microseconds since 1970 UTC; G_MININT64 when absent  */
    gint64 zone;                 /* its offset, minutes east                                          */
    Span message_id;             /* normalised: without <>, comments and white space; absent if none  */
    Span subject;                /* decoded; absent if none                                           */
    Span in_reply_to;            /* first id, normalised as message_id                                */
    guint64 defects;             /* Defect bits                                                       */
    gboolean bare;               /* only hashed, not parsed: the message that once killed a box       */
    gint64 received;             /* time of the topmost Received header, microseconds; 0 when not known   */
    Span folder;                 /* of the copy, within its container; absent: that of the item           */
    ItemKind kind;
    CopyState state;
} MessageRow;

/* 'A': an address in a header field, in order. The sender in an mbox envelope line is none of them: it belongs to one
 * copy, and a content has the same addresses whichever copy of it is read first. */
typedef enum {
    ROLE_FROM,
    ROLE_SENDER,
    ROLE_REPLY_TO,
    ROLE_TO,
    ROLE_CC,
    ROLE_BCC,
    ROLE_RESENT_FROM,
    ROLE_RESENT_SENDER,
    ROLE_RESENT_TO,
    ROLE_RESENT_CC,
    ROLE_RESENT_BCC,
    ROLE_RETURN_PATH,
    ROLE_DELIVERED_TO, /* Delivered-To, X-Original-To, Envelope-To */
    ROLE_COUNT
} Role;
typedef struct {
    Role role;
    Span name;    /* display name, decoded; absent if none                          */
    Span address; /* local@domain, domain in lower case; as found when it is no address */
} AddressRow;

/* 'P': one node of the MIME tree. */
typedef enum { PART_LEAF, PART_MULTIPART, PART_MESSAGE, PART_KIND_COUNT } PartKind;
typedef enum {
    PART_READ,      /* every byte decoded and, where it is text, scanned                      */
    PART_CUT,       /* a limit cut it; a gap says which                                       */
    PART_UNREAD,    /* decoded and hashed, but its inside needs a converter, that is pass 2   */
    PART_ENCRYPTED, /* S/MIME or PGP, or a file under a password                              */
    PART_BROKEN,    /* damaged: what could be read before the damage was                      */
    PART_STATE_COUNT
} PartState;
typedef struct {
    Span path; /* "1", "1.2"; "1.2.1" is the first part inside message or multipart 1.2.
                           A message's body has path "1" when it is no multipart; the children of
                           a top-level multipart are "1", "2", …, the multipart itself is "0".  */
    PartKind kind;
    Span media_type;             /* lower case, "text/plain" when missing or unreadable                  */
    Span charset;                /* label as found, lower case; absent if none                           */
    Span filename;               /* decoded by RFC 2231 or 2047; absent if none                          */
    Span disposition;            /* lower case, without parameters; absent if none                       */
    Span encoding;               /* lower case Content-Transfer-Encoding; absent if none                 */
    Span content_id;             /* without <>; absent if none                                           */
    guint64 start, end;          /* the body, in canonical bytes of the outermost message                */
    guint64 read;                /* decoded bytes (leaf only, else 0)                                    */
    guint64 scanned;             /* of those, bytes whose text went through the scanner                  */
    guint64 unscanned;           /* the rest: read == scanned + unscanned always                         */
    guint8 sha256[DIGEST_BYTES]; /* of the decoded bytes (leaf only, else zeros)                */
    PartState state;
} PartRow;

/* 'N': an address or name in the quoted headers of a replied-to or forwarded mail inside a text body. */
typedef struct {
    Span path;     /* part                              */
    Role role;     /* which quoted field                */
    Span name;     /* absent if none                    */
    Span address;  /* absent if the quote gives none    */
    guint64 start; /* in the part's text                */
} MentionRow;

/* 'X': what one rule saw at one place. */
typedef struct {
    Span path;          /* part path, or "@subject" ("@subject:PATH" of a message within), "@filename:PATH",
                      "@display-name" (all of them, a line each)                  */
    Span type;          /* id in data/types.yaml                                       */
    Span rule;          /* id in data/rules                                            */
    guint64 start, end; /* bytes in the text that was scanned                     */
    guint8 fingerprint[FINGERPRINT_BYTES]; /* of the normalised value, keyed      */
    Span masked;                           /* what may be shown                                           */
    guint64 confidence;                    /* 0 to 100                                               */
} MatchRow;

/* 'G': something was not read. Within a message's group it belongs to that message. */
typedef struct {
    guint64 item;       /* as MessageRow.item                                             */
    guint64 offset;     /* in the item                                                    */
    Span path;          /* part path; absent when the whole message or item is meant      */
    Span reason;        /* a name from limits.h or gap_reasons                            */
    Span detail;        /* a few words, no personal data; absent if none                  */
    guint64 bytes;      /* not read                                                       */
    gboolean retryable; /* a clock or a resource, not the bytes, was the cause            */
} GapRow;

/* 'E': ends a message's group; what the group must add up to. */
typedef struct {
    guint64 rows;                     /* rows of the group, M and E included */
    guint64 read, scanned, unscanned; /* sums over its parts  */
} EndRow;

/* 'D': ends a unit. */
typedef struct {
    guint64 unit;
    guint64 declared;            /* messages that the container's own marks announce            */
    guint64 messages;            /* M rows sent                                                 */
    guint64 gaps;                /* G rows that stand for a whole message or item               */
    guint64 bytes;               /* bytes of evidence read; for a range its length              */
    guint8 sha256[DIGEST_BYTES]; /* over the hashes of the messages and the bytes between, in order */
} DoneRow;

/* Each noun writes itself into a buffer and reads itself from a split row. Reading is strict: a wrong
 * count of fields, a number out of range, text that is not UTF-8 are FORMAT errors. */
void message_row_write(RowBuffer *rows, const MessageRow *message);
gboolean message_row_read(const Row *row, MessageRow *message, GError **error);
void address_row_write(RowBuffer *rows, const AddressRow *address);
gboolean address_row_read(const Row *row, AddressRow *address, GError **error);
void part_row_write(RowBuffer *rows, const PartRow *part);
gboolean part_row_read(const Row *row, PartRow *part, GError **error);
void mention_row_write(RowBuffer *rows, const MentionRow *mention);
gboolean mention_row_read(const Row *row, MentionRow *mention, GError **error);
void match_row_write(RowBuffer *rows, const MatchRow *match);
gboolean match_row_read(const Row *row, MatchRow *match, GError **error);
void gap_row_write(RowBuffer *rows, const GapRow *gap);
gboolean gap_row_read(const Row *row, GapRow *gap, GError **error);
void end_row_write(RowBuffer *rows, const EndRow *end);
gboolean end_row_read(const Row *row, EndRow *end, GError **error);
void done_row_write(RowBuffer *rows, const DoneRow *done);
gboolean done_row_read(const Row *row, DoneRow *done, GError **error);

/* Whether its copy has a folder, kind or state of its own: what is in no row of copy_place has none. */
static inline gboolean message_has_place(const MessageRow *message)
{
    return message->folder.p || message->kind != ITEM_IS_MAIL || message->state != COPY_NORMAL;
}

/* Names as printed: "from", "reply-to"; "leaf"; "read", "cut"; and the defects as a comma-separated list
 * (freed with g_free, "" for none). */
const char *role_name(Role role);
gboolean role_from_name(Span name, Role *role);
const char *part_kind_name(PartKind kind);
const char *item_kind_name(ItemKind kind);    /* "mail", "appointment" … */
ItemKind item_kind_from_name(Span name);      /* ITEM_IS_OTHER for another  */
const char *copy_state_name(CopyState state); /* "normal", "orphan", "deleted", "hidden" */
const char *part_state_name(PartState state);
char *defect_names(guint64 defects);
