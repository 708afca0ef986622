/* rule.c - rules and types from their YAML files, read strictly. */
#include "nouns/rule.h"

#include "lib/error.h"
#include "lib/yaml.h"
#include "nouns/anchor.h"

#define LEAST_SAMPLES 2

static const char *const masks[] = {"none", "last4", "domain", NULL};
static const char *const normalisations[] = {"exact", "digits", "alnum-upper", "lower", NULL};

static const YamlField type_fields[] = {
    {.key = "id", .kind = YAML_TEXT, .offset = offsetof(Type, id), .required = TRUE},
    {.key = "was", .kind = YAML_TEXT, .offset = offsetof(Type, was)},
    {.key = "label", .kind = YAML_TEXT, .offset = offsetof(Type, label), .required = TRUE},
    {.key = "gravity",
     .kind = YAML_COUNT,
     .offset = offsetof(Type, gravity),
     .required = TRUE,
     .least = 1,
     .most = 5},
    {.key = "mask", .kind = YAML_CHOICE, .offset = offsetof(Type, mask), .required = TRUE, .choices = masks},
    {.key = "normalise", .kind = YAML_TEXT, .offset = offsetof(Type, normalise), .required = TRUE},
    {.key = "version",
     .kind = YAML_COUNT,
     .offset = offsetof(Type, normalisation),
     .required = TRUE,
     .least = 1,
     .most = 999},
    {.key = NULL},
};

/* A rule as it stands in the file, its type still a name. */
typedef struct {
    Rule rule;
    char *type;
} Draft;

static const YamlField rule_fields[] = {
    {.key = "id", .kind = YAML_TEXT, .offset = offsetof(Draft, rule.id), .required = TRUE},
    {.key = "type", .kind = YAML_TEXT, .offset = offsetof(Draft, type), .required = TRUE},
    {.key = "description", .kind = YAML_TEXT, .offset = offsetof(Draft, rule.description), .required = TRUE},
    {.key = "source", .kind = YAML_TEXT, .offset = offsetof(Draft, rule.source), .required = TRUE},
    {.key = "pattern", .kind = YAML_TEXT, .offset = offsetof(Draft, rule.pattern)},
    {.key = "shape", .kind = YAML_TEXT, .offset = offsetof(Draft, rule.shape)},
    {.key = "check", .kind = YAML_TEXT, .offset = offsetof(Draft, rule.check)},
    {.key = "context", .kind = YAML_TEXTS, .offset = offsetof(Draft, rule.context)},
    {.key = "context_required", .kind = YAML_TRUTH, .offset = offsetof(Draft, rule.context_required)},
    {.key = "refuse", .kind = YAML_TEXTS, .offset = offsetof(Draft, rule.refuse)},
    {.key = "confidence",
     .kind = YAML_COUNT,
     .offset = offsetof(Draft, rule.confidence),
     .required = TRUE,
     .least = 1,
     .most = 100},
    {.key = "group", .kind = YAML_COUNT, .offset = offsetof(Draft, rule.group), .most = 9},
    {.key = "entropy", .kind = YAML_NUMBER, .offset = offsetof(Draft, rule.entropy), .most = 8},
    {.key = "hit", .kind = YAML_TEXTS, .offset = offsetof(Draft, rule.hit), .required = TRUE},
    {.key = "miss", .kind = YAML_TEXTS, .offset = offsetof(Draft, rule.miss), .required = TRUE},
    {.key = NULL},
};

static void free_type(gpointer pointer)
{
    Type *type = pointer;
    g_free(type->id);
    g_free(type->was);
    g_free(type->label);
    g_free(type->normalise);
    g_free(type);
}

static void free_rule(gpointer pointer)
{
    Rule *rule = pointer;
    g_free(rule->id);
    g_free(rule->description);
    g_free(rule->source);
    g_free(rule->pattern);
    g_free(rule->shape);
    g_free(rule->check);
    g_strfreev(rule->context);
    g_strfreev(rule->refuse);
    g_strfreev(rule->hit);
    g_strfreev(rule->miss);
    g_free(rule);
}

/* Lower-case words of letters, digits and '-', joined by dots when `dotted`. */
static gboolean id_is_good(const char *id, gboolean dotted)
{
    for (const char *c = id; *c; c++)
        if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && !strchr(dotted ? "-." : "-", *c))
            return FALSE;
    return g_ascii_islower(id[0]) && (!dotted || strchr(id, '.'));
}

static gboolean check_type(const Rules *rules, const YamlNode *node, const Type *type, GError **error)
{
    if (!id_is_good(type->id, TRUE))
        return yaml_error(node, error, "type '%s': an id is lower case and has a dot, as in person.ssn-us",
                          type->id);
    if (rules_type(rules, type->id))
        return yaml_error(node, error, "type '%s' stands twice; keep one", type->id);
    if (!g_strv_contains(normalisations, type->normalise)) {
        g_autofree char *choices = g_strjoinv(", ", (char **)normalisations);
        return yaml_error(node, error, "type '%s': 'normalise' must be one of: %s", type->id, choices);
    }
    return TRUE;
}

static gboolean add_type(Rules *rules, const YamlNode *node, GError **error)
{
    Type *type = g_new0(Type, 1);
    if (yaml_fill(node, type_fields, type, error) && check_type(rules, node, type, error)) {
        g_ptr_array_add(rules->types, type);
        return TRUE;
    }
    free_type(type);
    return FALSE;
}

static gboolean check_samples(const YamlNode *node, const Rule *rule, GError **error)
{
    if (g_strv_length(rule->hit) < LEAST_SAMPLES || g_strv_length(rule->miss) < LEAST_SAMPLES)
        return yaml_error(node, error, "rule '%s' needs at least %d samples in 'hit' and %d in 'miss'",
                          rule->id, LEAST_SAMPLES, LEAST_SAMPLES);
    return TRUE;
}

static gboolean check_rule(const Rules *rules, const YamlNode *node, const Rule *rule, GError **error)
{
    if (!id_is_good(rule->id, FALSE))
        return yaml_error(node, error, "rule '%s': an id has lower-case letters, digits and '-' only",
                          rule->id);
    if (rules_rule(rules, rule->id))
        return yaml_error(node, error, "rule '%s' stands twice; rename one", rule->id);
    if (!rule->pattern == !rule->shape)
        return yaml_error(node, error, "rule '%s' needs either a 'pattern' or a 'shape'", rule->id);
    if (rule->pattern && anchor_length(rule->pattern) < ANCHOR_MIN_BYTES)
        return yaml_error(node, error,
                          "rule '%s': its pattern has no literal of %d bytes that every match contains; "
                          "add one or make it a 'shape'",
                          rule->id, ANCHOR_MIN_BYTES);
    if (rule->shape && rule->group)
        return yaml_error(node, error, "rule '%s': a 'shape' has no 'group'", rule->id);
    if (rule->context_required && !rule->context)
        return yaml_error(node, error, "rule '%s' requires context but names no words in 'context'",
                          rule->id);
    return check_samples(node, rule, error);
}

static gboolean add_rule(Rules *rules, const YamlNode *node, GError **error)
{
    Draft draft = {0};
    gboolean good = yaml_fill(node, rule_fields, &draft, error);
    draft.rule.type = good ? rules_type(rules, draft.type) : NULL;
    if (good && !draft.rule.type)
        good = yaml_error(node, error, "rule '%s': its type '%s' is not in types.yaml", draft.rule.id,
                          draft.type);
    good = good && check_rule(rules, node, &draft.rule, error);
    g_free(draft.type);
    Rule *rule = g_memdup2(&draft.rule, sizeof draft.rule);
    if (good)
        g_ptr_array_add(rules->rules, rule);
    else
        free_rule(rule);
    return good;
}

typedef gboolean (*AddNode)(Rules *rules, const YamlNode *node, GError **error);

/* Each item of the list that stands under `key`, the file's only key. */
static gboolean add_list(Rules *rules, const YamlFile *file, const char *key, AddNode add, GError **error)
{
    const YamlNode *list = NULL;
    const YamlField fields[] = {{.key = key, .kind = YAML_SUBTREE, .required = TRUE}, {.key = NULL}};
    if (!yaml_fill(yaml_root(file), fields, &list, error))
        return FALSE;
    for (guint i = 0; i < yaml_length(list); i++)
        if (!add(rules, yaml_item(list, i), error))
            return FALSE;
    return TRUE;
}

/* What is read while the digest grows: name, NUL, length, bytes of each file. */
typedef struct {
    Rules *rules;
    GChecksum *digest;
} Loader;

static gboolean load_file(Loader *loader, const char *dir, const char *name, const char *key, AddNode add,
                          GError **error)
{
    g_autofree char *path = g_build_filename(dir, name, NULL);
    g_autofree char *bytes = NULL;
    gsize n;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &bytes, &n, &cause))
        return error_set(error, CANDOR_ERROR_IO, "%s", cause->message);
    guint64 length = GUINT64_TO_LE(n);
    g_checksum_update(loader->digest, (const guchar *)name, (gssize)strlen(name) + 1);
    g_checksum_update(loader->digest, (const guchar *)&length, sizeof length);
    g_checksum_update(loader->digest, (const guchar *)bytes, (gssize)n);
    g_autoptr(YamlFile) file = yaml_parse(path, (Span){bytes, n}, error);
    return file && add_list(loader->rules, file, key, add, error);
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The folder's *.yaml in the order of their names, so that the digest does not hang on the file system. */
static GPtrArray *list_yaml(const char *dir, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GDir) folder = g_dir_open(dir, 0, &cause);
    if (!folder) {
        error_set(error, CANDOR_ERROR_IO, "%s", cause->message);
        return NULL;
    }
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(folder));)
        if (g_str_has_suffix(name, ".yaml") && name[0] != '.')
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    return names;
}

static gboolean load_rules(Loader *loader, const char *dir, GError **error)
{
    g_autoptr(GPtrArray) names = list_yaml(dir, error);
    if (!names)
        return FALSE;
    for (guint i = 0; i < names->len; i++)
        if (!load_file(loader, dir, g_ptr_array_index(names, i), "rules", add_rule, error))
            return FALSE;
    return TRUE;
}

static gboolean load_all(Loader *loader, const char *dir, const char *extra_dir, GError **error)
{
    g_autofree char *rules_dir = g_build_filename(dir, "rules", NULL);
    if (!load_file(loader, dir, "types.yaml", "types", add_type, error) ||
        !load_rules(loader, rules_dir, error))
        return FALSE;
    return !extra_dir || load_rules(loader, extra_dir, error);
}

static gint compare_types(gconstpointer a, gconstpointer b)
{
    return strcmp((*(const Type *const *)a)->id, (*(const Type *const *)b)->id);
}

static gint compare_rules(gconstpointer a, gconstpointer b)
{
    return strcmp((*(const Rule *const *)a)->id, (*(const Rule *const *)b)->id);
}

const Type *rules_type(const Rules *rules, const char *id)
{
    for (guint i = 0; i < rules->types->len; i++) {
        const Type *type = g_ptr_array_index(rules->types, i);
        if (strcmp(type->id, id) == 0)
            return type;
    }
    return NULL;
}

const Rule *rules_rule(const Rules *rules, const char *id)
{
    for (guint i = 0; i < rules->rules->len; i++) {
        const Rule *rule = g_ptr_array_index(rules->rules, i);
        if (strcmp(rule->id, id) == 0)
            return rule;
    }
    return NULL;
}

void rules_free(Rules *rules)
{
    if (!rules)
        return;
    g_ptr_array_unref(rules->rules);
    g_ptr_array_unref(rules->types);
    g_free(rules);
}

Rules *rules_load(const char *dir, const char *extra_dir, GError **error)
{
    g_autoptr(Rules) rules = g_new0(Rules, 1);
    rules->types = g_ptr_array_new_with_free_func(free_type);
    rules->rules = g_ptr_array_new_with_free_func(free_rule);
    g_autoptr(GChecksum) digest = g_checksum_new(G_CHECKSUM_SHA256);
    Loader loader = {.rules = rules, .digest = digest};
    if (!load_all(&loader, dir, extra_dir, error))
        return NULL;
    g_ptr_array_sort(rules->types, compare_types);
    g_ptr_array_sort(rules->rules, compare_rules);
    g_strlcpy(rules->digest, g_checksum_get_string(digest), sizeof rules->digest);
    return g_steal_pointer(&rules);
}
