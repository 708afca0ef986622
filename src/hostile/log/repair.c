/* repair.c - JSON that was cut off, closed where it last made sense. */
#include "hostile/log/repair.h"

#include "hostile/limits.h"

GString *json_close(Span text)
{
    char open[LIMIT_LOG_DEPTH];
    guint depth = 0;
    gsize good = 0;
    gboolean in_string = FALSE;
    for (gsize i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (in_string) {
            if (c == '\\')
                i++;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = TRUE;
        } else if (c == '{' || c == '[') {
            if (depth == LIMIT_LOG_DEPTH)
                return NULL;
            open[depth++] = c;
            good = i + 1;
        } else if (c == '}' || c == ']') {
            if (!depth)
                return NULL;
            depth--;
            good = i + 1;
        } else if (c == ',') {
            good = i;
        }
    }
    if (!good)
        return NULL;
    GString *closed = g_string_new_len(text.p, (gssize)good);
    while (depth)
        g_string_append_c(closed, open[--depth] == '{' ? '}' : ']');
    return closed;
}
