/* cfb.c - compound files, [MS-CFB]: sectors in chains, and a directory of them. */
#include "hostile/cfb/cfb_inside.h"

#include <stdlib.h>
#include "hostile/limits.h"
#include "hostile/cfb/little.h"

/* Of the header, [MS-CFB] 2.2. */
#define SHIFT 30
#define MINI_SHIFT 32
#define DIRECTORY 48
#define MINI_CUTOFF 56
#define MINI_FAT 60
#define DIFAT 68
#define HEADER_DIFAT 76
#define HEADER_BYTES 512

/* Sectors from here on are marks: free, end of a chain, of the tables themselves. */
#define LAST_SECTOR 0xfffffffau

#define READS 4

static guint32 sector_count(const Cfb *cfb)
{
    return (guint32)((cfb->bytes.n - 1) >> cfb->shift);
}

/* As much of the sector as is there. */
static Span sector(const Cfb *cfb, guint32 number)
{
    return little_part(cfb->bytes, ((gsize)number + 1) << cfb->shift, (gsize)1 << cfb->shift);
}

/* --- tables -------------------------------------------------------------------------------------------------- */

/* A sector of the table of sectors; FALSE when there are more than the file can have. */
static gboolean add_fat_sector(Cfb *cfb, guint32 number)
{
    gsize per_sector = (gsize)1 << (cfb->shift - 2);
    if (number >= LAST_SECTOR)
        return TRUE;
    if (cfb->fat->len >= sector_count(cfb) + per_sector)
        return FALSE;
    Span bytes = sector(cfb, number);
    cfb->damaged |= bytes.n < (gsize)1 << cfb->shift;
    for (gsize i = 0; i < per_sector; i++) {
        guint32 next = 4 * i < bytes.n ? little32(bytes, 4 * i) : LAST_SECTOR;
        g_array_append_val(cfb->fat, next);
    }
    return TRUE;
}

static void read_fat(Cfb *cfb)
{
    gsize per_sector = ((gsize)1 << (cfb->shift - 2)) - 1;
    gboolean more = TRUE;
    for (gsize i = 0; i < 109 && more; i++)
        more = add_fat_sector(cfb, little32(cfb->bytes, HEADER_DIFAT + 4 * i));
    guint32 next = little32(cfb->bytes, DIFAT);
    for (guint32 steps = 0; next < sector_count(cfb) && more; steps++) {
        Span bytes = sector(cfb, next);
        for (gsize i = 0; i < per_sector && more; i++)
            more = add_fat_sector(cfb, little32(bytes, 4 * i));
        next = little32(bytes, 4 * per_sector);
        more = more && steps < sector_count(cfb);
    }
    cfb->damaged |= !more;
}

/* What follows a sector in its chain. */
static guint32 next_in(const GArray *table, guint32 number)
{
    return number < table->len ? g_array_index(table, guint32, number) : LAST_SECTOR;
}

/* Copy a chain of sectors to `to`, n bytes at most; how many those were. */
static guint64 copy_chain(const Cfb *cfb, guint32 number, char *to, guint64 n)
{
    guint64 done = 0;
    for (guint32 steps = 0; done < n && number < LAST_SECTOR && steps <= sector_count(cfb); steps++) {
        Span bytes = sector(cfb, number);
        gsize here = (gsize)MIN(bytes.n, n - done);
        memcpy(to + done, bytes.p, here);
        done += here;
        if (bytes.n < (gsize)1 << cfb->shift)
            break;
        number = next_in(cfb->fat, number);
    }
    return done;
}

/* A whole chain, whose length only its end tells. */
static gboolean read_chain(Cfb *cfb, guint32 number, Scratch *out)
{
    guint32 count = 0, at = number;
    for (; at < sector_count(cfb) && count <= sector_count(cfb); count++)
        at = next_in(cfb->fat, at);
    cfb->damaged |= at < LAST_SECTOR;
    guint64 n = (guint64)MIN(count, sector_count(cfb)) << cfb->shift;
    if (!n)
        return TRUE;
    if (!scratch_reserve(out, n))
        return FALSE;
    out->n += copy_chain(cfb, number, out->p + out->n, n);
    return TRUE;
}

/* --- the directory ------------------------------------------------------------------------------------------- */

static void read_name(Span record, char name[CFB_NAME_BYTES])
{
    guint length = MIN(little16(record, 64), 64) / 2;
    char *to = name;
    for (guint i = 0; i < length; i++) {
        gunichar c = little16(record, 2 * (gsize)i);
        if (!c)
            break;
        if (c >= 0xd800 && c < 0xe000)
            c = 0xfffd;
        to += g_unichar_to_utf8(c, to);
    }
    *to = '\0';
}

static void read_entries(Cfb *cfb)
{
    Span all = scratch_span(&cfb->directory);
    gsize count = MIN(all.n / CFB_RECORD_BYTES, LIMIT_CFB_ENTRIES);
    cfb->damaged |= all.n / CFB_RECORD_BYTES > count;
    for (gsize i = 0; i < count; i++) {
        Span record = {all.p + i * CFB_RECORD_BYTES, CFB_RECORD_BYTES};
        CfbEntry entry = {.type = (guint8)record.p[66],
                          .left = little32(record, 68),
                          .right = little32(record, 72),
                          .child = little32(record, 76),
                          .start = little32(record, 116),
                          .size = little32(record, 120),
                          .parent = CFB_NONE,
                          .place = CFB_NONE};
        read_name(record, entry.name);
        entry.size = MIN(entry.size, cfb->bytes.n);
        g_array_append_val(cfb->entries, entry);
    }
}

typedef struct {
    guint32 entry, parent;
} Found;

static void find_later(Cfb *cfb, GArray *stack, guint32 number, guint32 parent)
{
    if (number == CFB_NONE)
        return;
    if (number >= cfb->entries->len || cfb_entry(cfb, number)->parent != CFB_NONE || number == CFB_ROOT) {
        cfb->damaged = TRUE;
        return;
    }
    cfb_entry(cfb, number)->parent = parent;
    g_array_append_val(stack, ((Found){number, parent}));
}

/* Give each entry its storage: each is found once, whatever the trees say. */
static void find_parents(Cfb *cfb)
{
    g_autoptr(GArray) stack = g_array_new(FALSE, FALSE, sizeof(Found));
    find_later(cfb, stack, cfb_entry(cfb, CFB_ROOT)->child, CFB_ROOT);
    while (stack->len) {
        const Found found = g_array_index(stack, Found, stack->len - 1);
        g_array_set_size(stack, stack->len - 1);
        const CfbEntry *entry = cfb_entry(cfb, found.entry);
        find_later(cfb, stack, entry->left, found.parent);
        find_later(cfb, stack, entry->right, found.parent);
        if (entry->type == CFB_STORAGE)
            find_later(cfb, stack, entry->child, found.entry);
        if (entry->type == CFB_STORAGE || entry->type == CFB_STREAM)
            g_array_append_val(cfb->order, found.entry);
    }
    for (guint32 i = 1; i < cfb->entries->len; i++) {
        const CfbEntry *entry = cfb_entry(cfb, i);
        cfb->damaged |=
            entry->parent == CFB_NONE && (entry->type == CFB_STORAGE || entry->type == CFB_STREAM);
    }
}

static gint by_parent_and_name(gconstpointer a, gconstpointer b, gpointer user)
{
    Cfb *cfb = user;
    guint32 number = *(const guint32 *)a, other_number = *(const guint32 *)b;
    const CfbEntry *one = cfb_entry(cfb, number), *other = cfb_entry(cfb, other_number);
    if (one->parent != other->parent)
        return one->parent < other->parent ? -1 : 1;
    gint names = strcmp(one->name, other->name);
    return names ? names : number < other_number ? -1 : number > other_number;
}

/* By storage, then by name: so that what is in a storage lies together. */
static void order_entries(Cfb *cfb)
{
    g_array_sort_with_data(cfb->order, by_parent_and_name, cfb);
    for (guint32 i = 0; i < cfb->order->len; i++)
        cfb_entry(cfb, g_array_index(cfb->order, guint32, i))->place = i;
}

/* --- the door ------------------------------------------------------------------------------------------------ */

/* A file whose directory is missing has an empty root. */
static gboolean have_root(Cfb *cfb)
{
    static const char empty[CFB_RECORD_BYTES];
    if (cfb->directory.n >= CFB_RECORD_BYTES)
        return TRUE;
    cfb->damaged = TRUE;
    cfb->directory.n = 0;
    return scratch_append(&cfb->directory, empty, sizeof empty);
}

static gboolean read_tables(Cfb *cfb)
{
    g_auto(Scratch) mini = {0};
    read_fat(cfb);
    if (!read_chain(cfb, little32(cfb->bytes, DIRECTORY), &cfb->directory) || !have_root(cfb))
        return FALSE;
    read_entries(cfb);
    find_parents(cfb);
    order_entries(cfb);
    if (!read_chain(cfb, little32(cfb->bytes, MINI_FAT), &mini) ||
        !read_chain(cfb, cfb_entry(cfb, CFB_ROOT)->start, &cfb->mini))
        return FALSE;
    for (gsize i = 0; i + 4 <= mini.n; i += 4) {
        guint32 next = little32(scratch_span(&mini), i);
        g_array_append_val(cfb->mini_fat, next);
    }
    return TRUE;
}

Cfb *cfb_open(Span bytes)
{
    static const char mark[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    guint shift = little16(bytes, SHIFT), mini_shift = little16(bytes, MINI_SHIFT);
    if (bytes.n < HEADER_BYTES || memcmp(bytes.p, mark, sizeof mark - 1) != 0 || shift < 9 || shift > 16 ||
        mini_shift < 4 || mini_shift >= shift)
        return NULL;
    Cfb *cfb = g_new0(Cfb, 1);
    cfb->bytes = bytes;
    cfb->shift = shift;
    cfb->mini_shift = mini_shift;
    cfb->cutoff = little32(bytes, MINI_CUTOFF);
    cfb->budget = READS * (guint64)bytes.n;
    cfb->fat = g_array_new(FALSE, FALSE, sizeof(guint32));
    cfb->mini_fat = g_array_new(FALSE, FALSE, sizeof(guint32));
    cfb->entries = g_array_new(FALSE, FALSE, sizeof(CfbEntry));
    cfb->order = g_array_new(FALSE, FALSE, sizeof(guint32));
    if (read_tables(cfb))
        return cfb;
    cfb_close(cfb);
    return NULL;
}

void cfb_close(Cfb *cfb)
{
    if (!cfb)
        return;
    g_array_unref(cfb->fat);
    g_array_unref(cfb->mini_fat);
    g_array_unref(cfb->entries);
    g_array_unref(cfb->order);
    scratch_clear(&cfb->directory);
    scratch_clear(&cfb->mini);
    g_free(cfb);
}

gboolean cfb_is_damaged(const Cfb *cfb)
{
    return cfb->damaged;
}

/* The place in the order of the first entry of a storage whose name is not before `name`. */
static guint32 place_of(const Cfb *cfb, guint32 storage, const char *name)
{
    guint32 low = 0, high = cfb->order->len;
    while (low < high) {
        guint32 middle = low + (high - low) / 2;
        const CfbEntry *entry = cfb_entry(cfb, g_array_index(cfb->order, guint32, middle));
        if (entry->parent < storage || (entry->parent == storage && strcmp(entry->name, name) < 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static guint32 entry_at(const Cfb *cfb, guint32 place, guint32 storage)
{
    if (place >= cfb->order->len)
        return CFB_NONE;
    guint32 number = g_array_index(cfb->order, guint32, place);
    return cfb_entry(cfb, number)->parent == storage ? number : CFB_NONE;
}

guint32 cfb_first(const Cfb *cfb, guint32 storage)
{
    return entry_at(cfb, place_of(cfb, storage, ""), storage);
}

guint32 cfb_next(const Cfb *cfb, guint32 number)
{
    const CfbEntry *entry = cfb_entry(cfb, number);
    return entry_at(cfb, entry->place + 1, entry->parent);
}

guint32 cfb_find(const Cfb *cfb, guint32 storage, const char *name)
{
    guint32 number = entry_at(cfb, place_of(cfb, storage, name), storage);
    return number != CFB_NONE && strcmp(cfb_entry(cfb, number)->name, name) == 0 ? number : CFB_NONE;
}

const char *cfb_name(const Cfb *cfb, guint32 entry)
{
    return cfb_entry(cfb, entry)->name;
}

gboolean cfb_is_storage(const Cfb *cfb, guint32 entry)
{
    return cfb_entry(cfb, entry)->type != CFB_STREAM;
}

guint64 cfb_size(const Cfb *cfb, guint32 entry)
{
    return cfb_is_storage(cfb, entry) ? 0 : cfb_entry(cfb, entry)->size;
}

static guint64 copy_mini_chain(const Cfb *cfb, guint32 number, char *to, guint64 n)
{
    gsize size = (gsize)1 << cfb->mini_shift;
    guint64 done = 0;
    while (done < n && number < LAST_SECTOR) {
        Span bytes = little_part(scratch_span(&cfb->mini), (gsize)number << cfb->mini_shift, size);
        gsize here = (gsize)MIN(bytes.n, n - done);
        memcpy(to + done, bytes.p, here);
        done += here;
        if (bytes.n < size)
            break;
        number = next_in(cfb->mini_fat, number);
    }
    return done;
}

guint64 cfb_read(Cfb *cfb, guint32 stream, char *to)
{
    const CfbEntry *entry = cfb_entry(cfb, stream);
    guint64 n = MIN(cfb_size(cfb, stream), cfb->budget);
    guint64 done = entry->size < cfb->cutoff ? copy_mini_chain(cfb, entry->start, to, n)
                                             : copy_chain(cfb, entry->start, to, n);
    cfb->budget -= done;
    cfb->damaged |= done < entry->size;
    return done;
}

gboolean cfb_append(Cfb *cfb, guint32 stream, Scratch *out)
{
    guint64 size = cfb_size(cfb, stream);
    if (!size)
        return TRUE;
    if (!scratch_reserve(out, size))
        return FALSE;
    guint64 done = cfb_read(cfb, stream, out->p + out->n);
    out->n += done;
    return done == size;
}
