/* box_bench.c - what a box costs: the fork alone, the fork with all its walls, and a unit of one small message.
 *
 *   box_bench RULES_DIR     prints microseconds of the wall clock each, the median of 200 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "hostile/feeder.h"
#include "hostile/limits.h"
#include "hostile/mail.h"
#include "lib/box.h"

#define ROUNDS 200

static void enter_and_leave(int in, int out)
{
    guint level = 0;
    BoxPlan plan = {.kind = BOX_READER,
                    .in = in,
                    .out = out,
                    .trace = -1,
                    .parent = getppid(),
                    .address_space = LIMIT_BOX_ADDRESS_SPACE};
    _exit(box_enter(&plan, &level, NULL) ? 0 : 1);
}

static void fork_once(gboolean boxed, int in, int out)
{
    pid_t child = fork();
    if (child == 0) {
        if (boxed)
            enter_and_leave(in, out);
        _exit(0);
    }
    waitpid(child, NULL, 0);
}

static void run_unit(Tools *tools, const char *folder, int output)
{
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(JobItem));
    JobItem item = {.path = "mail", .whole = TRUE};
    g_array_append_val(items, item);
    Job job = {.tools = tools, .root = folder, .items = items};
    mail_job(&job, FALSE);
    (void)feeder_run(&job, output, NULL);
    mail_job_clear(&job);
}

static int by_value(gconstpointer a, gconstpointer b)
{
    gint64 left = *(const gint64 *)a, right = *(const gint64 *)b;
    return left < right ? -1 : left > right;
}

static void print_median(const char *what, gint64 *times)
{
    qsort(times, ROUNDS, sizeof *times, by_value);
    printf("%-40s %6" G_GINT64_FORMAT " us\n", what, times[ROUNDS / 2]);
}

int main(int argc, char **argv)
{
    g_auto(Tools) tools = {0};
    g_autoptr(GError) error = NULL;
    if (argc != 2 ||
        !tools_load(&tools, argv[1], NULL, NULL, (const guint8[FINGERPRINT_KEY_BYTES]){1}, OCR_OFF, &error) ||
        !box_prepare(&error)) {
        fprintf(stderr, "box_bench: %s\n", error ? error->message : "box_bench RULES_DIR");
        return 2;
    }
    g_autofree char *folder = g_dir_make_tmp("candor-bench-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "mail", NULL);
    if (!g_file_set_contents(path, "Subject: made up\n\nA line.\n", -1, &error))
        return 1;
    int output = open("/dev/null", O_WRONLY | O_CLOEXEC), in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    gint64 fork_times[ROUNDS], box_times[ROUNDS], unit_times[ROUNDS];
    for (guint i = 0; i < ROUNDS; i++) {
        gint64 start = g_get_monotonic_time();
        fork_once(FALSE, in, output);
        gint64 forked = g_get_monotonic_time();
        fork_once(TRUE, in, output);
        gint64 boxed = g_get_monotonic_time();
        run_unit(&tools, folder, output);
        fork_times[i] = forked - start;
        box_times[i] = boxed - forked;
        unit_times[i] = g_get_monotonic_time() - boxed;
    }
    print_median("fork and end", fork_times);
    print_median("fork, all walls, end", box_times);
    print_median("a unit of one small message", unit_times);
    unlink(path);
    rmdir(folder);
    return 0;
}
