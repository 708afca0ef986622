/* partbox.h - one part, or one text, through a box of its own.
 *
 * The box is of the kind BOX_CONVERTER: it reads one descriptor and writes one pipe.  It makes text of the part, scans
 * it, and answers with a verdict, the text and rows; or it scans a text that was made before; or looks for words in
 * one.  The scan is in the same box, so that no text meets another's (doc/decisions/0075).  A box that dies, lies or
 * uses up its time costs its part alone. */
#pragma once
#include "hostile/cell.h"
#include "hostile/unshared.h"
#include "hostile/words.h"
#include "nouns/conversion.h"

typedef enum {
    PARTBOX_CONVERT, /* bytes of a part: text, matches, gaps */
    PARTBOX_RESCAN,  /* a text: matches                      */
    PARTBOX_SEEK,    /* a text: 'W' rows                     */
} PartTask;

typedef struct {
    PartTask task;
    Tools *tools;
    int input;           /* seekable; not closed          */
    guint64 start, size; /* of what is behind it          */
    guint64 item;        /* of its rows                   */
    Span media_type;     /* to convert                    */
    const Words *words;  /* to seek                       */
    guint64 *ocr_nanos;  /* shared with the box, which says there what OCR takes; partbox_run's own */
} PartWork;

/* What came of it. Zero-initialise; used again for the next part. */
typedef struct {
    CellEnd end;       /* .reason: the box died, and nothing else is told */
    ConversionRow row; /* all but its hash; of PARTBOX_CONVERT, _RESCAN   */
    Span text, rows;   /* in `memory`: text of PARTBOX_CONVERT            */
    char converter[32], version[128];
    Unshared memory, group; /* group: for partgroup.h */
} PartAnswer;

/* The row of a part of which nothing was read. */
ConversionRow part_left(const PartWork *work);
/* What a box answers for a part that no converter takes, without one. */
void partbox_leave(const PartWork *work, PartAnswer *answer);

/* FALSE with IO or DENIED when no box can be had. */
gboolean partbox_run(const PartWork *work, PartAnswer *answer, GError **error);
void part_answer_clear(PartAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PartAnswer, part_answer_clear)
