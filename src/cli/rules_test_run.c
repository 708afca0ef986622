/* rules_test_run.c - every rule against its own samples, in a worker as in earnest. */
#include "cli/rules_test_run.h"

#include <string.h>
#include <unistd.h>
#include "cli/scan_file.h"
#include "cli/stdin_file.h"
#include "cli/tools.h"

#define MARK_OPEN "\xc2\xab" /* « and » stand around the value in a sample */
#define MARK_CLOSE "\xc2\xbb"

/* A sample is a message of an mbox, so that one request tests them all. Its value goes from `start` to
 * `end`: a hit is kept also by another rule that sees that value, since of several only the surest
 * speaks. */
typedef struct {
    const Rule *rule;
    const char *text;
    gsize start, end;
    gboolean must_hit, was_hit;
} Sample;

/* The text without its marks; where they stood. Without marks all of it is the value. */
static GString *unmarked(Sample *sample)
{
    GString *bare = g_string_new(sample->text);
    const char *open = strstr(bare->str, MARK_OPEN);
    sample->start = open ? (gsize)(open - bare->str) : 0;
    g_string_replace(bare, MARK_OPEN, "", 0);
    const char *close = strstr(bare->str, MARK_CLOSE);
    sample->end = close ? (gsize)(close - bare->str) : bare->len;
    g_string_replace(bare, MARK_CLOSE, "", 0);
    return bare;
}

static void add_message(GString *mbox, const GString *bare)
{
    g_autofree char *encoded = g_base64_encode((const guchar *)bare->str, bare->len);
    g_string_append(mbox, "From - Thu Jan  1 00:00:00 1970\nContent-Type: text/plain; charset=utf-8\n"
                          "Content-Transfer-Encoding: base64\n\n");
    for (const char *line = encoded; *line; line += strnlen(line, 76))
        g_string_append_printf(mbox, "%.76s\n", line);
    g_string_append_c(mbox, '\n');
}

static void add_samples(GArray *samples, GString *mbox, const Rule *rule, char **texts, gboolean must_hit)
{
    for (guint i = 0; texts && texts[i]; i++) {
        Sample sample = {.rule = rule, .text = texts[i], .must_hit = must_hit};
        g_autoptr(GString) bare = unmarked(&sample);
        g_array_append_val(samples, sample);
        add_message(mbox, bare);
    }
}

static void note_match(const ScanMatch *match, gpointer user)
{
    GArray *samples = user;
    if (match->message < 0 || match->message >= (gint64)samples->len)
        return;
    Sample *sample = &g_array_index(samples, Sample, match->message);
    gboolean own = span_equals(match->match->rule, sample->rule->id);
    gboolean there = match->match->start < sample->end && match->match->end > sample->start;
    sample->was_hit |= own || (sample->must_hit && there);
}

static gboolean scan_samples(const Cli *cli, const char *extra_rules, const GString *mbox, GArray *samples,
                             GError **error)
{
    static const ScanTake take = {.match = note_match};
    g_autoptr(Tools) tools = tools_new(cli, NULL, error);
    if (!tools)
        return FALSE;
    tools->run.extra_rules = extra_rules;
    g_autoptr(Pool) pool = pool_open(&tools->run, NULL, error);
    int fd = pool ? memory_file_open((Span){mbox->str, mbox->len}, error) : -1;
    if (fd < 0)
        return FALSE;
    gboolean done = scan_file(pool, fd, "samples", &take, samples, error);
    close(fd);
    return done;
}

static guint say_failures(const Cli *cli, const GArray *samples)
{
    guint failures = 0;
    for (guint i = 0; i < samples->len; i++) {
        const Sample *sample = &g_array_index(samples, Sample, i);
        if (sample->was_hit == sample->must_hit)
            continue;
        remark(cli, "rule %s %s its sample: %s", sample->rule->id,
               sample->must_hit ? "misses" : "hits what it must miss in", sample->text);
        failures++;
    }
    return failures;
}

int rules_test_run(const Cli *cli, const Rules *rules, const char *extra_rules, GError **error)
{
    g_autoptr(GArray) samples = g_array_new(FALSE, FALSE, sizeof(Sample));
    g_autoptr(GString) mbox = g_string_new(NULL);
    for (guint i = 0; i < rules->rules->len; i++) {
        const Rule *rule = rules->rules->pdata[i];
        add_samples(samples, mbox, rule, rule->hit, TRUE);
        add_samples(samples, mbox, rule, rule->miss, FALSE);
    }
    if (!scan_samples(cli, extra_rules, mbox, samples, error))
        return EXIT_FAULT;
    guint failures = say_failures(cli, samples);
    if (failures) {
        error_set(error, CANDOR_ERROR_FORMAT, "%u of %u samples fail; mend the rules named above", failures,
                  samples->len);
        return EXIT_FAULT;
    }
    remark(cli, "%u rules keep the promises of their %u samples", rules->rules->len, samples->len);
    return EXIT_DONE;
}
