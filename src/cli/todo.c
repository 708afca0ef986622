/* todo.c - what only a person can do next. */
#include "cli/todo.h"

#include <string.h>
#include "lib/moment.h"
#include "lib/progress.h"
#include "cli/writer.h"

#define DEADLINES_SHOWN 4
#define DAY (G_GINT64_CONSTANT(24) * 60 * 60 * G_USEC_PER_SEC)

typedef struct {
    Store *store;
    const char *path; /* of the case */
    gint64 now;
    GPtrArray *todos;
    guint deadlines; /* in time, so far */
} Reading;

static void todo_free(gpointer data)
{
    Todo *todo = data;
    g_free(todo->text);
    g_free(todo);
}

G_GNUC_PRINTF(4, 5)
static void add(Reading *reading, const char *verb, gint64 due, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    Todo *todo = g_new0(Todo, 1);
    todo->verb = verb;
    todo->due = due;
    todo->late = due && due < reading->now;
    todo->text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_ptr_array_add(reading->todos, todo);
}

/* --- the rows of a statement ------------------------------------------------------------------------------- */

typedef void (*TakeRow)(Reading *reading, Query *query);

/* `bound`: the one parameter; MOMENT_NONE: it has none. */
static gboolean each(Reading *reading, const char *statement, gint64 bound, TakeRow take, GError **error)
{
    Query *query = store_query(reading->store, statement, error);
    if (!query)
        return FALSE;
    if (bound != MOMENT_NONE)
        query_int(query, 1, bound);
    g_autoptr(GError) cause = NULL;
    while (query_step(query, &cause))
        take(reading, query);
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static char *count_of(gint64 count)
{
    return progress_count((guint64)count);
}

static const char *plural(gint64 count)
{
    return count == 1 ? "" : "s";
}

/* --- each kind of thing to do ------------------------------------------------------------------------------ */

static void take_notices(Reading *reading, Query *query)
{
    gint64 first = query_get_int(query, 1), all = query_get_int(query, 2);
    g_autofree char *firsts = count_of(first), *others = count_of(all - first), *whole = count_of(all);
    Span state = query_get_text(query, 0);
    if (span_equals(state, "ready") && first && first < all)
        add(reading, "approve", 0, "%s first notice%s, %s with more detail: candor notify approve %s", firsts,
            plural(first), others, reading->path);
    else if (span_equals(state, "ready") && first)
        add(reading, "approve", 0, "%s first notice%s: candor notify approve %s", firsts, plural(first),
            reading->path);
    else if (span_equals(state, "ready"))
        add(reading, "approve", 0, "%s notice%s with more detail: candor notify approve %s", others,
            plural(all - first), reading->path);
    else if (span_equals(state, "no-contact"))
        add(reading, "find", 0, "a contact for %s who %s owed a notice: candor customer import %s", whole,
            all == 1 ? "is" : "are", reading->path);
}

static void take_outbox(Reading *reading, Query *query)
{
    gint64 count = query_get_int(query, 0);
    g_autofree char *notices = count_of(count);
    if (count)
        add(reading, "hand over", 0, "%s approved notice%s: candor notify deliver %s", notices, plural(count),
            reading->path);
}

static void take_returned(Reading *reading, Query *query)
{
    gint64 count = query_get_int(query, 0);
    g_autofree char *notices = count_of(count);
    if (count)
        add(reading, "find", 0, "another way to those whose notice came back (%s): candor customer import %s",
            notices, reading->path);
}

static void take_rulings(Reading *reading, Query *query)
{
    gint64 count = query_get_int(query, 1);
    g_autofree char *cause = span_dup(query_get_text(query, 0)), *items = count_of(count);
    g_autofree char *owner = span_dup(query_get_text(query, 3));
    add(reading, "rule", query_is_null(query, 4) ? 0 : query_get_int(query, 4),
        "on %s of cause %s%s%s: candor review %s", items, cause, *owner ? ", " : "", owner, reading->path);
}

/* Each that is late, and the next few. */
static void take_deadline(Reading *reading, Query *query)
{
    if (query_get_int(query, 3) >= reading->now && reading->deadlines++ >= DEADLINES_SHOWN)
        return;
    gint64 count = query_get_int(query, 2);
    g_autofree char *duty = span_dup(query_get_text(query, 0)),
                    *recipient = span_dup(query_get_text(query, 4));
    g_autofree char *more =
        count > 1 ? g_strdup_printf(" for %" G_GINT64_FORMAT " customers", count) : g_strdup("");
    if (span_equals(query_get_text(query, 1), "delayed"))
        add(reading, "wait", query_get_int(query, 3), "%s%s is put off by an authority", duty, more);
    else
        add(reading, "file", query_get_int(query, 3), "%s%s with %s", duty, more, recipient);
}

static void take_enquiries(Reading *reading, Query *query)
{
    gint64 count = query_get_int(query, 1);
    g_autofree char *enquiries = count_of(count), *first = span_dup(query_get_text(query, 3));
    gboolean one_owner = span_equals(query_get_text(query, 4), first);
    add(reading, "answer", query_get_int(query, 2), "%s enquir%s%s%s: candor enquiry list %s", enquiries,
        count == 1 ? "y" : "ies", one_owner ? ", " : "", one_owner ? first : "", reading->path);
}

static void take_holds(Reading *reading, Query *query)
{
    gint64 count = query_get_int(query, 0);
    g_autofree char *holds = count_of(count);
    if (count)
        add(reading, "look", query_get_int(query, 1), "again at %s hold%s: candor notify hold %s", holds,
            plural(count), reading->path);
}

static void take_delays(Reading *reading, Query *query)
{
    gint64 count = query_get_int(query, 0);
    g_autofree char *delays = count_of(count);
    if (count)
        add(reading, "approve", query_get_int(query, 1), "what %s delay%s put off: candor notify plan %s",
            delays, plural(count), reading->path);
}

GPtrArray *todo_read(Store *store, const char *case_path, GError **error)
{
    g_autoptr(GPtrArray) todos = g_ptr_array_new_with_free_func(todo_free);
    Reading reading = {store, case_path, moment_now(), todos, 0};
    if (!each(&reading, "status.deadlines", MOMENT_NONE, take_deadline, error) ||
        !each(&reading, "todo.enquiries", reading.now, take_enquiries, error) ||
        !each(&reading, "todo.delays", reading.now, take_delays, error) ||
        !each(&reading, "todo.notices", MOMENT_NONE, take_notices, error) ||
        !each(&reading, "todo.outbox", MOMENT_NONE, take_outbox, error) ||
        !each(&reading, "todo.returned", MOMENT_NONE, take_returned, error) ||
        !each(&reading, "todo.holds", reading.now, take_holds, error) ||
        !each(&reading, "review.groups", reading.now, take_rulings, error))
        return NULL;
    return g_steal_pointer(&todos);
}

/* "by 2025-11-23 14:00: ", and whether that is past. */
static void add_due(GString *line, gint64 due, gboolean late)
{
    g_autofree char *when = moment_format(due);
    gint64 left = due - moment_now(), days = ABS(left) / DAY;
    g_string_append_printf(line, " by %.10s %.5s", when, when + strlen("2025-11-23T"));
    if (late)
        g_string_append_printf(line, days ? " (%" G_GINT64_FORMAT " days late)" : " (late)", days);
    g_string_append_c(line, ':');
}

/* One line, cut where the terminal ends. */
static void print_one(FILE *out, const Todo *todo, guint width, guint columns)
{
    g_autoptr(GString) line = g_string_new(todo->verb), shown_line = g_string_new(NULL);
    guint used;
    if (todo->due)
        add_due(line, todo->due, todo->late);
    g_string_append_printf(line, " %s", todo->text);
    append_cells(shown_line, span_of_string(line->str), columns > width ? columns - width : 0, &used);
    fprintf(out, "%s\n", shown_line->str);
}

void todo_print(FILE *out, const GPtrArray *todos, TodoWhich which, const char *label, guint width,
                guint most)
{
    guint printed = 0, left = 0;
    for (guint i = 0; i < todos->len; i++) {
        const Todo *todo = todos->pdata[i];
        if (which != TODO_ALL && todo->late != (which == TODO_LATE))
            continue;
        if (printed == most) {
            left++;
            continue;
        }
        fprintf(out, "%-*s", (int)width, printed++ ? "" : label);
        print_one(out, todo, width, terminal_columns());
    }
    if (left)
        fprintf(out, "%-*sand %u more\n", (int)width, "", left);
    if (todos->len == 0 && which != TODO_LATE)
        fprintf(out, "%-*snothing waits for a person\n", (int)width, label);
}
