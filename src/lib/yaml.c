/* yaml.c - a YAML file to a tree of nodes that know their lines. */
#include "lib/yaml.h"

#include <stdarg.h>
#include <yaml.h>
#include "lib/error.h"

struct YamlNode {
    const YamlFile *file;
    guint line;
    gboolean mapping;
    char *text;       /* scalar, else NULL             */
    GPtrArray *keys;  /* char *, of a mapping          */
    GPtrArray *items; /* YamlNode *, of list, mapping  */
};

struct YamlFile {
    char *name;
    YamlNode *root;
};

static void free_node(gpointer pointer)
{
    YamlNode *node = pointer;
    if (!node)
        return;
    g_free(node->text);
    g_clear_pointer(&node->keys, g_ptr_array_unref);
    g_clear_pointer(&node->items, g_ptr_array_unref);
    g_free(node);
}

const YamlNode *yaml_root(const YamlFile *file)
{
    return file->root;
}

gboolean yaml_is_mapping(const YamlNode *node)
{
    return node->mapping;
}

guint yaml_length(const YamlNode *node)
{
    return node->items ? node->items->len : 0;
}

const YamlNode *yaml_item(const YamlNode *node, guint i)
{
    return g_ptr_array_index(node->items, i);
}

const char *yaml_key(const YamlNode *mapping, guint i)
{
    return g_ptr_array_index(mapping->keys, i);
}

const YamlNode *yaml_get(const YamlNode *mapping, const char *key)
{
    for (guint i = 0; mapping->mapping && i < mapping->keys->len; i++)
        if (strcmp(yaml_key(mapping, i), key) == 0)
            return yaml_item(mapping, i);
    return NULL;
}

const char *yaml_text(const YamlNode *node)
{
    return node->text;
}

gboolean yaml_error(const YamlNode *node, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *sentence = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return error_set(error, CANDOR_ERROR_FORMAT, "%s:%u: %s", node->file->name, node->line, sentence);
}

/* The parser and what is being built. */
typedef struct {
    yaml_parser_t parser;
    YamlFile *file;
} Builder;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(yaml_event_t, yaml_event_delete)

static gboolean next_event(Builder *b, yaml_event_t *event, GError **error)
{
    if (yaml_parser_parse(&b->parser, event))
        return TRUE;
    return error_set(error, CANDOR_ERROR_FORMAT, "%s:%zu: this is no YAML: %s", b->file->name,
                     b->parser.problem_mark.line + 1, b->parser.problem ? b->parser.problem : "unreadable");
}

static YamlNode *build(Builder *b, const yaml_event_t *event, guint depth, GError **error);

static gboolean build_text(YamlNode *node, const yaml_event_t *event, GError **error)
{
    const char *value = (const char *)event->data.scalar.value;
    if (strlen(value) != event->data.scalar.length)
        return yaml_error(node, error, "a text holds a NUL byte; take it out");
    node->text = g_strdup(value);
    return TRUE;
}

static gboolean build_list(Builder *b, YamlNode *node, guint depth, GError **error)
{
    node->items = g_ptr_array_new_with_free_func(free_node);
    for (;;) {
        g_auto(yaml_event_t) event = {0};
        if (!next_event(b, &event, error))
            return FALSE;
        if (event.type == YAML_SEQUENCE_END_EVENT)
            return TRUE;
        YamlNode *item = build(b, &event, depth + 1, error);
        if (!item)
            return FALSE;
        g_ptr_array_add(node->items, item);
    }
}

/* A key, then its value. *more turns FALSE at the mapping's end. */
static gboolean build_entry(Builder *b, YamlNode *node, guint depth, gboolean *more, GError **error)
{
    g_auto(yaml_event_t) key = {0}, value = {0};
    if (!next_event(b, &key, error))
        return FALSE;
    *more = key.type != YAML_MAPPING_END_EVENT;
    if (!*more)
        return TRUE;
    const char *name = key.type == YAML_SCALAR_EVENT ? (const char *)key.data.scalar.value : NULL;
    if (!next_event(b, &value, error))
        return FALSE;
    YamlNode *item = build(b, &value, depth + 1, error);
    if (!item)
        return FALSE;
    gboolean good = name && !yaml_get(node, name);
    if (!name)
        yaml_error(item, error, "a key that is no text");
    else if (!good)
        yaml_error(item, error, "the key '%s' stands twice; keep one", name);
    g_ptr_array_add(node->items, item);
    g_ptr_array_add(node->keys, g_strdup(name));
    return good;
}

static gboolean build_mapping(Builder *b, YamlNode *node, guint depth, GError **error)
{
    node->mapping = TRUE;
    node->keys = g_ptr_array_new_with_free_func(g_free);
    node->items = g_ptr_array_new_with_free_func(free_node);
    for (gboolean more = TRUE; more;)
        if (!build_entry(b, node, depth, &more, error))
            return FALSE;
    return TRUE;
}

static gboolean has_anchor_or_tag(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        return TRUE;
    case YAML_SCALAR_EVENT:
        return event->data.scalar.anchor || event->data.scalar.tag;
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.anchor || event->data.sequence_start.tag;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.anchor || event->data.mapping_start.tag;
    default:
        return FALSE;
    }
}

static gboolean build_inside(Builder *b, YamlNode *node, const yaml_event_t *event, guint depth,
                             GError **error)
{
    if (depth > YAML_MAX_DEPTH)
        return yaml_error(node, error, "nested deeper than %d levels", YAML_MAX_DEPTH);
    if (has_anchor_or_tag(event))
        return yaml_error(node, error, "anchors, aliases and tags are not read here; write the value itself");
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return build_text(node, event, error);
    case YAML_SEQUENCE_START_EVENT:
        return build_list(b, node, depth, error);
    case YAML_MAPPING_START_EVENT:
        return build_mapping(b, node, depth, error);
    default:
        return yaml_error(node, error, "nothing stands here; write a value");
    }
}

/* The node that begins with `event`, or NULL. */
static YamlNode *build(Builder *b, const yaml_event_t *event, guint depth, GError **error)
{
    YamlNode *node = g_new0(YamlNode, 1);
    node->file = b->file;
    node->line = (guint)event->start_mark.line + 1;
    if (build_inside(b, node, event, depth, error))
        return node;
    free_node(node);
    return NULL;
}

/* Stream start, document start, the root, document end, stream end. */
static gboolean build_document(Builder *b, GError **error)
{
    for (guint i = 0; i < 2; i++) {
        g_auto(yaml_event_t) opening = {0};
        if (!next_event(b, &opening, error))
            return FALSE;
        if (opening.type == YAML_STREAM_END_EVENT)
            return error_set(error, CANDOR_ERROR_FORMAT, "%s:1: the file is empty", b->file->name);
    }
    g_auto(yaml_event_t) first = {0}, end = {0}, last = {0};
    if (!next_event(b, &first, error) || !(b->file->root = build(b, &first, 0, error)) ||
        !next_event(b, &end, error) || !next_event(b, &last, error))
        return FALSE;
    if (last.type == YAML_STREAM_END_EVENT)
        return TRUE;
    return error_set(error, CANDOR_ERROR_FORMAT, "%s:%zu: a second document begins; one file holds one",
                     b->file->name, last.start_mark.line + 1);
}

YamlFile *yaml_parse(const char *name, Span bytes, GError **error)
{
    g_autoptr(YamlFile) file = g_new0(YamlFile, 1);
    file->name = g_strdup(name);
    Builder b = {.file = file};
    if (!yaml_parser_initialize(&b.parser)) {
        error_set(error, CANDOR_ERROR_MEMORY, "%s: no memory to read it", name);
        return NULL;
    }
    yaml_parser_set_input_string(&b.parser, (const guint8 *)bytes.p, bytes.n);
    gboolean good = build_document(&b, error);
    yaml_parser_delete(&b.parser);
    return good ? g_steal_pointer(&file) : NULL;
}

YamlFile *yaml_open(const char *path, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize n;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &bytes, &n, &cause)) {
        error_set(error, CANDOR_ERROR_IO, "%s", cause->message);
        return NULL;
    }
    if (n > YAML_MAX_BYTES) {
        error_set(error, CANDOR_ERROR_LIMIT, "%s: %zu bytes, %lu allowed", path, n, YAML_MAX_BYTES);
        return NULL;
    }
    return yaml_parse(path, (Span){bytes, n}, error);
}

void yaml_close(YamlFile *file)
{
    if (!file)
        return;
    free_node(file->root);
    g_free(file->name);
    g_free(file);
}
