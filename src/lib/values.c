/* values.c - what a template may name. */
#include "lib/values.h"

#include "lib/escape.h"
#include "lib/moment.h"

struct Values {
    const Values *around;
    GHashTable *by_name; /* char * -> Value * */
};

static void value_free(gpointer data)
{
    Value *value = data;
    g_free(value->text);
    if (value->list)
        g_ptr_array_unref(value->list);
    g_free(value);
}

Values *values_new(void)
{
    Values *values = g_new0(Values, 1);
    values->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, value_free);
    return values;
}

void values_free(Values *values)
{
    if (!values)
        return;
    g_hash_table_unref(values->by_name);
    g_free(values);
}

static Value *set(Values *values, const char *name, ValueIs is)
{
    Value *value = g_new0(Value, 1);
    value->is = is;
    g_hash_table_replace(values->by_name, g_strdup(name), value);
    return value;
}

void values_text(Values *values, const char *name, const char *text)
{
    set(values, name, VALUE_IS_TEXT)->text = g_strdup(text ? text : "");
}

void values_number(Values *values, const char *name, gint64 number)
{
    set(values, name, VALUE_IS_NUMBER)->number = number;
}

void values_day(Values *values, const char *name, gint64 moment)
{
    set(values, name, VALUE_IS_DAY)->number = moment;
}

static void free_item(gpointer data)
{
    values_free(data);
}

Values *values_item(Values *values, const char *list)
{
    Value *value = g_hash_table_lookup(values->by_name, list);
    if (!value || value->is != VALUE_IS_LIST) {
        value = set(values, list, VALUE_IS_LIST);
        value->list = g_ptr_array_new_with_free_func(free_item);
    }
    Values *item = values_new();
    item->around = values;
    g_ptr_array_add(value->list, item);
    return item;
}

const Value *values_get(const Values *values, const char *name)
{
    const Value *value = NULL;
    for (; values && !value; values = values->around)
        value = g_hash_table_lookup(values->by_name, name);
    return value;
}

gboolean values_true(const Values *values, const char *name)
{
    const Value *value = values_get(values, name);
    if (!value)
        return FALSE;
    switch (value->is) {
    case VALUE_IS_TEXT:
        return value->text[0] != '\0';
    case VALUE_IS_LIST:
        return value->list->len > 0;
    case VALUE_IS_NUMBER:
    case VALUE_IS_DAY:
        return value->number != 0;
    }
    return FALSE;
}

static void append_list(GString *out, const GPtrArray *list)
{
    g_string_append_c(out, '[');
    for (guint i = 0; i < list->len; i++) {
        g_string_append(out, i ? "," : "");
        values_json(out, list->pdata[i]);
    }
    g_string_append_c(out, ']');
}

static void append_value(GString *out, const Value *value)
{
    g_autofree char *day = value->is == VALUE_IS_DAY ? moment_format(value->number) : NULL;
    switch (value->is) {
    case VALUE_IS_TEXT:
        escape_json(out, span_of_string(value->text));
        break;
    case VALUE_IS_NUMBER:
        g_string_append_printf(out, "%" G_GINT64_FORMAT, value->number);
        break;
    case VALUE_IS_DAY:
        escape_json(out, span_of_string(day));
        break;
    case VALUE_IS_LIST:
        append_list(out, value->list);
        break;
    }
}

void values_json(GString *out, const Values *values)
{
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(values->by_name), (GCompareFunc)strcmp);
    g_string_append_c(out, '{');
    for (GList *name = names; name; name = name->next) {
        g_string_append(out, name == names ? "" : ",");
        escape_json(out, span_of_string(name->data));
        g_string_append_c(out, ':');
        append_value(out, g_hash_table_lookup(values->by_name, name->data));
    }
    g_string_append_c(out, '}');
}
