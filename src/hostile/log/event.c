/* event.c - one record of a unified audit log to rows. */
#include "hostile/log/record.h"
#include "lib/ip.h"
#include "lib/moment.h"
#include "nouns/log_check.h"

/* --- what it says of itself ------------------------------------------------------------------------------------ */

/* "MailAccessType:Bind;IsThrottled:False": how old mailbox audit exports write properties. */
static Span property_in_text(Span text, const char *name)
{
    gsize n = strlen(name);
    for (const char *p = text.p, *end = text.p + text.n, *stop; p < end; p = stop + 1) {
        stop = memchr(p, ';', (gsize)(end - p));
        stop = stop ? stop : end;
        if ((gsize)(stop - p) > n && memcmp(p, name, n) == 0 && p[n] == ':')
            return (Span){p + n + 1, (gsize)(stop - p) - n - 1};
        if (stop == end)
            break;
    }
    return SPAN_OF("");
}

/* "@{Name=IsThrottled; Value=False}": what PowerShell makes of an object too deep for it. */
static Span property_in_hashtable(Span text, const char *name)
{
    g_autofree char *wanted = g_strconcat("Name=", name, NULL);
    static const char *const before = "Value=";
    const char *named = text.n ? memmem(text.p, text.n, wanted, strlen(wanted)) : NULL;
    const char *value = named ? memmem(text.p, text.n, before, strlen(before)) : NULL;
    if (!value)
        return SPAN_OF("");
    value += strlen(before);
    gsize n = 0;
    while (value + n < text.p + text.n && !strchr(";}", value[n]))
        n++;
    return (Span){value, n};
}

/* A property by its name, from a list of {Name, Value}, a mapping, or one text. */
static Span property(Values *values, json_object *properties, const char *name)
{
    if (json_object_is_type(properties, json_type_string))
        return property_in_text(text_of_value(values, properties), name);
    Span text = text_at(values, properties, name);
    for (guint i = 0; i < list_length(properties) && !text.n; i++) {
        json_object *one = list_item(properties, i);
        if (json_object_is_type(one, json_type_string))
            text = property_in_hashtable(text_of_value(values, one), name);
        else if (span_equals(text_at(values, one, "Name"), name))
            text = text_at(values, one, "Value");
    }
    return text;
}

static Span address_of(Values *values, json_object *record)
{
    static const char *const keys[] = {"ClientIPAddress",  "ClientIP",  "ActorIP", "ActorIpAddress",
                                       "Client_IPAddress", "IPAddress", NULL};
    guint8 address[IP_BYTES];
    for (const char *const *key = keys; *key; key++)
        if (ip_parse(text_at(values, record, *key), address)) {
            g_autofree char *text = ip_format(address);
            gsize n = strlen(text);
            return (Span){g_string_chunk_insert_len(values->texts, text, (gssize)n), n};
        }
    return SPAN_OF("");
}

static gint64 time_of(RecordReader *reader)
{
    static const char *const keys[] = {"CreationTime", "LastAccessed", "TimeGenerated", "CreationDate", NULL};
    static const char *const outer[] = {"CreationDate", "createdDateTime", "Timestamp", NULL};
    gint64 at = moment_of(text_of_first(&reader->values, reader->record, keys));
    return at != MOMENT_NONE ? at : moment_of(text_of_first(&reader->values, reader->outer, outer));
}

static Span record_id(RecordReader *reader)
{
    Span id = text_of_first(&reader->values, reader->record, KEYS("Id", "SourceRecordId"));
    if (!id.n)
        id = text_of_first(&reader->values, reader->outer, KEYS("id", "RecordId", "Identity"));
    return text_lower(&reader->values, id);
}

static void fill_who(RecordReader *reader, EventRow *event)
{
    Values *values = &reader->values;
    json_object *record = reader->record, *context = value_at(values, record, "AppAccessContext");
    json_object *device = value_at(values, record, "DeviceProperties");
    event->mailbox =
        text_lower(values, text_of_first(values, record, KEYS("MailboxOwnerUPN", "MailboxGuid")));
    event->actor = text_of_first(values, record, KEYS("UserId", "TokenObjectId", "LogonUserSid"));
    event->address = address_of(values, record);
    event->client = text_at(values, record, "ClientInfoString");
    event->session = identifier(values, text_at(values, record, "SessionId"));
    if (!event->session.n)
        event->session = identifier(values, text_at(values, context, "AADSessionId"));
    if (!event->session.n)
        event->session = identifier(values, property(values, device, "SessionId"));
    event->token = text_at(values, context, "UniqueTokenId");
    event->app = identifier(values, text_at(values, record, "ClientAppId"));
    if (!event->app.n)
        event->app = identifier(values, text_at(values, context, "ClientAppId"));
    if (!event->app.n)
        event->app = identifier(values, text_at(values, record, "AppId"));
}

static void fill_what(RecordReader *reader, EventRow *event)
{
    Values *values = &reader->values;
    json_object *record = reader->record, *properties = value_at(values, record, "OperationProperties");
    Span throttled = text_lower(values, property(values, properties, "IsThrottled"));
    event->at = time_of(reader);
    event->record = record_id(reader);
    event->operation = text_at(values, record, "Operation");
    event->access = text_lower(values, property(values, properties, "MailAccessType"));
    event->throttled = span_equals(throttled, "true") || span_equals(throttled, "1");
    event->operations = number_at(record, "OperationCount");
    if (!event->operations)
        event->operations = number_at(record, "AuditOperationsCountInAggregatedRecord");
    event->operations = MIN(event->operations, G_MAXINT32);
    event->outcome = text_at(values, record, "ResultStatus");
}

/* --- what it names --------------------------------------------------------------------------------------------- */

typedef struct {
    RecordReader *reader;
    guint count;
    gboolean too_many;
} Naming;

static void add_item(Naming *it, const EventItemRow *item)
{
    if (it->count == LOG_ITEMS_MAX)
        it->too_many = TRUE;
    else {
        event_item_row_write(&it->reader->rows, item);
        it->count++;
    }
}

/* A folder's path as written, with slashes. "Not Available" says nothing. */
static Span folder_path(Values *values, json_object *folder)
{
    Span path = text_of_first(values, folder, KEYS("Path", "FolderPathName"));
    if (!path.n || span_equals(path, "Not Available"))
        path = text_at(values, folder, "Name");
    char *copy = g_string_chunk_insert_len(values->texts, path.p, (gssize)path.n);
    g_strdelimit(copy, "\\", '/');
    return (Span){copy, path.n};
}

static Span plain_text(Span text)
{
    return text.p ? text : SPAN_OF("");
}

static void add_message(Naming *it, json_object *message, Span folder, Span folder_ref)
{
    Values *values = &it->reader->values;
    Span id =
        bare_message_id(text_of_first(values, message, KEYS("InternetMessageId", "ItemInternetMessageId")));
    guint64 size = number_at(message, "SizeInBytes");
    EventItemRow item = {.folder = plain_text(folder),
                         .folder_ref = plain_text(folder_ref),
                         .message_id = id,
                         .item_ref = text_of_first(values, message, KEYS("ImmutableId", "Id")),
                         .recipient = SPAN_OF(""),
                         .size = MIN(size, G_MAXINT64)};
    if (item.message_id.n || item.item_ref.n)
        add_item(it, &item);
}

/* A folder with the messages in it; or the folder alone, when it lists none. */
static void add_folder(Naming *it, json_object *folder)
{
    Values *values = &it->reader->values;
    Span path = folder_path(values, folder), ref = text_at(values, folder, "Id");
    json_object *messages = value_of(values, folder, KEYS("FolderItems", "MessageItems"));
    guint before = it->count;
    for (guint i = 0; i < list_length(messages); i++)
        add_message(it, list_item(messages, i), path, ref);
    if (it->count == before && (path.n || ref.n))
        add_item(it, &(EventItemRow){path, ref, SPAN_OF(""), SPAN_OF(""), SPAN_OF(""), 0});
}

/* One message with its folder; of a Sync record the folder alone is meant. */
static void add_single(Naming *it, json_object *message, gboolean is_sync)
{
    Values *values = &it->reader->values;
    json_object *parent = value_at(values, message, "ParentFolder");
    Span path = folder_path(values, parent), ref = text_at(values, parent, "Id");
    if (!is_sync) {
        add_message(it, message, path, ref);
        return;
    }
    if (!ref.n)
        ref = text_at(values, message, "Id");
    if (path.n || ref.n)
        add_item(it, &(EventItemRow){path, ref, SPAN_OF(""), SPAN_OF(""), SPAN_OF(""), 0});
}

static void add_recipients(Naming *it, json_object *list, Span message_id)
{
    Values *values = &it->reader->values;
    for (guint i = 0; i < list_length(list); i++) {
        json_object *one = list_item(list, i);
        Span address = json_object_is_type(one, json_type_string)
                           ? text_of_value(values, one)
                           : text_of_first(values, one, KEYS("Address", "address"));
        EventItemRow item = {
            SPAN_OF(""), SPAN_OF(""), message_id, SPAN_OF(""), text_lower(values, address), 0};
        if (address.n)
            add_item(it, &item);
    }
}

/* Message-IDs in containers that nobody has described yet: named all the same. */
static void add_hidden(Naming *it, json_object *value, guint depth)
{
    if (depth == 0)
        return;
    if (json_object_is_type(value, json_type_object)) {
        if (text_at(&it->reader->values, value, "InternetMessageId").n)
            add_message(it, value, SPAN_NONE, SPAN_NONE);
        json_object_object_foreach(value, key, child)
        {
            (void)key;
            add_hidden(it, child, depth - 1);
        }
    } else if (json_object_is_type(value, json_type_array)) {
        for (guint i = 0; i < list_length(value); i++)
            add_hidden(it, list_item(value, i), depth - 1);
    }
}

/* Old exports of a mailbox's own log: one message or folder in the record itself. */
static void add_flat(Naming *it, gboolean is_sync)
{
    Values *values = &it->reader->values;
    json_object *record = it->reader->record;
    Span id = bare_message_id(text_at(values, record, "ItemInternetMessageId"));
    Span path = text_at(values, record, "FolderPathName").n ? folder_path(values, record) : SPAN_OF("");
    if (id.n || (is_sync && path.n))
        add_item(it, &(EventItemRow){path, SPAN_OF(""), id, SPAN_OF(""), SPAN_OF(""), 0});
}

static void name_all(Naming *it, const EventRow *event)
{
    Values *values = &it->reader->values;
    json_object *record = it->reader->record;
    gboolean is_sync = span_equals(event->access, "sync");
    json_object *folders = value_of(values, record, KEYS("Folders", "Messages"));
    for (guint i = 0; i < list_length(folders); i++)
        add_folder(it, list_item(folders, i));
    json_object *affected = value_at(values, record, "AffectedItems");
    for (guint i = 0; i < list_length(affected); i++)
        add_single(it, list_item(affected, i), FALSE);
    json_object *one = value_at(values, record, "Item");
    if (one)
        add_single(it, one, is_sync);
    add_flat(it, is_sync);
    if (!it->count && span_equals(event->operation, "MailItemsAccessed"))
        add_hidden(it, record, 8);
    json_object *recipients = value_of(values, record, KEYS("recipientList", "RecipientList"));
    add_recipients(it, recipients, bare_message_id(text_at(values, one, "InternetMessageId")));
}

void event_to_rows(RecordReader *reader, const EventRow *place)
{
    EventRow event = *place;
    Naming naming = {.reader = reader};
    fill_who(reader, &event);
    fill_what(reader, &event);
    name_all(&naming, &event);
    event.cut = reader->values.cut || naming.too_many; /* known only now */
    event_row_write(&reader->first, &event);
}
