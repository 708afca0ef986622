/* template.h - the layout of a number, as a rule's `shape` writes it.
 *
 *   9      a digit                       A      a letter
 *   X      a letter or digit             {n} {m,n}  the piece before, so often
 *   ~      perhaps a separator: blank, no-break space, '-', '.', '/'; the same wherever ~ stands
 *   |      or                            - / . ( ) + and blank stand for themselves
 *
 * "999~99~9999" takes 123-45-6789, 123 45 6789 and 123456789.  Every alternative has a digit within its
 * first TEMPLATE_MAX_LETTERS + 1 letters and digits: the scanner comes from there. */
#pragma once
#include "lib/span.h"

#define TEMPLATE_MAX_LETTERS 8
#define TEMPLATE_MAX_DIGITS 20
#define TEMPLATE_MAX_PIECES 24

typedef struct {
    char kind; /* '9', 'A', 'X', '~', or a byte that stands for itself */
    guint8 least, most;
} TemplatePiece;

typedef struct {
    guint count;
    TemplatePiece piece[TEMPLATE_MAX_PIECES];
} Template;

/* What stands behind a run of digits. */
typedef enum {
    NEXT_BLANK,
    NEXT_HYPHEN,
    NEXT_DOT,
    NEXT_SLASH,
    NEXT_LETTER, /* or '_'                                            */
    NEXT_HIGH,   /* a byte of 0x80 and above: perhaps a no-break space */
    NEXT_OTHER,  /* any other byte, or the text's end                  */
    NEXT_COUNT
} TemplateNext;

/* How the text stands around the first digit of a run: how many letters directly before it, how many digits it
 * begins, and what follows these. A template is tried only where it may enter so. */
typedef struct {
    guint letters; /* 0 to TEMPLATE_MAX_LETTERS                                  */
    guint digits;  /* 1 to TEMPLATE_MAX_DIGITS; a longer run counts as that many */
    TemplateNext next;
} TemplateEntry;

/* Read one alternative from *from, up to '|' or the end. FALSE when it is none. */
gboolean template_parse(const char **from, Template *template);
/* Whether a text that stands so around its first digit may match. */
gboolean template_enters(const Template *template, TemplateEntry entry);
TemplateNext template_next(Span text, gsize at);
/* A byte that must stand directly before the letters and digits ('(' or '+'), or 0. */
char template_lead(const Template *template);
/* Match at `start`: where the match ends, or 0. */
gsize template_match(const Template *template, Span text, gsize start);

/* The length in bytes of a separator at `at`, 0 when there is none. */
gsize separator_at(Span text, gsize at);
/* Whether a number may begin at `start` and end at `end`: no letter or digit touches it, nor does a sign that
 * would make it part of a longer number (1.234.567, 12-34-56, a=1&b). */
gboolean stands_alone(Span text, gsize start, gsize end);
