/* notify.h - the words of candor notify, a function each. */
#pragma once
#include "cli/case_folder.h"
#include "notify/notify.h"

/* What was said behind the options of candor notify; NULL where nothing was. */
typedef struct {
    char *wave, **customers, *by, *contact, *channel, *state, *detail, *owner, *until, *reason, *authority,
        *basis;
    gboolean all, over;
} NotifySaid;

/* Each takes CASE and what follows it. Returns an exit code. */
int notify_do_plan(const Cli *cli, char **operands, const NotifySaid *said, GError **error);
int notify_do_show(const Cli *cli, char **operands, const NotifySaid *said, GError **error);
int notify_do_approve(const Cli *cli, char **operands, const NotifySaid *said, GError **error);
int notify_do_list(const Cli *cli, char **operands, const NotifySaid *said, GError **error);
int notify_do_deliver(const Cli *cli, char **operands, const NotifySaid *said, GError **error);
int notify_do_record(const Cli *cli, char **operands, const NotifySaid *said, GError **error);
int notify_do_hold(const Cli *cli, char **operands, const NotifySaid *said, GError **error);
int notify_do_unhold(const Cli *cli, char **operands, const NotifySaid *said, GError **error);
int notify_do_delay(const Cli *cli, char **operands, const NotifySaid *said, GError **error);
