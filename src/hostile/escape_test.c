/* escape_test.c - a captured reader tries to get out: it never does, and costs its own message alone.
 *
 * A mailbox holds a message for each attack between innocent ones. The true feeder reads it with a reader that
 * carries out what the message says; then the rows and the world outside are looked at. */
#include "hostile/escape_attacks.h"
#include "hostile/escape_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "hostile/ask.h"
#include "lib/box.h"

static const char mark[] = "X-Attack: ";

static guint attack_count(void)
{
    return escape_calls.count + escape_deeds.count + escape_lies.count;
}

static const NamedAttack *attack_at(guint i)
{
    if (i < escape_calls.count)
        return &escape_calls.attack[i];
    i -= escape_calls.count;
    return i < escape_deeds.count ? &escape_deeds.attack[i] : &escape_lies.attack[i - escape_deeds.count];
}

/* Read nothing, but as a reader would: one part. Carry out the attack that the message names. */
static void hostile_read(Reader *reader, Span canonical, const ReaderSink *sink, void *user, MessageRow *head)
{
    (void)reader;
    PartRow part = {.path = SPAN_OF("1"),
                    .media_type = SPAN_OF("text/plain"),
                    .end = canonical.n,
                    .read = canonical.n,
                    .scanned = canonical.n};
    sink->part(user, &part);
    if (canonical.n < sizeof mark || memcmp(canonical.p, mark, sizeof mark - 1) != 0)
        return;
    for (guint i = 0; i < attack_count(); i++) {
        gsize n = strlen(attack_at(i)->name);
        if (memcmp(canonical.p + sizeof mark - 1, attack_at(i)->name, n) != 0 ||
            canonical.p[sizeof mark - 1 + n] != '\n')
            continue;
        Mischief mischief = {user, head};
        if (attack_at(i)->attack(&mischief))
            head->subject = SPAN_OF("ESCAPED");
        else if (i < escape_calls.count + escape_deeds.count)
            abort(); /* refused by an error: end as a crash would */
        return;
    }
    head->subject = SPAN_OF("UNKNOWN ATTACK");
}

static void add_message(GString *mailbox, const char *attack)
{
    g_string_append(mailbox, "From a@b.example Thu Jan  1 00:00:00 2026\n");
    if (attack)
        g_string_append_printf(mailbox, "%s%s\n", mark, attack);
    g_string_append(mailbox, "Subject: made up\n\nA line.\n\n");
}

/* The whole of what a worker with the hostile reader answers to one request. */
static char *ask(const char *request)
{
    Rules no_rules = {0};
    Tools tools = {
        .rules = &no_rules, .read = hostile_read, .cpu_seconds = 1, .stall_seconds = 2, .recheck_all = TRUE};
    int exit_code;
    assert_true(hashing_init(&tools.hashing, NULL));
    char *rows = ask_worker(&tools, request, -1, &exit_code);
    hashing_clear(&tools.hashing);
    assert_int_equal(exit_code, 0);
    return rows;
}

static char *read_mailbox(const EscapeWorld *world, gsize bytes)
{
    g_autofree char *request = g_strdup_printf("mail\t7\t%s\tmbox\t0\t%zu\tmailbox\n", world->folder, bytes);
    return ask(request);
}

/* What the rows say of each message, in order. */
typedef struct {
    gboolean bare, has_part;
    char reason[32];
} Reading;

static GArray *readings_of(const char *rows)
{
    GArray *readings = g_array_new(FALSE, TRUE, sizeof(Reading));
    g_auto(GStrv) lines = g_strsplit(rows, "\n", -1);
    for (char **line = lines; *line; line++) {
        Row row;
        MessageRow message;
        GapRow gap = {0};
        assert_null(strstr(*line, "ESCAPED"));
        if (!**line || !row_split(*line, strlen(*line), &row, NULL))
            continue;
        Reading *last = readings->len ? &g_array_index(readings, Reading, readings->len - 1) : NULL;
        if (row.kind == 'M' && message_row_read(&row, &message, NULL)) {
            Reading next = {.bare = message.bare};
            g_array_append_val(readings, next);
        } else if (row.kind == 'P' && last) {
            last->has_part = TRUE;
        } else if (row.kind == 'G' && last && gap_row_read(&row, &gap, NULL)) {
            g_autofree char *reason = span_dup(gap.reason);
            g_strlcpy(last->reason, reason, sizeof last->reason);
        }
    }
    return readings;
}

static void check_innocent(const Reading *reading)
{
    assert_false(reading->bare);
    assert_true(reading->has_part);
    assert_string_equal(reading->reason, "");
}

static void no_attack_gets_out_and_each_costs_its_message(void **state)
{
    const EscapeWorld *world = *state;
    g_autoptr(GString) mailbox = g_string_new(NULL);
    targets.handed = 2; /* behind the socket and the pipe */
    for (guint i = 0; i < attack_count(); i++) {
        add_message(mailbox, NULL);
        add_message(mailbox, attack_at(i)->name);
    }
    add_message(mailbox, NULL);
    assert_true(g_file_set_contents(world->input, mailbox->str, (gssize)mailbox->len, NULL));
    g_autofree char *rows = read_mailbox(world, mailbox->len);
    g_autoptr(GArray) readings = readings_of(rows);
    assert_int_equal(readings->len, 2 * attack_count() + 1);
    for (guint i = 0; i < readings->len; i++) {
        const Reading *reading = &g_array_index(readings, Reading, i);
        if (i % 2 == 0) {
            check_innocent(reading);
            continue;
        }
        if (!reading->bare || !escape_is_a_death(reading->reason))
            fail_msg("%s: bare %d, gap '%s'", attack_at(i / 2)->name, reading->bare, reading->reason);
    }
    escape_world_is_as_it_was(world, mailbox);
    g_autofree char *total =
        g_strdup_printf("\nD\t7\t%u\t%u\t0\t%zu\t", readings->len, readings->len, mailbox->len);
    assert_non_null(strstr(rows, total));
}

static void a_crash_costs_one_of_a_thousand(void **state)
{
    const EscapeWorld *world = *state;
    g_autoptr(GString) mailbox = g_string_new(NULL);
    for (guint i = 0; i < 1000; i++)
        add_message(mailbox, i == 500 ? "write_to_null" : NULL);
    assert_true(g_file_set_contents(world->input, mailbox->str, (gssize)mailbox->len, NULL));
    g_autofree char *rows = read_mailbox(world, mailbox->len);
    g_autoptr(GArray) readings = readings_of(rows);
    assert_int_equal(readings->len, 1000);
    for (guint i = 0; i < 1000; i++)
        if (i != 500)
            check_innocent(&g_array_index(readings, Reading, i));
    if (!RUNNING_UNDER_SANITIZER)
        assert_string_equal(g_array_index(readings, Reading, 500).reason, "crashed");
}

static void files_go_on_behind_a_crash(void **state)
{
    const EscapeWorld *world = *state;
    g_autoptr(GString) mail = g_string_new("Subject: made up\n\nA line.\n");
    g_autofree char *poison = g_build_filename(world->folder, "poison", NULL);
    assert_true(g_file_set_contents(world->input, mail->str, -1, NULL));
    assert_true(g_file_set_contents(poison, "X-Attack: write_to_null\n\nA line.\n", -1, NULL));
    g_autofree char *request = g_strdup_printf(
        "mail\t7\t%s\teml\t0\t0\tmailbox\tpoison\tmissing\tmailbox\tpoison\t../etc/passwd\tmailbox\n",
        world->folder);
    g_autofree char *rows = ask(request);
    unlink(poison);
    g_autoptr(GArray) readings = readings_of(rows);
    assert_int_equal(readings->len, 5);
    const gboolean bare[] = {FALSE, TRUE, FALSE, TRUE, FALSE};
    for (guint i = 0; i < 5; i++)
        assert_int_equal(g_array_index(readings, Reading, i).bare, bare[i]);
    assert_non_null(strstr(rows, "G\t2\t0\t%\tmissing\t"));
    assert_non_null(strstr(rows, "G\t5\t0\t%\tunreadable\t"));
    assert_non_null(strstr(rows, "\nD\t7\t7\t5\t2\t"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_attack_gets_out_and_each_costs_its_message, escape_world_make,
                                        escape_world_end),
        cmocka_unit_test_setup_teardown(a_crash_costs_one_of_a_thousand, escape_world_make, escape_world_end),
        cmocka_unit_test_setup_teardown(files_go_on_behind_a_crash, escape_world_make, escape_world_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
