/* yaml_test.c - what the strict reader takes, and the sentence with which it refuses the rest. */
#include "lib/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "lib/error.h"

typedef struct {
    char *name;
    guint size;
    double ratio;
    gboolean open;
    guint colour;
    char **words;
    const YamlNode *rest;
} Thing;

static const char *const colours[] = {"red", "blue", NULL};
static const YamlField fields[] = {
    {.key = "name", .kind = YAML_TEXT, .offset = offsetof(Thing, name), .required = TRUE},
    {.key = "size", .kind = YAML_COUNT, .offset = offsetof(Thing, size), .least = 1, .most = 5},
    {.key = "ratio", .kind = YAML_NUMBER, .offset = offsetof(Thing, ratio), .most = 8},
    {.key = "open", .kind = YAML_TRUTH, .offset = offsetof(Thing, open)},
    {.key = "colour", .kind = YAML_CHOICE, .offset = offsetof(Thing, colour), .choices = colours},
    {.key = "words", .kind = YAML_TEXTS, .offset = offsetof(Thing, words)},
    {.key = "rest", .kind = YAML_SUBTREE, .offset = offsetof(Thing, rest)},
    {.key = NULL},
};

static void clear_thing(Thing *thing)
{
    g_free(thing->name);
    g_strfreev(thing->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Thing, clear_thing)

static void a_whole_mapping_is_read(void **state)
{
    (void)state;
    static const char text[] = "name: box\nsize: 5\nratio: 2.5\nopen: yes\ncolour: blue\n"
                               "words: [one, [tw, o], \"thr\\u00e9\"]\nrest: {deep: [1, 2]}\n";
    g_autoptr(YamlFile) file = yaml_parse("x.yaml", span_of_string(text), NULL);
    assert_non_null(file);
    g_auto(Thing) thing = {0};
    assert_true(yaml_fill(yaml_root(file), fields, &thing, NULL));
    assert_string_equal(thing.name, "box");
    assert_int_equal(thing.size, 5);
    assert_true(thing.ratio > 2.4 && thing.ratio < 2.6);
    assert_true(thing.open);
    assert_int_equal(thing.colour, 1);
    assert_string_equal(thing.words[1], "two");
    assert_string_equal(thing.words[2], "thr\xc3\xa9");
    assert_int_equal(yaml_length(yaml_get(thing.rest, "deep")), 2);
}

static const struct {
    const char *text, *sentence;
} refused[] = {
    {"name: a\nname: b\n", "x.yaml:2: the key 'name' stands twice; keep one"},
    {"size: 3\n", "x.yaml:1: the key 'name' is missing"},
    {"name: a\nsize: 6\n", "x.yaml:2: 'size' must be a number from 1 to 5"},
    {"name: a\nsize: -1\n", "x.yaml:2: 'size' must be a number from 1 to 5"},
    {"name: a\nratio: nan\n", "x.yaml:2: 'ratio' must be a number from 0 to 8"},
    {"name: a\nopen: maybe\n", "x.yaml:2: 'open' must be yes or no"},
    {"name: a\ncolour: green\n", "x.yaml:2: 'colour' must be one of: red, blue"},
    {"name: a\nwords: one\n", "x.yaml:2: 'words' must be a list of texts"},
    {"name: a\nwords:\n  - {}\n", "x.yaml:3: an item of 'words' is no text; write one, or a list of pieces"},
    {"name: a\nother: 1\n", "x.yaml:2: the key 'other' is not known here"},
    {"name: &a b\n", "x.yaml:1: anchors, aliases and tags are not read here; write the value itself"},
    {"name: !!str b\n", "x.yaml:1: anchors, aliases and tags are not read here; write the value itself"},
    {"name: \"a\\0b\"\n", "x.yaml:1: a text holds a NUL byte; take it out"},
    {"[[[[[[[[[[[[[[[[", "x.yaml:1: nested deeper than 12 levels"},
    {"a: b\n---\nc: d\n", "x.yaml:2: a second document begins; one file holds one"},
    {"", "x.yaml:1: the file is empty"},
    {"- a\n", "x.yaml:1: a mapping of keys and values must stand here"},
    {"name: ''\n", "x.yaml:1: 'name' must be a text that is not empty"},
};

static void everything_else_is_refused_in_a_sentence(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autoptr(GError) error = NULL;
        g_auto(Thing) thing = {0};
        g_autoptr(YamlFile) file = yaml_parse("x.yaml", span_of_string(refused[i].text), &error);
        assert_false(file && yaml_fill(yaml_root(file), fields, &thing, &error));
        assert_true(g_error_matches(error, CANDOR_ERROR, CANDOR_ERROR_FORMAT));
        assert_string_equal(error->message, refused[i].sentence);
    }
}

static void broken_yaml_names_its_line(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(yaml_parse("x.yaml", SPAN_OF("name: a\nwords: [a\n"), &error));
    assert_true(g_str_has_prefix(error->message, "x.yaml:3: this is no YAML: "));
}

static void a_missing_file_is_named(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(yaml_open("/nonexistent/rules.yaml", &error));
    assert_true(g_error_matches(error, CANDOR_ERROR, CANDOR_ERROR_IO));
    assert_non_null(strstr(error->message, "/nonexistent/rules.yaml"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_mapping_is_read),
        cmocka_unit_test(everything_else_is_refused_in_a_sentence),
        cmocka_unit_test(broken_yaml_names_its_line),
        cmocka_unit_test(a_missing_file_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
