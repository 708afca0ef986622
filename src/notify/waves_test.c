/* waves_test.c - random histories of evidence and acts: the plan is what a plain reckoning says, line by line.
 *
 * So no fact is planned twice, none that is owed is lost, and nothing is corrected without a ruling. */
#include "notify/situation.h"

#define HISTORIES 12
#define STEPS 40

static const char *const whoms[] = {"acme", "beta"};
static const char *const things[] = {"taken m1", "taken m2", "data m1 secret.pin f1",
                                     "targeted tenant-1 spray"};
static const char *const levels[] = {"none", "possible", "presumed", "confirmed"};
static const char *const states[] = {"handed", "accepted", "acknowledged", "bounced", "refused", "expired"};
#define WHOMS G_N_ELEMENTS(whoms)
#define THINGS G_N_ELEMENTS(things)

/* --- the plain reckoning ---------------------------------------------------------------------------------------- */

typedef struct {
    guint level; /* 0: not in it */
    gboolean is_in, corrected;
} Line;

typedef struct {
    guint whom, act;
    char *reference;
    Line lines[THINGS];
    GPtrArray *tries; /* const char *: the newest state of each */
    gboolean acknowledged;
} Told;

typedef struct {
    guint act, level;
    gboolean correct;
    const char *group; /* NULL: none yet */
} Answer;

typedef struct {
    guint exposure[WHOMS][THINGS];
    Answer answers[WHOMS][THINGS];
    GPtrArray *told; /* Told * */
    guint act;
    Situation *situation;
    GRand *dice;
} History;

typedef struct {
    guint told, act, pending;
    gboolean closing, waits; /* waits: the newest notice with it was handed to nobody */
} Known;

static gboolean some_try_is(const Told *told, const char *state)
{
    for (guint i = 0; i < told->tries->len; i++)
        if (g_str_equal(told->tries->pdata[i], state))
            return TRUE;
    return FALSE;
}

static gboolean arrived(const Told *told)
{
    return told->acknowledged || some_try_is(told, "accepted");
}

static gboolean under_way(const Told *told)
{
    return !arrived(told) && (told->tries->len == 0 || some_try_is(told, "handed"));
}

static Known known_of(const History *h, guint whom, guint thing)
{
    Known known = {0};
    guint closed = 0;
    for (guint i = 0; i < h->told->len; i++) {
        const Told *told = h->told->pdata[i];
        if (told->whom == whom && told->lines[thing].corrected && arrived(told))
            closed = told->act;
    }
    for (guint i = 0; i < h->told->len; i++) {
        const Told *told = h->told->pdata[i];
        const Line *line = &told->lines[thing];
        if (told->whom != whom || !line->is_in)
            continue;
        if (arrived(told) || under_way(told))
            known.waits = told->tries->len == 0;
        if (arrived(told) && told->act >= closed) {
            known.told = MAX(known.told, line->level);
            known.act = told->act;
        }
        if (under_way(told) && line->corrected)
            known.closing = TRUE;
        if (under_way(told) && !line->corrected)
            known.pending = MAX(known.pending, line->level);
    }
    return known;
}

/* Why it is gone; NULL when it is not. */
static const char *group_of(const History *h, guint whom, guint thing, const Known *known)
{
    guint now = h->exposure[whom][thing];
    if (!known->told || known->closing || now >= known->told)
        return NULL;
    if (thing == 3)
        return now ? "lowered/log" : "vanished/log";
    return now ? "lowered/scope" : thing == 2 ? "vanished/rules" : "vanished/link";
}

/* What the plan says of one fact; level 0 and not in: nothing. *waits: it is in review. */
static Line plan_of(const History *h, guint whom, guint thing, const char **waits)
{
    const Known known = known_of(h, whom, thing);
    const Answer *answer = &h->answers[whom][thing];
    guint now = h->exposure[whom][thing];
    const char *group = group_of(h, whom, thing, &known);
    *waits = NULL;
    if (now > known.told && now > known.pending)
        return (Line){.level = now, .is_in = TRUE};
    if (!group)
        return (Line){0};
    if (answer->group && g_str_equal(answer->group, group) && answer->act > known.act) {
        if (answer->correct)
            return (Line){.level = now, .is_in = TRUE, .corrected = TRUE};
        if (answer->level == now)
            return (Line){0};
    }
    *waits = group;
    return (Line){0};
}

/* What the newest notice, which nobody got yet, says and is not so any more; 0: nothing. */
static guint no_longer_so(const Known *known, guint now)
{
    if (!known->waits)
        return 0;
    if (known->pending > known->told && now < known->pending)
        return known->pending;
    return known->closing && !known->pending && known->told && now >= known->told ? known->told : 0;
}

static const char *kind_of(const History *h, guint whom, const Line lines[THINGS])
{
    guint corrected = 0, count = 0;
    gboolean all = TRUE, any = FALSE;
    for (guint i = 0; i < THINGS; i++) {
        count += lines[i].is_in ? 1 : 0;
        corrected += lines[i].corrected ? 1 : 0;
        all = all && (!known_of(h, whom, i).told || (lines[i].is_in && lines[i].level == 0));
    }
    for (guint i = 0; i < h->told->len; i++) {
        const Told *told = h->told->pdata[i];
        any = any || (told->whom == whom && (arrived(told) || under_way(told)));
    }
    if (corrected)
        return corrected == count && all ? "retraction" : "correction";
    return any ? "more" : "first";
}

static void expect_whom(const History *h, guint whom, GPtrArray *wanted)
{
    Line lines[THINGS];
    gboolean any = FALSE;
    for (guint i = 0; i < THINGS; i++) {
        const char *waits;
        const Known known = known_of(h, whom, i);
        lines[i] = plan_of(h, whom, i, &waits);
        const char *change = lines[i].corrected ? "corrected" : known.told + known.pending ? "raised" : "new";
        if (lines[i].is_in)
            g_ptr_array_add(wanted, g_strdup_printf("%s %s %s %s", whoms[whom], change, things[i],
                                                    levels[lines[i].level]));
        if (waits)
            g_ptr_array_add(wanted, g_strdup_printf("%s review %s %s %s %s", whoms[whom], waits, things[i],
                                                    levels[known.told], levels[h->exposure[whom][i]]));
        guint said = no_longer_so(&known, h->exposure[whom][i]);
        if (said)
            g_ptr_array_add(wanted, g_strdup_printf("%s review waiting/no-longer-so %s %s %s", whoms[whom],
                                                    things[i], levels[said], levels[h->exposure[whom][i]]));
        any = any || lines[i].is_in;
    }
    if (any)
        g_ptr_array_add(wanted, g_strdup_printf("%s %s ready", whoms[whom], kind_of(h, whom, lines)));
}

/* --- random steps ----------------------------------------------------------------------------------------------- */

static guint throw(History * h, guint sides)
{
    return (guint)g_rand_int_range(h->dice, 0, (gint32)sides);
}

static void do_lines(History *h, const char *word, GPtrArray *lines)
{
    g_ptr_array_add(lines, NULL);
    situation_do(h->situation, word, (char **)lines->pdata);
}

static void do_line(History *h, const char *word, char *line)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(lines, line);
    do_lines(h, word, lines);
}

/* New logs, mail, rules: some facts come, go, rise or fall. */
static void change_exposure(History *h)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint w = 0; w < WHOMS; w++)
        for (guint t = 0; t < THINGS; t++) {
            if (throw(h, 3) == 0)
                h->exposure[w][t] = throw(h, 3) ? 1 + throw(h, 3) : 0;
            if (h->exposure[w][t] == 1)
                h->exposure[w][t] = 2;
            if (h->exposure[w][t])
                g_ptr_array_add(lines,
                                g_strdup_printf("%s %s %s", whoms[w], things[t], levels[h->exposure[w][t]]));
        }
    do_lines(h, "exposure", lines);
}

static gboolean fill_told(const History *h, Told *told)
{
    gboolean any = FALSE;
    for (guint t = 0; t < THINGS; t++) {
        const char *waits;
        told->lines[t] = plan_of(h, told->whom, t, &waits);
        any = any || told->lines[t].is_in;
    }
    return any;
}

static void told_free(gpointer data)
{
    Told *told = data;
    g_free(told->reference);
    g_ptr_array_unref(told->tries);
    g_free(told);
}

/* One customer, so that others stay owed. */
static void approve_one(History *h)
{
    Told *told = g_new0(Told, 1);
    *told = (Told){.whom = throw(h, WHOMS), .tries = g_ptr_array_new()};
    if (!fill_told(h, told)) {
        told_free(told);
        return;
    }
    do_line(h, "approve", g_strdup_printf("wave %s", whoms[told->whom]));
    told->reference = situation_reference(h->situation, whoms[told->whom]);
    told->act = ++h->act;
    g_ptr_array_add(h->told, told);
}

static void deliver_some(History *h)
{
    if (!h->told->len)
        return;
    Told *told = h->told->pdata[throw(h, h->told->len)];
    guint try = throw(h, MIN(told->tries->len + 1, 3));
    const char *state = states[throw(h, G_N_ELEMENTS(states))];
    gboolean handed = g_str_equal(state, "handed");
    /* The same again says nothing; handing on what died is another try, of another number. */
    if (try < told->tries->len && (handed || g_str_equal(told->tries->pdata[try], state)))
        return;
    g_autofree char *contact = g_strdup_printf("try%u-%s@x.example", try, told->reference);
    situation_deliver(h->situation, told->reference, contact, state);
    if (try == told->tries->len)
        g_ptr_array_add(told->tries, (gpointer)state);
    told->tries->pdata[try] = (gpointer)state;
    told->acknowledged = told->acknowledged || g_str_equal(state, "acknowledged");
    h->act++;
}

static void answer_group(History *h)
{
    static const char *const groups[] = {"vanished/link", "vanished/rules", "vanished/log", "lowered/scope",
                                         "lowered/log"};
    const char *group = groups[throw(h, G_N_ELEMENTS(groups))];
    gboolean correct = throw(h, 2) == 0, any = FALSE;
    for (guint w = 0; w < WHOMS; w++)
        for (guint t = 0; t < THINGS; t++) {
            const char *waits;
            plan_of(h, w, t, &waits);
            if (!waits || !g_str_equal(waits, group))
                continue;
            h->answers[w][t] = (Answer){++h->act, h->exposure[w][t], correct, group};
            any = TRUE;
        }
    if (any)
        do_line(h, "answer", g_strdup_printf("%s %s", group, correct ? "correct" : "keep"));
}

/* --- histories -------------------------------------------------------------------------------------------------- */

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void check_plan(const History *h, guint seed, guint step)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint w = 0; w < WHOMS; w++)
        expect_whom(h, w, lines);
    g_ptr_array_sort(lines, by_text);
    g_ptr_array_add(lines, NULL);
    g_auto(GStrv) found = situation_plan(h->situation);
    g_autofree char *want = g_strjoinv("\n  ", (char **)lines->pdata), *have = g_strjoinv("\n  ", found);
    if (strcmp(want, have) != 0)
        fail_msg("history %u, step %u wants\n  %s\nand the plan is\n  %s", seed, step, want, have);
}

static void live(guint seed)
{
    static void (*const steps[])(History * h) = {change_exposure, approve_one, deliver_some, deliver_some,
                                                 answer_group};
    History h = {.situation = situation_new(), .dice = g_rand_new_with_seed(seed)};
    h.told = g_ptr_array_new_with_free_func(told_free);
    g_autoptr(GPtrArray) contacts = g_ptr_array_new_with_free_func(g_free);
    for (guint w = 0; w < WHOMS; w++)
        g_ptr_array_add(contacts, g_strdup_printf("%s security soc@%s.example", whoms[w], whoms[w]));
    do_lines(&h, "list", contacts);
    for (guint step = 0; step < STEPS; step++) {
        steps[throw(&h, G_N_ELEMENTS(steps))](&h);
        check_plan(&h, seed, step);
    }
    g_ptr_array_unref(h.told);
    g_rand_free(h.dice);
    situation_free(h.situation);
}

static void every_plan_is_what_a_plain_reckoning_says(void **state)
{
    (void)state;
    const char *said = g_getenv("CANDOR_HISTORIES");
    guint histories = said ? (guint)g_ascii_strtoull(said, NULL, 10) : HISTORIES;
    for (guint seed = 1; seed <= histories; seed++)
        live(seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_plan_is_what_a_plain_reckoning_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
