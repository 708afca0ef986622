/* convert.h - a part that is no text by itself to text: which converters there are, and what they made of it.
 *
 * A converter takes the whole bytes of one part and gives UTF-8 text, gaps, and a state.  It never fails: what is
 * broken, encrypted, embedded or over a limit is a gap, and what could be read before stands.  Which converters are on,
 * and which contents of a file each of them reads, is data: converters.yaml beside types.yaml.
 *
 *   ooxml   Word, Excel, PowerPoint since 2007 (docx, xlsx, pptx, and their macro and template kinds)
 *   odf     OpenDocument (odt, ods, odp, their templates) and its forerunner (sxw, sxc)
 *   ole     Word, Excel and PowerPoint files before 2007 (doc, xls, ppt); strings of other files of that form
 *   pdf     PDF
 *   rtf     Rich Text Format, and Word's .doc files that are it
 *
 *   archive zip, 7z, tar, rar, cab, gz, bz2, xz, zstd: names of members, and the members by these converters
 *   mail    a message, an mbox, a winmail.dat or an MSG file within a file
 *   image   pictures, by Tesseract, in the languages that its line names; off unless it stands there or is asked for
 *   smime   mail that was signed in one piece; what is encrypted by S/MIME or PGP is said to be
 *   text    plain text, HTML, CSV, vCard, iCalendar that are called something else
 *
 * The version of a converter is its own number and the contents that it reads ("1 body,notes"), and, where pictures
 * in its files are read, how ("1 body image 3 eng"): a part that was read by
 * another version is read again.  Converters run in a box: after converters_warm_up nothing is opened. */
#pragma once
#include "hostile/read/reader.h"
#include "nouns/evidence.h"

/* What of a file is read. A converter that reads less than there is says so: state `cut`, gap "contents-off". */
typedef enum {
    CONTENT_BODY,       /* what stands on the page: text, headers, cells, slides, addresses of links */
    CONTENT_NOTES,      /* footnotes, endnotes, speaker's notes                                      */
    CONTENT_COMMENTS,   /* what reviewers wrote                                                      */
    CONTENT_PROPERTIES, /* title, author, company, own properties                                    */
    CONTENT_HIDDEN,     /* hidden sheets, formulas, what names stand for, connections, custom XML    */
    CONTENT_COUNT
} ConvertContent;

typedef struct Converters Converters;

/* Of which pictures the text is read, by whatever languages converters.yaml names for `image`, English else. */
typedef enum {
    OCR_BY_FILE, /* all, if converters.yaml has a line `image`             */
    OCR_OFF,
    OCR_IMAGES, /* that are parts of a message by themselves               */
    OCR_ALL,    /* and those within files, and pages of a PDF without text */
} OcrReach;
/* What --ocr calls them, NULL at the end; by OcrReach, less 1. */
extern const char *const ocr_reach_names[];

/* Read `dir`/converters.yaml; without that file every converter but `image` is on and reads everything. FORMAT and IO
 * errors name the file and line, MISSING what is to be installed. */
Converters *converters_load(const char *dir, OcrReach ocr, GError **error);
/* Where the time that OCR takes is told while a part is converted (ocr.h); NULL: nowhere. */
void converters_set_clock(Converters *converters, guint64 *taken);
/* Whether OCR is on, so that a part may take LIMIT_OCR_PART_SECONDS more. */
gboolean converters_have_ocr(const Converters *converters);
/* Make the libraries open and map what they need, once: before the first box that converts, which may open nothing, and
 * not earlier, since every box of the process pays for what is mapped. Without boxes, convert does it. */
void converters_warm_up(void);
/* Messages in other forms, which `mail` reads too (hostile/read/reader.h). */
void converters_set_forms(Converters *converters, const ReaderForms *forms);
void converters_free(Converters *converters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Converters, converters_free)

/* The converters that are on, as "ooxml 1 body,notes;rtf 1 body;none ooxml 1,rtf 1": the last stands for a part that no
 * converter takes. What the first row of a worker says. */
const char *converters_names(const Converters *converters);
/* Whether `version` is that of the converter called `name`: one that is on, or "none". */
gboolean converters_has(const Converters *converters, const char *name, const char *version);

/* The name of the stand-in for a part that no converter takes; its version names the converters that were asked. */
#define CONVERTER_NONE "none"
const char *converters_none(const Converters *converters);

/* What was made of a part. The texts belong to the converters; `text` is good until the next call. */
typedef struct {
    const char *converter, *version;
    PartState state;   /* PART_READ, _CUT, _BROKEN, _ENCRYPTED, or PART_UNREAD: nobody takes it */
    guint64 unscanned; /* bytes of the part whose text is not in `text`                      */
    Span text;
} Converted;

/* A gap of the part: `path` is absent, `detail` says what kind of thing it is, never its name. */
typedef void (*ConvertGap)(void *user, const GapRow *gap);

/* Convert one part. `media_type` may be wrong or empty: the bytes decide, and it only where they are damaged. */
void convert(Converters *converters, Span bytes, Span media_type, ConvertGap gap, void *user,
             Converted *converted);

/* Whether some converter would take the part: what is not taken needs no box to be told so. Needs no warm-up. */
gboolean converters_take(const Converters *converters, Span bytes, Span media_type);

/* Whether the first bytes of a file are of a kind that a converter may take. */
gboolean convert_may_take(Span start);
