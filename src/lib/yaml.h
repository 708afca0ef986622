/* yaml.h - strict reading of the project's own YAML: rules, types, layers, case.yaml.
 *
 * A file is one document of mappings, lists and texts.  What makes YAML surprising is refused: anchors,
 * aliases, tags, duplicate keys, several documents, NUL, more than YAML_MAX_BYTES or YAML_MAX_DEPTH.
 * A table of YamlFields says which keys a mapping has; an unknown or missing key is an error.
 * Every error is FORMAT (IO when the file cannot be read) and begins with "FILE:LINE: ". */
#pragma once
#include <glib.h>
#include "lib/span.h"

#define YAML_MAX_BYTES (4UL << 20) /* the largest file of ours is far below */
#define YAML_MAX_DEPTH 12          /* the stack is the reason               */

typedef struct YamlFile YamlFile;
typedef struct YamlNode YamlNode; /* belongs to its file */

/* Read a file, or bytes that errors call `name`. */
YamlFile *yaml_open(const char *path, GError **error);
YamlFile *yaml_parse(const char *name, Span bytes, GError **error);
/* Not yaml_free: libyaml exports that name. */
void yaml_close(YamlFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(YamlFile, yaml_close)
const YamlNode *yaml_root(const YamlFile *file);

gboolean yaml_is_mapping(const YamlNode *node);
/* Items of a list, or entries of a mapping; 0 for a text. */
guint yaml_length(const YamlNode *node);
/* The i-th item of a list, or the i-th value of a mapping. */
const YamlNode *yaml_item(const YamlNode *node, guint i);
/* The i-th key of a mapping. */
const char *yaml_key(const YamlNode *mapping, guint i);
/* The value of a key; NULL when it is not there or `mapping` is none. */
const YamlNode *yaml_get(const YamlNode *mapping, const char *key);
/* The text of a scalar; NULL for a list or mapping. */
const char *yaml_text(const YamlNode *node);

/* Set a FORMAT error at the node's place; returns FALSE. */
gboolean yaml_error(const YamlNode *node, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);

typedef enum {
    YAML_TEXT,    /* char *: any scalar that is not empty                                       */
    YAML_COUNT,   /* guint: decimal, from `least` to `most`                                     */
    YAML_NUMBER,  /* double: decimal with or without a point, from `least` to `most`            */
    YAML_TRUTH,   /* gboolean: yes, no, true, false                                             */
    YAML_CHOICE,  /* guint: the index of the text in `choices`                                  */
    YAML_TEXTS,   /* char **: a list; an item that is itself a list of texts is joined to one   */
    YAML_SUBTREE, /* const YamlNode *: left to the caller, alive as long as the file            */
} YamlKind;

typedef struct {
    const char *key; /* NULL ends the table */
    YamlKind kind;
    gsize offset; /* in the target */
    gboolean required;
    guint least, most;
    const char *const *choices; /* NULL-terminated */
} YamlField;

/* Fill a struct from a mapping. Texts are copies that the struct's owner frees (g_free, g_strfreev), also
 * when FALSE is returned half-way; members of keys that are not there keep their values. */
gboolean yaml_fill(const YamlNode *node, const YamlField *fields, gpointer target, GError **error);
