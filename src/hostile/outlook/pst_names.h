/* pst_names.h - which named property a number at 0x8000 or above stands for in this file, [MS-PST] 2.4.7. */
#pragma once
#include "hostile/outlook/item.h"
#include "hostile/outlook/pst_file.h"

typedef struct PstNames PstNames;

/* Never NULL; a map that cannot be read is empty. */
PstNames *pst_names_new(PstFile *file);
void pst_names_free(PstNames *names);
/* Whether the map is there and could not be read whole: properties that have names may be missing. */
gboolean pst_names_are_damaged(const PstNames *names);

/* The tag of a property: its name's where it has one. The tag's text lives as long as `names`. */
ItemTag pst_names_tag(const PstNames *names, guint16 id);
