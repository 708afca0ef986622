/* file_form.h - a file that is one message in another form than mail (MSG, TNEF, EMLX), as the message that it was. */
#pragma once
#include "hostile/outlook/item_mail.h"
#include "hostile/tools.h"

/* By the bytes alone, whatever the file is called: so it is the same each time it is read. */
typedef enum { FORM_MAIL, FORM_MSG, FORM_TNEF, FORM_EMLX } FileForm;
FileForm file_form(Span bytes);

typedef struct {
    Span canonical; /* of the message, good as long as the file's bytes  */
    guint8 key[DIGEST_BYTES];
    guint64 size, defects;
    gboolean deleted; /* EMLX: by its flags                                */
    guint64 missing;  /* EMLX: bytes that should stand behind its end      */
    Item *item;       /* MSG, TNEF; or NULL                                */
    GArray *damages;  /* ItemDamage of it                                  */
    Scratch made;     /* its canonical bytes                               */
    Canon canon;      /* EMLX                                              */
    gboolean has_canon;
} FormMessage;

/* Read a file's bytes, of a form that is not FORM_MAIL; they are written over while *message lives, and the one behind
 * them is borrowed. FALSE without memory. Clear in either case. */
gboolean form_message_read(Tools *tools, FileForm form, char *bytes, gsize n, FormMessage *message);
void form_message_clear(FormMessage *message);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FormMessage, form_message_clear)
