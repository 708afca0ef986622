/* escape_convert_test.c - a captured converter tries to get out: it never does, and costs its own part alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "hostile/ask.h"
#include "hostile/escape_attacks.h"
#include "hostile/escape_world.h"
#include "hostile/partgroup.h"
#include "hostile/partwork.h"
#include "hostile/sealed.h"
#include "lib/box.h"

static const char mark[] = "X-Attack: ";

static const Attacks *const all[] = {&escape_calls, &escape_deeds, &escape_reads};

static const NamedAttack *find_attack(Span name)
{
    for (guint i = 0; i < G_N_ELEMENTS(all); i++)
        for (guint j = 0; j < all[i]->count; j++)
            if (span_equals(name, all[i]->attack[j].name))
                return &all[i]->attack[j];
    return NULL;
}

/* What a converter can lie about. */
static gboolean tell_lie(Span name, Converted *converted)
{
    if (span_equals(name, "lie_about_converter"))
        converted->converter = "loot";
    else if (span_equals(name, "lie_about_version"))
        converted->version = "2 loot";
    else if (span_equals(name, "lie_about_state"))
        converted->state = PART_STATE_COUNT;
    else if (span_equals(name, "lie_about_unscanned"))
        converted->unscanned = G_MAXUINT64;
    else
        return FALSE;
    return TRUE;
}

/* Rows of the box's own making, in place of a true answer. */
static const struct {
    const char *name, *rows;
    guint64 matches, gaps;
} forged[] = {
    {"malformed_match", "X\tloot\n", 1, 0},
    {"match_of_a_part", "X\t1\tt\tr\t0\t1\t00000000000000000000000000000000\tm\t9\n", 1, 0},
    {"match_behind_the_text", "X\t\tt\tr\t0\t9\t00000000000000000000000000000000\tm\t9\n", 1, 0},
    {"match_that_ends_first", "X\t\tt\tr\t5\t1\t00000000000000000000000000000000\tm\t9\n", 1, 0},
    {"match_twice",
     "X\t\tt\tr\t0\t1\t00000000000000000000000000000000\tm\t9\n"
     "X\t\tt\tr\t0\t1\t00000000000000000000000000000000\tm\t8\n",
     2, 0},
    {"gap_of_another_part", "G\t7\t0\t\tcrashed\t%\t0\t0\n", 0, 1},
    {"malformed_gap", "G\t0\n", 0, 1},
};

static void answer_with(guint i, const char *converter_version)
{
    PartHead head = {
        .text = 8, .rows = strlen(forged[i].rows), .matches = forged[i].matches, .gaps = forged[i].gaps};
    g_strlcpy(head.converter, CONVERTER_NONE, sizeof head.converter);
    g_strlcpy(head.version, converter_version, sizeof head.version);
    frame_write_out(BOX_OUT, (const char *)&head, sizeof head);
    frame_write_out(BOX_OUT, "innocent", 8);
    frame_write_out(BOX_OUT, forged[i].rows, strlen(forged[i].rows));
    _exit(0);
}

/* A text that stands nowhere before a box made it. */
static char secret[300];

static char secret_letter(guint i)
{
    return (char)('a' + i * 7 % 26);
}

/* Carry out the attack that the part names. */
static void hostile_convert(Converters *converters, Span bytes, Span media_type, ConvertGap gap, void *user,
                            Converted *converted)
{
    (void)media_type;
    (void)gap;
    (void)user;
    *converted = (Converted){.converter = CONVERTER_NONE,
                             .version = converters_none(converters),
                             .state = PART_READ,
                             .text = SPAN_OF("innocent")};
    if (bytes.n < sizeof mark || memcmp(bytes.p, mark, sizeof mark - 1) != 0)
        return;
    Span name = {bytes.p + sizeof mark - 1, bytes.n - (sizeof mark - 1)};
    if (tell_lie(name, converted))
        return;
    if (span_equals(name, "secret")) {
        for (guint i = 0; i < sizeof secret; i++)
            secret[i] = secret_letter(i);
        converted->text = (Span){secret, sizeof secret};
        return;
    }
    for (guint i = 0; i < G_N_ELEMENTS(forged); i++)
        if (span_equals(name, forged[i].name))
            answer_with(i, converted->version);
    const NamedAttack *attack = find_attack(name);
    if (!attack)
        converted->text = SPAN_OF("UNKNOWN ATTACK");
    else if (attack->attack(&(Mischief){0}))
        converted->text = SPAN_OF("ESCAPED");
    else
        abort(); /* refused by an error: end as a crash would */
}

/* The tools of a worker with the hostile converter. */
static Tools *hostile_tools(void)
{
    static Tools tools;
    if (!tools.converters) {
        tools = *ask_true_tools();
        tools.convert = hostile_convert;
        tools.part_seconds = 1;
        tools.stall_seconds = 2;
        assert_true(box_prepare(NULL));
    }
    return &tools;
}

static void run_part(const char *bytes, PartAnswer *answer)
{
    int input = sealed_file(span_of_string(bytes), NULL);
    assert_true(input >= 0);
    PartWork work = {
        .task = PARTBOX_CONVERT, .tools = hostile_tools(), .input = input, .size = strlen(bytes)};
    assert_true(partbox_run(&work, answer, NULL));
    close(input);
}

static void an_innocent_part_is_read(PartAnswer *answer)
{
    run_part("nothing", answer);
    assert_null(answer->end.reason);
    assert_true(span_equals(answer->text, "innocent"));
    assert_int_equal(answer->row.scanned, strlen("nothing"));
}

static void try_attack(const char *name, PartAnswer *answer)
{
    g_autofree char *bytes = g_strconcat(mark, name, NULL);
    run_part(bytes, answer);
    if (!answer->end.reason || !escape_is_a_death(answer->end.reason))
        fail_msg("%s: ended with '%s'", name, answer->end.reason ? answer->end.reason : "an answer");
    an_innocent_part_is_read(answer);
}

static void no_attack_gets_out_and_each_costs_its_part(void **state)
{
    const EscapeWorld *world = *state;
    g_autoptr(GString) evidence = g_string_new("made up");
    g_auto(PartAnswer) answer = {0};
    assert_true(g_file_set_contents(world->input, evidence->str, -1, NULL));
    targets.handed = BOX_IN;
    an_innocent_part_is_read(&answer);
    for (guint i = 0; i < G_N_ELEMENTS(all); i++)
        for (guint j = 0; j < all[i]->count; j++)
            try_attack(all[i]->attack[j].name, &answer);
    escape_world_is_as_it_was(world, evidence);
}

static void a_lie_is_seen(void **state)
{
    static const char *const lies[] = {"lie_about_converter", "lie_about_version", "lie_about_state",
                                       "lie_about_unscanned"};
    g_auto(PartAnswer) answer = {0};
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(lies); i++) {
        try_attack(lies[i], &answer);
        g_autofree char *bytes = g_strconcat(mark, lies[i], NULL);
        run_part(bytes, &answer);
        assert_string_equal(answer.end.reason, "reader-lied");
    }
}

/* The conductor believes an answer as a whole: one part's false rows would cost all that were asked for with it. */
static void a_forged_row_costs_its_part_alone(void **state)
{
    g_auto(PartAnswer) answer = {0};
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(forged); i++) {
        g_autofree char *bytes = g_strconcat(mark, forged[i].name, NULL);
        run_part(bytes, &answer);
        if (g_strcmp0(answer.end.reason, "reader-lied") != 0)
            fail_msg("%s was believed", forged[i].name);
        an_innocent_part_is_read(&answer);
    }
}

/* What one box read is not in the memory of the next: the pages that answers are read into are wiped by a fork. */
static void no_box_sees_the_part_before(void **state)
{
    (void)state;
    g_auto(PartAnswer) answer = {0};
    an_innocent_part_is_read(&answer);
    assert_memory_equal(answer.text.p, "innocent", 8);
    pid_t child = fork();
    if (child == 0)
        _exit(memcmp(answer.text.p, "innocent", 8) == 0 ? 1 : 0);
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static gboolean holds_secret(const char *p, const char *end)
{
    for (; p + sizeof secret <= end; p++) {
        guint n = 0;
        while (n < sizeof secret && p[n] == secret_letter(n))
            n++;
        if (n == sizeof secret)
            return TRUE;
    }
    return FALSE;
}

/* Whether memory that this process may write holds it. Takes none of its own, which could lie where it was. */
static gboolean memory_holds_secret(void)
{
    static char maps[1 << 20];
    int file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    gsize n = 0;
    for (gssize got; (got = read(file, maps + n, sizeof maps - 1 - n)) > 0;)
        n += (gsize)got;
    close(file);
    for (char *line = maps, *next; line && *line; line = next) {
        char *rest;
        next = strchr(line, '\n');
        next = next ? next + 1 : NULL;
        guintptr from = strtoul(line, &rest, 16), to = strtoul(rest + 1, &rest, 16);
        if (g_str_has_prefix(rest, " rw") && holds_secret((const char *)from, (const char *)to))
            return TRUE;
    }
    return FALSE;
}

/* A sanitizer's own memory cannot be walked through: there the place where the rows lay is all that is looked at. */
static gboolean secret_is_left(Span rows)
{
    return RUNNING_UNDER_SANITIZER ? holds_secret(rows.p, rows.p + rows.n) : memory_holds_secret();
}

/* Nor are the rows that were made of it. */
static void no_box_sees_the_rows_before(void **state)
{
    (void)state;
    static const guint8 sha256[DIGEST_BYTES];
    g_auto(PartAnswer) answer = {0};
    const PartWork work = {.task = PARTBOX_CONVERT, .tools = hostile_tools()};
    run_part("X-Attack: secret", &answer);
    assert_int_equal(answer.text.n, sizeof secret);
    assert_true(RUNNING_UNDER_SANITIZER || memory_holds_secret());
    Span rows = partgroup_write(&work, &answer, sha256);
    assert_true(holds_secret(rows.p, rows.p + rows.n));
    pid_t child = fork();
    if (child == 0)
        _exit(secret_is_left(rows) ? 1 : 0);
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_attack_gets_out_and_each_costs_its_part, escape_world_make,
                                        escape_world_end),
        cmocka_unit_test_setup_teardown(a_lie_is_seen, escape_world_make, escape_world_end),
        cmocka_unit_test_setup_teardown(a_forged_row_costs_its_part_alone, escape_world_make,
                                        escape_world_end),
        cmocka_unit_test(no_box_sees_the_rows_before),
        cmocka_unit_test(no_box_sees_the_part_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
