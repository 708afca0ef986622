/* case_config.c - case.yaml: what a person states about a case. */
#include "cli/case_config.h"

#include <fnmatch.h>
#include <string.h>
#include "cli/case_intruders.h"
#include "lib/moment.h"
#include "lib/yaml.h"
#include "attribute/domain.h"

/* The form of the file; a later one gets the next number. */
#define CASE_CONFIG_VERSION 1
#define JOBS_MOST 1024

/* What yaml_fill fills. */
typedef struct {
    char *vendor, *rules, *ocr;
    guint version, jobs;
    char **vendor_domains, **vendor_tenants;
    char **sources, *customers;
    const YamlNode *mailboxes, *notices, *enquiry_days, *logs, *intruders, *policy, *mailbox_ids;
} Fields;

static const YamlField fields[] = {
    {"version", YAML_COUNT, G_STRUCT_OFFSET(Fields, version), FALSE, CASE_CONFIG_VERSION, CASE_CONFIG_VERSION,
     NULL},
    {"vendor", YAML_TEXT, G_STRUCT_OFFSET(Fields, vendor), FALSE, 0, 0, NULL},
    {"rules", YAML_TEXT, G_STRUCT_OFFSET(Fields, rules), FALSE, 0, 0, NULL},
    {"ocr", YAML_TEXT, G_STRUCT_OFFSET(Fields, ocr), FALSE, 0, 0, NULL},
    {"jobs", YAML_COUNT, G_STRUCT_OFFSET(Fields, jobs), FALSE, 1, JOBS_MOST, NULL},
    {"vendor_domains", YAML_TEXTS, G_STRUCT_OFFSET(Fields, vendor_domains), FALSE, 0, 0, NULL},
    {"vendor_tenants", YAML_TEXTS, G_STRUCT_OFFSET(Fields, vendor_tenants), FALSE, 0, 0, NULL},
    {"sources", YAML_TEXTS, G_STRUCT_OFFSET(Fields, sources), FALSE, 0, 0, NULL},
    {"customers", YAML_TEXT, G_STRUCT_OFFSET(Fields, customers), FALSE, 0, 0, NULL},
    {"mailboxes", YAML_SUBTREE, G_STRUCT_OFFSET(Fields, mailboxes), FALSE, 0, 0, NULL},
    {"logs", YAML_SUBTREE, G_STRUCT_OFFSET(Fields, logs), FALSE, 0, 0, NULL},
    {"intruders", YAML_SUBTREE, G_STRUCT_OFFSET(Fields, intruders), FALSE, 0, 0, NULL},
    {"policy", YAML_SUBTREE, G_STRUCT_OFFSET(Fields, policy), FALSE, 0, 0, NULL},
    {"mailbox_ids", YAML_SUBTREE, G_STRUCT_OFFSET(Fields, mailbox_ids), FALSE, 0, 0, NULL},
    {"notices", YAML_SUBTREE, G_STRUCT_OFFSET(Fields, notices), FALSE, 0, 0, NULL},
    {"enquiry_days", YAML_SUBTREE, G_STRUCT_OFFSET(Fields, enquiry_days), FALSE, 0, 0, NULL},
    {0},
};

static const YamlField notice_fields[] = {
    {"ask", YAML_TEXT, G_STRUCT_OFFSET(CaseConfig, ask), FALSE, 0, 0, NULL},
    {"happened", YAML_TEXT, G_STRUCT_OFFSET(CaseConfig, happened), FALSE, 0, 0, NULL},
    {"doing", YAML_TEXT, G_STRUCT_OFFSET(CaseConfig, doing), FALSE, 0, 0, NULL},
    {0},
};

#define DAYS_MOST 365
#define DAYS(key, i)                                                                                         \
    {                                                                                                        \
        key, YAML_COUNT, G_STRUCT_OFFSET(CaseConfig, enquiry_days) + (i) * sizeof(guint), FALSE, 1,          \
            DAYS_MOST, NULL                                                                                  \
    }
static const YamlField enquiry_fields[] = {
    DAYS("is-it-us", 0), DAYS("you-are-breached", 1), DAYS("other", 2), {0}};
#undef DAYS

static void log_pattern_free(gpointer data)
{
    LogPattern *pattern = data;
    g_free(pattern->path);
    g_free(pattern);
}

static void pattern_free(gpointer data)
{
    MailboxPattern *pattern = data;
    g_free(pattern->path);
    g_free(pattern->mailbox);
    g_free(pattern);
}

void case_config_free(CaseConfig *config)
{
    if (!config)
        return;
    g_free(config->vendor);
    g_free(config->rules);
    g_free(config->ocr);
    g_free(config->ask);
    g_free(config->happened);
    g_free(config->doing);
    g_strfreev(config->vendor_domains);
    g_strfreev(config->vendor_tenants);
    g_strfreev(config->sources);
    g_free(config->customers);
    g_ptr_array_unref(config->mailboxes);
    g_ptr_array_unref(config->logs);
    g_ptr_array_unref(config->intruders);
    g_free(config);
}

static gboolean read_mailboxes(CaseConfig *config, const YamlNode *node, GError **error)
{
    if (!node)
        return TRUE;
    if (!yaml_is_mapping(node))
        return yaml_error(node, error, "mailboxes must be lines of \"PATTERN\": MAILBOX");
    for (guint i = 0; i < yaml_length(node); i++) {
        const char *mailbox = yaml_text(yaml_item(node, i));
        if (!mailbox || !*mailbox)
            return yaml_error(yaml_item(node, i), error, "the mailbox of this pattern must be a name");
        MailboxPattern *pattern = g_new0(MailboxPattern, 1);
        pattern->path = g_strdup(yaml_key(node, i));
        pattern->mailbox = g_strdup(mailbox);
        g_ptr_array_add(config->mailboxes, pattern);
    }
    return TRUE;
}

/* In the form in which mail addresses have theirs. */
static gboolean canonise_vendor(CaseConfig *config, const YamlNode *root, GError **error)
{
    for (char **domain = config->vendor_domains; domain && *domain; domain++) {
        char *canonical = domain_canonical(*domain);
        if (!canonical)
            return yaml_error(yaml_get(root, "vendor_domains"), error,
                              "\"%s\" is no domain that mail is sent to, like vendor.example", *domain);
        g_free(*domain);
        *domain = canonical;
    }
    for (char **tenant = config->vendor_tenants; tenant && *tenant; tenant++) {
        char *lower = g_ascii_strdown(*tenant, -1);
        g_free(*tenant);
        *tenant = lower;
    }
    return TRUE;
}

/* What a person says in every notice. */
static gboolean read_notices(CaseConfig *config, const YamlNode *node, GError **error)
{
    gboolean filled = !node || yaml_fill(node, notice_fields, config, error);
    char **texts[] = {&config->ask, &config->happened, &config->doing};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = *texts[i] ? *texts[i] : g_strdup("");
    return filled;
}

static gboolean read_logs(CaseConfig *config, const YamlNode *node, GError **error)
{
    if (!node)
        return TRUE;
    if (!yaml_is_mapping(node))
        return yaml_error(node, error, "logs must be lines of \"PATTERN\": FROM/TO");
    for (guint i = 0; i < yaml_length(node); i++) {
        LogPattern *pattern = g_new0(LogPattern, 1);
        pattern->path = g_strdup(yaml_key(node, i));
        g_ptr_array_add(config->logs, pattern);
        if (!moment_parse_range(span_of_string(yaml_text(yaml_item(node, i))), &pattern->from, &pattern->to))
            return yaml_error(yaml_item(node, i), error,
                              "a log is complete for a time FROM/TO, as 2025-01-01/2025-03-31T12:00:00Z");
    }
    return TRUE;
}

/* A path is written from the folder of the file that names it. */
static void make_absolute(char **path, const char *file)
{
    g_autofree char *here = g_path_get_dirname(file), *folder = g_canonicalize_filename(here, NULL);
    g_autofree char *given = g_steal_pointer(path);
    *path = g_canonicalize_filename(given, folder);
}

/* How long an answer may take: a day for whoever says that we are breached. */
static gboolean read_enquiry_days(CaseConfig *config, const YamlNode *node, GError **error)
{
    const guint usual[] = {3, 1, 3};
    memcpy(config->enquiry_days, usual, sizeof usual);
    return !node || yaml_fill(node, enquiry_fields, config, error);
}

const char *const ocr_choices[] = {"off", "images", "all", NULL};

static gboolean ocr_is_known(const CaseConfig *config, const YamlNode *root, GError **error)
{
    return !config->ocr || g_strv_contains(ocr_choices, config->ocr) ||
           yaml_error(yaml_get(root, "ocr"), error,
                      "ocr is off, images (attachments that are pictures) or all (and those within files)");
}

static gboolean fill(CaseConfig *config, const char *name, const YamlNode *root, GError **error)
{
    Fields read = {0};
    gboolean filled = yaml_fill(root, fields, &read, error);
    config->vendor = read.vendor ? read.vendor : g_strdup("");
    config->rules = read.rules;
    config->ocr = read.ocr;
    config->sources = read.sources;
    config->customers = read.customers;
    config->version = read.version ? read.version : CASE_CONFIG_VERSION;
    config->jobs = read.jobs;
    config->vendor_domains = read.vendor_domains;
    config->vendor_tenants = read.vendor_tenants;
    if (config->rules)
        make_absolute(&config->rules, name);
    return filled && ocr_is_known(config, root, error) && canonise_vendor(config, root, error) &&
           read_mailboxes(config, read.mailboxes, error) && read_logs(config, read.logs, error) &&
           intruders_read(config->intruders, read.intruders, error) &&
           policies_read(config->intruders, read.policy, read.mailbox_ids, error) &&
           read_notices(config, read.notices, error) && read_enquiry_days(config, read.enquiry_days, error);
}

const char *case_config_mailbox(const CaseConfig *config, const char *path)
{
    for (guint i = 0; i < config->mailboxes->len; i++) {
        const MailboxPattern *pattern = config->mailboxes->pdata[i];
        if (fnmatch(pattern->path, path, 0) == 0)
            return pattern->mailbox;
    }
    return NULL;
}

gboolean case_config_covers(const CaseConfig *config, const char *path, gint64 *from, gint64 *to)
{
    for (guint i = 0; i < config->logs->len; i++) {
        const LogPattern *pattern = config->logs->pdata[i];
        if (fnmatch(pattern->path, path, 0) == 0) {
            *from = pattern->from;
            *to = pattern->to;
            return TRUE;
        }
    }
    return FALSE;
}

/* As a double-quoted YAML text, which JSON's strings are. */
static void append_quoted(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            g_string_append_c(out, '\\');
        if ((guchar)*text < 0x20)
            g_string_append_printf(out, "\\x%02x", (guint)*text);
        else
            g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

char *case_config_text(const char *vendor)
{
    GString *text =
        g_string_new("# case.yaml - what is stated about this case; man 5 candor-case explains it.\n"
                     "# Each run records the SHA-256 of this file.\n"
                     "version: 1\n\n"
                     "# Whose mailboxes were stolen.\n");
    g_string_append(text, *vendor ? "vendor: " : "# vendor: ");
    append_quoted(text, *vendor ? vendor : "Example Cloud Ltd");
    g_string_append(
        text,
        "\n\n# The vendor's own domains and tenants: mail and accounts there are no customer's.\n"
        "# vendor_domains: [vendor.example]\n"
        "# vendor_tenants: [vendor.onmicrosoft.com]\n"
        "\n# Whose mailbox a source is: shell patterns on its absolute path; the first that fits holds.\n"
        "# Without one the name of the file or folder is taken; collect --mailbox goes before this.\n"
        "# mailboxes:\n#   \"*/evidence/anna*\": anna@vendor.example\n\n"
        "# Rules of this case's own, beside those that candor brings: a folder of YAML files.\n"
        "# rules: rules\n\n"
        "# What candor run takes in, mail and logs: paths or shell patterns, from this file's folder; and "
        "the list\n"
        "# of customers that it imports.\n"
        "# sources: [evidence/mail/*, evidence/logs/*]\n# customers: customers.yaml\n\n"
        "# For which time a log is complete; collect --covers goes before this.\n"
        "# logs:\n#   \"*/evidence/audit*.jsonl\": 2025-01-01/2025-03-31\n\n"
        "# Who broke in, as far as it is known, and when. Only times that are known are given.\n"
        "# intruders:\n#   one:\n#     window: {from: 2025-01-10, to: 2025-02-01}\n"
        "#     addresses: [203.0.113.0/24, {address: 198.51.100.7, from: 2025-01-12, to: 2025-01-13}]\n"
        "#     apps: [11111111-2222-3333-4444-555555555555]\n\n"
        "# How to decide where logs cannot say; these are the defaults.\n"
        "# policy: {sync: folder, gap: presume, no_log: presume}\n\n"
        "# Of which pictures Tesseract reads the text: off, images (attachments), all (also within files, "
        "and\n"
        "# scanned pages of PDFs); without it as converters.yaml says. --ocr goes before this.\n"
        "# ocr: all\n\n"
        "# Workers at once; without it one for each CPU. --jobs goes before this.\n"
        "# jobs: 4\n\n"
        "# What every notice says in your own words: whom the reader may ask, one sentence on what happened, "
        "one\n"
        "# on what you do now.\n"
        "# notices:\n#   ask: \"Our incident desk, by the number in your contract.\"\n"
        "#   happened: \"On 12 January 2026 we found that ...\"\n"
        "#   doing: \"We have closed the way in and watch what was taken.\"\n\n"
        "# Days in which an enquiry is to be answered.\n"
        "# enquiry_days: {is-it-us: 3, you-are-breached: 1, other: 3}\n");
    return g_string_free(text, FALSE);
}

CaseConfig *case_config_parse(const char *name, const char *text, gsize n, GError **error)
{
    g_autoptr(YamlFile) file = yaml_parse(name, (Span){text, n}, error);
    if (!file)
        return NULL;
    g_autoptr(CaseConfig) config = g_new0(CaseConfig, 1);
    config->mailboxes = g_ptr_array_new_with_free_func(pattern_free);
    config->logs = g_ptr_array_new_with_free_func(log_pattern_free);
    config->intruders = intruders_new();
    return fill(config, name, yaml_root(file), error) ? g_steal_pointer(&config) : NULL;
}

CaseConfig *case_config_read(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    gsize n;
    if (!g_file_get_contents(path, &text, &n, &cause)) {
        error_set(error, CANDOR_ERROR_IO, "%s", cause->message);
        return NULL;
    }
    return case_config_parse(path, text, n, error);
}
