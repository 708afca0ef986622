/* error.h - the eight ways in which something can go wrong.
 *
 * Every function that can fail takes a GError ** as its last argument and sets an error of this domain.
 * The code says what a caller may do about it; everything else stands in the sentence, which names the
 * file, the place and the remedy, and never a byte of anybody's mail. */
#pragma once
#include <glib.h>

typedef enum {
    CANDOR_ERROR_IO,       /* the operating system refused: disk full, read error, damaged store   */
    CANDOR_ERROR_FORMAT,   /* bytes do not have the shape that they must have                      */
    CANDOR_ERROR_LIMIT,    /* well formed, but more than a named limit allows                      */
    CANDOR_ERROR_DENIED,   /* not permitted: wrong key, a stage that writes elsewhere              */
    CANDOR_ERROR_MISSING,  /* something that must be there is not                                  */
    CANDOR_ERROR_CONFLICT, /* somebody else holds it, or it is there already and differs           */
    CANDOR_ERROR_MEMORY,   /* an input-sized buffer could not be had                               */
    CANDOR_ERROR_BUG,      /* cannot happen; please report                                         */
} CandorError;

#define CANDOR_ERROR (candor_error_quark())
GQuark candor_error_quark(void);

/* Set *error (which may be NULL) to code with a printf-like sentence, and return FALSE,
 * so that a caller can write `return error_set(error, CANDOR_ERROR_FORMAT, "…", …);`. */
gboolean error_set(GError **error, CandorError code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* As error_set(), code IO, ending the sentence with ": " and the text of errno, as it was on entry. */
gboolean error_set_errno(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The process's exit code for an error: 1 fault, 2 wrong use is the caller's, 75 try again (CONFLICT). */
int candor_error_exit_code(const GError *error);
