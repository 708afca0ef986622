/* letters.c - the templates and words of notices, by language. */
#include "notify/letters.h"

#include "lib/yaml.h"
#include "nouns/rule.h"

#define FALLBACK "en"

static const char *const kinds[] = {"first", "more", "correction", "retraction"};

struct Tongue {
    const Letters *letters;
    Language *language;
    YamlFile *words;
    Template *common;
    Template *templates[G_N_ELEMENTS(kinds)];
};

struct Letters {
    const char *data_dir;
    Rules *rules;
    GHashTable *tongues; /* tag -> Tongue * */
};

static void tongue_free(gpointer data)
{
    Tongue *tongue = data;
    language_close(tongue->language);
    yaml_close(tongue->words);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        template_close(tongue->templates[i]);
    template_close(tongue->common);
    g_free(tongue);
}

void letters_free(Letters *letters)
{
    if (!letters)
        return;
    g_hash_table_unref(letters->tongues);
    rules_free(letters->rules);
    g_free(letters);
}

Letters *letters_new(const char *data_dir, GError **error)
{
    g_autoptr(Letters) letters = g_new0(Letters, 1);
    letters->data_dir = data_dir;
    letters->tongues = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, tongue_free);
    letters->rules = rules_load(data_dir, NULL, error);
    return letters->rules ? g_steal_pointer(&letters) : NULL;
}

/* "words/en.yaml", "templates/first.en". */
static char *path_of(const Letters *letters, const char *folder, const char *before, const char *primary,
                     const char *after)
{
    g_autofree char *name = g_strconcat(before, primary, after, NULL);
    return g_build_filename(letters->data_dir, folder, name, NULL);
}

static gboolean open_templates(Tongue *tongue, const char *primary, GError **error)
{
    g_autofree char *common = path_of(tongue->letters, "templates", "common.", primary, "");
    tongue->common = template_open(common, NULL, error);
    for (guint i = 0; tongue->common && i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *dotted = g_strconcat(kinds[i], ".", NULL);
        g_autofree char *path = path_of(tongue->letters, "templates", dotted, primary, "");
        tongue->templates[i] = template_open(path, tongue->common, error);
        if (!tongue->templates[i])
            return FALSE;
    }
    return tongue->common != NULL;
}

/* NULL without *error: there is no such language, or we have no words of it. */
static Tongue *open_tongue(const Letters *letters, const char *tag, GError **error)
{
    g_autofree char *primary = g_strndup(tag, strcspn(tag, "-"));
    g_autofree char *words = path_of(letters, "words", "", primary, ".yaml");
    g_autoptr(Language) language = strchr(tag, '/') ? NULL : language_open(tag, NULL);
    if (!language || !g_file_test(words, G_FILE_TEST_EXISTS))
        return NULL;
    Tongue *tongue = g_new0(Tongue, 1);
    *tongue = (Tongue){.letters = letters, .language = g_steal_pointer(&language)};
    tongue->words = yaml_open(words, error);
    if (tongue->words && open_templates(tongue, primary, error))
        return tongue;
    tongue_free(tongue);
    return NULL;
}

const Tongue *letters_tongue(Letters *letters, const char *tag, GError **error)
{
    const Tongue *known = g_hash_table_lookup(letters->tongues, tag);
    if (known)
        return known;
    g_autoptr(GError) cause = NULL;
    Tongue *tongue = open_tongue(letters, tag, &cause);
    if (!tongue && !cause && !g_str_equal(tag, FALLBACK))
        return letters_tongue(letters, FALLBACK, error);
    if (!tongue) {
        error_set(error, cause ? (CandorError)cause->code : CANDOR_ERROR_MISSING, "%s",
                  cause ? cause->message : "data/words/en.yaml is not there; install candor whole");
        return NULL;
    }
    g_hash_table_insert(letters->tongues, g_strdup(tag), tongue);
    return tongue;
}

const char *tongue_tag(const Tongue *tongue)
{
    return language_tag(tongue->language);
}

const char *tongue_word(const Tongue *tongue, const char *group, const char *id)
{
    const YamlNode *words = yaml_get(yaml_root(tongue->words), group);
    const YamlNode *word = words ? yaml_get(words, id) : NULL;
    if (word && yaml_text(word))
        return yaml_text(word);
    const Type *type = g_str_equal(group, "types") ? rules_type(tongue->letters->rules, id) : NULL;
    return type ? type->label : id;
}

GPtrArray *tongue_write(const Tongue *tongue, const char *kind, const Values *values, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_equal(kinds[i], kind))
            return template_fill(tongue->templates[i], tongue->language, values, error);
    error_set(error, CANDOR_ERROR_BUG, "a notice of kind %s", kind);
    return NULL;
}
