/* convert_bench.c - what converting costs: files to text in this process, and each in a box of its own with its scan.
 *
 *   convert_bench RULES_DIR FILE…     prints bytes and files a second of processor time, over two seconds */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>
#include "hostile/partbox.h"
#include "hostile/sealed.h"
#include "lib/box.h"

#define LEAST_SECONDS 2.0

typedef struct {
    Tools tools;
    char **paths;
    guint64 bytes, text, files;
} Bench;

static double seconds_used(void)
{
    double seconds = 0;
    const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
    for (guint i = 0; i < G_N_ELEMENTS(whose); i++) {
        struct rusage used;
        getrusage(whose[i], &used);
        seconds += (double)used.ru_utime.tv_sec + (double)used.ru_stime.tv_sec +
                   (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    }
    return seconds;
}

static void convert_here(Bench *bench, Span bytes)
{
    Converted converted;
    convert(bench->tools.converters, bytes, SPAN_NONE, NULL, NULL, &converted);
    bench->text += converted.text.n;
}

static void convert_boxed(Bench *bench, Span bytes)
{
    g_auto(PartAnswer) answer = {0};
    int input = sealed_file(bytes, NULL);
    PartWork work = {.tools = &bench->tools, .input = input, .size = bytes.n};
    if (!partbox_run(&work, &answer, NULL) || answer.end.reason)
        g_printerr("a box died: %s\n", answer.end.reason);
    bench->text += answer.text.n;
    close(input);
}

static void run(Bench *bench, const char *what, void (*one)(Bench *, Span))
{
    double began = seconds_used(), spent = 0;
    bench->bytes = bench->text = bench->files = 0;
    while (spent < LEAST_SECONDS) {
        for (char **path = bench->paths; *path; path++) {
            g_autofree char *bytes = NULL;
            gsize n;
            if (!g_file_get_contents(*path, &bytes, &n, NULL))
                continue;
            one(bench, (Span){bytes, n});
            bench->bytes += n;
            bench->files++;
        }
        spent = seconds_used() - began;
    }
    printf("%-12s %6.1f MB/CPU-s of files, %6.1f MB/CPU-s of text, %7.0f files/CPU-s (mean %.0f kB)\n", what,
           (double)bench->bytes / 1e6 / spent, (double)bench->text / 1e6 / spent,
           (double)bench->files / spent, (double)bench->bytes / 1e3 / (double)bench->files);
}

int main(int argc, char **argv)
{
    static const guint8 key[FINGERPRINT_KEY_BYTES] = {1};
    g_autoptr(GError) error = NULL;
    if (argc < 3) {
        g_printerr("usage: convert_bench RULES_DIR FILE…\n");
        return 2;
    }
    Bench bench = {.paths = argv + 2};
    if (!tools_load(&bench.tools, argv[1], NULL, NULL, key, OCR_BY_FILE, &error) || !box_prepare(&error)) {
        g_printerr("convert_bench: %s\n", error->message);
        return 1;
    }
    run(&bench, "in process", convert_here);
    run(&bench, "in boxes", convert_boxed);
    tools_clear(&bench.tools);
    return 0;
}
