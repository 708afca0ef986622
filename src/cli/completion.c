/* completion.c - candor completion: what a shell needs to complete candor's words and options. */
#include "cli/options.h"

static void print_options(const GOptionEntry *entry)
{
    for (; entry && entry->long_name; entry++)
        printf(" --%s", entry->long_name);
}

static void print_words(void)
{
    for (guint i = 0; commands[i]; i++)
        printf("%s%s", i ? " " : "", commands[i]->word);
}

/* The options and nouns of each command, as a case of the shell: bash and zsh write it alike. */
static void print_cases(void)
{
    for (guint i = 0; commands[i]; i++) {
        printf("    %s) choices=\"", commands[i]->word);
        for (guint n = 0; commands[i]->nouns && commands[i]->nouns[n]; n++)
            printf("%s%s", n ? " " : "", commands[i]->nouns[n]);
        if (commands[i] == &command_help)
            print_words();
        print_options(commands[i]->options);
        print_options(options_global());
        puts("\" ;;");
    }
}

static void print_bash(void)
{
    puts("# Completion of candor for bash; written by: candor completion bash\n"
         "_candor() {\n"
         "    local here=${COMP_WORDS[COMP_CWORD]} word='' choices='' i\n"
         "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "        case ${COMP_WORDS[i]} in -*) ;; *) word=${COMP_WORDS[i]}; break ;; esac\n"
         "    done\n"
         "    case $word in");
    printf("    '') choices=\"");
    print_words();
    print_options(options_global());
    puts(" --version\" ;;");
    print_cases();
    puts("    esac\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$choices\" -- \"$here\")\n"
         "    if [[ -n $word && $here != -* ]]; then\n"
         "        local files\n"
         "        mapfile -t files < <(compgen -f -- \"$here\")\n"
         "        COMPREPLY+=(\"${files[@]}\")\n"
         "        compopt -o filenames\n"
         "    fi\n"
         "}\n"
         "complete -F _candor candor");
}

static void print_zsh(void)
{
    puts("#compdef candor\n"
         "# Completion of candor for zsh; written by: candor completion zsh\n"
         "_candor() {\n"
         "    local word='' words_before=(\"${(@)words[2,CURRENT-1]}\") w\n"
         "    for w in $words_before; do\n"
         "        [[ $w == -* ]] || { word=$w; break }\n"
         "    done\n"
         "    local choices=''\n"
         "    case $word in");
    printf("    '') choices=\"");
    print_words();
    print_options(options_global());
    puts(" --version\" ;;");
    print_cases();
    puts("    esac\n"
         "    compadd -- ${=choices}\n"
         "    [[ -n $word ]] && _files\n"
         "}\n"
         "_candor \"$@\"");
}

static const char *const shells[] = {"bash", "zsh", NULL};

static int run(const Cli *cli, char **operands, GError **error)
{
    (void)cli;
    int shell = option_choice("candor completion", operands[0], shells, error);
    if (shell < 0)
        return EXIT_MISUSE;
    if (shell == 0)
        print_bash();
    else
        print_zsh();
    return EXIT_DONE;
}

const Command command_completion = {.word = "completion",
                                    .operands = "bash|zsh",
                                    .nouns = shells,
                                    .least = 1,
                                    .most = 1,
                                    .run = run,
                                    .summary = "Print completion for a shell"};
