/* anchor_test.c - which patterns have a literal that cannot be done without. */
#include "nouns/anchor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const struct {
    const char *pattern;
    guint length;
} cases[] = {
    {"AKIA[A-Z2-7]{16}", 4},
    {"\\b(?:AKIA|ASI)[A-Z]", 3},
    {"(?i)pass(?:word)?[:=]", 4},
    {"(?i:ab|abcdef)x", 2},
    {"[a-z]{10}", 0},
    {"a?b?c?d?", 0},
    {"ab+c", 2},
    {"\\d{8}:AA[\\w-]{33}", 3},
    {"x{3}y", 1},
    {"[]abc]def", 3},
    {"[^]abc]def", 3},
    {"(abc)*de", 2},
    {"foo\\.bar", 7},
    {"foo\\sbar", 3},
    {"fo\\bo", 3},
    {"abc|", 0},
    {"", 0},
};

static void lengths_are_those_that_cannot_be_avoided(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        if (anchor_length(cases[i].pattern) != cases[i].length)
            fail_msg("%s: %u, not %u", cases[i].pattern, anchor_length(cases[i].pattern), cases[i].length);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lengths_are_those_that_cannot_be_avoided)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
