/* letters.h - the templates and words of notices, by language, as data/templates and data/words hold them. */
#pragma once
#include "lib/template.h"

typedef struct Letters Letters;

/* Of a data folder, which must outlive them. Files are read when they are first asked for. */
Letters *letters_new(const char *data_dir, GError **error);
void letters_free(Letters *letters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Letters, letters_free)

/* What a language has; owned by the letters. */
typedef struct Tongue Tongue;
/* The language of a tag; English where we have no words of it, or the tag is "" or none. NULL with *error: a file of
 * ours is wrong. */
const Tongue *letters_tongue(Letters *letters, const char *tag, GError **error);
const char *tongue_tag(const Tongue *tongue);
/* The word for an id in a group of the language's words ("types", "attacks", "channels"); of types also the English
 * label of types.yaml; else the id itself. */
const char *tongue_word(const Tongue *tongue, const char *group, const char *id);
/* Fill the template named `kind`: first, more, correction, retraction. Blocks of template.h. */
GPtrArray *tongue_write(const Tongue *tongue, const char *kind, const Values *values, GError **error);
