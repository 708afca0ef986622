/* customer_names.h - what names a customer in its list, for customer_list.c alone. */
#pragma once
#include "lib/yaml.h"
#include "attribute/customer_list.h"

/* What a reading needs besides the node at hand. */
typedef struct {
    const ConsumerDomains *consumer;
    const char *const *vendor;
    GHashTable *ids;     /* char *, owned by the customers                   */
    GHashTable *sharing; /* "KIND VALUE" -> how many customers are so named */
} ListReading;

/* Take a list of domains, of tenants, of mail addresses (NULL: none) into the customer's names, in the form in which
 * attribute compares them. FORMAT with file and line: of a wrong form, nobody's, the vendor's, or shared by more than
 * SHARING_MOST customers. */
gboolean take_domains(const ListReading *reading, ListedCustomer *customer, const YamlNode *list,
                      GError **error);
gboolean take_tenants(const ListReading *reading, ListedCustomer *customer, const YamlNode *list,
                      GError **error);
gboolean take_accounts(const ListReading *reading, ListedCustomer *customer, const YamlNode *list,
                       GError **error);
