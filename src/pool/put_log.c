/* put_log.c - one row of a worker's answer about a log into its table and its digest. */
#include "pool/importer.h"
#include "nouns/log_rows.h"

/* Values of a row, bound to a statement and given to the digest in one go. */
typedef struct {
    Query *query;
    guint next; /* parameter */
    Span digest[24];
    char *numbers[12];
    guint digests, number_count;
} Values;

static void values_clear(Values *values)
{
    for (guint i = 0; i < values->number_count; i++)
        g_free(values->numbers[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Values, values_clear)

static void add_text(Values *values, Span text)
{
    text = text.p ? text : SPAN_OF("");
    query_text(values->query, values->next++, text);
    values->digest[values->digests++] = text;
}

/* G_MININT64 stands for an absent time. */
static void add_number(Values *values, gint64 number)
{
    if (number == G_MININT64) {
        query_null(values->query, values->next++);
        values->digest[values->digests++] = SPAN_NONE;
        return;
    }
    query_int(values->query, values->next++, number);
    char *text = values->numbers[values->number_count++] = g_strdup_printf("%" G_GINT64_FORMAT, number);
    values->digest[values->digests++] = span_of_string(text);
}

/* Where the record stands: in the digest by name, in the row by id. */
static void add_place(Values *values, gint64 id, const ImportUnit *unit, guint64 item, guint64 start)
{
    query_int(values->query, values->next++, id);
    query_int(values->query, values->next++, unit->first_item + (gint64)item);
    query_int(values->query, values->next++, unit->unit);
    values->digest[values->digests++] = span_of_string(unit->name);
    values->digest[values->digests++] =
        span_of_string(item < unit->paths->len ? unit->paths->pdata[item] : "");
    add_number(values, (gint64)start);
}

static gboolean finish(Importer *importer, Values *values, const char *table, GError **error)
{
    store_digest_fields(importer->store, table, values->digest, values->digests);
    return query_run(values->query, error);
}

gboolean put_event(Importer *importer, Group *group, const Row *line, GError **error)
{
    EventRow row;
    g_auto(Values) values = {.next = 1};
    if (!event_row_read(line, &row, error) ||
        !(values.query = store_query(importer->store, "import.event", error)))
        return FALSE;
    group->event_items = 0;
    group->event_start = (gint64)row.offset;
    add_place(&values, ++importer->last_event, group->unit, row.item, row.offset);
    add_number(&values, row.at);
    add_text(&values, row.record);
    add_text(&values, row.operation);
    add_text(&values, row.access);
    add_number(&values, row.throttled ? 1 : 0);
    add_number(&values, row.cut ? 1 : 0);
    add_text(&values, row.mailbox);
    add_text(&values, row.actor);
    add_text(&values, row.address);
    add_text(&values, row.client);
    add_text(&values, row.session);
    add_text(&values, row.token);
    add_text(&values, row.app);
    add_number(&values, (gint64)row.operations);
    add_text(&values, row.outcome);
    return finish(importer, &values, "event", error);
}

gboolean put_event_item(Importer *importer, Group *group, const Row *line, GError **error)
{
    EventItemRow row;
    g_auto(Values) values = {.next = 3};
    if (!event_item_row_read(line, &row, error) ||
        !(values.query = store_query(importer->store, "import.event_item", error)))
        return FALSE;
    query_int(values.query, 1, importer->last_event);
    query_int(values.query, 2, group->event_items);
    g_autofree char *start = g_strdup_printf("%" G_GINT64_FORMAT, group->event_start);
    g_autofree char *n = g_strdup_printf("%" G_GINT64_FORMAT, group->event_items++);
    const char *path = group->unit->paths->len ? group->unit->paths->pdata[0] : "";
    values.digest[values.digests++] = span_of_string(group->unit->name);
    values.digest[values.digests++] = span_of_string(path);
    values.digest[values.digests++] = span_of_string(start);
    values.digest[values.digests++] = span_of_string(n);
    add_text(&values, row.folder);
    add_text(&values, row.folder_ref);
    add_text(&values, row.message_id);
    add_text(&values, row.item_ref);
    add_text(&values, row.recipient);
    add_number(&values, (gint64)row.size);
    return finish(importer, &values, "event_item", error);
}

gboolean put_signin(Importer *importer, const Group *group, const Row *line, GError **error)
{
    SigninRow row;
    g_auto(Values) values = {.next = 1};
    if (!signin_row_read(line, &row, error) ||
        !(values.query = store_query(importer->store, "import.signin", error)))
        return FALSE;
    add_place(&values, ++importer->last_signin, group->unit, row.item, row.offset);
    add_number(&values, row.at);
    add_text(&values, row.record);
    add_text(&values, row.stream);
    add_text(&values, row.account);
    add_text(&values, row.account_ref);
    add_text(&values, row.tenant);
    add_text(&values, row.resource_tenant);
    add_text(&values, row.app);
    add_text(&values, row.address);
    add_text(&values, row.agent);
    add_text(&values, row.protocol);
    add_number(&values, row.code);
    add_text(&values, row.key_ref);
    add_text(&values, row.token);
    add_text(&values, row.session);
    return finish(importer, &values, "signin", error);
}
