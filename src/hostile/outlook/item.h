/* item.h - an Outlook item in memory: what PST, OST, MSG and TNEF files all hold, whichever of them it came from.
 *
 * An item is a list of properties ([MS-OXPROPS], [MS-OXCDATA]), its recipients, and its attachments, each a list of
 * properties of its own; an attachment may be an item within.  The readers of the containers (pst.h, msg.h, tnef.h)
 * build it; item_mail.h gives it its content key, and makes a message of it that the reader of mail reads.
 *
 * Everything lies in the item's own memory.  Its ceilings are in limits.h; what met one, or could not be read, is a
 * loss that the item remembers (item_lose): nothing is left out in silence. */
#pragma once
#include "hostile/read/charset.h"

/* Types of values, [MS-OXCDATA] 2.11.1. Strings are UTF-8 once they are in an item, whatever they were before. */
typedef enum {
    ITEM_SHORT = 0x0002,   /* 2 bytes, little-endian                            */
    ITEM_LONG = 0x0003,    /* 4                                                 */
    ITEM_DOUBLE = 0x0005,  /* 8                                                 */
    ITEM_BOOLEAN = 0x000b, /* 1, 2 or 4 bytes, 0 is FALSE                       */
    ITEM_INT64 = 0x0014,   /* 8                                                 */
    ITEM_STRING8 = 0x001e, /* given in the item's code page                     */
    ITEM_UNICODE = 0x001f, /* given as UTF-16LE                                 */
    ITEM_TIME = 0x0040,    /* 8: 100 ns since 1601                              */
    ITEM_GUID = 0x0048,    /* 16                                                */
    ITEM_BINARY = 0x0102,
} ItemType;

/* Bytes of one value of a type whose values are all as long, listed above or not, [MS-OXCDATA] 2.11.1; 0 of others. */
gsize item_type_bytes(guint type);

/* Sets of named properties that candor reads by number, [MS-OXPROPS] 1.3.2. */
typedef enum {
    ITEM_SET_NONE, /* no named property: `id` is that of [MS-OXPROPS]            */
    ITEM_SET_OTHER,
    ITEM_SET_STRINGS,     /* PS_PUBLIC_STRINGS: by name      */
    ITEM_SET_HEADERS,     /* PS_INTERNET_HEADERS: by name    */
    ITEM_SET_COMMON,      /* PSETID_Common                   */
    ITEM_SET_ADDRESS,     /* PSETID_Address                  */
    ITEM_SET_APPOINTMENT, /* PSETID_Appointment              */
    ITEM_SET_MEETING,     /* PSETID_Meeting                  */
    ITEM_SET_TASK,        /* PSETID_Task                     */
    ITEM_SET_NOTE,        /* PSETID_Note                     */
    ITEM_SET_LOG,         /* PSETID_Log                      */
} ItemSet;
/* The set that a GUID of 16 bytes, as it lies in files, stands for; ITEM_SET_OTHER for one that is not listed. */
ItemSet item_set_of_guid(const guint8 guid[16]);

/* Which property. A named one has a set, and a number (`id`: its long id) or a name. */
typedef struct {
    ItemSet set;
    guint32 id;
    Span name; /* UTF-8; absent if it has none */
} ItemTag;

typedef struct {
    ItemTag tag;
    ItemType type; /* never ITEM_STRING8 once item_end was called */
    Span value;
} ItemProperty;

typedef struct Item Item;

typedef struct {
    GArray *properties; /* ItemProperty, in the order in which they were given */
} ItemList;

typedef struct {
    ItemList list;    /* of the attachment                                                     */
    Span data;        /* its bytes (by value, OLE object); absent if it has none or is an item */
    Item *within;     /* an embedded message; NULL                                             */
    const char *loss; /* why it could not be read, or not whole: the reason of a gap; NULL     */
    guint64 lost;     /* bytes of it that are missing, as far as is known                      */
} ItemAttachment;

/* What could not be read of the item itself. */
typedef struct {
    const char *reason; /* of a gap                         */
    const char *detail; /* a few words; never an item's own */
    guint64 bytes;
} ItemLoss;

struct Item {
    ItemList list;
    GPtrArray *recipients;     /* ItemList *                   */
    GPtrArray *attachments;    /* ItemAttachment *             */
    GArray *losses;            /* ItemLoss                     */
    struct ItemMemory *memory; /* shared with the items within */
    guint depth;               /* 0: the outermost             */
};

/* --- building ------------------------------------------------------------------------------------------------ */
Item *item_new(void);
void item_free(Item *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Item, item_free)

/* A recipient, an attachment to which properties are added; an item within an attachment. They live as long as the
 * item. NULL when there are too many or they are too deep (a loss is noted): leave out what it would hold. */
ItemList *item_add_recipient(Item *item);
ItemAttachment *item_add_attachment(Item *item);
Item *item_add_within(Item *item, ItemAttachment *attachment);

/* Add a property to the item's own list, a recipient's or an attachment's: `value` is copied. Of a type with several
 * values add each, with the type of one. Types that are not listed above are left out: they hold no text. Strings
 * lose what stands behind a NUL at their end. */
void item_add(Item *item, ItemList *list, const ItemTag *tag, guint16 type, Span value);
/* Room for a long value, filled by the caller: n bytes for an attachment's data. NULL: over a limit or no memory (the
 * attachment's loss is noted). */
char *item_take_data(Item *item, ItemAttachment *attachment, guint64 n);
/* Note a loss. `reason` and `detail` are string literals. */
void item_lose(Item *item, const char *reason, const char *detail, guint64 bytes);

/* Once all is there: strings in code pages become UTF-8, by item_codepage; items within are ended too. */
void item_end(Item *item, Charsets *charsets);

/* --- asking -------------------------------------------------------------------------------------------------- */
/* The first value of a property of the list, of [MS-OXPROPS] number `id`; absent if there is none. */
Span item_text(const ItemList *list, guint32 id);                       /* a string */
Span item_bytes(const ItemList *list, guint32 id);                      /* binary    */
gboolean item_number(const ItemList *list, guint32 id, gint64 *number); /* short, long, boolean, int64 */
/* Microseconds since 1970 UTC; MOMENT_NONE when there is none. */
gint64 item_time(const ItemList *list, guint32 id);
gint64 item_property_time(const ItemProperty *property);
/* The same for a named one. */
Span item_named_text(const ItemList *list, ItemSet set, guint32 id);
gint64 item_named_time(const ItemList *list, ItemSet set, guint32 id);
