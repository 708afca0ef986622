/* rtf_token.c - RTF to tokens. */
#include "hostile/outlook/rtf_token.h"

static void read_number(Span rtf, gsize *at, RtfToken *token)
{
    gboolean minus = *at + 1 < rtf.n && rtf.p[*at] == '-' && g_ascii_isdigit(rtf.p[*at + 1]);
    gint64 number = 0;
    *at += minus ? 1 : 0;
    for (; *at < rtf.n && g_ascii_isdigit(rtf.p[*at]); (*at)++, token->has_number = TRUE)
        number = MIN(number * 10 + (rtf.p[*at] - '0'), G_MAXINT32);
    token->number = (gint32)(minus ? -number : number);
}

static void read_word(Span rtf, gsize *at, RtfToken *token)
{
    gsize n = 0;
    token->kind = RTF_TOKEN_WORD;
    for (; *at < rtf.n && g_ascii_isalpha(rtf.p[*at]); (*at)++)
        if (n < sizeof token->name - 1)
            token->name[n++] = rtf.p[*at];
    token->name[n] = '\0';
    read_number(rtf, at, token);
    if (*at < rtf.n && rtf.p[*at] == ' ')
        (*at)++;
    if (strcmp(token->name, "bin") != 0)
        return;
    gsize skipped = token->number > 0 ? MIN((gsize)token->number, rtf.n - *at) : 0;
    token->kind = RTF_TOKEN_BINARY;
    token->text = (Span){rtf.p + *at, skipped};
    *at += skipped;
}

/* \'xx; what is no number is a symbol that says nothing. */
static void read_hex(Span rtf, gsize *at, RtfToken *token)
{
    int high = *at + 1 < rtf.n ? g_ascii_xdigit_value(rtf.p[*at]) : -1;
    int low = *at + 1 < rtf.n ? g_ascii_xdigit_value(rtf.p[*at + 1]) : -1;
    if (high < 0 || low < 0)
        return;
    token->kind = RTF_TOKEN_BYTE;
    token->symbol = (char)(high * 16 + low);
    *at += 2;
}

static void read_control(Span rtf, gsize *at, RtfToken *token)
{
    if (*at < rtf.n && g_ascii_isalpha(rtf.p[*at])) {
        read_word(rtf, at, token);
        return;
    }
    token->kind = RTF_TOKEN_SYMBOL;
    token->symbol = *at < rtf.n ? rtf.p[(*at)++] : '\0';
    if (token->symbol == '\'')
        read_hex(rtf, at, token);
    else if (token->symbol && strchr("\\{}", token->symbol))
        token->kind = RTF_TOKEN_BYTE;
}

static gboolean is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static void read_text(Span rtf, gsize *at, RtfToken *token)
{
    gsize from = *at;
    while (*at < rtf.n && !strchr("\\{}\r\n", rtf.p[*at] ? rtf.p[*at] : ' '))
        (*at)++;
    token->kind = RTF_TOKEN_TEXT;
    token->text = (Span){rtf.p + from, *at - from};
}

void rtf_token_next(Span rtf, gsize *at, RtfToken *token)
{
    *token = (RtfToken){.kind = RTF_TOKEN_END};
    while (*at < rtf.n && is_line_end(rtf.p[*at]))
        (*at)++;
    if (*at >= rtf.n)
        return;
    char c = rtf.p[*at];
    if (c == '{' || c == '}') {
        (*at)++;
        token->kind = c == '{' ? RTF_TOKEN_OPEN : RTF_TOKEN_CLOSE;
    } else if (c == '\\') {
        (*at)++;
        read_control(rtf, at, token);
    } else {
        read_text(rtf, at, token);
    }
}
