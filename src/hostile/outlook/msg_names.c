/* msg_names.c - the named properties of an MSG file, [MS-OXMSG] 2.2.3. */
#include "hostile/outlook/msg_names.h"

#include "hostile/cfb/little.h"

#define FIRST_NAMED 0x8000u
#define ENTRY_BYTES 8
#define GUID_BYTES 16
/* Of a set's index; from SETS_LISTED on they stand in the stream of sets. */
#define SET_MAPI 1
#define SET_STRINGS 2
#define SETS_LISTED 3

static void read_stream(Cfb *cfb, guint32 storage, const char *name, Scratch *out)
{
    guint32 stream = cfb_find(cfb, storage, name);
    if (stream != CFB_NONE && !cfb_is_storage(cfb, stream))
        (void)cfb_append(cfb, stream, out);
}

void msg_names_read(MsgNames *names, Cfb *cfb)
{
    guint32 storage = cfb_find(cfb, CFB_ROOT, "__nameid_version1.0");
    if (storage == CFB_NONE)
        return;
    read_stream(cfb, storage, "__substg1.0_00020102", &names->sets);
    read_stream(cfb, storage, "__substg1.0_00030102", &names->entries);
    read_stream(cfb, storage, "__substg1.0_00040102", &names->strings);
}

void msg_names_clear(MsgNames *names)
{
    scratch_clear(&names->sets);
    scratch_clear(&names->entries);
    scratch_clear(&names->strings);
    scratch_clear(&names->name);
}

static ItemSet set_of(const MsgNames *names, guint index)
{
    Span guid =
        little_part(scratch_span(&names->sets), ((gsize)index - SETS_LISTED) * GUID_BYTES, GUID_BYTES);
    if (index == SET_MAPI)
        return ITEM_SET_NONE;
    if (index == SET_STRINGS)
        return ITEM_SET_STRINGS;
    return index >= SETS_LISTED && guid.n == GUID_BYTES ? item_set_of_guid((const guint8 *)guid.p)
                                                        : ITEM_SET_OTHER;
}

/* The string at `offset`: its length, then UTF-16. */
static gboolean read_name(MsgNames *names, guint32 offset, Span *name)
{
    Span all = scratch_span(&names->strings);
    Span utf16 = little_part(all, (gsize)offset + 4, little32(all, offset));
    scratch_reset(&names->name);
    if (!utf16.n || !scratch_reserve(&names->name, utf16.n / 2 * 3))
        return FALSE;
    for (gsize at = 0; at + 1 < utf16.n; at += 2) {
        gunichar c = little16(utf16, at);
        names->name.n +=
            (gsize)g_unichar_to_utf8(c >= 0xd800 && c < 0xe000 ? 0xfffd : c, names->name.p + names->name.n);
    }
    *name = scratch_span(&names->name);
    return TRUE;
}

gboolean msg_names_find(MsgNames *names, guint32 id, ItemTag *tag)
{
    Span entry =
        little_part(scratch_span(&names->entries), ((gsize)id - FIRST_NAMED) * ENTRY_BYTES, ENTRY_BYTES);
    if (id < FIRST_NAMED || entry.n < ENTRY_BYTES)
        return FALSE;
    guint32 number = little32(entry, 0);
    guint kind = little16(entry, 4);
    *tag = (ItemTag){.set = set_of(names, kind >> 1)};
    if (kind & 1)
        return read_name(names, number, &tag->name);
    tag->id = number;
    return TRUE;
}
