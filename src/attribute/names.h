/* names.h - whom an address, a domain or a tenant stands for.
 *
 * From the newest list of customers, older lists for those who are in it no more, the vendor's own domains, and the
 * rulings that merged and split customers. The longest name wins: a listed sub-domain before its domain. Rules
 * ID-DOMAIN, ID-ORG, ID-FREEMAIL. */
#pragma once
#include "attribute/domain.h"
#include "attribute/rulings.h"

typedef struct Names Names;

/* `whom` "" is the vendor itself. Both texts live as long as the Names. */
typedef struct {
    const char *whom;
    const char *reason; /* domain, account, tenant, vendor, person, unlisted, shared-name */
} Whose;

/* A name that more customers share than this is refused by the import. */
#define SHARING_MOST 8
/* An organisation in no list: this and its registered domain. */
#define WHOM_PROPOSED "proposed:"
gboolean whom_is_proposed(const char *whom);

/* Reads customer_list, listed_name, act_policy. `consumer` must outlive the names. NULL with *error set. */
Names *names_load(Store *store, const ConsumerDomains *consumer, const GArray *rulings, GError **error);
void names_free(Names *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Names, names_free)

/* Whose a mail address is. Returns how many: 0 when nobody can be named (no address, a name inside a network), more
 * than one when customers share the name: whose it is then, a person says. */
guint names_of_address(Names *names, const char *address, Whose whose[SHARING_MOST]);
/* The same of a domain, where nobody is known as a person: 0 for consumer domains. */
guint names_of_domain(Names *names, const char *domain, Whose whose[SHARING_MOST]);
/* The same of a tenant's id or name, or the vendor's own. */
guint names_of_tenant(Names *names, const char *tenant, Whose whose[SHARING_MOST]);
