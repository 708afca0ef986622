/* cfb_inside.h - what cfb.c and cfb_extract.c share. */
#pragma once
#include "hostile/cfb/cfb.h"

#define CFB_RECORD_BYTES 128
/* 32 characters of at most 3 bytes, and NUL. */
#define CFB_NAME_BYTES 100

#define CFB_STORAGE 1
#define CFB_STREAM 2

typedef struct {
    char name[CFB_NAME_BYTES];
    guint8 type;
    guint32 left, right, child; /* of trees of siblings; CFB_NONE   */
    guint32 start;              /* sector                           */
    guint64 size;
    guint32 parent; /* its storage; CFB_NONE if it is in no tree    */
    guint32 place;  /* in the order                                 */
} CfbEntry;

struct Cfb {
    Span bytes;
    guint shift, mini_shift; /* sizes of sectors, as powers of two     */
    guint32 cutoff;          /* streams below lie in the mini stream   */
    gboolean damaged;
    guint64 budget;         /* bytes that may still be read            */
    GArray *fat, *mini_fat; /* guint32: what follows each sector       */
    Scratch directory;      /* as it lies in the file                  */
    Scratch mini;           /* the mini stream                         */
    GArray *entries;        /* CfbEntry                                */
    GArray *order;          /* guint32: entries by storage and name    */
};

static inline CfbEntry *cfb_entry(const Cfb *cfb, guint32 number)
{
    return &g_array_index(cfb->entries, CfbEntry, number);
}
