/* anchor.c - the literal that every match of a pattern must contain. */
#include "nouns/anchor.h"

#include <string.h>

/* What one piece of a pattern gives: a fixed byte that lengthens the run, something that only separates runs,
 * or nothing at all (an assertion, a flag), across which a run goes on. */
typedef enum { PIECE_BYTE, PIECE_OTHER, PIECE_NOTHING } PieceKind;
typedef struct {
    PieceKind kind;
    guint best; /* of a group: its own longest run */
} Piece;

static guint alternatives(const char **at);

/* Behind "[...]"; a ']' that stands first is a member. */
static const char *skip_class(const char *at)
{
    at += at[1] == '^' ? 2 : 1;
    for (gboolean first = TRUE; *at && (first || *at != ']'); first = FALSE)
        at += at[0] == '\\' && at[1] ? 2 : 1;
    return *at ? at + 1 : at;
}

/* A '(' with what it encloses: "(?i)" is nothing, any other group brings its alternatives. */
static Piece group(const char **at)
{
    ++*at;
    if (**at == '?') {
        gsize flags = strspn(*at + 1, "imsx-");
        if ((*at)[1 + flags] == ')') {
            *at += flags + 2;
            return (Piece){PIECE_NOTHING, 0};
        }
        const char *colon = *at + 1 + flags;
        *at = *colon == ':' ? colon + 1 : colon;
    }
    guint best = alternatives(at);
    if (**at == ')')
        ++*at;
    return (Piece){PIECE_OTHER, best};
}

static Piece escape(const char **at)
{
    char c = (*at)[1];
    *at += c ? 2 : 1;
    if (c && strchr("bBAzZ", c))
        return (Piece){PIECE_NOTHING, 0};
    return (Piece){c && strchr("dDwWsShHvVRxpPnrt0", c) ? PIECE_OTHER : PIECE_BYTE, 0};
}

static Piece piece(const char **at)
{
    switch (**at) {
    case '(':
        return group(at);
    case '[':
        *at = skip_class(*at);
        return (Piece){PIECE_OTHER, 0};
    case '\\':
        return escape(at);
    case '.':
        ++*at;
        return (Piece){PIECE_OTHER, 0};
    case '^':
    case '$':
        ++*at;
        return (Piece){PIECE_NOTHING, 0};
    default:
        ++*at;
        return (Piece){PIECE_BYTE, 0};
    }
}

/* The quantifier at *at, skipped: FALSE when the piece may be missing; *more when it may come again. */
static gboolean quantifier(const char **at, gboolean *more)
{
    gboolean needed = !(**at == '?' || **at == '*' || (**at == '{' && (*at)[1] == '0'));
    *more = **at == '+' || **at == '*' || **at == '{' || **at == '?';
    if (**at == '{')
        *at += strcspn(*at, "}");
    if (*more && **at)
        ++*at;
    if (*more && (**at == '?' || **at == '+'))
        ++*at;
    return needed;
}

static guint sequence(const char **at)
{
    guint best = 0, run = 0;
    while (**at && **at != '|' && **at != ')') {
        Piece p = piece(at);
        gboolean more, needed = quantifier(at, &more);
        if (p.kind == PIECE_BYTE && needed)
            run++;
        if (needed)
            best = MAX(best, p.best);
        best = MAX(best, run);
        if (p.kind == PIECE_OTHER || (p.kind == PIECE_BYTE && more))
            run = 0;
    }
    return best;
}

static guint alternatives(const char **at)
{
    guint least = sequence(at);
    while (**at == '|') {
        ++*at;
        guint other = sequence(at);
        least = MIN(least, other);
    }
    return least;
}

guint anchor_length(const char *pattern)
{
    guint least = G_MAXUINT;
    do {
        guint length = alternatives(&pattern);
        least = MIN(least, length);
    } while (*pattern == ')' && *++pattern);
    return least;
}
