/* rtf_word.h - the control words of RTF that matter to a reader of text. */
#pragma once
#include <glib.h>

/* Where the text of a group goes. */
typedef enum { RTF_BODY, RTF_NOTE, RTF_COMMENT, RTF_PROPERTY, RTF_SKIPPED, RTF_EMBEDDED } RtfDestination;

typedef enum {
    RTF_WORD_TEXT,
    RTF_WORD_DESTINATION,
    RTF_WORD_UNICODE,
    RTF_WORD_SKIP,
    RTF_WORD_CODEPAGE,
    RTF_WORD_FONT,
    RTF_WORD_CHARSET,
    RTF_WORD_BINARY,
} RtfWordKind;

typedef struct {
    const char *name;
    RtfWordKind kind;
    const char *text;
    RtfDestination destination;
    gboolean needs_number; /* without one it means 1 */
} RtfWord;

/* NULL for a word that says nothing of text. */
const RtfWord *rtf_word_find(const char *name);
/* The Windows code page of a \fcharset number; 0: the document's. */
guint rtf_codepage_of_charset(gint64 charset);
