/* check.c - the named checks that decide whether a value is what it looks like. */
#include "hostile/scan/check.h"

#include "hostile/scan/check_families.h"

#define NAME_OF(name, suffix) name,
static const char *const names[] = {CHECKS(NAME_OF) NULL};
#define FUNCTION_OF(name, suffix) check_##suffix,
static const Check functions[] = {CHECKS(FUNCTION_OF)};

const char *const *check_names(void)
{
    return names;
}

Check check_find(const char *name)
{
    for (gsize i = 0; names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return functions[i];
    return NULL;
}
