/* log_rows.c - rows about logs, written and strictly read. */
#include "nouns/log_rows.h"

#include "nouns/take.h"

void event_row_write(RowBuffer *rows, const EventRow *event)
{
    row_begin(rows, 'V');
    row_put_uint(rows, event->item);
    row_put_uint(rows, event->offset);
    row_put_uint(rows, event->length);
    row_put_int(rows, event->at);
    row_put(rows, event->record);
    row_put(rows, event->operation);
    row_put(rows, event->access);
    row_put_uint(rows, event->throttled ? 1 : 0);
    row_put_uint(rows, event->cut ? 1 : 0);
    row_put(rows, event->mailbox);
    row_put(rows, event->actor);
    row_put(rows, event->address);
    row_put(rows, event->client);
    row_put(rows, event->session);
    row_put(rows, event->token);
    row_put(rows, event->app);
    row_put_uint(rows, event->operations);
    row_put(rows, event->outcome);
    row_end(rows);
}

gboolean event_row_read(const Row *row, EventRow *event, GError **error)
{
    Fields fields = {.row = row};
    event->item = take_uint(&fields, "bad item");
    event->offset = take_uint(&fields, "bad offset");
    event->length = take_uint(&fields, "bad length");
    event->at = take_int(&fields, "bad time");
    event->record = take_text(&fields, "record is not UTF-8");
    event->operation = take_text(&fields, "operation is not UTF-8");
    event->access = take_text(&fields, "access is not UTF-8");
    event->throttled = take_uint(&fields, "bad throttled flag") != 0;
    event->cut = take_uint(&fields, "bad cut flag") != 0;
    event->mailbox = take_text(&fields, "mailbox is not UTF-8");
    event->actor = take_text(&fields, "actor is not UTF-8");
    event->address = take_text(&fields, "address is not UTF-8");
    event->client = take_text(&fields, "client is not UTF-8");
    event->session = take_text(&fields, "session is not UTF-8");
    event->token = take_text(&fields, "token is not UTF-8");
    event->app = take_text(&fields, "app is not UTF-8");
    event->operations = take_uint(&fields, "bad count of operations");
    event->outcome = take_text(&fields, "outcome is not UTF-8");
    if (!fields.wrong && event->operations > G_MAXINT32)
        fields.wrong = "more operations than can be";
    return taken(&fields, error);
}

void event_item_row_write(RowBuffer *rows, const EventItemRow *item)
{
    row_begin(rows, 'I');
    row_put(rows, item->folder);
    row_put(rows, item->folder_ref);
    row_put(rows, item->message_id);
    row_put(rows, item->item_ref);
    row_put(rows, item->recipient);
    row_put_uint(rows, item->size);
    row_end(rows);
}

gboolean event_item_row_read(const Row *row, EventItemRow *item, GError **error)
{
    Fields fields = {.row = row};
    item->folder = take_text(&fields, "folder is not UTF-8");
    item->folder_ref = take_text(&fields, "folder id is not UTF-8");
    item->message_id = take_text(&fields, "message id is not UTF-8");
    item->item_ref = take_text(&fields, "item id is not UTF-8");
    item->recipient = take_text(&fields, "recipient is not UTF-8");
    item->size = take_uint(&fields, "bad size");
    if (!fields.wrong && item->size > G_MAXINT64)
        fields.wrong = "a size that cannot be";
    return taken(&fields, error);
}

void signin_row_write(RowBuffer *rows, const SigninRow *signin)
{
    row_begin(rows, 'S');
    row_put_uint(rows, signin->item);
    row_put_uint(rows, signin->offset);
    row_put_uint(rows, signin->length);
    row_put_int(rows, signin->at);
    row_put(rows, signin->record);
    row_put(rows, signin->stream);
    row_put(rows, signin->account);
    row_put(rows, signin->account_ref);
    row_put(rows, signin->tenant);
    row_put(rows, signin->resource_tenant);
    row_put(rows, signin->app);
    row_put(rows, signin->address);
    row_put(rows, signin->agent);
    row_put(rows, signin->protocol);
    row_put_int(rows, signin->code);
    row_put(rows, signin->key_ref);
    row_put(rows, signin->token);
    row_put(rows, signin->session);
    row_end(rows);
}

gboolean signin_row_read(const Row *row, SigninRow *signin, GError **error)
{
    Fields fields = {.row = row};
    signin->item = take_uint(&fields, "bad item");
    signin->offset = take_uint(&fields, "bad offset");
    signin->length = take_uint(&fields, "bad length");
    signin->at = take_int(&fields, "bad time");
    signin->record = take_text(&fields, "record is not UTF-8");
    signin->stream = take_text(&fields, "stream is not UTF-8");
    signin->account = take_text(&fields, "account is not UTF-8");
    signin->account_ref = take_text(&fields, "account id is not UTF-8");
    signin->tenant = take_text(&fields, "tenant is not UTF-8");
    signin->resource_tenant = take_text(&fields, "resource tenant is not UTF-8");
    signin->app = take_text(&fields, "app is not UTF-8");
    signin->address = take_text(&fields, "address is not UTF-8");
    signin->agent = take_text(&fields, "agent is not UTF-8");
    signin->protocol = take_text(&fields, "protocol is not UTF-8");
    signin->code = take_int(&fields, "bad code");
    signin->key_ref = take_text(&fields, "key id is not UTF-8");
    signin->token = take_text(&fields, "token is not UTF-8");
    signin->session = take_text(&fields, "session is not UTF-8");
    return taken(&fields, error);
}
