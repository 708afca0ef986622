/* situation_test.c - for tests: a case that is written line by line. */
#include "notify/situation.h"

#include "lib/moment.h"

/* What notify is held to by cli/stages.c is tested there; here it may do everything. */
static const StoreRole *const role = &role_everything;

/* --- names ------------------------------------------------------------------------------------------------------ */

/* 32 bytes that stand for a name: what it is, and its number, which is below 16. */
static char *hex_of(const char *name)
{
    const char *kind = name[0] == 'm' ? "2" : name[0] == 'p' ? "4" : "1";
    g_autofree char *byte = g_strdup_printf("%s%x", kind, (guint)g_ascii_strtoull(name + 1, NULL, 10) & 0xf);
    GString *hex = g_string_new(NULL);
    for (guint i = 0; i < DIGEST_BYTES; i++)
        g_string_append(hex, byte);
    return g_string_free(hex, FALSE);
}

static gint64 id_of(const char *message)
{
    return (gint64)g_ascii_strtoull(message + 1, NULL, 10);
}

/* A message is there from its first mention on, alone in its class, and taken by what scope says. */
static void add_message(Situation *s, const char *message)
{
    g_autofree char *key = hex_of(message);
    g_autofree char *head = g_strndup(key, 16);
    gint64 k64 = (gint64)g_ascii_strtoull(head, NULL, 16);
    g_autofree char *sql = g_strdup_printf(
        "INSERT OR IGNORE INTO content_key VALUES (%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", x'%s');"
        "INSERT OR IGNORE INTO message (id, k64, size, date, zone, message_id, defects, reader_id, bare) "
        "VALUES "
        "(%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", 100, 1767000000000000, 0, '%s@x.example', 0, 1, 0);"
        "INSERT OR IGNORE INTO twin VALUES (%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ");"
        "INSERT OR IGNORE INTO class_access VALUES (%" G_GINT64_FORMAT ", 3, 1);",
        k64, id_of(message), key, id_of(message), k64, message, id_of(message), id_of(message),
        id_of(message));
    raw_sql(s->test, sql);
}

static guint level_of(const char *name)
{
    Level level;
    assert_true(level_named(name, &level));
    return level;
}

/* The columns kind, content_id, subject, type, mark of the fact that `words` write; *rest: the word behind it. */
static char *columns_of(Situation *s, char **words, char ***rest)
{
    FactKind kind;
    assert_true(fact_kind_named(words[0], &kind));
    gboolean record = kind == FACT_CONTACTED && g_str_equal(words[1], "record");
    gint64 content = kind == FACT_TARGETED || record ? 0 : id_of(words[1]);
    const char *subject = kind == FACT_TARGETED ? words[1] : record ? words[2] : "";
    const char *type = kind == FACT_DATA || kind == FACT_TARGETED ? words[2] : "";
    g_autofree char *mark = kind == FACT_DATA     ? hex_of(words[3])
                            : kind == FACT_UNREAD ? hex_of(words[2])
                                                  : g_strdup("");
    if (content)
        add_message(s, words[1]);
    *rest = words + (kind == FACT_DATA                                           ? 4
                     : kind == FACT_TAKEN || (kind == FACT_CONTACTED && !record) ? 2
                                                                                 : 3);
    return g_strdup_printf("%d, %" G_GINT64_FORMAT ", '%s', '%s', x'%s'", (int)kind, content, subject, type,
                           mark);
}

/* --- tables ----------------------------------------------------------------------------------------------------- */

G_GNUC_PRINTF(2, 3) static void put(Situation *s, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *sql = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    raw_sql(s->test, sql);
}

/* "acme", "acme merged beta", "acme gone" */
static void put_customer(Situation *s, char **words)
{
    const char *state = words[1] ? words[1] : "listed", *into = words[1] && words[2] ? words[2] : "";
    put(s, "INSERT INTO customer VALUES ('%s', '%s Ltd', '', '', '', '%s', '%s')", words[0], words[0], state,
        into);
}

/* "acme domain acme.example", "acme security soc@acme.example [unverified] [letter]" */
static void put_listed(Situation *s, char **words)
{
    if (g_str_equal(words[1], "domain")) {
        put(s, "INSERT INTO listed_name VALUES (%u, 'domain', '%s', '%s')", s->steps, words[2], words[0]);
        return;
    }
    gboolean unverified = g_strv_contains((const char *const *)words, "unverified");
    gboolean letter = g_strv_contains((const char *const *)words, "letter");
    put(s,
        "INSERT INTO listed_contact SELECT %u, '%s', coalesce(max(n), 0) + 1, '', '%s', '%s', '%s', "
        "'contract', %s "
        "FROM listed_contact WHERE list_id = %u AND customer = '%s'",
        s->steps, words[0], words[2], words[1], letter ? "letter" : "mail", unverified ? "NULL" : "1",
        s->steps, words[0]);
}

static void begin_list(Situation *s)
{
    put(s, "INSERT INTO customer_list VALUES (%u, 0, 'list', x'00', 0)", s->steps);
}

/* "acme taken m1 presumed [ruling]" */
static void put_exposure(Situation *s, char **words)
{
    char **rest;
    g_autofree char *columns = columns_of(s, words + 1, &rest);
    put(s, "INSERT INTO exposure VALUES ('%s', %s, %u, '%s')", words[0], columns, level_of(rest[0]),
        rest[1] ? rest[1] : "bind");
}

static void put_twin(Situation *s, char **words)
{
    add_message(s, words[0]);
    add_message(s, words[1]);
    put(s, "UPDATE twin SET class = %" G_GINT64_FORMAT " WHERE content_id = %" G_GINT64_FORMAT,
        id_of(words[1]), id_of(words[0]));
}

static void put_access(Situation *s, char **words)
{
    add_message(s, words[0]);
    put(s, "UPDATE class_access SET level = %u WHERE class = %" G_GINT64_FORMAT, level_of(words[1]),
        id_of(words[0]));
}

/* "m1 p1 secret.password f1" */
static void put_finding(Situation *s, char **words)
{
    g_autofree char *part = hex_of(words[1]), *mark = hex_of(words[3]);
    add_message(s, words[0]);
    put(s,
        "INSERT INTO finding VALUES (%" G_GINT64_FORMAT
        ", x'%s', '%s', x'%s', '1', 'rule', 0, 4, '****', 90, 1)",
        id_of(words[0]), part, words[2], mark);
}

/* "m1 p1 unread": one attempt more, by a newer reader. */
static void put_attempt(Situation *s, char **words)
{
    g_autofree char *part = hex_of(words[1]);
    guint state = g_str_equal(words[2], "read") ? PART_READ : PART_UNREAD;
    add_message(s, words[0]);
    put(s,
        "INSERT OR IGNORE INTO part VALUES (%" G_GINT64_FORMAT
        ", '%s', 0, 'application/pdf', NULL, NULL, NULL, NULL, "
        "NULL, 0, 9, x'%s'); INSERT INTO reading_attempt VALUES (%" G_GINT64_FORMAT
        ", '%s', %u, %u, 9, 9, 0)",
        id_of(words[0]), words[1], part, id_of(words[0]), words[1], s->steps, state);
}

/* "m1 2026-01-05": its only copy lies in a source that was handed over that day. */
static void put_source(Situation *s, char **words)
{
    gint64 day, id = id_of(words[0]);
    assert_true(moment_parse(span_of_string(words[1]), &day));
    add_message(s, words[0]);
    put(s,
        "INSERT INTO source VALUES (%" G_GINT64_FORMAT
        ", 'a', 'file', 'anna@vendor.example', %" G_GINT64_FORMAT ");"
        "INSERT INTO item VALUES (%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", '', '', 'mbox', '', 9, 0, 0);"
        "INSERT INTO copy VALUES (%" G_GINT64_FORMAT ", 0, 9, %" G_GINT64_FORMAT ", 1, x'00');"
        "INSERT INTO access VALUES (%" G_GINT64_FORMAT ", 0, 3)",
        id, day, id, id, id, id, id);
}

/* --- acts ------------------------------------------------------------------------------------------------------- */

static Run *begin(Situation *s, Store *store)
{
    g_autoptr(GError) error = NULL;
    Run *run = run_begin(store, "notify", s->now, &error);
    if (!run)
        fail_msg("%s", error->message);
    return run;
}

/* A door that is to succeed. */
#define DO(call)                                                                                             \
    do {                                                                                                     \
        g_autoptr(GError) error = NULL;                                                                      \
        if (!(call))                                                                                         \
            fail_msg("%s", error ? error->message : #call);                                                  \
    } while (0)

static void plan(Situation *s)
{
    {
        g_autoptr(Store) store = open_as(s->test, role);
        g_autoptr(Run) run = begin(s, store);
        const RunTools tools = {.data_dir = s->types_dir};
        run->tools = s->types_dir ? &tools : NULL;
        DO(notify_plan(store, run, &error));
    }
    g_autoptr(Store) store = open_as(s->test, role);
    DO(store_swap(store, notify_tables, &error));
}

/* "w1", "w1 acme beta" */
static void approve(Situation *s, char **words)
{
    NotifyApproved done;
    const NoticeTexts texts = {s->data_dir, "Tern Logistics", "", "", ""};
    const NotifyApproval approval = {words[0], "Ada", words[1] ? (const char *const *)words + 1 : NULL};
    plan(s);
    g_autoptr(Store) store = open_as(s->test, role);
    g_autoptr(Run) run = begin(s, store);
    DO(notify_approve(store, run, &texts, &approval, &done, &error));
    assert_int_not_equal(done.approved, 0);
}

void situation_deliver(Situation *situation, const char *reference, const char *contact, const char *state)
{
    gboolean added;
    const NotifyDelivery delivery = {reference, contact, NULL, state, ""};
    g_autoptr(Store) store = open_as(situation->test, role);
    g_autoptr(Run) run = begin(situation, store);
    DO(notify_deliver(store, run, &delivery, &added, &error));
    assert_true(added);
}

/* "acme accepted [contact]" */
static void deliver(Situation *s, char **words)
{
    g_autofree char *reference = situation_reference(s, words[0]);
    situation_deliver(s, reference, words[2], words[1]);
}

/* "remove acme taken m1", "level acme taken m1", "split acme beta" */
static void rule(Situation *s, char **words)
{
    char **rest = words, *columns = words[2] && words[3] ? columns_of(s, words + 2, &rest) : NULL;
    g_autofree char *kind = g_strndup(columns ? columns : "0", 1),
                    *key = columns ? hex_of(words[3]) : g_strdup("");
    const Span none = SPAN_OF(""), zero = SPAN_OF("0");
    const Span fields[] = {span_of_string(words[0]),
                           span_of_string(words[1]),
                           span_of_string(kind),
                           span_of_string(key),
                           none,
                           none,
                           none,
                           zero,
                           columns ? none : span_of_string(words[2]),
                           none,
                           SPAN_OF("Ada"),
                           SPAN_OF("a test")};
    g_free(columns);
    g_autoptr(Store) store = open_as(s->test, role);
    g_autoptr(Run) run = begin(s, store);
    DO(store_begin(store, &error));
    DO(act_record(store, run, "ruling", fields, G_N_ELEMENTS(fields), NULL, &error));
    DO(store_commit(store, &error));
}

/* A row of ruling.group becomes a ruling, as candor ruling add makes it. */
static void rule_on_row(Store *store, Run *run, Query *row, const char *group, const char *verb)
{
    GString *key = g_string_new(NULL), *mark = g_string_new(NULL);
    Span bytes = query_get_blob(row, 2), print = query_get_blob(row, 5);
    for (gsize i = 0; i < bytes.n; i++)
        g_string_append_printf(key, "%02x", (guint8)bytes.p[i]);
    for (gsize i = 0; i < print.n; i++)
        g_string_append_printf(mark, "%02x", (guint8)print.p[i]);
    g_autofree char *kind = g_strdup_printf("%" G_GINT64_FORMAT, query_get_int(row, 1));
    g_autofree char *level = g_strdup_printf("%" G_GINT64_FORMAT, query_get_int(row, 6));
    const Span fields[] = {span_of_string(verb),      query_get_text(row, 0), span_of_string(kind),
                           span_of_string(key->str),  query_get_text(row, 3), query_get_text(row, 4),
                           span_of_string(mark->str), span_of_string(level),  SPAN_OF(""),
                           span_of_string(group),     SPAN_OF("Ada"),         SPAN_OF("a test")};
    DO(act_record(store, run, "ruling", fields, G_N_ELEMENTS(fields), NULL, &error));
    g_string_free(key, TRUE);
    g_string_free(mark, TRUE);
}

/* "vanished/list keep [acme]" */
static void answer(Situation *s, char **words)
{
    guint rows = 0;
    plan(s);
    g_autoptr(Store) store = open_as(s->test, role);
    g_autoptr(Run) run = begin(s, store);
    DO(store_begin(store, &error));
    Query *query = store_query(store, "ruling.group", NULL);
    query_text(query, 1, span_of_string(words[0]));
    query_text(query, 2, span_of_string(words[2] ? words[2] : ""));
    for (; query_step(query, NULL); rows++)
        rule_on_row(store, run, query, words[0], words[1]);
    assert_int_not_equal(rows, 0);
    DO(store_commit(store, &error));
}

/* "m1", "m1 acme", "all acme" */
static void hold_or_lift(Situation *s, char **words, gboolean lifted)
{
    gboolean added, all = g_str_equal(words[0], "all");
    g_autofree char *key = all ? g_strdup("") : hex_of(words[0]);
    const NotifyHold hold = {key, words[1] ? words[1] : "", lifted, "counsel", "privilege", s->now};
    if (!all)
        add_message(s, words[0]);
    g_autoptr(Store) store = open_as(s->test, role);
    g_autoptr(Run) run = begin(s, store);
    DO(notify_hold(store, run, &hold, &added, &error));
    assert_true(added);
}

static void hold(Situation *s, char **words)
{
    hold_or_lift(s, words, FALSE);
}

static void lift(Situation *s, char **words)
{
    hold_or_lift(s, words, TRUE);
}

/* "acme 2026-03-01", "all over" */
static void delay(Situation *s, char **words)
{
    gboolean added;
    NotifyDelay delay = {g_str_equal(words[0], "all") ? "" : words[0], "State police", "letter 7", "Ada", 0};
    if (!g_str_equal(words[1], "over"))
        assert_true(moment_parse(span_of_string(words[1]), &delay.ends));
    g_autoptr(Store) store = open_as(s->test, role);
    g_autoptr(Run) run = begin(s, store);
    DO(notify_delay(store, run, &delay, &added, &error));
    assert_true(added);
}

/* "acme read now: 1 finding": the letter that the plan has for acme says these words. */
static void says(Situation *s, char **words)
{
    const NoticeTexts texts = {s->data_dir, "Tern Logistics", "", "", ""};
    const Run run = {.now = s->now};
    plan(s);
    g_autoptr(Store) store = open_as(s->test, role);
    g_autoptr(GError) error = NULL;
    g_autofree char *letter = notify_show(store, &run, &texts, words[0], &error);
    g_autofree char *wanted = g_strjoinv(" ", words + 1);
    g_auto(GStrv) pieces = letter ? g_strsplit_set(letter, " \n", -1) : NULL;
    g_autoptr(GString) flat = g_string_new(NULL);
    for (char **piece = pieces; piece && *piece; piece++)
        if (**piece)
            g_string_append_printf(flat, "%s ", *piece);
    if (!letter || !strstr(flat->str, wanted))
        fail_msg("\"%s\" is not in: %s", wanted, letter ? letter : error->message);
}

/* --- steps that are more than their lines ----------------------------------------------------------------------- */

static void write_file(Situation *s, const char *name, char **lines, char **path)
{
    g_autofree char *text = g_strjoinv("\n", lines);
    *path = g_build_filename(s->test->parent, name, NULL);
    assert_true(g_file_set_contents(*path, text, -1, NULL));
}

static void record(Situation *s, char **lines)
{
    NotifyRecorded done;
    g_autofree char *path = NULL;
    write_file(s, "told.yaml", lines, &path);
    const NotifyRecord told = {path, "Ada"};
    g_autoptr(Store) store = open_as(s->test, role);
    g_autoptr(Run) run = begin(s, store);
    DO(notify_record(store, run, &told, &done, &error));
    assert_int_not_equal(done.added, 0);
    DO(notify_record(store, run, &told, &done, &error));
    assert_int_equal(done.added, 0);
}

/* "secret.password secret.passphrase": what it is called, what it was called */
static void rename_types(Situation *s, char **lines)
{
    g_autoptr(GString) text = g_string_new("# types.yaml - of a test.\ntypes:\n");
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) words = g_strsplit(*line, " ", 2);
        g_string_append_printf(
            text, "  - {id: %s, was: %s, label: x, gravity: 5, mask: none, normalise: exact, version: 1}\n",
            words[0], words[1]);
    }
    s->types_dir = s->types_dir ? s->types_dir : g_build_filename(s->test->parent, "types", NULL);
    g_autofree char *rules = g_build_filename(s->types_dir, "rules", NULL);
    g_autofree char *path = g_build_filename(s->types_dir, "types.yaml", NULL);
    assert_int_equal(g_mkdir_with_parents(rules, 0700), 0);
    assert_true(g_file_set_contents(path, text->str, -1, NULL));
}

/* --- the table of words ----------------------------------------------------------------------------------------- */

typedef struct {
    const char *word;
    const char *table; /* emptied first; NULL */
    void (*each)(Situation *s, char **words);
    void (*all)(Situation *s, char **lines);
    void (*before)(Situation *s);
} Step;

static const Step steps[] = {
    {"customers", "customer", put_customer, NULL, NULL},
    {"list", NULL, put_listed, NULL, begin_list},
    {"exposure", "exposure", put_exposure, NULL, NULL},
    {"twins", NULL, put_twin, NULL, NULL},
    {"access", NULL, put_access, NULL, NULL},
    {"findings", "finding", put_finding, NULL, NULL},
    {"attempts", NULL, put_attempt, NULL, NULL},
    {"sources", NULL, put_source, NULL, NULL},
    {"types", NULL, NULL, rename_types, NULL},
    {"approve", NULL, approve, NULL, NULL},
    {"deliver", NULL, deliver, NULL, NULL},
    {"rule", NULL, rule, NULL, NULL},
    {"answer", NULL, answer, NULL, NULL},
    {"hold", NULL, hold, NULL, NULL},
    {"lift", NULL, lift, NULL, NULL},
    {"delay", NULL, delay, NULL, NULL},
    {"says", NULL, says, NULL, NULL},
    {"record", NULL, NULL, record, NULL},
};

static void do_step(Situation *s, const Step *step, char **lines)
{
    if (step->table)
        put(s, "DELETE FROM %s", step->table);
    if (step->before)
        step->before(s);
    if (step->all)
        step->all(s, lines);
    for (char **line = lines; step->each && *line; line++) {
        g_auto(GStrv) words = g_strsplit(*line, " ", -1);
        step->each(s, words);
    }
}

void situation_do(Situation *situation, const char *word, char **lines)
{
    situation->steps++;
    if (g_str_equal(word, "at")) {
        assert_true(moment_parse(span_of_string(lines[0]), &situation->now));
        return;
    }
    for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
        if (g_str_equal(steps[i].word, word)) {
            do_step(situation, &steps[i], lines);
            return;
        }
    fail_msg("there is no step \"%s\"", word);
}

/* --- reading back ----------------------------------------------------------------------------------------------- */

static int add_row(void *data, int n, char **columns, char **names)
{
    (void)names;
    g_autoptr(GString) line = g_string_new(NULL);
    for (int i = 0; i < n; i++)
        g_string_append_printf(line, "%s%s", i && columns[i][0] ? " " : "", columns[i]);
    g_ptr_array_add(data, g_string_free(g_steal_pointer(&line), FALSE));
    return 0;
}

char **situation_ask(Situation *situation, const char *sql)
{
    g_autofree char *path = g_build_filename(situation->test->folder, "case.db", NULL);
    GPtrArray *rows = g_ptr_array_new();
    sqlite3 *sqlite = NULL;
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    if (sqlite3_exec(sqlite, sql, add_row, rows, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(sqlite));
    sqlite3_close(sqlite);
    g_ptr_array_add(rows, NULL);
    return (char **)g_ptr_array_free(rows, FALSE);
}

char *situation_reference(Situation *situation, const char *whom)
{
    g_autofree char *sql = g_strdup_printf(
        "SELECT reference FROM act_notice WHERE whom = '%s' ORDER BY act_n DESC LIMIT 1", whom);
    g_auto(GStrv) rows = situation_ask(situation, sql);
    if (!rows[0])
        fail_msg("no notice to %s", whom);
    return g_strdup(rows[0]);
}

/* The fact of a row, as it is written: names of contents, parts and values by their numbers. */
#define NUMBER_OF(mark) "(instr('0123456789ABCDEF', substr(hex(" mark "), 2, 1)) - 1)"
#define FACT                                                                                                 \
    "CASE kind WHEN 1 THEN 'taken m' || content_id WHEN 2 THEN 'data m' || content_id || ' ' || type || ' "  \
    "f' "                                                                                                    \
    "|| " NUMBER_OF("mark") " WHEN 3 THEN 'unread m' || content_id || ' p' || " NUMBER_OF(                   \
        "mark") " WHEN 4 THEN 'contacted ' || CASE content_id WHEN 0 THEN 'record ' || subject ELSE 'm' || " \
                "content_id END "                                                                            \
                "ELSE 'targeted ' || subject || ' ' || type END"
#define LEVEL(column) "CASE " column " WHEN 3 THEN 'confirmed' WHEN 2 THEN 'presumed' ELSE 'none' END"

char **situation_plan(Situation *situation)
{
    plan(situation);
    return situation_ask(
        situation,
        "SELECT line FROM (SELECT whom || ' ' || kind || ' ' || state AS line FROM plan_notice UNION ALL "
        "SELECT whom || ' ' || change || ' ' || " FACT
        " || ' ' || " LEVEL("level") " FROM plan_fact UNION ALL "
                                     "SELECT whom || ' review ' || cause || '/' || why || CASE kind WHEN 0 "
                                     "THEN '' ELSE ' ' || " FACT
                                     " || ' ' || " LEVEL("told") " || ' ' || " LEVEL(
                                         "level") " END FROM plan_review) ORDER BY line");
}

/* --- beginning and end ------------------------------------------------------------------------------------------ */

/* Where files cost no wait for a disk, if there is such a place. */
static void use_memory(void)
{
    if (g_access("/dev/shm", W_OK | X_OK) == 0)
        g_setenv("TMPDIR", "/dev/shm", FALSE);
}

Situation *situation_new(void)
{
    use_memory();
    Situation *s = g_new0(Situation, 1);
    void *test = NULL;
    test_case_make(&test);
    s->test = test;
    s->now = NOW;
    s->data_dir = g_strdup(g_getenv("CANDOR_DATA"));
    assert_non_null(s->data_dir);
    return s;
}

static void remove_all(const char *path)
{
    GDir *folder = g_dir_open(path, 0, NULL);
    for (const char *name; folder && (name = g_dir_read_name(folder));) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        if (g_file_test(inside, G_FILE_TEST_IS_DIR))
            remove_all(inside);
        g_remove(inside);
    }
    if (folder)
        g_dir_close(folder);
}

void situation_free(Situation *situation)
{
    void *test = situation->test;
    remove_all(situation->test->parent);
    test_case_remove(&test);
    g_free(situation->data_dir);
    g_free(situation->types_dir);
    g_free(situation);
}
