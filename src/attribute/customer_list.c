/* customer_list.c - the customer list from its file, checked line by line. */
#include "attribute/customer_list.h"

#include <string.h>
#include "lib/moment.h"
#include "lib/sha256.h"
#include "lib/yaml.h"
#include "attribute/customer_names.h"

const char *const contact_roles[] = {"security", "privacy", "legal", "account", NULL};
const char *const contact_channels[] = {"mail", "letter", "phone", "console", NULL};
enum { CHANNEL_MAIL };

/* --- freeing --------------------------------------------------------------------------------------------------- */

static void contact_clear(gpointer data)
{
    ListedContact *contact = data;
    g_free(contact->name);
    g_free(contact->address);
    g_free(contact->source);
}

static void name_clear(gpointer data)
{
    g_free(((ListedName *)data)->value);
}

static void customer_free(gpointer data)
{
    ListedCustomer *customer = data;
    g_free(customer->id);
    g_free(customer->name);
    g_free(customer->sector);
    g_free(customer->country);
    g_free(customer->language);
    g_array_unref(customer->names);
    g_array_unref(customer->contacts);
    g_free(customer);
}

void customer_list_free(CustomerList *list)
{
    if (!list)
        return;
    g_free(list->file);
    g_ptr_array_unref(list->customers);
    g_free(list);
}

/* --- contacts -------------------------------------------------------------------------------------------------- */

typedef struct {
    char *name, *address, *source, *verified;
    guint role, channel;
} ContactFields;

static const YamlField contact_fields[] = {
    {"name", YAML_TEXT, G_STRUCT_OFFSET(ContactFields, name), FALSE, 0, 0, NULL},
    {"address", YAML_TEXT, G_STRUCT_OFFSET(ContactFields, address), TRUE, 0, 0, NULL},
    {"channel", YAML_CHOICE, G_STRUCT_OFFSET(ContactFields, channel), TRUE, 0, 0, contact_channels},
    {"role", YAML_CHOICE, G_STRUCT_OFFSET(ContactFields, role), TRUE, 0, 0, contact_roles},
    {"source", YAML_TEXT, G_STRUCT_OFFSET(ContactFields, source), FALSE, 0, 0, NULL},
    {"verified", YAML_TEXT, G_STRUCT_OFFSET(ContactFields, verified), FALSE, 0, 0, NULL},
    {0},
};

static char *or_empty(char *text)
{
    return text ? text : g_strdup("");
}

static gboolean check_contact(const YamlNode *node, const ContactFields *read, gint64 *verified,
                              GError **error)
{
    *verified = MOMENT_NONE;
    g_autofree char *address = read->channel == CHANNEL_MAIL ? address_canonical(read->address) : NULL;
    if (read->channel == CHANNEL_MAIL && !address)
        return yaml_error(node, error, "the address of a contact by mail must be a mail address");
    if (read->verified && !moment_parse(span_of_string(read->verified), verified))
        return yaml_error(node, error, "'verified' must be a date like 2026-01-31");
    return TRUE;
}

static gboolean take_contact(ListedCustomer *customer, const YamlNode *node, GError **error)
{
    ContactFields read = {0};
    gint64 verified = MOMENT_NONE;
    gboolean good =
        yaml_fill(node, contact_fields, &read, error) && check_contact(node, &read, &verified, error);
    const ListedContact contact = {.name = or_empty(read.name),
                                   .address = or_empty(read.address),
                                   .role = read.role,
                                   .channel = read.channel,
                                   .source = or_empty(read.source),
                                   .verified = verified};
    g_free(read.verified);
    g_array_append_val(customer->contacts, contact);
    return good;
}

static gboolean take_contacts(ListedCustomer *customer, const YamlNode *list, GError **error)
{
    if (!list)
        return TRUE;
    if (yaml_text(list) || yaml_is_mapping(list))
        return yaml_error(list, error, "'contacts' must be a list");
    for (guint i = 0; i < yaml_length(list); i++)
        if (!take_contact(customer, yaml_item(list, i), error))
            return FALSE;
    return TRUE;
}

/* --- customers ------------------------------------------------------------------------------------------------- */

typedef struct {
    char *id, *name, *sector, *country, *language;
    const YamlNode *domains, *tenants, *accounts, *contacts;
} CustomerFields;

static const YamlField customer_fields[] = {
    {"id", YAML_TEXT, G_STRUCT_OFFSET(CustomerFields, id), TRUE, 0, 0, NULL},
    {"name", YAML_TEXT, G_STRUCT_OFFSET(CustomerFields, name), TRUE, 0, 0, NULL},
    {"sector", YAML_TEXT, G_STRUCT_OFFSET(CustomerFields, sector), FALSE, 0, 0, NULL},
    {"country", YAML_TEXT, G_STRUCT_OFFSET(CustomerFields, country), FALSE, 0, 0, NULL},
    {"language", YAML_TEXT, G_STRUCT_OFFSET(CustomerFields, language), FALSE, 0, 0, NULL},
    {"domains", YAML_SUBTREE, G_STRUCT_OFFSET(CustomerFields, domains), FALSE, 0, 0, NULL},
    {"tenants", YAML_SUBTREE, G_STRUCT_OFFSET(CustomerFields, tenants), FALSE, 0, 0, NULL},
    {"accounts", YAML_SUBTREE, G_STRUCT_OFFSET(CustomerFields, accounts), FALSE, 0, 0, NULL},
    {"contacts", YAML_SUBTREE, G_STRUCT_OFFSET(CustomerFields, contacts), FALSE, 0, 0, NULL},
    {0},
};

static gboolean is_word(const char *text, const char *also, gsize most)
{
    gsize n = strlen(text);
    for (gsize i = 0; i < n; i++)
        if (!g_ascii_isalnum(text[i]) && !strchr(also, text[i]))
            return FALSE;
    return n > 0 && n <= most;
}

gboolean customer_id_is_good(const char *id)
{
    return is_word(id, "._-", CUSTOMER_ID_MOST);
}

static gboolean is_country(const char *text)
{
    return strlen(text) == 2 && g_ascii_isupper(text[0]) && g_ascii_isupper(text[1]);
}

static gboolean check_customer(ListReading *reading, const YamlNode *node, const ListedCustomer *customer,
                               GError **error)
{
    const YamlNode *id = yaml_get(node, "id");
    if (!customer_id_is_good(customer->id))
        return yaml_error(id, error,
                          "an id is 1 to %d letters, digits, '.', '_', '-' (never a colon: \"person:\" and "
                          "\"proposed:\" are made by candor)",
                          CUSTOMER_ID_MOST);
    if (!g_hash_table_add(reading->ids, customer->id))
        return yaml_error(id, error, "the id '%s' stands twice; a customer has one entry", customer->id);
    if (*customer->country && !is_country(customer->country))
        return yaml_error(yaml_get(node, "country"), error,
                          "a country is two capital letters (ISO 3166), like DE");
    if (*customer->language && !is_word(customer->language, "-", 35))
        return yaml_error(yaml_get(node, "language"), error, "a language is a tag like de or pt-BR (BCP 47)");
    if (*customer->sector && !is_word(customer->sector, "-", 40))
        return yaml_error(yaml_get(node, "sector"), error,
                          "a sector is one word like government, health, finance");
    return TRUE;
}

static ListedCustomer *customer_new(CustomerFields *read)
{
    ListedCustomer *customer = g_new0(ListedCustomer, 1);
    customer->id = or_empty(read->id);
    customer->name = or_empty(read->name);
    customer->sector = or_empty(read->sector);
    customer->country = or_empty(read->country);
    customer->language = or_empty(read->language);
    customer->names = g_array_new(FALSE, FALSE, sizeof(ListedName));
    g_array_set_clear_func(customer->names, name_clear);
    customer->contacts = g_array_new(FALSE, FALSE, sizeof(ListedContact));
    g_array_set_clear_func(customer->contacts, contact_clear);
    return customer;
}

static gboolean take_customer(ListReading *reading, CustomerList *list, const YamlNode *node, GError **error)
{
    CustomerFields read = {0};
    gboolean filled = yaml_fill(node, customer_fields, &read, error);
    ListedCustomer *customer = customer_new(&read);
    g_ptr_array_add(list->customers, customer);
    return filled && check_customer(reading, node, customer, error) &&
           take_domains(reading, customer, read.domains, error) &&
           take_tenants(reading, customer, read.tenants, error) &&
           take_accounts(reading, customer, read.accounts, error) &&
           take_contacts(customer, read.contacts, error);
}

static gboolean take_list(ListReading *reading, CustomerList *list, const YamlNode *root, GError **error)
{
    if (yaml_text(root) || yaml_is_mapping(root))
        return yaml_error(root, error, "a customer list is a list: each customer begins with \"- id:\"");
    if (!yaml_length(root))
        return yaml_error(root, error, "a list without a customer; nothing was imported");
    for (guint i = 0; i < yaml_length(root); i++)
        if (!take_customer(reading, list, yaml_item(root, i), error))
            return FALSE;
    return TRUE;
}

/* Its bytes; NULL with *error set. */
static char *read_file(const char *path, gsize *n, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &text, n, &cause)) {
        error_set(error, CANDOR_ERROR_IO, "%s", cause->message);
        return NULL;
    }
    if (*n > CUSTOMER_LIST_MOST_BYTES) {
        error_set(error, CANDOR_ERROR_LIMIT, "%s: %zu bytes, %lu allowed", path, *n,
                  CUSTOMER_LIST_MOST_BYTES);
        return NULL;
    }
    return g_steal_pointer(&text);
}

CustomerList *customer_list_read(const char *path, const ConsumerDomains *consumer, const char *const *vendor,
                                 GError **error)
{
    gsize n = 0;
    g_autofree char *text = read_file(path, &n, error);
    g_autoptr(YamlFile) file = text ? yaml_parse(path, (Span){text, n}, error) : NULL;
    if (!file)
        return NULL;
    g_autoptr(CustomerList) list = g_new0(CustomerList, 1);
    list->file = g_path_get_basename(path);
    list->customers = g_ptr_array_new_with_free_func(customer_free);
    const Span whole = {text, n};
    sha256_pieces(&whole, 1, list->sha256);
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) sharing = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    ListReading reading = {.consumer = consumer, .vendor = vendor, .ids = ids, .sharing = sharing};
    return take_list(&reading, list, yaml_root(file), error) ? g_steal_pointer(&list) : NULL;
}
