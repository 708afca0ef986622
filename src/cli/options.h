/* options.h - the options before and after a command's word. */
#pragma once
#include "cli/command.h"

/* Take the options of every command from the front of `words`, up to the first that is none. */
gboolean options_take_global(Cli *cli, char ***words, GError **error);
/* Take a command's options, wherever they stand, and count the operands that are left (`--` ends the
 * options; `-` is an operand).  Wrong use is said with the nearest option. */
gboolean options_take(Cli *cli, const Command *command, char ***words, GError **error);
/* The options of every command, ended by {0}; for help and completion. */
const GOptionEntry *options_global(void);
/* The page of a command, at most 80 columns wide, as `candor help COMMAND` prints it; g_free. */
char *options_page(const Command *command);
/* The choice named `word` of `choices` (ended by NULL), or -1 with wrong use that names the nearest, or
 * lists them. */
int option_choice(const char *option, const char *word, const char *const *choices, GError **error);
/* --ocr of the commands that convert, into `variable`; and whether it says what there is, or is not said. */
#define OPTION_OCR(variable)                                                                                 \
    {                                                                                                        \
        "ocr", 0, 0, G_OPTION_ARG_STRING, &(variable),                                                       \
            "Pictures whose text is read: off, images, all (default: by case.yaml)", "WHICH"                 \
    }
gboolean option_ocr_is_known(const char *ocr, GError **error);
/* Wrong use where an option was said that `command` ("notify plan") does not take: it would do nothing. `takes` has the
 * names of those that it takes, with blanks around: " wave by ". */
gboolean options_only(const char *command, const GOptionEntry *options, const char *takes, GError **error);
