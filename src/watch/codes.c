/* codes.c - what the result of a sign-in says. */
#include "watch/codes.h"

#include <limits.h>
#include "lib/yaml.h"

/* The last of each is said of what is not listed. */
static const char *const outcomes[] = {"success", "blocked", "interrupt", "failed", "unknown", NULL};
static const char *const valids[] = {"yes", "no", "was", "revoked", "none", "unknown", NULL};
#define PACK 16

const char *outcome_name(Outcome outcome)
{
    return outcomes[outcome];
}

const char *valid_name(Valid valid)
{
    return valids[valid];
}

typedef struct {
    guint code, outcome, valid;
} CodeFields;

static const YamlField code_fields[] = {
    {"code", YAML_COUNT, G_STRUCT_OFFSET(CodeFields, code), TRUE, 0, INT_MAX, NULL},
    {"outcome", YAML_CHOICE, G_STRUCT_OFFSET(CodeFields, outcome), TRUE, 0, 0, outcomes},
    {"valid", YAML_CHOICE, G_STRUCT_OFFSET(CodeFields, valid), TRUE, 0, 0, valids},
    {0},
};

/* The file. */
typedef struct {
    char **accounts, **secrets, **keys;
    const YamlNode *codes;
} FileFields;

static const YamlField file_fields[] = {
    {"accounts", YAML_TEXTS, G_STRUCT_OFFSET(FileFields, accounts), TRUE, 0, 0, NULL},
    {"secrets", YAML_TEXTS, G_STRUCT_OFFSET(FileFields, secrets), TRUE, 0, 0, NULL},
    {"keys", YAML_TEXTS, G_STRUCT_OFFSET(FileFields, keys), TRUE, 0, 0, NULL},
    {"codes", YAML_SUBTREE, G_STRUCT_OFFSET(FileFields, codes), TRUE, 0, 0, NULL},
    {0},
};

static gboolean add_code(SigninCodes *codes, const YamlNode *node, GError **error)
{
    CodeFields read = {0};
    if (!yaml_fill(node, code_fields, &read, error))
        return FALSE;
    if (g_hash_table_contains(codes->codes, GUINT_TO_POINTER(read.code)))
        return yaml_error(node, error, "code %u stands twice; keep one", read.code);
    g_hash_table_insert(codes->codes, GUINT_TO_POINTER(read.code),
                        GUINT_TO_POINTER(read.outcome * PACK + read.valid));
    return TRUE;
}

void signin_codes_free(SigninCodes *codes)
{
    if (!codes)
        return;
    g_hash_table_unref(codes->codes);
    g_strfreev(codes->accounts);
    g_strfreev(codes->secrets);
    g_strfreev(codes->keys);
    g_free(codes);
}

static gboolean fill(SigninCodes *codes, const YamlNode *root, GError **error)
{
    FileFields read = {0};
    gboolean fine = yaml_fill(root, file_fields, &read, error);
    codes->accounts = read.accounts;
    codes->secrets = read.secrets;
    codes->keys = read.keys;
    for (guint i = 0; fine && i < yaml_length(read.codes); i++)
        fine = add_code(codes, yaml_item(read.codes, i), error);
    return fine;
}

SigninCodes *signin_codes_load(const char *data_dir, GError **error)
{
    g_autofree char *path = g_build_filename(data_dir, "signin-codes.yaml", NULL);
    g_autoptr(YamlFile) file = yaml_open(path, error);
    if (!file)
        return NULL;
    g_autoptr(SigninCodes) codes = g_new0(SigninCodes, 1);
    codes->codes = g_hash_table_new(NULL, NULL);
    return fill(codes, yaml_root(file), error) ? g_steal_pointer(&codes) : NULL;
}

void signin_code_says(const SigninCodes *codes, gint64 code, Outcome *outcome, Valid *valid)
{
    gpointer packed;
    *outcome = OUTCOME_UNKNOWN;
    *valid = VALID_UNKNOWN;
    if (code < 0 || code > INT_MAX ||
        !g_hash_table_lookup_extended(codes->codes, GUINT_TO_POINTER((guint)code), NULL, &packed))
        return;
    *outcome = (Outcome)(GPOINTER_TO_UINT(packed) / PACK);
    *valid = (Valid)(GPOINTER_TO_UINT(packed) % PACK);
}
