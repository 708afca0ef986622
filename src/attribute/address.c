/* address.c - a mail address without the wrappings that forwarders put around it. */
#include <string.h>
#include "attribute/domain.h"

/* The text behind the n-th `mark` of `text`, or NULL. */
static const char *behind(const char *text, char mark, guint n)
{
    for (; text && n; n--) {
        text = strchr(text, mark);
        text = text ? text + 1 : NULL;
    }
    return text;
}

/* "SRS0=hash=time=domain=local@forwarder", "SRS1=hash=first.forwarder==hash=time=domain=local@second": sender
 * rewriting as libsrs2 writes it, the separator behind SRS0 being =, + or -. */
static char *without_srs(const char *local)
{
    const char *inner = NULL;
    if (g_str_has_prefix(local, "srs0") && local[4])
        inner = behind(local + 5, '=', 2);
    else if (g_str_has_prefix(local, "srs1") && local[4]) {
        const char *original = strstr(local, "==");
        original = original ? original : strstr(local, "=+");
        original = original ? original : strstr(local, "=-");
        inner = original ? behind(original + 2, '=', 2) : NULL;
    }
    const char *split = inner ? strchr(inner, '=') : NULL;
    if (!split || split == inner || !split[1])
        return NULL;
    return g_strdup_printf("%s@%.*s", split + 1, (int)(split - inner), inner);
}

/* "local_domain#ext#@tenant": the guest of a tenant; the last _ stood for the @. */
static char *without_guest(const char *local)
{
    const char *mark = strstr(local, "#ext#");
    if (!mark)
        return NULL;
    g_autofree char *name = g_strndup(local, (gsize)(mark - local));
    char *at = strrchr(name, '_');
    if (!at || at == name || !at[1])
        return NULL;
    *at = '@';
    return g_steal_pointer(&name);
}

/* "prvs=tag=local@domain", and "btv1==tag==local@domain" of one maker: bounce address tags. */
static char *without_tag(const char *local, const char *domain)
{
    const char *name = NULL;
    if (g_str_has_prefix(local, "prvs="))
        name = behind(local, '=', 2);
    else if (g_str_has_prefix(local, "btv1=="))
        name = behind(local, '=', 4);
    return name && *name ? g_strconcat(name, "@", domain, NULL) : NULL;
}

static char *unwrapped(const char *address, const char *at)
{
    g_autofree char *local = g_strndup(address, (gsize)(at - address));
    char *inner = without_srs(local);
    if (!inner)
        inner = without_guest(local);
    return inner ? inner : without_tag(local, at + 1);
}

const char *address_domain(const char *address)
{
    return strrchr(address, '@') + 1;
}

/* Two wrappings at most lie around one another in real mail; what is wrapped more often stands for itself. */
#define WRAPPINGS_MOST 3

char *address_canonical(const char *address)
{
    if (strlen(address) > ADDRESS_MOST_BYTES)
        return NULL;
    g_autofree char *plain = g_ascii_strdown(address, -1);
    for (guint i = 0; i < WRAPPINGS_MOST; i++) {
        const char *at = strrchr(plain, '@');
        char *inner = at && at != plain ? unwrapped(plain, at) : NULL;
        if (!inner)
            break;
        g_free(plain);
        plain = inner;
    }
    const char *at = strrchr(plain, '@');
    if (!at || at == plain)
        return NULL;
    g_autofree char *domain = domain_canonical(at + 1);
    return domain ? g_strdup_printf("%.*s@%s", (int)(at - plain), plain, domain) : NULL;
}
