/* options.c - the options before and after a command's word. */
#include "cli/options.h"

#include <string.h>
#include "cli/case_config.h"
#include "cli/suggest.h"

#define JOBS_MOST 1024

/* GOption writes where its entries point; copied to the caller's Cli once parsed. */
static Cli taken;

static const GOptionEntry global[] = {
    {"help", 'h', 0, G_OPTION_ARG_NONE, &taken.help, "Show what the command does and takes", NULL},
    {"quiet", 'q', 0, G_OPTION_ARG_NONE, &taken.quiet, "No progress and no remarks", NULL},
    {"json", 0, 0, G_OPTION_ARG_NONE, &taken.json, "Errors, and what is shown, as JSON lines", NULL},
    {"jobs", 'j', 0, G_OPTION_ARG_INT, &taken.jobs, "Workers at once (default: one for each CPU)", "N"},
    {0},
};

/* Only before a command's word. */
static const GOptionEntry front[] = {
    {"version", 0, 0, G_OPTION_ARG_NONE, &taken.version, "Print the version", NULL},
    {0},
};

const GOptionEntry *options_global(void)
{
    return global;
}

static void add_names(GPtrArray *names, const GOptionEntry *entries)
{
    for (; entries && entries->long_name; entries++)
        g_ptr_array_add(names, (gpointer)entries->long_name);
}

/* GOption's sentence ends with the option that it does not know. */
static gboolean unknown_option(const GError *cause, const Command *command, GError **error)
{
    const char *last = strrchr(cause->message, ' ');
    g_autofree char *option = g_strdup(last ? last + 1 : cause->message);
    option[strcspn(option, "=")] = '\0';
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    add_names(names, global);
    add_names(names, command ? command->options : front);
    const char *bare = option + strspn(option, "-");
    const char *near = word_nearest(bare, (const char *const *)names->pdata, names->len);
    const char *whose = command ? command->word : "";
    g_autofree char *shown = g_utf8_make_valid(option, -1);
    if (near)
        return misuse(error, "there is no option %s; did you mean --%s?", shown, near);
    return misuse(error, "there is no option %s; see: candor help%s%s", shown, *whose ? " " : "", whose);
}

static gboolean parse(Cli *cli, const Command *command, char ***words, GError **error)
{
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) cause = NULL;
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_strict_posix(context, command == NULL);
    g_option_context_add_main_entries(context, global, NULL);
    const GOptionEntry *own = command ? command->options : front;
    if (own)
        g_option_context_add_main_entries(context, own, NULL);
    taken = *cli;
    if (!g_option_context_parse_strv(context, words, &cause)) {
        if (g_error_matches(cause, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
            return unknown_option(cause, command, error);
        return misuse(error, "%s; see: candor help%s%s", cause->message, command ? " " : "",
                      command ? command->word : "");
    }
    if (taken.jobs < 0 || taken.jobs > JOBS_MOST)
        return misuse(error, "--jobs takes a number from 1 to %d, not %d", JOBS_MOST, taken.jobs);
    *cli = taken;
    return TRUE;
}

/* `--` has done its work once GOption has seen it. */
static void drop_dashes(char **words)
{
    for (guint i = 0; words[i]; i++) {
        if (strcmp(words[i], "--") == 0) {
            g_free(words[i]);
            for (; words[i]; i++)
                words[i] = words[i + 1];
            return;
        }
    }
}

int option_choice(const char *option, const char *word, const char *const *choices, GError **error)
{
    for (int i = 0; choices[i]; i++)
        if (strcmp(word, choices[i]) == 0)
            return i;
    const char *near = word_nearest(word, choices, g_strv_length((char **)choices));
    g_autofree char *all = g_strjoinv(", ", (char **)choices);
    if (near)
        misuse(error, "%s knows no \"%s\"; did you mean \"%s\"?", option, word, near);
    else
        misuse(error, "%s knows no \"%s\", but %s", option, word, all);
    return -1;
}

gboolean options_take_global(Cli *cli, char ***words, GError **error)
{
    return parse(cli, NULL, words, error);
}

gboolean options_take(Cli *cli, const Command *command, char ***words, GError **error)
{
    if (!parse(cli, command, words, error))
        return FALSE;
    if (cli->help)
        return TRUE;
    drop_dashes(*words + 1);
    guint count = g_strv_length(*words) - 1;
    if (count < command->least)
        return misuse(error, "candor %s needs %s; see: candor help %s", command->word, command->operands,
                      command->word);
    if (count > command->most)
        return misuse(error, "candor %s takes %s, and \"%s\" is one too many", command->word,
                      *command->operands ? command->operands : "nothing more", (*words)[1 + command->most]);
    return TRUE;
}

static void add_option(GString *page, const GOptionEntry *entry)
{
    g_autoptr(GString) left = g_string_new("  ");
    if (entry->short_name)
        g_string_append_printf(left, "-%c, ", entry->short_name);
    g_string_append_printf(left, "--%s", entry->long_name);
    if (entry->arg_description)
        g_string_append_printf(left, " %s", entry->arg_description);
    if (left->len > 24)
        g_string_append_printf(page, "%s\n%*s%s\n", left->str, 26, "", entry->description);
    else
        g_string_append_printf(page, "%-26s%s\n", left->str, entry->description);
}

char *options_page(const Command *command)
{
    GString *page = g_string_new(NULL);
    g_string_append_printf(page, "usage: candor %s [options] %s\n\n%s.\n\n", command->word, command->operands,
                           command->summary);
    for (const GOptionEntry *entry = command->options; entry && entry->long_name; entry++)
        add_option(page, entry);
    for (const GOptionEntry *entry = global; entry->long_name; entry++)
        add_option(page, entry);
    g_string_append(page, "\nMore: man candor\n");
    return g_string_free(page, FALSE);
}

gboolean option_ocr_is_known(const char *ocr, GError **error)
{
    return !ocr || option_choice("--ocr", ocr, ocr_choices, error) >= 0;
}

static gboolean is_said(const GOptionEntry *option)
{
    switch (option->arg) {
    case G_OPTION_ARG_NONE:
        return *(gboolean *)option->arg_data;
    case G_OPTION_ARG_INT64:
        return *(gint64 *)option->arg_data != 0;
    default:
        return *(gpointer *)option->arg_data != NULL;
    }
}

gboolean options_only(const char *command, const GOptionEntry *options, const char *takes, GError **error)
{
    for (const GOptionEntry *option = options; option->long_name; option++) {
        g_autofree char *name = g_strdup_printf(" %s ", option->long_name);
        if (is_said(option) && !strstr(takes, name))
            return misuse(error, "candor %s takes no --%s; see: candor help %.*s", command, option->long_name,
                          (int)strcspn(command, " "), command);
    }
    return TRUE;
}
