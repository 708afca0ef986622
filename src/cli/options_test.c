/* options_test.c - options before and after the word, and sentences for those that are none. */
#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static char *mailbox;
static const GOptionEntry entries[] = {
    {"mailbox", 0, 0, G_OPTION_ARG_STRING, &mailbox, "Whose", "NAME"},
    {0},
};
static const Command take = {.word = "take",
                             .operands = "CASE PATH…",
                             .summary = "Take it",
                             .options = entries,
                             .least = 2,
                             .most = 3};

/* Parse `line`, split at blanks; returns what is left, joined by blanks, or the error's sentence. */
static char *parsed(const char *line, Cli *cli)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);
    g_autoptr(GError) error = NULL;
    g_clear_pointer(&mailbox, g_free);
    *cli = (Cli){0};
    if (!options_take(cli, &take, &words, &error)) {
        assert_true(error->domain == MISUSE);
        return g_strdup(error->message);
    }
    return g_strjoinv(" ", words);
}

static void assert_parsed(const char *line, const char *wanted)
{
    Cli cli;
    g_autofree char *left = parsed(line, &cli);
    assert_string_equal(left, wanted);
}

static void options_stand_anywhere(void **state)
{
    (void)state;
    Cli cli;
    g_autofree char *left = parsed("take case --jobs 3 path --mailbox=anna -q", &cli);
    assert_string_equal(left, "take case path");
    assert_int_equal(cli.jobs, 3);
    assert_true(cli.quiet);
    assert_string_equal(mailbox, "anna");
}

static void dashes_end_options(void **state)
{
    (void)state;
    assert_parsed("take case -- --odd-name", "take case --odd-name");
    assert_parsed("take case -", "take case -");
}

static void wrong_use_is_a_sentence(void **state)
{
    (void)state;
    assert_parsed("take case path --mialbox=x", "there is no option --mialbox; did you mean --mailbox?");
    assert_parsed("take case path --frobnicate", "there is no option --frobnicate; see: candor help take");
    assert_parsed("take case", "candor take needs CASE PATH…; see: candor help take");
    assert_parsed("take a b c d", "candor take takes CASE PATH…, and \"d\" is one too many");
    assert_parsed("take a b --jobs 0x", "Cannot parse integer value “0x” for --jobs; see: candor help take");
    assert_parsed("take a b --jobs=-4", "--jobs takes a number from 1 to 1024, not -4");
}

static void a_choice_lists_what_there_is(void **state)
{
    (void)state;
    static const char *const formats[] = {"ndjson", "csv", NULL};
    g_autoptr(GError) error = NULL;
    assert_int_equal(option_choice("--format", "csv", formats, NULL), 1);
    assert_int_equal(option_choice("--format", "xml", formats, &error), -1);
    assert_string_equal(error->message, "--format knows no \"xml\", but ndjson, csv");
    g_clear_error(&error);
    assert_int_equal(option_choice("--format", "ndjosn", formats, &error), -1);
    assert_string_equal(error->message, "--format knows no \"ndjosn\"; did you mean \"ndjson\"?");
}

static void a_page_fits_80_columns(void **state)
{
    (void)state;
    g_autofree char *page = options_page(&take);
    g_auto(GStrv) lines = g_strsplit(page, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        assert_in_range(g_utf8_strlen(lines[i], -1), 0, 80);
    assert_non_null(strstr(page, "usage: candor take [options] CASE PATH…"));
    assert_non_null(strstr(page, "  --mailbox NAME          Whose\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_stand_anywhere),  cmocka_unit_test(dashes_end_options),
        cmocka_unit_test(wrong_use_is_a_sentence), cmocka_unit_test(a_choice_lists_what_there_is),
        cmocka_unit_test(a_page_fits_80_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
