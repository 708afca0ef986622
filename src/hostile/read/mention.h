/* mention.h - the headers that replies and forwards quote inside a text. */
#pragma once
#include "hostile/read/address.h"
#include "nouns/evidence.h"

/* Gives each mention found; path is left to the callee. FALSE: no more, please. */
typedef gboolean (*MentionTaker)(void *user, const MentionRow *mention);

/* Find quoted header blocks ("From: / Sent: / To: / Subject:" in several languages, after "-----Original
 * Message-----" or not, with or without '>') and "On …, NAME <address> wrote:" lines in `text` (UTF-8), and give
 * every address and name in them. A lone "To:" line in prose is no block: two known fields must stand
 * together, one of them the sender. */
void mentions_find(Span text, Words *words, MentionTaker take, void *user);
