/* error.c - the eight ways in which something can go wrong. */
#include "lib/error.h"

#include <errno.h>
#include <stdarg.h>

G_DEFINE_QUARK(candor - error - quark, candor_error)

gboolean error_set(GError **error, CandorError code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (error)
        *error = g_error_new_valist(CANDOR_ERROR, (gint)code, format, arguments);
    va_end(arguments);
    return FALSE;
}

gboolean error_set_errno(GError **error, const char *format, ...)
{
    int cause = errno;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *sentence = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return error_set(error, CANDOR_ERROR_IO, "%s: %s", sentence, g_strerror(cause));
}

int candor_error_exit_code(const GError *error)
{
    if (!error)
        return 0;
    return g_error_matches(error, CANDOR_ERROR, CANDOR_ERROR_CONFLICT) ? 75 : 1;
}
