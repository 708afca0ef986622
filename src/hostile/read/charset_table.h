/* charset_table.h - one charset, opened: how its bytes become characters. */
#pragma once
#include <glib.h>
#include <unicode/ucnv.h>

typedef enum {
    FORM_ASCII, /* us-ascii: 8-bit bytes are a lie  */
    FORM_UTF8,  /* passed through                   */
    FORM_TABLE, /* one byte a character, ASCII below */
    FORM_ICU,   /* by its converter                 */
} CharsetForm;

typedef struct {
    CharsetForm form;
    gboolean latin; /* windows-1252: often a lie for UTF-8 */
    UConverter *converter;
    struct {
        char bytes[3];
        guint8 n;
    } table[256];
} Charset;

/* The charset that ICU calls `name`, or one that we have ourselves; NULL when there is none. */
Charset *charset_open(const char *name);
/* A GDestroyNotify for a Charset. */
void charset_close(gpointer charset);
