/* rules_test_run.h - every rule against its own samples, in a worker as in earnest. */
#pragma once
#include "nouns/rule.h"
#include "cli/command.h"

/* Scan each hit and each miss of each rule as a file of its own text. Says which do not keep their
 * promise; returns exit code 0, or 1 with *error set when one did not. */
int rules_test_run(const Cli *cli, const Rules *rules, const char *extra_rules, GError **error);
