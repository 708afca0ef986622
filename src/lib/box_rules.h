/* box_rules.h - the calls that a box may make, as a compiled seccomp filter; for box.c alone. */
#pragma once
#include <linux/filter.h>
#include "lib/box.h"

/* Compile the allow-list of one kind into *program (its memory is kept for the life of the process). With
 * `traced`, a refused call traps instead of killing, and BOX_TRACE may be written. */
gboolean box_rules_compile(BoxKind kind, gboolean traced, struct sock_fprog *program, GError **error);
