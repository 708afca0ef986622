/* ip.c - internet addresses as they stand in logs and lists, and ranges of them. */
#include "lib/ip.h"

#include <arpa/inet.h>
#include "lib/row.h"

/* The longest text of an address with zone and port is far below. */
#define TEXT_MAX 128
static const guint8 mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/* Without brackets, port and zone. */
static void bare(Span text, char out[TEXT_MAX])
{
    if (text.n && text.p[0] == '[') {
        const char *close = memchr(text.p, ']', text.n);
        text = (Span){text.p + 1, (close ? (gsize)(close - text.p) : text.n) - 1};
    } else {
        const char *colon = memchr(text.p, ':', text.n);
        gboolean has_port = colon && !memchr(colon + 1, ':', text.n - (gsize)(colon + 1 - text.p));
        text.n = has_port ? (gsize)(colon - text.p) : text.n;
    }
    const char *zone = text.n ? memchr(text.p, '%', text.n) : NULL;
    text.n = zone ? (gsize)(zone - text.p) : text.n;
    memcpy(out, text.p, text.n);
    out[text.n] = 0;
}

static gboolean from_text(const char *text, guint8 address[IP_BYTES], gboolean *is_v4)
{
    struct in_addr four;
    *is_v4 = inet_pton(AF_INET, text, &four) == 1;
    if (!*is_v4)
        return inet_pton(AF_INET6, text, address) == 1;
    memcpy(address, mapped, sizeof mapped);
    memcpy(address + sizeof mapped, &four, sizeof four);
    return TRUE;
}

/* ::, ::1, 0.0.0.0 and 127.0.0.0/8. */
static gboolean says_nothing(const guint8 address[IP_BYTES])
{
    static const guint8 zeros[IP_BYTES - 1];
    if (memcmp(address, mapped, sizeof mapped) == 0)
        return address[12] == 127 || memcmp(address + 12, zeros, 4) == 0;
    return memcmp(address, zeros, sizeof zeros) == 0 && address[IP_BYTES - 1] <= 1;
}

gboolean ip_parse(Span text, guint8 address[IP_BYTES])
{
    char copy[TEXT_MAX];
    gboolean is_v4;
    if (!text.n || text.n >= TEXT_MAX)
        return FALSE;
    bare(text, copy);
    return from_text(copy, address, &is_v4) && !says_nothing(address);
}

char *ip_format(const guint8 address[IP_BYTES])
{
    char text[INET6_ADDRSTRLEN];
    if (memcmp(address, mapped, sizeof mapped) == 0)
        inet_ntop(AF_INET, address + sizeof mapped, text, sizeof text);
    else
        inet_ntop(AF_INET6, address, text, sizeof text);
    return g_strdup(text);
}

gboolean ip_range_parse(Span text, IpRange *range)
{
    const char *slash = text.n ? memchr(text.p, '/', text.n) : NULL;
    Span address = slash ? (Span){text.p, (gsize)(slash - text.p)} : text;
    char copy[TEXT_MAX];
    gboolean is_v4;
    guint64 bits = 0;
    if (!address.n || address.n >= TEXT_MAX)
        return FALSE;
    memcpy(copy, address.p, address.n);
    copy[address.n] = 0;
    if (!from_text(copy, range->address, &is_v4))
        return FALSE;
    guint most = is_v4 ? 32 : 128;
    if (slash && (!row_uint((Span){slash + 1, text.n - address.n - 1}, &bits) || bits > most))
        return FALSE;
    range->bits = (slash ? (guint)bits : most) + (is_v4 ? 96 : 0);
    return TRUE;
}

gboolean ip_range_holds(const IpRange *range, const guint8 address[IP_BYTES])
{
    guint whole = range->bits / 8, rest = range->bits % 8;
    if (memcmp(range->address, address, whole) != 0)
        return FALSE;
    return !rest || (range->address[whole] >> (8 - rest)) == (address[whole] >> (8 - rest));
}
