/* case_intruders.h - what case.yaml says of intruders, and how to decide where logs cannot say. */
#pragma once
#include <glib.h>
#include "lib/yaml.h"

/* A line of the set of the act `intruders` (schema_stages.sql). How to decide stands there as well, under no intruder:
 * kind policy, value "gap=possible"; kind mailbox-id, value "GUID=mailbox". */
typedef struct {
    char *intruder, *kind, *value;
    gint64 began, ended; /* 0: open */
} IntruderLine;

/* An array of them that owns what it holds. */
GPtrArray *intruders_new(void);

/* Read the mapping `intruders:` (NULL: none), strictly, into sorted lines. Addresses become canonical,
 * identifiers lower case. An app that every tenant has, or an identifier of zeros, is refused: it would
 * select everybody. */
gboolean intruders_read(GPtrArray *lines, const YamlNode *node, GError **error);
/* Read `policy:` and `mailbox_ids:` into more of them. A policy that says what holds anyway has no line. */
gboolean policies_read(GPtrArray *lines, const YamlNode *policy, const YamlNode *mailbox_ids, GError **error);
