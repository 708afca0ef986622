/* pst_make.h - writes small PST files of any form, for tests: nodes, heaps, tables and trees as Outlook writes them,
 * without the maps of free space, which no reader needs. */
#pragma once
#include "hostile/outlook/pst_file.h"

typedef struct MadeItem MadeItem;
typedef struct {
    const char *name;
    guint32 method; /* [MS-OXCMSG] 2.2.2.9 */
    Span bytes;
    const MadeItem *within;
} MadeAttachment;

/* Texts are UTF-8, in ANSI files ASCII; NULL: not there. */
struct MadeItem {
    const char *message_class, *subject, *body, *headers;
    const char *named;    /* a property of PSETID_Appointment, 0x8208 */
    const char *keywords; /* one that has a name                       */
    const char *settings; /* XML that only hidden items have           */
    const char *const *recipients;
    guint recipient_count;
    const MadeAttachment *attachments;
    guint attachment_count;
};

typedef struct MadePst MadePst;
typedef enum { MADE_LISTED, MADE_UNLISTED, MADE_DELETED } MadeHow;

MadePst *made_pst_new(PstForm form, guint8 encoding);
/* `declared`: what its counter says, whatever there is. */
void made_pst_folder(MadePst *made, guint32 node, guint32 parent, const char *name, guint32 declared);
void made_pst_item(MadePst *made, guint32 node, guint32 folder, const MadeItem *item, MadeHow how);
/* A row in a folder's table for which there is no node. Nodes of the kind 8 are hidden items, and stand in another. */
void made_pst_row(MadePst *made, guint32 folder, guint32 node);
/* The file, freed with g_byte_array_unref; `made` is freed. */
GByteArray *made_pst_end(MadePst *made);

/* An open descriptor of a file that has no name and holds those bytes. */
int made_pst_descriptor(const GByteArray *bytes);
