/* rule_test.c - rules are read whole or refused in a sentence that names file, line and rule. */
#include "nouns/rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include "lib/error.h"

#define TYPES                                                                                                \
    "types:\n"                                                                                               \
    "  - {id: secret.thing, label: a thing, gravity: 5, mask: none, normalise: exact, version: 1}\n"         \
    "  - {id: person.number, label: a number, gravity: 3, mask: last4, normalise: digits, version: 1}\n"
#define RULE_HEAD                                                                                            \
    "rules:\n  - id: thing\n    type: secret.thing\n    description: d\n    source: s\n    confidence: 50\n"
#define SAMPLES "    hit: [one, [t, wo]]\n    miss: [three, four]\n"

typedef struct {
    char *dir, *types, *rules_dir, *rules;
} Folder;

static void write_folder(Folder *folder, const char *types, const char *rules)
{
    folder->dir = g_dir_make_tmp("candor-rules-XXXXXX", NULL);
    folder->types = g_build_filename(folder->dir, "types.yaml", NULL);
    folder->rules_dir = g_build_filename(folder->dir, "rules", NULL);
    folder->rules = g_build_filename(folder->rules_dir, "a.yaml", NULL);
    assert_int_equal(g_mkdir(folder->rules_dir, 0700), 0);
    assert_true(g_file_set_contents(folder->types, types, -1, NULL));
    assert_true(g_file_set_contents(folder->rules, rules, -1, NULL));
}

static void clear_folder(Folder *folder)
{
    g_unlink(folder->rules);
    g_unlink(folder->types);
    g_rmdir(folder->rules_dir);
    g_rmdir(folder->dir);
    g_free(folder->rules);
    g_free(folder->rules_dir);
    g_free(folder->types);
    g_free(folder->dir);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Folder, clear_folder)

static void a_rule_has_what_its_file_says(void **state)
{
    (void)state;
    g_auto(Folder) folder = {0};
    write_folder(&folder, TYPES,
                 RULE_HEAD "    pattern: 'abc(\\d+)'\n    group: 1\n    context: [near]\n" SAMPLES);
    g_autoptr(Rules) rules = rules_load(folder.dir, NULL, NULL);
    assert_non_null(rules);
    const Rule *rule = rules_rule(rules, "thing");
    assert_ptr_equal(rule->type, rules_type(rules, "secret.thing"));
    assert_string_equal(rule->pattern, "abc(\\d+)");
    assert_string_equal(rule->hit[1], "two");
    assert_int_equal(rule->group, 1);
    assert_string_equal(((const Type *)g_ptr_array_index(rules->types, 0))->id, "person.number");
    assert_int_equal(strlen(rules->digest), 64);
}

static void the_digest_follows_every_byte(void **state)
{
    (void)state;
    g_auto(Folder) folder = {0}, other = {0};
    write_folder(&folder, TYPES, RULE_HEAD "    pattern: abc\n" SAMPLES);
    write_folder(&other, TYPES, RULE_HEAD "    pattern: abd\n" SAMPLES);
    g_autoptr(Rules) a = rules_load(folder.dir, NULL, NULL), again = rules_load(folder.dir, NULL, NULL);
    g_autoptr(Rules) b = rules_load(other.dir, NULL, NULL);
    assert_string_equal(a->digest, again->digest);
    assert_string_not_equal(a->digest, b->digest);
}

static const struct {
    const char *types, *rules, *sentence;
} refused[] = {
    {TYPES, RULE_HEAD "    pattern: '[a-z]{9}'\n" SAMPLES,
     "a.yaml:2: rule 'thing': its pattern has no literal of 3 bytes that every match contains; "
     "add one or make it a 'shape'"},
    {TYPES, RULE_HEAD SAMPLES, "a.yaml:2: rule 'thing' needs either a 'pattern' or a 'shape'"},
    {TYPES, RULE_HEAD "    pattern: abc\n    shape: email\n" SAMPLES,
     "a.yaml:2: rule 'thing' needs either a 'pattern' or a 'shape'"},
    {TYPES, RULE_HEAD "    pattern: abc\n    hit: [a]\n    miss: [b, c]\n",
     "a.yaml:2: rule 'thing' needs at least 2 samples in 'hit' and 2 in 'miss'"},
    {TYPES, RULE_HEAD "    pattern: abc\n    hit: [a, b]\n", "a.yaml:2: the key 'miss' is missing"},
    {TYPES, RULE_HEAD "    pattern: abc\n    colour: red\n" SAMPLES,
     "a.yaml:8: the key 'colour' is not known here"},
    {TYPES, RULE_HEAD "    pattern: abc\n    context_required: yes\n" SAMPLES,
     "a.yaml:2: rule 'thing' requires context but names no words in 'context'"},
    {"types: []\n", RULE_HEAD "    pattern: abc\n" SAMPLES,
     "a.yaml:2: rule 'thing': its type 'secret.thing' is not in types.yaml"},
    {"types:\n  - {id: nodot, label: l, gravity: 1, mask: none, normalise: exact, version: 1}\n",
     "rules: []\n", "types.yaml:2: type 'nodot': an id is lower case and has a dot, as in person.ssn-us"},
    {"types:\n  - {id: a.b, label: l, gravity: 1, mask: none, normalise: upside-down, version: 1}\n",
     "rules: []\n",
     "types.yaml:2: type 'a.b': 'normalise' must be one of: exact, digits, alnum-upper, lower"},
    {"types:\n  - {id: a.b, label: l, gravity: 6, mask: none, normalise: exact, version: 1}\n", "rules: []\n",
     "types.yaml:2: 'gravity' must be a number from 1 to 5"},
};

static void what_is_wrong_is_refused_by_name(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_auto(Folder) folder = {0};
        write_folder(&folder, refused[i].types, refused[i].rules);
        g_autoptr(GError) error = NULL;
        g_autoptr(Rules) rules = rules_load(folder.dir, NULL, &error);
        assert_null(rules);
        if (!g_str_has_suffix(error->message, refused[i].sentence) ||
            !g_str_has_prefix(error->message, folder.dir))
            fail_msg("%s", error->message);
    }
}

static void one_id_twice_is_refused(void **state)
{
    (void)state;
    g_auto(Folder) folder = {0};
    write_folder(&folder, TYPES, RULE_HEAD "    pattern: abc\n" SAMPLES);
    g_autoptr(GError) error = NULL;
    assert_null(rules_load(folder.dir, folder.rules_dir, &error));
    assert_true(g_str_has_suffix(error->message, "a.yaml:2: rule 'thing' stands twice; rename one"));
}

static void a_missing_folder_is_named(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(rules_load("/nonexistent", NULL, &error));
    assert_true(g_error_matches(error, CANDOR_ERROR, CANDOR_ERROR_IO));
    assert_non_null(strstr(error->message, "/nonexistent/types.yaml"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_has_what_its_file_says),    cmocka_unit_test(the_digest_follows_every_byte),
        cmocka_unit_test(what_is_wrong_is_refused_by_name), cmocka_unit_test(one_id_twice_is_refused),
        cmocka_unit_test(a_missing_folder_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
