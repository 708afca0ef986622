/* cfb.h - compound files, [MS-CFB]: storages and streams in one file, as MSG files and OLE objects are.
 *
 * Own bounded code, which reads what is there of a damaged file (doc/decisions/0101): time and memory grow with the
 * file's length alone.  Entries are numbers; the root is CFB_ROOT. */
#pragma once
#include "hostile/read/scratch.h"

typedef struct Cfb Cfb;

#define CFB_ROOT 0u
#define CFB_NONE G_MAXUINT32

/* `bytes` must live as long. NULL when they are no compound file at all, or without memory. */
Cfb *cfb_open(Span bytes);
void cfb_close(Cfb *cfb);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cfb, cfb_close)

/* Whether something of it is missing or does not fit: sectors beyond its end, chains and trees that run in circles,
 * entries that no storage holds, more entries than LIMIT_CFB_ENTRIES. Reading a stream may find more. */
gboolean cfb_is_damaged(const Cfb *cfb);

/* The entries of a storage, by name: the first, the next, the one of a name. CFB_NONE: there is none. */
guint32 cfb_first(const Cfb *cfb, guint32 storage);
guint32 cfb_next(const Cfb *cfb, guint32 entry);
guint32 cfb_find(const Cfb *cfb, guint32 storage, const char *name);

/* UTF-8. */
const char *cfb_name(const Cfb *cfb, guint32 entry);
gboolean cfb_is_storage(const Cfb *cfb, guint32 entry);
/* What a stream says of itself; at most the file's length. */
guint64 cfb_size(const Cfb *cfb, guint32 entry);
/* Put the stream's bytes, at most cfb_size of them, at `to`; how many those were. All streams together are read at most
 * four times: what would be more (streams that share their sectors) is missing. */
guint64 cfb_read(Cfb *cfb, guint32 stream, char *to);
/* Append the stream. FALSE when it was not whole, or without memory. */
gboolean cfb_append(Cfb *cfb, guint32 stream, Scratch *out);

/* Append to `out` a compound file with all that is in a storage: the same names, class and bytes, always the same for
 * the same. FALSE when something was missing, or without memory: then *out may be cut. */
gboolean cfb_extract(Cfb *cfb, guint32 storage, Scratch *out);
