/* visible.c - what one customer may see, as far as the tables say. */
#include "publish/visible.h"

#include "lib/moment.h"
#include "nouns/fact.h"
#include "publish/holds.h"

/* A row of the manifest. */
#define ROW_MOST_BYTES (64UL << 10)

/* While the tables are read. */
typedef struct {
    Store *store;
    const char *customer;
    GPtrArray *messages;  /* Shown *                        */
    GHashTable *by_class; /* gint64 * (in the Shown) → Shown * */
    Holds holds;
} VisibleReading;

static void reading_clear(VisibleReading *it)
{
    g_clear_pointer(&it->by_class, g_hash_table_unref);
    holds_clear(&it->holds);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VisibleReading, reading_clear)

static void made_text_free(gpointer data)
{
    MadeText *text = data;
    g_free(text->path);
    g_free(text->converter);
    g_free(text->version);
    g_free(text);
}

static void shown_free(gpointer data)
{
    Shown *shown = data;
    g_free(shown->root);
    g_free(shown->item);
    g_free(shown->kind);
    g_string_free(shown->own, TRUE);
    g_string_free(shown->given, TRUE);
    g_hash_table_unref(shown->withheld);
    g_ptr_array_unref(shown->texts);
    g_string_free(shown->detail, TRUE);
    g_free(shown);
}

static void append_hex(GString *out, Span bytes)
{
    for (gsize i = 0; i < bytes.n; i++)
        g_string_append_printf(out, "%02x", (guint8)bytes.p[i]);
}

/* A row of texts, as row.h encodes it. */
static void append_row(GString *out, char kind, const Span *fields, guint n)
{
    g_auto(RowBuffer) row = {.ceiling = ROW_MOST_BYTES};
    row_begin(&row, kind);
    for (guint i = 0; i < n; i++)
        row_put(&row, fields[i]);
    row_end(&row);
    g_string_append_len(out, row.bytes, (gssize)row.length);
}

/* --- messages -------------------------------------------------------------------------------------------------- */

static ShowState state_of(const VisibleReading *it, const Shown *shown, gboolean bare)
{
    if (holds_have(&it->holds, shown->class))
        return SHOW_HELD;
    if (bare || !shown->length)
        return SHOW_UNREADABLE;
    return shown->standing == STANDING_PARTY ? SHOW_MESSAGE : SHOW_EXCERPTS;
}

static Shown *read_message(const VisibleReading *it, Query *query)
{
    Shown *shown = g_new0(Shown, 1);
    Span key = query_get_blob(query, 1), sha256 = query_get_blob(query, 6);
    *shown = (Shown){.class = query_get_int(query, 0),
                     .date = query_is_null(query, 2) ? MOMENT_NONE : query_get_int(query, 2),
                     .standing = query_get_int(query, 4),
                     .alone = query_get_int(query, 5) != 0,
                     .root = span_dup(query_get_text(query, 7)),
                     .item = span_dup(query_get_text(query, 8)),
                     .kind = span_dup(query_get_text(query, 9)),
                     .start = (guint64)query_get_int(query, 10),
                     .length = (guint64)query_get_int(query, 11),
                     .own = g_string_new(NULL),
                     .given = g_string_new(NULL),
                     .withheld = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                     .texts = g_ptr_array_new_with_free_func(made_text_free),
                     .detail = g_string_new(NULL)};
    if (key.n == DIGEST_BYTES)
        memcpy(shown->key, key.p, DIGEST_BYTES);
    if (sha256.n == DIGEST_BYTES)
        memcpy(shown->sha256, sha256.p, DIGEST_BYTES);
    shown->state = state_of(it, shown, query_get_int(query, 3) != 0);
    return shown;
}

static void take_message(VisibleReading *it, Query *query)
{
    Shown *shown = read_message(it, query);
    g_ptr_array_add(it->messages, shown);
    g_hash_table_insert(it->by_class, &shown->class, shown);
}

/* --- what belongs to them -------------------------------------------------------------------------------------- */

static Shown *shown_of(const VisibleReading *it, Query *query)
{
    gint64 class = query_get_int(query, 0);
    return g_hash_table_lookup(it->by_class, &class);
}

/* A: an address of its own or the vendor's; another's is only counted. Content: not of held mail. */
static void take_address(VisibleReading *it, Query *query)
{
    Shown *shown = shown_of(it, query);
    if (!shown || shown->state == SHOW_HELD || shown->standing != STANDING_PARTY)
        return;
    const Span fields[] = {span_of_string(role_name((Role)query_get_int(query, 1))),
                           query_get_int(query, 3) ? query_get_text(query, 2) : SPAN_NONE};
    append_row(shown->detail, 'A', fields, G_N_ELEMENTS(fields));
}

/* F: type and mask of what is its own; of held mail the type alone. How to reach the vendor may be seen, and is no
 * row. */
static void take_own(VisibleReading *it, Query *query)
{
    Shown *shown = shown_of(it, query);
    if (!shown)
        return;
    const Span fields[] = {query_get_text(query, 1),
                           shown->state == SHOW_HELD ? SPAN_NONE : query_get_text(query, 3)};
    append_hex(shown->own, query_get_blob(query, 2));
    if (query_get_int(query, 4))
        append_row(shown->detail, 'F', fields, G_N_ELEMENTS(fields));
}

gboolean shown_withholds(const Shown *shown, const char *path)
{
    g_autofree char *part = g_strdup(path);
    for (char *dot; *part; *dot = '\0') {
        if (g_hash_table_contains(shown->withheld, part))
            return TRUE;
        dot = strrchr(part, '.');
        dot = dot ? dot : part;
    }
    return FALSE;
}

/* A part as the tables know it. */
typedef struct {
    Span path, media_type, sha256;
    gint64 state, size, of_others, own;
    gint64 passed_over; /* bytes that no converter looked through */
    gboolean attached;
} PartSeen;

/* Why an attachment's bytes are not given; NULL when they are. What nobody looked through may hold anything: it is
 * given to whoever is alone with it. HTML has more in it than was looked through. */
static const char *why_not_given(const Shown *shown, const PartSeen *part)
{
    if (part->of_others)
        return part->own ? "mixed" : "of-others";
    if (!shown->alone && part->state != PART_READ)
        return "unread";
    if (!shown->alone && part->passed_over)
        return "embedded";
    if (!shown->alone && span_equals(part->media_type, "text/html"))
        return "hidden-text";
    return NULL;
}

/* L: a part that is left out, or that could not be read. */
static void add_left_out(const Shown *shown, const PartSeen *part, const char *why)
{
    g_autofree char *size = g_strdup_printf("%" G_GINT64_FORMAT, part->size);
    const Span fields[] = {part->path, part->media_type, span_of_string(size), span_of_string(why),
                           span_of_string(part_state_name((PartState)part->state))};
    append_row(shown->detail, 'L', fields, G_N_ELEMENTS(fields));
}

void shown_lacks_text(Shown *shown, const MadeText *text)
{
    const PartSeen part = {.path = span_of_string(text->path),
                           .media_type = SPAN_OF(""),
                           .size = (gint64)text->bytes,
                           .state = PART_READ};
    if (!text->bytes_given && shown->standing == STANDING_PARTY && !shown_withholds(shown, text->path))
        add_left_out(shown, &part, "no-text");
}

static void take_text(Shown *shown, Query *query, gboolean bytes_given)
{
    Span sha256 = query_get_blob(query, 3);
    MadeText *text = g_new0(MadeText, 1);
    *text = (MadeText){.path = span_dup(query_get_text(query, 1)),
                       .converter = span_dup(query_get_text(query, 10)),
                       .version = span_dup(query_get_text(query, 11)),
                       .bytes = (guint64)query_get_int(query, 12),
                       .bytes_given = bytes_given};
    if (sha256.n == DIGEST_BYTES)
        memcpy(text->sha256, sha256.p, DIGEST_BYTES);
    g_ptr_array_add(shown->texts, text);
}

/* What a party is told of a part. Whether its bytes are given. */
static gboolean show_part(Shown *shown, const PartSeen *part)
{
    const char *why = part->attached ? why_not_given(shown, part) : NULL;
    gboolean given = part->attached && !why && part->sha256.n == DIGEST_BYTES;
    if (part->attached && part->of_others && !part->own)
        g_hash_table_add(shown->withheld, span_dup(part->path));
    if (given)
        append_hex(shown->given, part->sha256);
    if (!why && part->state != PART_READ)
        why = part->attached ? "given-unread" : "unread";
    if (why)
        add_left_out(shown, part, why);
    return given;
}

static void take_part(VisibleReading *it, Query *query)
{
    Shown *shown = shown_of(it, query);
    if (!shown || shown->state == SHOW_HELD)
        return;
    const PartSeen part = {.path = query_get_text(query, 1),
                           .media_type = query_get_text(query, 2),
                           .sha256 = query_get_blob(query, 3),
                           .state = query_is_null(query, 4) ? PART_BROKEN : query_get_int(query, 4),
                           .size = query_get_int(query, 5),
                           .attached = query_get_int(query, 6) != 0,
                           .of_others = query_get_int(query, 7),
                           .own = query_get_int(query, 8),
                           .passed_over = query_get_int(query, 9)};
    gboolean given = shown->standing == STANDING_PARTY && show_part(shown, &part);
    if (query_get_int(query, 12) > 0)
        take_text(shown, query, given);
}

/* --- reading --------------------------------------------------------------------------------------------------- */

static gboolean read_all(VisibleReading *it, const char *statement, void (*take)(VisibleReading *, Query *),
                         GError **error)
{
    Query *query = store_query(it->store, statement, error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(it->customer));
    while (query_step(query, error))
        take(it, query);
    return query_ended(query);
}

GPtrArray *visible_read(Store *store, const char *customer, GError **error)
{
    g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func(shown_free);
    g_auto(VisibleReading) it = {.store = store, .customer = customer, .messages = messages};
    it.by_class = g_hash_table_new(g_int64_hash, g_int64_equal);
    if (!holds_read(store, customer, &it.holds, error) ||
        !read_all(&it, "publish.messages", take_message, error) ||
        !read_all(&it, "publish.addresses", take_address, error) ||
        !read_all(&it, "publish.own", take_own, error) || !read_all(&it, "publish.parts", take_part, error))
        return NULL;
    return g_steal_pointer(&messages);
}
