/* scan_test_rules.h - the shipped rules, for the tests of the scanner. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "hostile/scan/scan_inside.h"

/* The folder `data` of this checkout: meson sets CANDOR_DATA for tests. */
static inline Rules *shipped_rules(void)
{
    g_autoptr(GError) error = NULL;
    Rules *rules = rules_load(g_getenv("CANDOR_DATA"), NULL, &error);
    if (!rules)
        fail_msg("%s", error->message);
    return rules;
}

static inline Scanner *shipped_scanner(const Rules *rules, const char *cache_dir)
{
    static const guint8 key[32] = {1, 2, 3};
    g_autoptr(GError) error = NULL;
    Scanner *scanner = scanner_new(rules, key, cache_dir, &error);
    if (!scanner)
        fail_msg("%s", error->message);
    return scanner;
}
