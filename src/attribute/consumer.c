/* consumer.c - the domains at which anybody may have a mailbox. */
#include <string.h>
#include "lib/yaml.h"
#include "attribute/domain.h"

struct ConsumerDomains {
    GHashTable *domains; /* char * -> itself */
};

static gboolean take_domain(ConsumerDomains *domains, const YamlNode *node, GError **error)
{
    const char *text = yaml_text(node);
    g_autofree char *domain = text ? domain_canonical(text) : NULL;
    if (!domain || strcmp(domain, text) != 0)
        return yaml_error(node, error, "this is no domain in lower case and A-labels");
    if (consumer_domains_have(domains, domain))
        return yaml_error(node, error, "%s is in the list already, itself or a domain above it", domain);
    g_hash_table_add(domains->domains, g_steal_pointer(&domain));
    return TRUE;
}

static gboolean take_list(ConsumerDomains *domains, const YamlNode *root, GError **error)
{
    const YamlNode *list = yaml_get(root, "domains");
    if (!list || yaml_is_mapping(list) || !yaml_length(list))
        return yaml_error(root, error, "the key 'domains' must be a list of domains");
    for (guint i = 0; i < yaml_length(list); i++)
        if (!take_domain(domains, yaml_item(list, i), error))
            return FALSE;
    return TRUE;
}

void consumer_domains_free(ConsumerDomains *domains)
{
    if (!domains)
        return;
    g_hash_table_unref(domains->domains);
    g_free(domains);
}

gboolean consumer_domains_have(const ConsumerDomains *domains, const char *domain)
{
    const char *registered = domain_registered(domain);
    return g_hash_table_contains(domains->domains, domain) ||
           (registered && g_hash_table_contains(domains->domains, registered));
}

ConsumerDomains *consumer_domains_load(const char *data_dir, GError **error)
{
    g_autofree char *path = g_build_filename(data_dir, "consumer-domains.yaml", NULL);
    g_autoptr(YamlFile) file = yaml_open(path, error);
    if (!file)
        return NULL;
    g_autoptr(ConsumerDomains) domains = g_new0(ConsumerDomains, 1);
    domains->domains = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return take_list(domains, yaml_root(file), error) ? g_steal_pointer(&domains) : NULL;
}
