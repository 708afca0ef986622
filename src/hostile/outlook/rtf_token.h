/* rtf_token.h - RTF to tokens. */
#pragma once
#include "lib/span.h"

typedef enum {
    RTF_TOKEN_END,
    RTF_TOKEN_OPEN,   /* {                                                      */
    RTF_TOKEN_CLOSE,  /* }                                                      */
    RTF_TOKEN_WORD,   /* \name, with or without a number                        */
    RTF_TOKEN_SYMBOL, /* \~ and its like: `symbol`                              */
    RTF_TOKEN_BYTE,   /* \'xx, and the escaped \\ \{ \}: `symbol`               */
    RTF_TOKEN_TEXT,   /* bytes as they stand, without line ends: `text`         */
    RTF_TOKEN_BINARY, /* the bytes of \binN: `text`                             */
} RtfTokenKind;

typedef struct {
    RtfTokenKind kind;
    char name[24]; /* of a word, cut there */
    gboolean has_number;
    gint32 number; /* cut at the ends of its range */
    char symbol;
    Span text;
} RtfToken;

/* The token at *at, which moves behind it. */
void rtf_token_next(Span rtf, gsize *at, RtfToken *token);
