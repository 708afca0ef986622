/* export_tables.c - the tables of candor-export(7): names, versions, fields. */
#include "cli/export_tables.h"

#include <string.h>

static const Field messages[] = {
    {"key", VALUE_HEX, 0},
    {"sha256", VALUE_HEX, 0},
    {"message_id", VALUE_TEXT, 0},
    {"subject", VALUE_VIEW, 0},
    {"from", VALUE_TEXT, 0},
    {"date", VALUE_TIME, 0},
    {"zone", VALUE_NUMBER, 0},
    {"mailbox", VALUE_TEXT, 0},
    {"folder", VALUE_TEXT, 0},
    {"source", VALUE_TEXT, 0},
    {"item", VALUE_TEXT, 0},
    {"offset", VALUE_NUMBER, 0},
    {"length", VALUE_NUMBER, 0},
    {"kind", VALUE_TEXT, 0},
    {"size", VALUE_NUMBER, 0},
    {"in_reply_to", VALUE_TEXT, 0},
    {"defects", VALUE_DEFECTS, 0},
    {"bare", VALUE_TRUTH, 0},
    {"item_kind", VALUE_ITEM_KIND, 0},
    {"state", VALUE_COPY_STATE, 0},
};
static const Field parts[] = {
    {"message", VALUE_HEX, 0},      {"path", VALUE_TEXT, 0},        {"kind", VALUE_PART_KIND, 0},
    {"media_type", VALUE_TEXT, 0},  {"charset", VALUE_TEXT, 0},     {"filename", VALUE_VIEW, 0},
    {"disposition", VALUE_TEXT, 0}, {"encoding", VALUE_TEXT, 0},    {"content_id", VALUE_TEXT, 0},
    {"size", VALUE_NUMBER, 0},      {"sha256", VALUE_HEX, 0},       {"state", VALUE_PART_STATE, 0},
    {"scanned", VALUE_NUMBER, 0},   {"unscanned", VALUE_NUMBER, 0}, {"start", VALUE_NUMBER, 0},
    {"end", VALUE_NUMBER, 0},
};
static const Field addresses[] = {
    {"message", VALUE_HEX, 0},  {"n", VALUE_NUMBER, 0},    {"role", VALUE_ROLE, 0},
    {"address", VALUE_TEXT, 0}, {"domain", VALUE_TEXT, 0},
};
static const Field mentions[] = {
    {"message", VALUE_HEX, 0},  {"n", VALUE_NUMBER, 0},     {"part", VALUE_TEXT, 0},
    {"role", VALUE_ROLE, 0},    {"address", VALUE_TEXT, 0}, {"domain", VALUE_TEXT, 0},
    {"start", VALUE_NUMBER, 0},
};
static const Field gaps[] = {
    {"source", VALUE_TEXT, 0}, {"mailbox", VALUE_TEXT, 0},    {"item", VALUE_TEXT, 0},
    {"message", VALUE_HEX, 0}, {"part", VALUE_TEXT, 0},       {"why", VALUE_TEXT, 0},
    {"detail", VALUE_TEXT, 0}, {"bytes", VALUE_NUMBER, 0},    {"offset", VALUE_NUMBER, 0},
    {"whole", VALUE_TRUTH, 0}, {"retryable", VALUE_TRUTH, 0},
};
static const Field findings[] = {
    {"key", VALUE_IDENTITY, 0},   {"message", VALUE_HEX, 0},     {"part", VALUE_TEXT, 0},
    {"type", VALUE_TEXT, 0},      {"rule", VALUE_TEXT, 0},       {"start", VALUE_NUMBER, 0},
    {"end", VALUE_NUMBER, 0},     {"masked", VALUE_TEXT, 0},     {"confidence", VALUE_NUMBER, 0},
    {"matches", VALUE_NUMBER, 0}, {"fingerprint", VALUE_HEX, 0},
};
static const Field matches[] = {
    {"message", VALUE_HEX, 0}, {"part", VALUE_TEXT, 0},         {"type", VALUE_TEXT, 0},
    {"rule", VALUE_TEXT, 0},   {"start", VALUE_NUMBER, 0},      {"end", VALUE_NUMBER, 0},
    {"masked", VALUE_TEXT, 0}, {"confidence", VALUE_NUMBER, 0}, {"fingerprint", VALUE_HEX, 0},
    {"reader", VALUE_TEXT, 0}, {"rules", VALUE_TEXT, 0},
};
static const Field sources[] = {
    {"source", VALUE_TEXT, 0},  {"mailbox", VALUE_TEXT, 0},   {"kind", VALUE_TEXT, 0},
    {"path", VALUE_TEXT, 0},    {"collected", VALUE_TIME, 0}, {"root", VALUE_HEX, 0},
    {"items", VALUE_NUMBER, 0}, {"units", VALUE_NUMBER, 0},   {"messages", VALUE_NUMBER, 0},
    {"gaps", VALUE_NUMBER, 0},
};
static const Field items[] = {
    {"source", VALUE_TEXT, 0}, {"mailbox", VALUE_TEXT, 0}, {"path", VALUE_TEXT, 0},
    {"folder", VALUE_TEXT, 0}, {"kind", VALUE_TEXT, 0},    {"looks", VALUE_TEXT, 0},
    {"size", VALUE_NUMBER, 0}, {"mtime", VALUE_TIME, 0},
};
static const Field units[] = {
    {"source", VALUE_TEXT, 0}, {"mailbox", VALUE_TEXT, 0},    {"kind", VALUE_TEXT, 0},
    {"first", VALUE_TEXT, 0},  {"last", VALUE_TEXT, 0},       {"from", VALUE_NUMBER, 0},
    {"to", VALUE_NUMBER, 0},   {"declared", VALUE_NUMBER, 0}, {"messages", VALUE_NUMBER, 0},
    {"gaps", VALUE_NUMBER, 0}, {"bytes", VALUE_NUMBER, 0},    {"sha256", VALUE_HEX, 0},
};
static const Field runs[] = {
    {"run", VALUE_NUMBER, 0},  {"stage", VALUE_TEXT, 0}, {"state", VALUE_TEXT, 0},
    {"began", VALUE_TIME, 0},  {"ended", VALUE_TIME, 0}, {"program", VALUE_TEXT, 0},
    {"config", VALUE_TEXT, 0}, {"rules", VALUE_TEXT, 0}, {"box", VALUE_BOX, 0},
};
static const Field custody[] = {
    {"act", VALUE_NUMBER, 0},    {"at", VALUE_TIME, 0},        {"source", VALUE_TEXT, 0},
    {"mailbox", VALUE_TEXT, 0},  {"handed_by", VALUE_TEXT, 0}, {"acquired", VALUE_TEXT, 0},
    {"taken_by", VALUE_TEXT, 0}, {"note", VALUE_TEXT, 0},
};
static const Field acts[] = {
    {"act", VALUE_NUMBER, 0}, {"at", VALUE_TIME, 0},  {"run", VALUE_NUMBER, 0},
    {"kind", VALUE_TEXT, 0},  {"row", VALUE_TEXT, 0}, {"leaf", VALUE_HEX, 0},
};
static const Field customers[] = {
    {"customer", VALUE_TEXT, 0}, {"name", VALUE_TEXT, 0},     {"sector", VALUE_TEXT, 0},
    {"country", VALUE_TEXT, 0},  {"language", VALUE_TEXT, 0}, {"state", VALUE_TEXT, 0},
    {"into", VALUE_TEXT, 0},
};
static const Field links[] = {
    {"message", VALUE_HEX, 0},       {"whom", VALUE_TEXT, 0},     {"reason", VALUE_TEXT, 0},
    {"standing", VALUE_STANDING, 0}, {"weight", VALUE_NUMBER, 0},
};
static const Field finding_links[] = {
    {"message", VALUE_HEX, 0},     {"part_sha256", VALUE_HEX, 0}, {"type", VALUE_TEXT, 0},
    {"fingerprint", VALUE_HEX, 0}, {"whom", VALUE_TEXT, 0},       {"reason", VALUE_TEXT, 0},
};
static const Field exposure[] = {
    {"whom", VALUE_TEXT, 0},    {"kind", VALUE_FACT_KIND, 0}, {"message", VALUE_HEX, 0},
    {"subject", VALUE_TEXT, 0}, {"type", VALUE_TEXT, 0},      {"mark", VALUE_HEX, 0},
    {"level", VALUE_LEVEL, 0},  {"reason", VALUE_TEXT, 0},
};
static const Field review[] = {
    {"cause", VALUE_TEXT, 0},  {"whom", VALUE_TEXT, 0},    {"kind", VALUE_FACT_KIND, 0},
    {"message", VALUE_HEX, 0}, {"subject", VALUE_TEXT, 0}, {"type", VALUE_TEXT, 0},
    {"mark", VALUE_HEX, 0},    {"level", VALUE_LEVEL, 0},
};
static const Field rulings[] = {
    {"act", VALUE_NUMBER, 0},   {"at", VALUE_TIME, 0},        {"verb", VALUE_TEXT, 0},
    {"whom", VALUE_TEXT, 0},    {"kind", VALUE_FACT_KIND, 0}, {"message", VALUE_TEXT, 0},
    {"subject", VALUE_TEXT, 0}, {"type", VALUE_TEXT, 0},      {"mark", VALUE_TEXT, 0},
    {"level", VALUE_LEVEL, 0},  {"other", VALUE_TEXT, 0},     {"group", VALUE_TEXT, 0},
    {"by", VALUE_TEXT, 0},      {"reason", VALUE_TEXT, 0},
};
static const Field notices[] = {
    {"act", VALUE_NUMBER, 0},     {"at", VALUE_TIME, 0},      {"wave", VALUE_TEXT, 0},
    {"reference", VALUE_TEXT, 0}, {"whom", VALUE_TEXT, 0},    {"kind", VALUE_TEXT, 0},
    {"language", VALUE_TEXT, 0},  {"channel", VALUE_TEXT, 0}, {"contact", VALUE_TEXT, 0},
    {"by", VALUE_TEXT, 0},        {"text", VALUE_TEXT, 0},    {"html", VALUE_TEXT, 0},
};
static const Field notice_facts[] = {
    {"reference", VALUE_TEXT, 0}, {"whom", VALUE_TEXT, 0},    {"kind", VALUE_FACT_KIND, 0},
    {"message", VALUE_HEX, 0},    {"subject", VALUE_TEXT, 0}, {"type", VALUE_TEXT, 0},
    {"mark", VALUE_HEX, 0},       {"level", VALUE_LEVEL, 0},  {"change", VALUE_TEXT, 0},
};
static const Field deliveries[] = {
    {"act", VALUE_NUMBER, 0},   {"at", VALUE_TIME, 0},         {"reference", VALUE_TEXT, 0},
    {"whom", VALUE_TEXT, 0},    {"delivery", VALUE_NUMBER, 0}, {"channel", VALUE_TEXT, 0},
    {"contact", VALUE_TEXT, 0}, {"state", VALUE_TEXT, 0},      {"detail", VALUE_TEXT, 0},
};
static const Field told[] = {
    {"act", VALUE_NUMBER, 0},  {"at", VALUE_TIME, 0},      {"whom", VALUE_TEXT, 0},
    {"told", VALUE_TIME, 0},   {"channel", VALUE_TEXT, 0}, {"contact", VALUE_TEXT, 0},
    {"covers", VALUE_TEXT, 0}, {"before", VALUE_TIME, 0},  {"facts", VALUE_NUMBER, 0},
    {"copy", VALUE_TEXT, 0},   {"by", VALUE_TEXT, 0},
};
static const Field holds[] = {
    {"act", VALUE_NUMBER, 0}, {"at", VALUE_TIME, 0},    {"message", VALUE_TEXT, 0}, {"whom", VALUE_TEXT, 0},
    {"state", VALUE_TEXT, 0}, {"owner", VALUE_TEXT, 0}, {"ends", VALUE_TIME, 0},    {"reason", VALUE_TEXT, 0},
};
static const Field delays[] = {
    {"act", VALUE_NUMBER, 0}, {"at", VALUE_TIME, 0},   {"whom", VALUE_TEXT, 0}, {"authority", VALUE_TEXT, 0},
    {"basis", VALUE_TEXT, 0}, {"ends", VALUE_TIME, 0}, {"by", VALUE_TEXT, 0},
};
static const Field plan[] = {
    {"whom", VALUE_TEXT, 0},    {"kind", VALUE_TEXT, 0},    {"state", VALUE_TEXT, 0},
    {"facts", VALUE_NUMBER, 0}, {"channel", VALUE_TEXT, 0}, {"contact", VALUE_TEXT, 0},
    {"delayed", VALUE_TIME, 0},
};
static const Field plan_facts[] = {
    {"whom", VALUE_TEXT, 0},    {"kind", VALUE_FACT_KIND, 0}, {"message", VALUE_HEX, 0},
    {"subject", VALUE_TEXT, 0}, {"type", VALUE_TEXT, 0},      {"mark", VALUE_HEX, 0},
    {"level", VALUE_LEVEL, 0},  {"change", VALUE_TEXT, 0},
};
static const Field digests[] = {
    {"table", VALUE_TEXT, 0},
    {"digest", VALUE_DIGEST, 0},
    {"rows", VALUE_NUMBER, 0},
};

static const Field deadlines[] = {
    {"duty", VALUE_TEXT, 0},  {"customer", VALUE_TEXT, 0}, {"recipient", VALUE_TEXT, 0},
    {"began", VALUE_TIME, 0}, {"due", VALUE_TIME, 0},      {"since_act", VALUE_NUMBER, 0},
    {"state", VALUE_TEXT, 0},
};
static const Field event_facts[] = {
    {"act", VALUE_NUMBER, 0}, {"what", VALUE_TEXT, 0}, {"customer", VALUE_TEXT, 0},
    {"at", VALUE_TIME, 0},    {"by", VALUE_TEXT, 0},   {"note", VALUE_TEXT, 0},
};
static const Field filings[] = {
    {"act", VALUE_NUMBER, 0}, {"duty", VALUE_TEXT, 0}, {"customer", VALUE_TEXT, 0},
    {"at", VALUE_TIME, 0},    {"copy", VALUE_TEXT, 0}, {"by", VALUE_TEXT, 0},
};
static const Field statements[] = {
    {"act", VALUE_NUMBER, 0},   {"at", VALUE_TIME, 0},      {"place", VALUE_TEXT, 0},
    {"says", VALUE_TEXT, 0},    {"measure", VALUE_TEXT, 0}, {"bound", VALUE_NUMBER, 0},
    {"among", VALUE_NUMBER, 0}, {"by", VALUE_TEXT, 0},
};
static const Field enquiries[] = {
    {"act", VALUE_NUMBER, 0}, {"number", VALUE_NUMBER, 0}, {"state", VALUE_TEXT, 0}, {"kind", VALUE_TEXT, 0},
    {"whom", VALUE_TEXT, 0},  {"contact", VALUE_TEXT, 0},  {"owner", VALUE_TEXT, 0}, {"due", VALUE_TIME, 0},
    {"says", VALUE_TEXT, 0},  {"by", VALUE_TEXT, 0},
};

static const Field releases[] = {
    {"act", VALUE_NUMBER, 0},  {"customer", VALUE_TEXT, 0},   {"path", VALUE_TEXT, 0},
    {"sha256", VALUE_TEXT, 0}, {"messages", VALUE_NUMBER, 0}, {"key_check", VALUE_TEXT, 0},
};
static const Field alerts[] = {
    {"act", VALUE_NUMBER, 0},   {"kind", VALUE_TEXT, 0},    {"whom", VALUE_TEXT, 0},
    {"account", VALUE_TEXT, 0}, {"at", VALUE_TIME, 0},      {"address", VALUE_TEXT, 0},
    {"code", VALUE_NUMBER, 0},  {"outcome", VALUE_TEXT, 0}, {"valid", VALUE_TEXT, 0},
    {"class", VALUE_TEXT, 0},   {"record", VALUE_TEXT, 0},
};

static const Field access_rows[] = {
    /* access is a function of unistd.h */
    {"message", VALUE_HEX, 0}, {"mailbox", VALUE_TEXT, 0},  {"source", VALUE_TEXT, 0},
    {"item", VALUE_TEXT, 0},   {"offset", VALUE_NUMBER, 0}, {"copy_level", VALUE_LEVEL, 0},
    {"reason", VALUE_TEXT, 0}, {"level", VALUE_LEVEL, 0},   {"record", VALUE_TEXT, 0},
    {"at", VALUE_TIME, 0},
};
static const Field intruder_contacts[] = {
    {"message", VALUE_HEX, 0},
    {"record", VALUE_TEXT, 0},
    {"address", VALUE_TEXT, 0},
    {"level", VALUE_LEVEL, 0},
};
static const Field scope_notes[] = {
    {"kind", VALUE_TEXT, 0},  {"mailbox", VALUE_TEXT, 0}, {"began", VALUE_TIME, 0},
    {"ended", VALUE_TIME, 0}, {"record", VALUE_TEXT, 0},  {"count", VALUE_NUMBER, 0},
};
static const Field logs[] = {
    {"source", VALUE_TEXT, 0},    {"item", VALUE_TEXT, 0},        {"kind", VALUE_TEXT, 0},
    {"records", VALUE_NUMBER, 0}, {"unparsed", VALUE_NUMBER, 0},  {"began", VALUE_TIME, 0},
    {"ended", VALUE_TIME, 0},     {"covers_from", VALUE_TIME, 0}, {"covers_to", VALUE_TIME, 0},
};
static const Field events[] = {
    {"source", VALUE_TEXT, 0},  {"item", VALUE_TEXT, 0},         {"offset", VALUE_NUMBER, 0},
    {"at", VALUE_TIME, 0},      {"record", VALUE_TEXT, 0},       {"operation", VALUE_TEXT, 0},
    {"access", VALUE_TEXT, 0},  {"throttled", VALUE_TRUTH, 0},   {"cut", VALUE_TRUTH, 0},
    {"mailbox", VALUE_TEXT, 0}, {"actor", VALUE_TEXT, 0},        {"address", VALUE_TEXT, 0},
    {"client", VALUE_TEXT, 0},  {"session", VALUE_TEXT, 0},      {"token", VALUE_TEXT, 0},
    {"app", VALUE_TEXT, 0},     {"operations", VALUE_NUMBER, 0}, {"outcome", VALUE_TEXT, 0},
};
static const Field event_items[] = {
    {"source", VALUE_TEXT, 0},     {"item", VALUE_TEXT, 0},       {"offset", VALUE_NUMBER, 0},
    {"n", VALUE_NUMBER, 0},        {"record", VALUE_TEXT, 0},     {"folder", VALUE_TEXT, 0},
    {"folder_ref", VALUE_TEXT, 0}, {"message_id", VALUE_TEXT, 0}, {"item_ref", VALUE_TEXT, 0},
    {"recipient", VALUE_TEXT, 0},  {"size", VALUE_NUMBER, 0},
};
static const Field signins[] = {
    {"source", VALUE_TEXT, 0},   {"item", VALUE_TEXT, 0},
    {"offset", VALUE_NUMBER, 0}, {"at", VALUE_TIME, 0},
    {"record", VALUE_TEXT, 0},   {"stream", VALUE_TEXT, 0},
    {"account", VALUE_TEXT, 0},  {"account_ref", VALUE_TEXT, 0},
    {"tenant", VALUE_TEXT, 0},   {"resource_tenant", VALUE_TEXT, 0},
    {"app", VALUE_TEXT, 0},      {"address", VALUE_TEXT, 0},
    {"agent", VALUE_TEXT, 0},    {"protocol", VALUE_TEXT, 0},
    {"code", VALUE_NUMBER, 0},   {"key_ref", VALUE_TEXT, 0},
    {"token", VALUE_TEXT, 0},    {"session", VALUE_TEXT, 0},
};

#define TABLE(name, views)                                                                                   \
    {                                                                                                        \
#name, #name ".1", "export." #name, name, G_N_ELEMENTS(name), views                                  \
    }
/* clang-format off: one a line, so that two new ones meet in no line */
static const ExportTable tables[] = {
    TABLE(messages, TRUE),
    TABLE(parts, TRUE),
    TABLE(addresses, FALSE),
    TABLE(mentions, FALSE),
    TABLE(gaps, FALSE),
    TABLE(findings, FALSE),
    TABLE(matches, FALSE),
    TABLE(sources, FALSE),
    TABLE(items, FALSE),
    TABLE(units, FALSE),
    TABLE(runs, FALSE),
    TABLE(custody, FALSE),
    TABLE(acts, FALSE),
    TABLE(digests, FALSE),
    TABLE(deadlines, FALSE),
    TABLE(event_facts, FALSE),
    TABLE(filings, FALSE),
    TABLE(statements, FALSE),
    TABLE(enquiries, FALSE),
    TABLE(alerts, FALSE),
    TABLE(releases, FALSE),
    TABLE(customers, FALSE),
    TABLE(links, FALSE),
    TABLE(finding_links, FALSE),
    TABLE(exposure, FALSE),
    TABLE(review, FALSE),
    TABLE(rulings, FALSE),
    TABLE(notices, FALSE),
    TABLE(notice_facts, FALSE),
    TABLE(deliveries, FALSE),
    TABLE(told, FALSE),
    TABLE(holds, FALSE),
    TABLE(delays, FALSE),
    TABLE(plan, FALSE),
    TABLE(plan_facts, FALSE),
    {"access", "access.1", "export.access", access_rows, G_N_ELEMENTS(access_rows), FALSE},
    TABLE(intruder_contacts, FALSE),
    TABLE(scope_notes, FALSE),
    TABLE(logs, FALSE),
    TABLE(events, FALSE),
    TABLE(event_items, FALSE),
    TABLE(signins, FALSE),
};

const char *const export_table_names[] = {
    "messages",
    "parts",
    "addresses",
    "mentions",
    "gaps",
    "findings",
    "matches",
    "sources",
    "items",
    "units",
    "runs",
    "custody",
    "acts",
    "digests",
    "deadlines",
    "event_facts",
    "filings",
    "statements",
    "enquiries",
    "alerts",
    "releases",
    "customers",
    "links",
    "finding_links",
    "exposure",
    "review",
    "rulings",
    "notices",
    "notice_facts",
    "deliveries",
    "told",
    "holds",
    "delays",
    "plan",
    "plan_facts",
    "access",
    "intruder_contacts",
    "scope_notes",
    "logs",
    "events",
    "event_items",
    "signins",
    NULL,
};
/* clang-format on */

const ExportTable *export_table(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        if (strcmp(tables[i].name, name) == 0)
            return &tables[i];
    return NULL;
}
