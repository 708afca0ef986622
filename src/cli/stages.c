/* stages.c - the stage table: who may read and write what. */
#include "cli/stages.h"

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

/* What every writing role needs for its run: the run itself, its digests, and the audit tree's head. */
#define BOOKS "meta", "run", "run_digest", "digest"
/* A table of opinion and its shadow. */
#define OPINION(table) table, table "_new"

const StoreRole role_reader = {.name = "reader", .reads = LIST("*"), .writes = LIST(NULL)};

const StoreRole role_importer = {
    .name = "importer",
    .reads = LIST("*"),
    .writes = LIST(BOOKS, "reader", "unit_done", "unit_again", "content_key", "content_key_collision",
                   "message", "copy", "copy_place", "email", "name", "address", "part", "reading_attempt",
                   "mention", "match", "gap", "source_root", "converter", "conversion", "conversion_match",
                   "conversion_gap", "event", "event_item", "signin", "log_file", "index"),
};

const StoreRole role_collect = {
    .name = "collect",
    .reads = LIST("meta", "run", "digest", "source", "source_path", "source_root", "item", "unit",
                  "unit_done", "gap", "act", "head"),
    .writes =
        LIST(BOOKS, "source", "source_path", "item", "unit", "gap", "act", "head", "custody", "log_stated"),
};

const StoreRole role_intruder_acts = {
    .name = "intruder-acts",
    .reads = LIST("meta", "run", "digest"),
    .writes = LIST(BOOKS, "act", "head", "act_intruders", "act_intruders_set"),
};

const StoreRole role_scope = {
    .name = "scope",
    .reads = LIST("meta", "run", "digest", "source", "item", "copy", "copy_place", "message", "content_key",
                  "content_key_collision", "message_key", "address", "email", "part", "event", "event_item",
                  "log_file", "log_stated", "act_intruders", "act_intruders_set"),
    .writes = LIST(BOOKS, "access_new", "access_reason_new", "twin_new", "class_access_new",
                   "intruder_contact_new", "scope_note_new", "named_elsewhere"),
};

const StoreRole role_classify = {
    .name = "classify",
    .reads = LIST("meta", "run", "digest", "reader", "message", "content_key", "content_key_collision",
                  "part", "reading_attempt", "match", "converter", "conversion", "conversion_match",
                  "best_conversion", "finding_new", "message_view_new", "part_view_new"),
    .writes = LIST(BOOKS, "finding_new", "message_view_new", "part_view_new"),
};

/* Acts that a person records: each reads no more than what tells whether it is recorded already. */
#define ACT(table) BOOKS, "act", "head", table
const StoreRole role_event_fact = {
    .name = "event", .reads = LIST("meta", "customer"), .writes = LIST(ACT("act_event_fact"))};
const StoreRole role_filing = {
    .name = "filing", .reads = LIST("meta", "customer"), .writes = LIST(ACT("act_filing"))};
const StoreRole role_statement = {
    .name = "statement", .reads = LIST("meta"), .writes = LIST(ACT("act_statement"))};
const StoreRole role_enquiry = {
    .name = "enquiry",
    .reads = LIST("meta", "customer", "exposure", "class_access", "scope_note", "log_file", "gap", "gap_now",
                  "item", "unit", "unit_done", "message", "message_link", "customer_list", "listed_name",
                  "listed_contact"),
    .writes = LIST(ACT("act_enquiry")),
};

const StoreRole role_report = {
    .name = "report",
    .reads = LIST("meta", "run", "digest", "customer", "exposure", "act_event_fact", "act_filing",
                  "act_delay", "deadline"),
    .writes = LIST(BOOKS, "deadline_new"),
};

const StoreRole role_publish = {
    .name = "publish",
    .reads =
        LIST("meta", "run", "digest", "exposure", "customer", "message_link", "finding_link", "email_whom",
             "finding", "twin", "message", "message_key", "content_key", "content_key_collision", "address",
             "email", "mention", "part", "reading_attempt", "best_attempt", "conversion", "best_conversion",
             "converter", "reader", "copy", "item", "source_path", "source_now", "act_hold"),
    .writes = LIST(ACT("act_release")),
};

const StoreRole role_watch = {
    .name = "watch",
    .reads = LIST("meta", "run", "digest", "signin", "finding", "finding_link", "twin", "class_access",
                  "access_reason", "act_intruders", "act_intruders_set"),
    .writes = LIST(ACT("act_alert")),
};

const StoreRole role_customers = {
    .name = "customer import",
    .reads = LIST("meta", "run", "digest"),
    .writes = LIST(BOOKS, "customer_list", "listed_customer", "listed_name", "listed_contact"),
};

const StoreRole role_acts = {
    .name = "acts",
    .reads = LIST("*"),
    .writes = LIST(BOOKS, "act", "head", "act_policy", "act_ruling"),
};

const StoreRole role_attribute = {
    .name = "attribute",
    .large = TRUE,
    .reads =
        LIST("meta", "run", "digest", "message", "content_key", "content_key_collision", "message_key", "gap",
             "email", "address", "mention", "part", "reading_attempt", "best_attempt", "best_reading",
             "conversion", "conversion_match", "best_conversion", "converter", "match", "finding", "signin",
             "twin", "class_access", "intruder_contact", "customer_list", "listed_customer", "listed_name",
             "act_policy", "act_ruling", "act_intruders", "act_intruders_set"),
    .writes = LIST(BOOKS, "customer_new", "email_whom_new", "message_link_new", "finding_link_new",
                   "exposure_new", "review_new", "masked_whom", "secret_account", "class_party",
                   "unread_part", "act", "head", "act_minted", "act_minted_set"),
};

const StoreRole role_notify = {
    .name = "notify",
    .reads = LIST("meta", "run", "digest", "exposure", "customer", "customer_list", "listed_contact",
                  "listed_name", "twin", "class_access", "finding", "source", "item", "copy", "message",
                  "content_key", "content_key_collision", "message_key", "part", "reading_attempt",
                  "best_attempt", "best_reading", "best_conversion", "conversion", "converter", "reader",
                  "act_notice", "act_notice_set", "act_told", "act_told_set", "act_delivery", "act_ruling",
                  "act_hold", "act_delay"),
    .writes = LIST(BOOKS, "plan_notice_new", "plan_fact_new", "plan_review_new", "plan_rename", "plan_heir",
                   "plan_delivery", "plan_telling", "plan_successor", "plan_reach", "plan_held",
                   "plan_closed", "plan_known", "plan_gone", "plan_read", "plan_hold", "plan_ruling",
                   "plan_delay", "plan_contact", "plan_twin"),
};

const StoreRole role_approve = {
    .name = "approve",
    .reads = LIST("meta", "run", "digest", "plan_notice", "plan_fact", "plan_hold", "plan_reach", "plan_twin",
                  "customer", "exposure", "twin", "access", "copy", "item", "source", "finding", "message",
                  "content_key", "content_key_collision", "message_key", "act_told"),
    .writes = LIST(ACT("act_wave"), "act_notice", "act_notice_set"),
};

const StoreRole role_telling = {
    .name = "telling",
    .reads = LIST("meta", "run", "digest", "plan_notice", "customer", "customer_list", "listed_contact",
                  "exposure", "twin", "message", "content_key", "content_key_collision", "message_key",
                  "act_notice", "act_wave"),
    .writes = LIST(ACT("act_delivery"), "act_told", "act_told_set", "act_hold", "act_delay"),
};

const StoreRole role_swap = {
    .name = "swap",
    .large = TRUE,
    .reads = LIST("*"),
    .writes =
        LIST("schema", "index", "digest", OPINION("finding"), OPINION("message_view"), OPINION("part_view"),
             OPINION("access"), OPINION("access_reason"), OPINION("twin"), OPINION("class_access"),
             OPINION("intruder_contact"), OPINION("scope_note"), OPINION("customer"), OPINION("email_whom"),
             OPINION("message_link"), OPINION("finding_link"), OPINION("exposure"), OPINION("review"),
             OPINION("plan_notice"), OPINION("plan_fact"), OPINION("plan_review"), OPINION("deadline")),
};

const StoreRole role_counts = {
    .name = "counts",
    .reads = LIST("*"),
    .writes = LIST("meta"),
};

const StoreRole *const stages_in_order[] = {
    &role_scope,   &role_classify, &role_attribute, &role_notify,
    &role_publish, &role_report,   &role_watch,     NULL,
};
