/* scan.c - candor scan: findings of any file, without a case. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "cli/listing.h"
#include "cli/options.h"
#include "cli/scan_file.h"
#include "cli/stdin_file.h"
#include "cli/tools.h"

static char *format_name, *extra_rules;

static const GOptionEntry options[] = {
    {"format", 'f', 0, G_OPTION_ARG_STRING, &format_name, "text (default), ndjson or csv", "FORMAT"},
    {"rules", 0, 0, G_OPTION_ARG_FILENAME, &extra_rules,
     "Rules of your own beside candor's: a folder of YAML", "DIR"},
    {0},
};

static const Field fields[] = {
    {"file", VALUE_TEXT, 16}, {"message", VALUE_NUMBER, 7}, {"part", VALUE_TEXT, 8},
    {"type", VALUE_TEXT, 20}, {"rule", VALUE_TEXT, 20},     {"start", VALUE_NUMBER, 7},
    {"end", VALUE_NUMBER, 7}, {"masked", VALUE_TEXT, 16},   {"confidence", VALUE_NUMBER, 0}};
/* On a screen: what a person wants first. */
static const Field screen_fields[] = {{"file", VALUE_TEXT, 20},
                                      {"message", VALUE_NUMBER, 7},
                                      {"part", VALUE_TEXT, 6},
                                      {"type", VALUE_TEXT, 22},
                                      {"masked", VALUE_TEXT, 0}};

typedef struct {
    const Cli *cli;
    const char *name; /* of the file at hand */
    Writer *writer;
    gboolean screen;
    guint gaps;
} Scanning;

static void print_match(const ScanMatch *match, gpointer user)
{
    Scanning *it = user;
    const MatchRow *row = match->match;
    writer_text(it->writer, span_of_string(it->name));
    if (match->message < 0)
        writer_none(it->writer);
    else
        writer_number(it->writer, match->message);
    writer_text(it->writer, row->path);
    writer_text(it->writer, row->type);
    if (it->screen) {
        writer_text(it->writer, row->masked);
        return;
    }
    writer_text(it->writer, row->rule);
    writer_number(it->writer, (gint64)row->start);
    writer_number(it->writer, (gint64)row->end);
    writer_text(it->writer, row->masked);
    writer_number(it->writer, (gint64)row->confidence);
}

static void note_gap(const GapRow *gap, gpointer user)
{
    Scanning *it = user;
    g_autofree char *reason = span_dup(gap->reason), *detail = span_dup(gap->detail),
                    *path = span_dup(gap->path);
    if (span_equals(gap->reason, "empty")) {
        remark(it->cli, "%s: holds no byte", it->name);
        return;
    }
    it->gaps++;
    remark(it->cli, "%s%s%s: not read: %s%s%s", it->name, *path ? ", part " : "", path, reason,
           *detail ? ", " : "", detail);
}

static void note_unscanned(guint64 parts, guint64 bytes, gpointer user)
{
    Scanning *it = user;
    g_autofree char *amount = progress_bytes(bytes);
    remark(it->cli, "%s: %" G_GUINT64_FORMAT " part%s (%s) are no text, and were not looked into", it->name,
           parts, parts == 1 ? "" : "s", amount);
}

/* A descriptor of the file, or -1 when it cannot be scanned: then it was said. */
static int open_file(Scanning *it, const char *path, GError **error)
{
    struct stat about;
    if (strcmp(path, "-") == 0)
        return stdin_file_open(error);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 || fstat(fd, &about) != 0) {
        remark(it->cli, "%s: cannot be opened: %s; it was passed over", path, g_strerror(errno));
    } else if (!S_ISREG(about.st_mode)) {
        remark(it->cli, "%s: %s; it was passed over", path,
               S_ISDIR(about.st_mode) ? "a folder: name its files, or collect it into a case"
                                      : "no plain file: pipe it into candor scan -");
    } else {
        return fd;
    }
    if (fd >= 0)
        close(fd);
    it->gaps++;
    return -1;
}

static gboolean scan_one(Scanning *it, Pool *pool, const char *path, GError **error)
{
    static const ScanTake take = {.match = print_match, .gap = note_gap, .unscanned = note_unscanned};
    g_autoptr(GError) cause = NULL;
    it->name = path;
    int fd = open_file(it, path, &cause);
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (fd < 0)
        return TRUE;
    gboolean done = scan_file(pool, fd, path, &take, it, error);
    close(fd);
    return done;
}

static gboolean scan_all(Scanning *it, const Tools *tools, char **paths, Format format, GError **error)
{
    g_auto(Output) output = {0};
    g_autoptr(Pool) pool = pool_open(&tools->run, NULL, error);
    if (!pool || !output_open(&output, NULL, error))
        return FALSE;
    it->screen = format == FORMAT_TEXT;
    const Field *shown = it->screen ? screen_fields : fields;
    guint count = it->screen ? G_N_ELEMENTS(screen_fields) : G_N_ELEMENTS(fields);
    g_autoptr(Writer) writer = writer_new(output.file, format, NULL, shown, count, terminal_columns());
    it->writer = writer;
    for (guint i = 0; paths[i] && !tools_stopped(); i++)
        if (!scan_one(it, pool, paths[i], error) || !output_is_well(&output, error))
            return FALSE;
    if (writer_rows(writer) == 0 && !it->gaps)
        remark(it->cli, "nothing found");
    return output_finish(&output, error);
}

static int run(const Cli *cli, char **operands, GError **error)
{
    int format = option_choice("--format",
                               format_name ? format_name
                               : cli->json ? "ndjson"
                                           : "text",
                               format_names, error);
    if (format < 0)
        return EXIT_MISUSE;
    Scanning it = {.cli = cli};
    g_autoptr(Tools) tools = tools_new(cli, NULL, error);
    if (!tools)
        return EXIT_FAULT;
    tools->run.extra_rules = extra_rules;
    if (!scan_all(&it, tools, operands, (Format)format, error))
        return EXIT_FAULT;
    return tools_stopped() ? EXIT_AGAIN : it.gaps ? EXIT_GAPS : EXIT_DONE;
}

const Command command_scan = {.word = "scan",
                              .operands = "FILE…",
                              .options = options,
                              .least = 1,
                              .most = OPERANDS_ANY,
                              .run = run,
                              .summary =
                                  "Find personal data and secrets in files, without a case; - is stdin"};
