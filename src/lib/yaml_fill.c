/* yaml_fill.c - a struct from a YAML mapping, by a table of its fields. */
#include "lib/yaml.h"

#include "lib/error.h"

static gboolean fill_text(const YamlNode *node, const char *key, char **to, GError **error)
{
    const char *text = yaml_text(node);
    if (!text || !*text)
        return yaml_error(node, error, "'%s' must be a text that is not empty", key);
    g_free(*to);
    *to = g_strdup(text);
    return TRUE;
}

static gboolean fill_count(const YamlNode *node, const YamlField *field, guint *to, GError **error)
{
    guint64 value;
    const char *text = yaml_text(node);
    if (!text || !g_ascii_string_to_unsigned(text, 10, field->least, field->most, &value, NULL))
        return yaml_error(node, error, "'%s' must be a number from %u to %u", field->key, field->least,
                          field->most);
    *to = (guint)value;
    return TRUE;
}

static gboolean fill_number(const YamlNode *node, const YamlField *field, double *to, GError **error)
{
    const char *text = yaml_text(node);
    char *end = NULL;
    double value = text ? g_ascii_strtod(text, &end) : 0;
    if (!text || end == text || *end || !(value >= field->least && value <= field->most))
        return yaml_error(node, error, "'%s' must be a number from %u to %u", field->key, field->least,
                          field->most);
    *to = value;
    return TRUE;
}

static gboolean fill_truth(const YamlNode *node, const char *key, gboolean *to, GError **error)
{
    const char *text = yaml_text(node) ? yaml_text(node) : "";
    *to = strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;
    if (*to || strcmp(text, "no") == 0 || strcmp(text, "false") == 0)
        return TRUE;
    return yaml_error(node, error, "'%s' must be yes or no", key);
}

static gboolean fill_choice(const YamlNode *node, const YamlField *field, guint *to, GError **error)
{
    const char *text = yaml_text(node);
    for (guint i = 0; text && field->choices[i]; i++) {
        if (strcmp(field->choices[i], text) == 0) {
            *to = i;
            return TRUE;
        }
    }
    g_autofree char *choices = g_strjoinv(", ", (char **)field->choices);
    return yaml_error(node, error, "'%s' must be one of: %s", field->key, choices);
}

/* A text, or a list of texts that are its pieces. */
static char *joined(const YamlNode *node)
{
    if (yaml_text(node))
        return g_strdup(yaml_text(node));
    g_autoptr(GString) whole = g_string_new(NULL);
    for (guint i = 0; i < yaml_length(node); i++) {
        const char *piece = yaml_text(yaml_item(node, i));
        if (!piece)
            return NULL;
        g_string_append(whole, piece);
    }
    return g_string_free(g_steal_pointer(&whole), FALSE);
}

static gboolean fill_texts(const YamlNode *node, const char *key, char ***to, GError **error)
{
    if (yaml_text(node) || yaml_is_mapping(node))
        return yaml_error(node, error, "'%s' must be a list of texts", key);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < yaml_length(node); i++) {
        char *text = joined(yaml_item(node, i));
        if (!text || !*text) {
            g_free(text);
            return yaml_error(yaml_item(node, i), error,
                              "an item of '%s' is no text; write one, or a list of pieces", key);
        }
        g_ptr_array_add(texts, text);
    }
    g_ptr_array_add(texts, NULL);
    g_strfreev(*to);
    *to = (char **)g_ptr_array_free(g_steal_pointer(&texts), FALSE);
    return TRUE;
}

static gboolean fill_field(const YamlNode *value, const YamlField *field, gpointer target, GError **error)
{
    gpointer to = (char *)target + field->offset;
    switch (field->kind) {
    case YAML_TEXT:
        return fill_text(value, field->key, to, error);
    case YAML_COUNT:
        return fill_count(value, field, to, error);
    case YAML_NUMBER:
        return fill_number(value, field, to, error);
    case YAML_TRUTH:
        return fill_truth(value, field->key, to, error);
    case YAML_CHOICE:
        return fill_choice(value, field, to, error);
    case YAML_TEXTS:
        return fill_texts(value, field->key, to, error);
    case YAML_SUBTREE:
        *(const YamlNode **)to = value;
        return TRUE;
    }
    return error_set(error, CANDOR_ERROR_BUG, "a field of no kind: %s", field->key);
}

static const YamlField *find_field(const YamlField *fields, const char *key)
{
    for (; fields->key; fields++)
        if (strcmp(fields->key, key) == 0)
            return fields;
    return NULL;
}

gboolean yaml_fill(const YamlNode *node, const YamlField *fields, gpointer target, GError **error)
{
    if (!yaml_is_mapping(node))
        return yaml_error(node, error, "a mapping of keys and values must stand here");
    for (guint i = 0; i < yaml_length(node); i++) {
        const YamlField *field = find_field(fields, yaml_key(node, i));
        if (!field)
            return yaml_error(yaml_item(node, i), error, "the key '%s' is not known here", yaml_key(node, i));
        if (!fill_field(yaml_item(node, i), field, target, error))
            return FALSE;
    }
    for (; fields->key; fields++)
        if (fields->required && !yaml_get(node, fields->key))
            return yaml_error(node, error, "the key '%s' is missing", fields->key);
    return TRUE;
}
