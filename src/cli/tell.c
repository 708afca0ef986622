/* tell.c - how candor talks to the person. */
#include "cli/tell.h"

#include <stdio.h>
#include "lib/escape.h"

G_DEFINE_QUARK(candor - misuse - quark, misuse)

gboolean misuse(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (error)
        *error = g_error_new_valist(MISUSE, 0, format, arguments);
    va_end(arguments);
    return FALSE;
}

void tell(const char *sentence)
{
    g_autoptr(GString) shown = g_string_new(NULL);
    escape_terminal(shown, span_of_string(sentence));
    fprintf(stderr, "candor: %s\n", shown->str);
}

void remark(const Cli *cli, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *sentence = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (!cli->quiet)
        tell(sentence);
}
