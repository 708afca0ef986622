/* item_body.h - the bodies of an Outlook item as parts of its message; for item_mail.c. */
#pragma once
#include "hostile/outlook/item.h"
#include "hostile/read/charset_label.h"
#include "hostile/read/scratch.h"

typedef struct {
    const char *media_type;
    char charset[CHARSET_LABEL_BYTES]; /* "" for a type that needs none */
    Scratch text;                      /* lines end with LF             */
    const char *loss;                  /* NULL, or the reason of a gap  */
    guint64 lost;
} ItemBody;

/* Plain, and HTML or RTF, which are the same in other forms; and the lines of other properties. */
typedef struct {
    ItemBody body[2];
    guint count;
    ItemBody lines;
    gboolean has_lines;
} ItemBodies;

void item_bodies_clear(ItemBodies *bodies);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ItemBodies, item_bodies_clear)

/* FALSE without memory. */
gboolean item_bodies(const Item *item, Charsets *charsets, ItemBodies *bodies);
