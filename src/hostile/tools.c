/* tools.c - what a box works with, made before any box. */
#include "hostile/tools.h"

#include <json-c/json.h>
#include <malloc.h>
#include "hostile/limits.h"
#include "hostile/outlook/unwrap.h"

/* A box that uses no processor time and answers nothing waits for a disk or a network share. */
#define STALL_SECONDS 120

void tools_clear(Tools *tools)
{
    converters_free(tools->converters);
    reader_free(tools->reader);
    charsets_free(tools->charsets);
    scanner_free(tools->scanner);
    rules_free(tools->rules);
    hashing_clear(&tools->hashing);
    *tools = (Tools){0};
}

/* json-c asks the system for a random number at its first key, which a box may not. */
static void warm_up_json(void)
{
    json_object *object = json_object_new_object();
    json_object_object_add(object, "key", NULL);
    json_object_put(object);
}

gboolean tools_load(Tools *tools, const char *rules_dir, const char *extra_dir, const char *cache_dir,
                    const guint8 key[FINGERPRINT_KEY_BYTES], OcrReach ocr, GError **error)
{
    *tools = (Tools){.read = reader_read,
                     .convert = convert,
                     .cpu_seconds = LIMIT_MESSAGE_CPU_SECONDS,
                     .part_seconds = LIMIT_PART_CPU_SECONDS,
                     .stall_seconds = STALL_SECONDS,
                     .recheck_all = g_strcmp0(g_getenv("CANDOR_RECHECK"), "all") == 0};
    warm_up_json();
    gboolean loaded = hashing_init(&tools->hashing, error) &&
                      (tools->rules = rules_load(rules_dir, extra_dir, error)) &&
                      (tools->scanner = scanner_new(tools->rules, key, cache_dir, error)) &&
                      (tools->reader = reader_new(error)) && (tools->charsets = charsets_new(error)) &&
                      (tools->converters = converters_load(rules_dir, ocr, error));
    if (!loaded) {
        tools_clear(tools);
        return FALSE;
    }
    /* What compiling rules needed and no longer needs: a fork copies the tables of all pages that are held. */
    malloc_trim(0);
    const ReaderForms forms = unwrap_forms(&tools->hashing);
    reader_set_forms(tools->reader, &forms);
    converters_set_forms(tools->converters, &forms);
    return TRUE;
}
