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
    Visible *visible;
    GHashTable *by_class; /* gint64 * (in the Shown) → Shown * */
    Holds holds;
} VisibleReading;

static void reading_clear(VisibleReading *it)
{
    g_clear_pointer(&it->by_class, g_hash_table_unref);
    holds_clear(&it->holds);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VisibleReading, reading_clear)

static void shown_free(gpointer data)
{
    Shown *shown = data;
    g_free(shown->root);
    g_free(shown->item);
    g_free(shown->kind);
    g_string_free(shown->own, TRUE);
    g_string_free(shown->given, TRUE);
    g_hash_table_unref(shown->withheld);
    g_string_free(shown->detail, TRUE);
    g_free(shown);
}

void visible_free(Visible *visible)
{
    if (!visible)
        return;
    g_ptr_array_unref(visible->messages);
    g_string_free(visible->elsewhere, TRUE);
    g_free(visible);
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
    g_ptr_array_add(it->visible->messages, shown);
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

static void take_part(VisibleReading *it, Query *query)
{
    Shown *shown = shown_of(it, query);
    if (!shown || shown->state == SHOW_HELD || shown->standing != STANDING_PARTY)
        return;
    const PartSeen part = {.path = query_get_text(query, 1),
                           .media_type = query_get_text(query, 2),
                           .sha256 = query_get_blob(query, 3),
                           .state = query_is_null(query, 4) ? PART_BROKEN : query_get_int(query, 4),
                           .size = query_get_int(query, 5),
                           .attached = query_get_int(query, 6) != 0,
                           .of_others = query_get_int(query, 7),
                           .own = query_get_int(query, 8)};
    const char *why = part.attached ? why_not_given(shown, &part) : NULL;
    if (part.attached && part.of_others && !part.own)
        g_hash_table_add(shown->withheld, span_dup(part.path));
    if (part.attached && !why && part.sha256.n == DIGEST_BYTES)
        append_hex(shown->given, part.sha256);
    if (!why && part.state != PART_READ)
        why = part.attached ? "given-unread" : "unread";
    if (why)
        add_left_out(shown, &part, why);
}

/* D: type, date and mask of what is its own in others' mail. */
static void take_elsewhere(VisibleReading *it, Query *query)
{
    gboolean held = holds_have(&it->holds, query_get_int(query, 0));
    g_autofree char *date = query_is_null(query, 1) ? g_strdup("") : moment_format(query_get_int(query, 1));
    const Span fields[] = {span_of_string(date), query_get_text(query, 2),
                           held ? SPAN_NONE : query_get_text(query, 3)};
    append_row(it->visible->elsewhere, 'D', fields, G_N_ELEMENTS(fields));
    it->visible->data++;
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

Visible *visible_read(Store *store, const char *customer, GError **error)
{
    g_autoptr(Visible) visible = g_new0(Visible, 1);
    g_auto(VisibleReading) it = {.store = store, .customer = customer, .visible = visible};
    visible->messages = g_ptr_array_new_with_free_func(shown_free);
    visible->elsewhere = g_string_new(NULL);
    it.by_class = g_hash_table_new(g_int64_hash, g_int64_equal);
    if (!holds_read(store, customer, &it.holds, error) ||
        !read_all(&it, "publish.messages", take_message, error) ||
        !read_all(&it, "publish.addresses", take_address, error) ||
        !read_all(&it, "publish.own", take_own, error) || !read_all(&it, "publish.parts", take_part, error) ||
        !read_all(&it, "publish.elsewhere", take_elsewhere, error))
        return NULL;
    return g_steal_pointer(&visible);
}
