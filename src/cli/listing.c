/* listing.c - the rows of one statement, printed. */
#include "cli/listing.h"

#include "lib/box.h"
#include "nouns/fact.h"

/* Text that was made for this value, and belongs to it. */
static void write_made(Writer *writer, char *made)
{
    writer_text(writer, span_of_string(made));
    g_free(made);
}

char *span_hex(Span bytes)
{
    GString *hex = g_string_sized_new(bytes.n * 2);
    for (gsize i = 0; i < bytes.n; i++)
        g_string_append_printf(hex, "%02x", (guchar)bytes.p[i]);
    return g_string_free(hex, FALSE);
}

/* A finding's key: SHA-256 over its identity (house of names: content, part, type, fingerprint), each
 * field but the last of fixed length or ended by NUL. */
static char *identity_of(Query *query, guint column)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    Span key = query_get_blob(query, column), part = query_get_blob(query, column + 1);
    Span type = query_get_text(query, column + 2), fingerprint = query_get_blob(query, column + 3);
    g_checksum_update(sum, (const guchar *)key.p, (gssize)key.n);
    g_checksum_update(sum, (const guchar *)part.p, (gssize)part.n);
    g_checksum_update(sum, (const guchar *)type.p, (gssize)type.n);
    g_checksum_update(sum, (const guchar *)"", 1);
    g_checksum_update(sum, (const guchar *)fingerprint.p, (gssize)fingerprint.n);
    return g_strdup(g_checksum_get_string(sum));
}

static gboolean write_sealed(Query *query, guint column, Writer *writer, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *plain = query_get_sealed(query, column, "view", &cause);
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    writer_text(writer, span_of_string(plain));
    return TRUE;
}

static gboolean write_digest(Store *store, Query *query, guint column, Writer *writer, GError **error)
{
    g_autofree char *table = span_dup(query_get_text(query, column));
    char *digest = store_digest(store, table, error);
    if (!digest)
        return FALSE;
    write_made(writer, digest);
    return TRUE;
}

/* The name of what stands in the store as a number. */
static const char *name_of(ValueKind kind, gint64 number)
{
    switch (kind) {
    case VALUE_ROLE:
        return role_name((Role)number);
    case VALUE_PART_KIND:
        return part_kind_name((PartKind)number);
    case VALUE_PART_STATE:
        return part_state_name((PartState)number);
    case VALUE_ITEM_KIND:
        return item_kind_name((ItemKind)number);
    case VALUE_COPY_STATE:
        return copy_state_name((CopyState)number);
    case VALUE_LEVEL:
        return level_name(number);
    case VALUE_FACT_KIND:
        return fact_kind_name(number);
    default:
        return standing_name(number);
    }
}

static gboolean write_value(Store *store, Query *query, guint column, ValueKind kind, Writer *writer,
                            GError **error)
{
    switch (kind) {
    case VALUE_TEXT:
        writer_text(writer, query_get_text(query, column));
        break;
    case VALUE_NUMBER:
        writer_number(writer, query_get_int(query, column));
        break;
    case VALUE_TRUTH:
        writer_truth(writer, query_get_int(query, column) != 0);
        break;
    case VALUE_TIME:
        writer_time(writer, query_get_int(query, column));
        break;
    case VALUE_HEX:
        write_made(writer, span_hex(query_get_blob(query, column)));
        break;
    case VALUE_ROLE:
    case VALUE_PART_KIND:
    case VALUE_PART_STATE:
    case VALUE_ITEM_KIND:
    case VALUE_COPY_STATE:
    case VALUE_LEVEL:
    case VALUE_FACT_KIND:
    case VALUE_STANDING:
        writer_text(writer, span_of_string(name_of(kind, query_get_int(query, column))));
        break;
    case VALUE_DEFECTS:
        write_made(writer, defect_names((guint64)query_get_int(query, column)));
        break;
    case VALUE_BOX:
        write_made(writer, box_level_names((guint)query_get_int(query, column)));
        break;
    case VALUE_IDENTITY:
        write_made(writer, identity_of(query, column));
        break;
    case VALUE_VIEW:
        return write_sealed(query, column, writer, error);
    case VALUE_DIGEST:
        return write_digest(store, query, column, writer, error);
    }
    return TRUE;
}

gboolean listing_write_row(Store *store, Query *query, const Field *fields, guint count, Writer *writer,
                           GError **error)
{
    guint column = 0;
    for (guint i = 0; i < count; i++) {
        if (query_is_null(query, column))
            writer_none(writer);
        else if (!write_value(store, query, column, fields[i].kind, writer, error))
            return FALSE;
        column += fields[i].kind == VALUE_IDENTITY ? 4 : 1;
    }
    return TRUE;
}

gboolean listing_write(Store *store, Query *query, const Field *fields, guint count, Writer *writer,
                       const Output *output, GError **error)
{
    while (query_step(query, error))
        if (!listing_write_row(store, query, fields, count, writer, error) || !output_is_well(output, error))
            return FALSE;
    if (!query_ended(query))
        return FALSE;
    return TRUE;
}
