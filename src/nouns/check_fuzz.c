/* check_fuzz.c - any bytes as a worker's answer: read where they lie, refused or sound, never out of bounds. */
#include <stdlib.h>
#include "nouns/check.h"

int LLVMFuzzerTestOneInput(const guint8 *data, size_t n);

int LLVMFuzzerTestOneInput(const guint8 *data, size_t n)
{
    g_autofree char *copy = g_memdup2(data, MAX(n, 1)); /* of just that size, so that a step beyond is seen */
    UnitCheck check;
    DoneRow done;
    g_autoptr(GError) error = NULL;
    unit_check_range(&check, 7, 100, 400);
    if (unit_check_answer(&check, (Span){copy, n}, &done, &error) != (error == NULL))
        abort();
    unit_check_places(&check, 7, 100, 400);
    unit_check_answer(&check, (Span){copy, n}, &done, NULL);
    unit_check_list(&check, 7, 3);
    unit_check_answer(&check, (Span){copy, n}, &done, NULL);
    return 0;
}
