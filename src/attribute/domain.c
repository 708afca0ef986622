/* domain.c - domains in one form, and the registered domain of each. */
#include "attribute/domain.h"

#include <libpsl.h>
#include <string.h>
#include <unicode/uidna.h>

/* Names that no registry gives to anybody: RFC 6761 and 6762, RFC 9476, ICANN's resolutions on collisions, and what
 * companies call their inner networks. ".example" is not among them: it stands for a domain like any other. */
static const char *const inner[] = {"local",    "localhost", "localdomain", "lan",     "internal",
                                    "intranet", "corp",      "home",        "private", "invalid",
                                    "test",     "onion",     "arpa",        "alt",     "domain",
                                    "mail",     "workgroup", "loc",         NULL};

static gboolean is_inner(const char *domain)
{
    const char *top = strrchr(domain, '.');
    if (!top || g_str_has_prefix(domain, "."))
        return TRUE;
    for (guint i = 0; inner[i]; i++)
        if (strcmp(top + 1, inner[i]) == 0)
            return TRUE;
    for (const char *c = top + 1; *c; c++)
        if (!g_ascii_isdigit(*c))
            return FALSE;
    return TRUE; /* 192.0.2.1 */
}

/* Letters, digits, hyphens (and the underscore that real hosts have) in labels that are not empty. */
static gboolean is_plain(const char *domain)
{
    gsize n = strlen(domain);
    char before = '.';
    for (gsize i = 0; i < n; before = domain[i++])
        if (!(domain[i] == '.' ? before != '.' : g_ascii_isalnum(domain[i]) || strchr("-_", domain[i])))
            return FALSE;
    return n > 0 && n <= DOMAIN_MOST_BYTES && before != '.';
}

static gboolean is_ascii(const char *text)
{
    for (; *text; text++)
        if ((guchar)*text >= 0x80)
            return FALSE;
    return TRUE;
}

/* In A-labels by UTS 46, without its transitional forms: straße is not strasse. */
static char *to_ascii(const char *domain)
{
    static UIDNA *idna;
    static gsize once;
    UErrorCode code = U_ZERO_ERROR;
    if (g_once_init_enter(&once)) {
        UErrorCode opened = U_ZERO_ERROR;
        idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, &opened);
        g_once_init_leave(&once, 1);
    }
    char out[DOMAIN_MOST_BYTES + 2];
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    if (!idna || strlen(domain) > 4 * DOMAIN_MOST_BYTES)
        return NULL;
    int32_t n =
        uidna_nameToASCII_UTF8(idna, domain, (int32_t)strlen(domain), out, sizeof out - 1, &info, &code);
    if (U_FAILURE(code) || info.errors || n <= 0 || n > DOMAIN_MOST_BYTES)
        return NULL;
    return g_ascii_strdown(out, n);
}

char *domain_canonical(const char *domain)
{
    g_autofree char *canonical = is_ascii(domain) ? g_ascii_strdown(domain, -1) : to_ascii(domain);
    gsize n = canonical ? strlen(canonical) : 0;
    if (n && canonical[n - 1] == '.')
        canonical[n - 1] = 0;
    if (!canonical || !is_plain(canonical) || is_inner(canonical))
        return NULL;
    return g_steal_pointer(&canonical);
}

const char *domain_registered(const char *domain)
{
    return psl_registrable_domain(psl_builtin(), domain);
}

gboolean domain_is_public_suffix(const char *domain)
{
    return psl_is_public_suffix2(psl_builtin(), domain, PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE);
}

char *domain_tenant(const char *domain)
{
    static const char *const ends[] = {".mail.onmicrosoft.com", ".onmicrosoft.com"};
    for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
        if (g_str_has_suffix(domain, ends[i])) {
            g_autofree char *name = g_strndup(domain, strlen(domain) - strlen(ends[i]));
            const char *last = strrchr(name, '.');
            return g_strconcat(last ? last + 1 : name, ".onmicrosoft.com", NULL);
        }
    return NULL;
}

const char *domain_list_version(void)
{
    static char *version;
    static gsize once;
    if (g_once_init_enter(&once)) {
        version = g_strconcat("psl ", psl_builtin_sha1sum(), NULL);
        g_once_init_leave(&once, 1);
    }
    return version;
}
