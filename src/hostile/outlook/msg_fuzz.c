/* msg_fuzz.c - any bytes as an MSG file: nothing crashes, and what comes out becomes a message. */
#include <stdint.h>

#include "hostile/cfb/cfb.h"
#include "hostile/outlook/item_mail.h"
#include "hostile/outlook/msg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A storage taken out of a file, and taken out of that again, is the same. */
static void extract_twice(Span bytes)
{
    g_auto(Scratch) once = {0};
    g_auto(Scratch) twice = {0};
    g_autoptr(Cfb) cfb = cfb_open(bytes);
    if (!cfb || !cfb_extract(cfb, CFB_ROOT, &once))
        return;
    g_autoptr(Cfb) other = cfb_open(scratch_span(&once));
    if (!other || cfb_is_damaged(other) || !cfb_extract(other, CFB_ROOT, &twice) || once.n != twice.n ||
        memcmp(once.p, twice.p, once.n) != 0)
        g_error("what was taken out is no whole file");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Charsets *charsets;
    static Hashing hashing;
    guint8 key[DIGEST_BYTES], properties[DIGEST_BYTES];
    g_auto(Scratch) mail = {0};
    g_autoptr(GArray) damages = g_array_new(FALSE, FALSE, sizeof(ItemDamage));
    Span bytes = {(const char *)data, size};
    if (!charsets && (!(charsets = charsets_new(NULL)) || !hashing_init(&hashing, NULL)))
        return 0;
    (void)msg_takes(bytes);
    g_autoptr(Item) item = msg_read(bytes, charsets);
    item_key(&hashing, item, key, properties);
    if (!item_mail(item, key, charsets, &mail, damages))
        g_error("an item became no message");
    extract_twice(bytes);
    return 0;
}
