/* redact.c - a text as one customer may see it. */
#include "hostile/redact.h"

#include <string.h>

/* Bytes of surroundings on each side of an own match. */
#define AROUND 100

typedef struct {
    gsize start, end;
} Place;

/* A text while it is looked through. */
typedef struct {
    const Redaction *redaction;
    Redaction *learner; /* NULL when nothing is to be learned */
    Span text;
    GArray *removed, *own; /* Place, by start */
    gsize last;            /* where the last reported match begins */
} Looking;

static void string_free(gpointer string)
{
    g_string_free(string, TRUE);
}

void redaction_init(Redaction *redaction, Scanner *scanner, Span own)
{
    *redaction = (Redaction){.scanner = scanner};
    redaction->own = g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
    redaction->taken =
        g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
    for (gsize at = 0; at + 16 <= own.n; at += 16)
        g_hash_table_add(redaction->own, g_bytes_new(own.p + at, 16));
}

void redaction_clear(Redaction *redaction)
{
    g_clear_pointer(&redaction->own, g_hash_table_unref);
    g_clear_pointer(&redaction->taken, g_hash_table_unref);
}

/* --- looking --------------------------------------------------------------------------------------------------- */

static void remember_value(Redaction *redaction, Span value)
{
    if (value.n < REDACTED_VALUE_LEAST)
        return;
    if (g_hash_table_size(redaction->taken) < REDACTED_VALUES_MOST)
        g_hash_table_add(redaction->taken, g_bytes_new(value.p, value.n));
    else
        redaction->overfull = TRUE;
}

static void on_match(void *user, const Match *match)
{
    Looking *looking = user;
    Place place = {match->start, match->end};
    g_autoptr(GBytes) fingerprint = g_bytes_new(match->fingerprint, sizeof match->fingerprint);
    gboolean own = g_hash_table_contains(looking->redaction->own, fingerprint);
    looking->last = match->start;
    g_array_append_val(own ? looking->own : looking->removed, place);
    if (!own && looking->learner)
        remember_value(looking->learner, (Span){looking->text.p + place.start, place.end - place.start});
}

static void looking_init(Looking *looking, const Redaction *redaction, Span text)
{
    *looking = (Looking){.redaction = redaction, .text = text};
    looking->removed = g_array_new(FALSE, FALSE, sizeof(Place));
    looking->own = g_array_new(FALSE, FALSE, sizeof(Place));
}

static void looking_clear(Looking *looking)
{
    g_array_unref(looking->removed);
    g_array_unref(looking->own);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Looking, looking_clear)

void redaction_learn(Redaction *redaction, Span text)
{
    g_auto(Looking) looking = {0};
    looking_init(&looking, redaction, text);
    looking.learner = redaction;
    scanner_scan(redaction->scanner, text, on_match, &looking);
}

static void add_literals(Looking *looking, Span value)
{
    const char *at = looking->text.p, *end = at + looking->text.n;
    for (const char *found; (found = memmem(at, (gsize)(end - at), value.p, value.n)); at = found + value.n) {
        Place place = {(gsize)(found - looking->text.p), (gsize)(found - looking->text.p) + value.n};
        g_array_append_val(looking->removed, place);
    }
}

static gint by_start(gconstpointer a, gconstpointer b)
{
    const Place *one = a, *other = b;
    return one->start < other->start ? -1 : one->start > other->start;
}

/* Find what goes. Returns how much of the text is known. */
static gsize look(Looking *looking, Redacted *redacted)
{
    const Redaction *redaction = looking->redaction;
    gboolean more = scanner_scan(redaction->scanner, looking->text, on_match, looking);
    GHashTableIter values;
    gpointer value;
    g_hash_table_iter_init(&values, redaction->taken);
    while (g_hash_table_iter_next(&values, &value, NULL)) {
        gsize n;
        const char *bytes = g_bytes_get_data(value, &n);
        add_literals(looking, (Span){bytes, n});
    }
    g_array_sort(looking->removed, by_start);
    gsize known = redaction->overfull ? 0 : more ? looking->last : looking->text.n;
    *redacted = (Redacted){.cut = known < looking->text.n};
    return known;
}

/* --- writing --------------------------------------------------------------------------------------------------- */

static gboolean begins_character(Span text, gsize at)
{
    return at >= text.n || ((guint8)text.p[at] & 0xc0) != 0x80;
}

/* Append [from, to) without what goes; places that overlap are one. */
static guint append(const Looking *looking, gsize from, gsize to, GString *out)
{
    guint removed = 0;
    gsize shown = from;
    for (guint i = 0; i < looking->removed->len; i++) {
        const Place *place = &g_array_index(looking->removed, Place, i);
        if (place->end <= shown || place->start >= to)
            continue;
        if (place->start > shown)
            g_string_append_len(out, looking->text.p + shown, (gssize)(place->start - shown));
        if (place->start >= shown || !removed) {
            g_string_append(out, REDACTED_MARK);
            removed++;
        }
        shown = place->end;
    }
    if (shown < to)
        g_string_append_len(out, looking->text.p + shown, (gssize)(to - shown));
    return removed;
}

GString *redaction_apply(const Redaction *redaction, Span text, Redacted *redacted)
{
    g_auto(Looking) looking = {0};
    looking_init(&looking, redaction, text);
    gsize known = look(&looking, redacted);
    while (known < text.n && !begins_character(text, known))
        known--;
    GString *out = g_string_sized_new(known);
    redacted->removed = append(&looking, 0, known, out);
    return out;
}

/* At most so many characters. */
static void shorten(GString *text)
{
    const char *end = text->str;
    for (guint i = 0; i < REDACTED_EXCERPT_CHARACTERS && end < text->str + text->len; i++)
        end = g_utf8_next_char(end);
    if (end < text->str + text->len)
        g_string_truncate(text, (gsize)(end - text->str));
}

GPtrArray *redaction_excerpts(const Redaction *redaction, Span text, guint most, Redacted *redacted)
{
    g_auto(Looking) looking = {0};
    looking_init(&looking, redaction, text);
    gsize known = look(&looking, redacted), shown = 0;
    GPtrArray *excerpts = g_ptr_array_new_with_free_func(string_free);
    for (guint i = 0; i < looking.own->len && excerpts->len < most; i++) {
        const Place *own = &g_array_index(looking.own, Place, i);
        if (own->end > known || own->end <= shown)
            continue;
        gsize from = own->start > AROUND ? own->start - AROUND : 0, to = MIN(known, own->end + AROUND);
        while (!begins_character(text, from))
            from++;
        while (!begins_character(text, to))
            to--;
        GString *excerpt = g_string_new(NULL);
        redacted->removed += append(&looking, from, to, excerpt);
        shorten(excerpt);
        g_ptr_array_add(excerpts, excerpt);
        shown = to;
    }
    return excerpts;
}
