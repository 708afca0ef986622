/* rules.c - candor rules: what candor looks for, why, and whether each rule keeps its promises. */
#include <string.h>
#include <unistd.h>
#include "nouns/rule.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "cli/rules_test_run.h"
#include "cli/tools.h"
#include "cli/writer.h"

static char *type_name, *extra_rules;

static const GOptionEntry options[] = {
    {"type", 0, 0, G_OPTION_ARG_STRING, &type_name, "list: only rules of this type, or of a group: secret.",
     "TYPE"},
    {"rules", 0, 0, G_OPTION_ARG_FILENAME, &extra_rules,
     "Rules of your own beside candor's: a folder of YAML", "DIR"},
    {0},
};

static const char *const nouns[] = {"list", "test", "explain", NULL};
static const Field list_fields[] = {{"rule", VALUE_TEXT, 26},
                                    {"type", VALUE_TEXT, 22},
                                    {"gravity", VALUE_NUMBER, 7},
                                    {"description", VALUE_TEXT, 0}};

static gboolean is_wanted(const Rule *rule)
{
    if (!type_name)
        return TRUE;
    return g_str_has_suffix(type_name, ".") ? g_str_has_prefix(rule->type->id, type_name)
                                            : strcmp(rule->type->id, type_name) == 0;
}

static gboolean list_rules(const Cli *cli, const Rules *rules, GError **error)
{
    g_auto(Output) output = {0};
    if (!output_open(&output, NULL, error))
        return FALSE;
    g_autoptr(Writer) writer = writer_new(output.file, cli->json ? FORMAT_NDJSON : FORMAT_TEXT, NULL,
                                          list_fields, G_N_ELEMENTS(list_fields), terminal_columns());
    for (guint i = 0; i < rules->rules->len; i++) {
        const Rule *rule = rules->rules->pdata[i];
        if (!is_wanted(rule))
            continue;
        writer_text(writer, span_of_string(rule->id));
        writer_text(writer, span_of_string(rule->type->id));
        writer_number(writer, rule->type->gravity);
        writer_text(writer, span_of_string(rule->description));
    }
    if (writer_rows(writer) == 0)
        remark(cli, "no rule has the type \"%s\"", type_name ? type_name : "");
    return output_finish(&output, error);
}

static const char *mask_words(MaskKind mask)
{
    static const char *const words[] = {"nothing of the value", "at most its last 4 characters",
                                        "its domain"};
    return words[mask];
}

static void print_line(const char *label, const char *text)
{
    if (text && *text)
        printf("%-12s%s\n", label, text);
}

static int explain_rule(const Rules *rules, const char *id, GError **error)
{
    const Rule *rule = rules_rule(rules, id);
    if (!rule) {
        error_set(error, CANDOR_ERROR_MISSING, "there is no rule \"%s\"; candor rules list shows them all",
                  id);
        return EXIT_FAULT;
    }
    g_autofree char *words = rule->context ? g_strjoinv(", ", rule->context) : NULL;
    print_line("rule", rule->id);
    print_line("", rule->description);
    print_line("type", rule->type->id);
    print_line("", rule->type->label);
    print_line("source", rule->source);
    print_line(rule->pattern ? "pattern" : "shape", rule->pattern ? rule->pattern : rule->shape);
    print_line("check", rule->check);
    print_line(rule->context_required ? "only near" : "surer near", words);
    printf("%-12s%u of 100 without such words\n%-12s%u of 5\n%-12s%s\n", "sure", rule->confidence, "gravity",
           rule->type->gravity, "shown", mask_words(rule->type->mask));
    return EXIT_DONE;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    int word = option_choice("candor rules", operands[0], nouns, error);
    if (word < 0)
        return EXIT_MISUSE;
    gboolean explains = word == 2;
    if (explains != (operands[1] != NULL))
        return misuse(error, "candor rules %s %s", operands[0],
                      explains ? "needs the ID of a rule" : "takes nothing more");
    if (type_name && word != 0)
        return misuse(error, "--type goes with candor rules list");
    g_autofree char *data = path_data(error);
    g_autoptr(Rules) rules = data ? rules_load(data, extra_rules, error) : NULL;
    if (!rules)
        return EXIT_FAULT;
    if (explains)
        return explain_rule(rules, operands[1], error);
    if (word == 1)
        return rules_test_run(cli, rules, extra_rules, error);
    return list_rules(cli, rules, error) ? EXIT_DONE : EXIT_FAULT;
}

const Command command_rules = {.word = "rules",
                               .operands = "list|test|explain [ID]",
                               .options = options,
                               .nouns = nouns,
                               .least = 1,
                               .most = 2,
                               .run = run,
                               .summary = "List or explain what candor looks for, or test every rule"};
