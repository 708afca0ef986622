/* notify_test.c - the situations of tests/notify: each a case in steps, with the plan that must follow, exactly. */
#include "lib/yaml.h"
#include "notify/situation.h"

/* A list of texts, or one text of several lines, or one line. */
static char **lines_of(const YamlNode *node)
{
    if (yaml_text(node))
        return g_strsplit(yaml_text(node), "\n", -1);
    GPtrArray *lines = g_ptr_array_new();
    for (guint i = 0; i < yaml_length(node); i++)
        g_ptr_array_add(lines, g_strdup(yaml_text(yaml_item(node, i))));
    g_ptr_array_add(lines, NULL);
    return (char **)g_ptr_array_free(lines, FALSE);
}

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static gboolean plan_is(Situation *situation, const char *file, guint step, char **wanted)
{
    g_auto(GStrv) found = situation_plan(situation);
    qsort(wanted, g_strv_length(wanted), sizeof *wanted, by_text);
    g_autofree char *want = g_strjoinv("\n    ", wanted), *have = g_strjoinv("\n    ", found);
    if (g_str_equal(want, have))
        return TRUE;
    print_error("%s: step %u wants\n    %s\n  and the plan is\n    %s\n", file, step + 1, want, have);
    return FALSE;
}

/* The property must hold after each plan: planning again changes nothing. */
static gboolean run_steps(Situation *situation, const char *file, const YamlNode *steps)
{
    gboolean good = TRUE;
    for (guint i = 0; i < yaml_length(steps); i++) {
        const YamlNode *step = yaml_item(steps, i);
        g_auto(GStrv) lines = lines_of(yaml_item(step, 0));
        if (g_str_equal(yaml_key(step, 0), "plan"))
            good = plan_is(situation, file, i, lines) && good;
        else
            situation_do(situation, yaml_key(step, 0), lines);
    }
    return good;
}

static gboolean run_file(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(YamlFile) file = yaml_open(path, &error);
    if (!file)
        fail_msg("%s", error->message);
    Situation *situation = situation_new();
    gboolean good = run_steps(situation, name, yaml_get(yaml_root(file), "steps"));
    situation_free(situation);
    return good;
}

static void every_situation_has_the_plan_that_it_must_have(void **state)
{
    (void)state;
    const char *folder = g_getenv("CANDOR_SITUATIONS"), *only = g_getenv("CANDOR_SITUATION");
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    guint count = 0, bad = 0;
    assert_non_null(files);
    for (const char *name; (name = g_dir_read_name(files));) {
        if (!g_str_has_suffix(name, ".yaml") || (only && !g_str_has_prefix(name, only)))
            continue;
        count++;
        bad += run_file(folder, name) ? 0 : 1;
    }
    print_message("%u situations\n", count);
    assert_int_equal(bad, 0);
    assert_true(count >= 25 || only);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_situation_has_the_plan_that_it_must_have)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
