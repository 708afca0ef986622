/* escape_world.h - what stands around a box that is attacked from within; for the escape tests alone. */
#pragma once
#include <glib.h>

/* Files and listening sockets that no attack may reach. */
typedef struct {
    char *folder, *input, *loot, *unix_path;
    int inet, local;
} EscapeWorld;

/* Set-up and teardown of a cmocka test; the world is its state. Sets the targets of the attacks. */
int escape_world_make(void **state);
int escape_world_end(void **state);

/* The input holds what it held, there is no loot, nobody has called. */
void escape_world_is_as_it_was(const EscapeWorld *world, const GString *input);
/* Whether a gap's reason says that a box ended before its work did. */
gboolean escape_is_a_death(const char *reason);
