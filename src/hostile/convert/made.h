/* made.h - what a conversion has made so far: text and gaps with ceilings, a state that only gets worse. */
#pragma once
#include "hostile/convert/convert.h"
#include "hostile/read/scratch.h"

typedef struct {
    Scratch text;
    gboolean full; /* LIMIT_CONVERTED_TEXT_BYTES was met, or memory has run out: no more text is taken */
    PartState state;
    guint64 unscanned;
    guint gaps;
    guint64 untold; /* bytes of gaps behind LIMIT_CONVERT_GAPS */
    ConvertGap gap;
    void *user;
    guint depth, inner_files; /* of files within, see inner.h */
    guint64 inner_bytes;
    guint ocr_pages; /* looked at for text, see ocr.h, and the processor time that they took */
    guint64 ocr_nanos;
} Made;

void made_begin(Made *made, ConvertGap gap, void *user);
/* The last gap, which stands for those behind the limit. */
void made_end(Made *made);

/* Append text; what does not fit is a gap, once. */
void made_text(Made *made, Span text);
void made_char(Made *made, char c);
/* End the line, unless it is ended already. */
void made_line(Made *made);

/* What converters.yaml calls the contents, NULL at the end. */
extern const char *const content_names[CONTENT_COUNT + 1];

/* Something was not read: `bytes` of the part. */
void made_gap(Made *made, const char *reason, const char *detail, guint64 bytes);
/* The same, and the whole is no better than `state`. */
void made_worse(Made *made, PartState state, const char *reason, const char *detail, guint64 bytes);
/* A content that is switched off is there: `cut`, gap "contents-off". */
void made_off(Made *made, ConvertContent content, guint64 bytes);
