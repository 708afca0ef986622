/* domain.h - mail addresses and domains: whose they can be, by their form alone.
 *
 * A domain is compared in lower case and in A-labels (IDNA, UTS 46). Its *registered domain* is one label more than its
 * public suffix, by the public suffix list as libpsl brings it, private section included: two customers of one
 * hosting service are two. Source: publicsuffix.org/list; rules ID-DOMAIN and ID-FREEMAIL. */
#pragma once
#include <glib.h>
#include "lib/error.h"

/* The longest domain in A-labels, without its final dot (RFC 1035 section 2.3.4), and the longest mail address that is
 * taken for one: the local part is not cut at RFC 5321's 64 bytes, real ones are longer. */
#define DOMAIN_MOST_BYTES 253
#define ADDRESS_MOST_BYTES 1024

/* Lower case, A-labels, no final dot; g_free. NULL when that is no domain of the Internet: one label, an address
 * literal, a name that is only used inside networks (corp.local). */
char *domain_canonical(const char *domain);
/* The registered domain of a canonical domain, a place within it; NULL when the domain is itself a public suffix. */
const char *domain_registered(const char *domain);
/* Whether it is a suffix under which registries (ICANN's section) register for everybody: nobody's domain. */
gboolean domain_is_public_suffix(const char *domain);
/* The name of the Microsoft 365 tenant that a canonical domain stands for ("firma.onmicrosoft.com" of
 * firma.mail.onmicrosoft.com); g_free; NULL for any other domain. */
char *domain_tenant(const char *domain);
/* Which list the answers of this build rest on: "psl SHA-1-OF-THE-LIST". */
const char *domain_list_version(void);

/* What a mail address is once the wrappings are off that forwarders put around it: lower case, SRS0 and SRS1, prvs
 * (BATV) and #EXT# (the guest of a tenant) undone, the domain canonical. g_free; NULL when it is no mail address. */
char *address_canonical(const char *address);
/* The domain of a canonical address, a place within it. */
const char *address_domain(const char *address);

/* The domains at which anybody may have a mailbox: data/consumer-domains.yaml. */
typedef struct ConsumerDomains ConsumerDomains;
/* Read DATA_DIR/consumer-domains.yaml. IO or FORMAT, with file and line; also for a domain that is none, stands twice,
 * or lies under another of the list. */
ConsumerDomains *consumer_domains_load(const char *data_dir, GError **error);
void consumer_domains_free(ConsumerDomains *domains);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ConsumerDomains, consumer_domains_free)
/* Whether a canonical domain, or the registered domain above it, is one of them. */
gboolean consumer_domains_have(const ConsumerDomains *domains, const char *domain);
