/* customer_list.h - the list of customers that the vendor hands over: read strictly, kept whole, the newest holds.
 *
 * The file (candor-customers(5)) is YAML, and JSON, which is YAML too. Every import is a version of its own in
 * customer_list, listed_customer, listed_name and listed_contact, which are evidence and never change. */
#pragma once
#include "store/store.h"
#include "attribute/domain.h"

typedef struct {
    char *name, *address; /* of the channel: mail address, postal address, number */
    guint role, channel;  /* of contact_roles, contact_channels                   */
    char *source;         /* ""                                                   */
    gint64 verified;      /* MOMENT_NONE: never                                   */
} ListedContact;

/* What names a customer. `kind`: "domain", "tenant" or "account". */
typedef struct {
    const char *kind;
    char *value; /* as in listed_name */
} ListedName;

typedef struct {
    char *id, *name, *sector, *country, *language;
    GArray *names;    /* ListedName    */
    GArray *contacts; /* ListedContact */
} ListedCustomer;

typedef struct {
    char *file; /* last part of its path */
    guint8 sha256[DIGEST_BYTES];
    GPtrArray *customers; /* ListedCustomer * */
} CustomerList;

/* Their words, ended by NULL. */
extern const char *const contact_roles[], *const contact_channels[];

/* A list is larger than the files that yaml.h was made for: 100,000 customers with their contacts. */
#define CUSTOMER_LIST_MOST_BYTES (64UL << 20)
/* An id as the list and every act write it: letters, digits, '.', '_', '-'. */
#define CUSTOMER_ID_MOST 64
gboolean customer_id_is_good(const char *id);

/* Read and check a list. IO, LIMIT, or FORMAT with file and line: an id twice or of a wrong form, a domain that is
 * none, that is everybody's (public suffix), anybody's (consumer mail) or the vendor's (`vendor`, canonical, may be
 * NULL), a contact without what its channel needs. A domain of two customers is none of these: attribute asks. */
CustomerList *customer_list_read(const char *path, const ConsumerDomains *consumer, const char *const *vendor,
                                 GError **error);
void customer_list_free(CustomerList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CustomerList, customer_list_free)

/* Add the list as the newest version, in one transaction, unless the newest has the same bytes; *added says which. */
gboolean customer_list_add(Store *store, const Run *run, const CustomerList *list, gboolean *added,
                           GError **error);
