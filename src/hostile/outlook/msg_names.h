/* msg_names.h - the named properties of an MSG file, [MS-OXMSG] 2.2.3. */
#pragma once
#include "hostile/cfb/cfb.h"
#include "hostile/outlook/item.h"

typedef struct {
    Scratch sets, entries, strings; /* the streams of __nameid_version1.0 */
    Scratch name;                   /* that was asked for last            */
} MsgNames;

void msg_names_read(MsgNames *names, Cfb *cfb);
void msg_names_clear(MsgNames *names);

/* What the property number `id` (0x8000 and up) stands for; FALSE when the file does not say. `tag->name` is good until
 * the next call. */
gboolean msg_names_find(MsgNames *names, guint32 id, ItemTag *tag);
