/* prose.h - made-up office prose, in Latin-1, with planted items that a scanner should find.
 *
 * Everything that looks like a secret or like personal data is computed from the dice and belongs to nobody:
 * addresses below .example, card numbers of test ranges, documentation networks, keys of random letters. */
#pragma once
#include <glib.h>
#include "dice.h"

/* Append about `length` bytes of paragraphs in Latin-1, lines of at most 76 bytes, LF. Every planted item stands
 * alone on its line's end; about one for each `sparse` bytes, none when sparse is 0. */
void prose_append(GString *out, Dice *dice, gsize length, guint sparse);
/* Append one planted item with the words around it ("the password is …"), without a line end. */
void prose_plant(GString *out, Dice *dice);
/* Append rows of a table of persons as comma-separated values, about `length` bytes. */
void prose_table(GString *out, Dice *dice, gsize length);
/* A person's number, 0 to 4095, gives one name and one address: name in Latin-1. Static memory per call site is
 * not used: both are appended. */
void prose_name(GString *out, guint person);
void prose_address(GString *out, guint person);
/* A few words for a subject, Latin-1. */
void prose_subject(GString *out, Dice *dice);
