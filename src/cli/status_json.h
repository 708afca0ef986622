/* status_json.h - the state of a case for programs. */
#pragma once
#include <stdio.h>
#include "cli/case_status.h"

/* One object in one line: what the screen of candor status says; `todos` as todo_read gives them. */
void status_print_json(FILE *out, const CaseStatus *status, const GPtrArray *todos);
