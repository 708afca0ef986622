/* letter.h - one made-up message: header, parts and encodings as office mail has them. */
#pragma once
#include <glib.h>
#include "dice.h"

/* What the messages are like: office mail with attachments (mean 25 kB), list mail (mean 4 kB), or notes of a line
 * or two (mean 920 bytes). */
typedef struct {
    guint mean;             /* bytes a message, over many */
    guint text;             /* bytes of text a message, over many */
    guint alternative;      /* permille multipart/alternative */
    guint mixed;            /* permille multipart/mixed, with attachments */
    guint sparse;           /* one planted item for so many bytes of text */
    gboolean office_header; /* a long header, as mail servers of offices write it */
    GPtrArray *attachments; /* GString, base64: those that come again and again */
} LetterStyle;

/* mean is 25000, 4000 or 920. Free the attachments with letter_style_clear. */
void letter_style_init(LetterStyle *style, guint mean, guint64 seed);
void letter_style_clear(LetterStyle *style);
/* Append message number `number`, LF line ends, no line that begins with "From ". `missing` is how many bytes all
 * messages so far fall short of the mean: attachments make them up. */
void letter_append(GString *out, const LetterStyle *style, Dice *dice, guint64 number, gint64 missing);
