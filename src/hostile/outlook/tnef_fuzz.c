/* tnef_fuzz.c - any bytes as a TNEF stream: nothing crashes, and what comes out becomes a message. */
#include <stdint.h>

#include "hostile/outlook/item_mail.h"
#include "hostile/outlook/tnef.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Charsets *charsets;
    static Hashing hashing;
    guint8 key[DIGEST_BYTES], properties[DIGEST_BYTES];
    g_auto(Scratch) mail = {0};
    g_autoptr(GArray) damages = g_array_new(FALSE, FALSE, sizeof(ItemDamage));
    if (!charsets && (!(charsets = charsets_new(NULL)) || !hashing_init(&hashing, NULL)))
        return 0;
    g_autoptr(Item) item = tnef_read((Span){(const char *)data, size}, charsets);
    item_key(&hashing, item, key, properties);
    if (!item_mail(item, key, charsets, &mail, damages))
        g_error("an item became no message");
    return 0;
}
