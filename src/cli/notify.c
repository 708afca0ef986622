/* notify.c - candor notify: plan, read, approve and deliver notices; record what was told; hold and delay. */
#include "cli/notify.h"

#include "cli/options.h"

static NotifySaid said;

static const GOptionEntry options[] = {
    {"wave", 0, 0, G_OPTION_ARG_STRING, &said.wave, "approve: the wave that it is (needed)", "NAME"},
    {"customer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &said.customers,
     "approve, hold, unhold, delay: this one; may stand more than once for approve", "ID"},
    {"all", 0, 0, G_OPTION_ARG_NONE, &said.all, "approve, delay: everybody", NULL},
    {"contact", 0, 0, G_OPTION_ARG_STRING, &said.contact, "deliver: at which contact (default: the notice's)",
     "ADDRESS"},
    {"channel", 0, 0, G_OPTION_ARG_STRING, &said.channel, "deliver: mail, letter … (default: the contact's)",
     "NAME"},
    {"state", 0, 0, G_OPTION_ARG_STRING, &said.state,
     "deliver: handed, accepted, acknowledged, bounced, refused, expired, replanned (needed)", "STATE"},
    {"detail", 0, 0, G_OPTION_ARG_STRING, &said.detail, "deliver: what was answered", "TEXT"},
    {"owner", 0, 0, G_OPTION_ARG_STRING, &said.owner, "hold: who looks after it (needed)", "NAME"},
    {"until", 0, 0, G_OPTION_ARG_STRING, &said.until, "hold: look at it again then; delay: its end (needed)",
     "TIME"},
    {"reason", 0, 0, G_OPTION_ARG_STRING, &said.reason, "hold, unhold: why (needed)", "TEXT"},
    {"authority", 0, 0, G_OPTION_ARG_STRING, &said.authority, "delay: who asked for it (needed)", "NAME"},
    {"basis", 0, 0, G_OPTION_ARG_STRING, &said.basis, "delay: the writing that it rests on (needed)", "TEXT"},
    {"over", 0, 0, G_OPTION_ARG_NONE, &said.over, "delay: it ends now", NULL},
    {"by", 0, 0, G_OPTION_ARG_STRING, &said.by, "who does it (default: the account)", "NAME"},
    {0},
};

/* What each word takes behind CASE, and which of the options. */
static const struct {
    const char *word, *operands;
    guint least, most;
    const char *takes; /* names of options, with blanks around */
    int (*run)(const Cli *cli, char **operands, const NotifySaid *said, GError **error);
} words[] = {
    {"plan", "", 0, 0, " ", notify_do_plan},
    {"show", "CUSTOMER", 1, 1, " ", notify_do_show},
    {"approve", "", 0, 0, " wave customer all by ", notify_do_approve},
    {"list", "[WAVE]", 0, 1, " ", notify_do_list},
    {"deliver", "REFERENCE", 1, 1, " contact channel state detail ", notify_do_deliver},
    {"record", "FILE", 1, 1, " by ", notify_do_record},
    {"hold", "[MESSAGE]", 0, 1, " customer owner until reason ", notify_do_hold},
    {"unhold", "[MESSAGE]", 0, 1, " customer owner reason ", notify_do_unhold},
    {"delay", "", 0, 0, " customer all authority basis until over by ", notify_do_delay},
};
static const char *const nouns[] = {"plan",   "show", "approve", "list",  "deliver",
                                    "record", "hold", "unhold",  "delay", NULL};

static int run(const Cli *cli, char **operands, GError **error)
{
    int word = option_choice("candor notify", operands[0], nouns, error);
    if (word < 0)
        return EXIT_MISUSE;
    guint count = g_strv_length(operands) - 2;
    if (count < words[word].least || count > words[word].most) {
        const char *more = words[word].operands;
        return misuse(error, "candor notify %s takes CASE%s%s; see: candor help notify", words[word].word,
                      *more ? " " : "", more);
    }
    g_autofree char *command = g_strconcat("notify ", words[word].word, NULL);
    if (!options_only(command, options, words[word].takes, error))
        return EXIT_MISUSE;
    return words[word].run(cli, operands + 1, &said, error);
}

const Command command_notify = {
    .word = "notify",
    .operands = "plan|show|approve|list|deliver|record|hold|unhold|delay CASE …",
    .options = options,
    .nouns = nouns,
    .summary = "Plan, approve and deliver notices; hold and delay them; record earlier ones",
    .least = 2,
    .most = 4,
    .run = run};
