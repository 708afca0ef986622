/* worker.c - candor-worker: reads outside bytes in boxes; requests on stdin, rows on stdout.
 *
 *   candor-worker --rules DIR [--extra-rules DIR] [--cache DIR] [--ocr off|images|all]
 *
 * Descriptor 3 gives the fingerprint key (32 bytes); when it is not open, a random key serves. */
#include <glib.h>
#include <signal.h>
#include <sys/random.h>
#include <unistd.h>
#include "hostile/serve.h"
#include "lib/error.h"

#define KEY_DESCRIPTOR 3
#define REFUSAL_BYTES (64UL << 10)

static gboolean read_key(guint8 key[FINGERPRINT_KEY_BYTES], GError **error)
{
    gsize have = 0;
    gssize got = 0;
    while (have < FINGERPRINT_KEY_BYTES &&
           (got = read(KEY_DESCRIPTOR, key + have, FINGERPRINT_KEY_BYTES - have)) > 0)
        have += (gsize)got;
    if (got < 0 && have == 0)
        return getrandom(key, FINGERPRINT_KEY_BYTES, 0) == FINGERPRINT_KEY_BYTES;
    close(KEY_DESCRIPTOR);
    return have == FINGERPRINT_KEY_BYTES
               ? TRUE
               : error_set(error, CANDOR_ERROR_FORMAT,
                           "descriptor 3 gave %zu bytes, the fingerprint key has %d", have,
                           FINGERPRINT_KEY_BYTES);
}

/* The conductor has checked it. */
static OcrReach reach_of(const char *name)
{
    for (guint i = 0; name && ocr_reach_names[i]; i++)
        if (strcmp(name, ocr_reach_names[i]) == 0)
            return (OcrReach)(OCR_OFF + i);
    return OCR_BY_FILE;
}

static gboolean work(const char *rules, const char *extra, const char *cache, OcrReach ocr, GError **error)
{
    guint8 key[FINGERPRINT_KEY_BYTES];
    g_auto(Tools) tools = {0};
    gboolean ready = read_key(key, error) && tools_load(&tools, rules, extra, cache, key, ocr, error);
    explicit_bzero(key, sizeof key);
    return ready && serve(&tools, stdin, STDOUT_FILENO, error);
}

/* For whoever started it; and on stderr. */
static void refuse(const GError *error)
{
    g_auto(RowBuffer) rows = {.ceiling = REFUSAL_BYTES};
    row_begin(&rows, 'E');
    row_put_uint(&rows, error ? (guint64)error->code : CANDOR_ERROR_BUG);
    row_put_string(&rows, error ? error->message : "no random key could be had");
    row_end(&rows);
    if (!rows.failed)
        (void)!write(STDOUT_FILENO, rows.bytes, rows.length);
    g_printerr("candor-worker: %s\n", error ? error->message : "no random key could be had");
}

int main(int argc, char **argv)
{
    g_autofree char *rules = NULL, *extra = NULL, *cache = NULL, *ocr = NULL;
    const GOptionEntry options[] = {
        {"rules", 0, 0, G_OPTION_ARG_FILENAME, &rules, "Folder of types.yaml and rules/", "DIR"},
        {"extra-rules", 0, 0, G_OPTION_ARG_FILENAME, &extra, "Folder of the case's own rules", "DIR"},
        {"cache", 0, 0, G_OPTION_ARG_FILENAME, &cache, "Folder for compiled rules", "DIR"},
        {"ocr", 0, 0, G_OPTION_ARG_STRING, &ocr, "Of which pictures text is read", "off|images|all"},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) context =
        g_option_context_new("- read outside bytes in boxes (started by candor)");
    g_option_context_add_main_entries(context, options, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (!g_option_context_parse(context, &argc, &argv, &error) || !rules) {
        g_printerr("candor-worker: %s\n", error ? error->message : "--rules DIR is needed");
        return 2;
    }
    if (work(rules, extra, cache, reach_of(ocr), &error))
        return 0;
    refuse(error);
    return candor_error_exit_code(error) ? candor_error_exit_code(error) : 1;
}
