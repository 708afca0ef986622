/* letters.c - the converter of mail within a file. */
#include "hostile/convert/letters.h"

#include "hostile/convert/inner.h"
#include "hostile/limits.h"
#include "hostile/read/emlx.h"
#include "hostile/read/scratch.h"

/* Header fields before one that only mail has. */
#define MOST_OTHER_FIELDS 30

typedef struct {
    Made *made;
    Scratch last;        /* bytes of the part that is being read    */
    GPtrArray *attached; /* GBytes, for when the reader is done  */
    guint64 kept;        /* bytes of them                           */
} Mailing;

/* --- what is mail -------------------------------------------------------------------------------------------- */

static gboolean begins(Span text, const char *word)
{
    gsize n = strlen(word);
    return text.n >= n && g_ascii_strncasecmp(text.p, word, n) == 0;
}

static Span behind_line(Span text)
{
    const char *end = memchr(text.p, '\n', text.n);
    return end ? (Span){end + 1, (gsize)(text.p + text.n - end) - 1} : SPAN_OF("");
}

/* A field's name and its colon, or a line that goes on. */
static gboolean is_field(Span line)
{
    gsize i = 0;
    if (line.n && (*line.p == ' ' || *line.p == '\t'))
        return TRUE;
    while (i < line.n && i < 100 && (g_ascii_isalnum(line.p[i]) || line.p[i] == '-' || line.p[i] == '_'))
        i++;
    return i && i < line.n && line.p[i] == ':';
}

static gboolean is_of_mail(Span line)
{
    static const char *const names[] = {"Received:",     "Message-ID:",   "MIME-Version:", "Return-Path:",
                                        "Delivered-To:", "Content-Type:", "X-Mailer:"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (begins(line, names[i]))
            return TRUE;
    return FALSE;
}

gboolean mail_takes(Span bytes, Span media_type)
{
    Emlx emlx;
    (void)media_type;
    if (emlx_find(bytes, &emlx))
        return TRUE;
    if (begins(bytes, "From "))
        bytes = behind_line(bytes);
    for (guint i = 0; i < MOST_OTHER_FIELDS && bytes.n && is_field(bytes); i++) {
        if (is_of_mail(bytes))
            return TRUE;
        bytes = behind_line(bytes);
    }
    return FALSE;
}

/* --- one message --------------------------------------------------------------------------------------------- */

static void put_line(Made *made, Span text)
{
    made_text(made, text);
    made_line(made);
}

static void on_address(void *user, const AddressRow *address)
{
    Made *made = ((Mailing *)user)->made;
    if (address->name.n) {
        made_text(made, address->name);
        made_char(made, ' ');
    }
    put_line(made, address->address);
}

static void on_text(void *user, Span path, Span text, gboolean html)
{
    (void)path;
    (void)html;
    put_line(((Mailing *)user)->made, text);
}

static void on_pseudo(void *user, const char *name, Span text)
{
    if (!g_str_has_prefix(name, "@display-name"))
        put_line(((Mailing *)user)->made, text);
}

static void on_bytes(void *user, Span path, Span bytes)
{
    Mailing *mailing = user;
    (void)path;
    scratch_reset(&mailing->last);
    if (!scratch_append(&mailing->last, bytes.p, bytes.n))
        made_worse(mailing->made, PART_CUT, "memory", NULL, bytes.n);
}

/* The reader is used again by mail within what is attached, so that waits. */
static void on_part(void *user, const PartRow *part)
{
    Mailing *mailing = user;
    Span bytes = scratch_span(&mailing->last);
    if (part->kind != PART_LEAF || part->state != PART_UNREAD)
        return;
    mailing->kept += bytes.n;
    if (mailing->kept > LIMIT_INNER_BYTES) {
        made_worse(mailing->made, PART_CUT, "inflated-too-large", NULL, bytes.n);
        return;
    }
    g_ptr_array_add(mailing->attached, g_bytes_new(bytes.p, bytes.n));
}

static void on_gap(void *user, const GapRow *gap)
{
    g_autofree char *reason = span_dup(gap->reason);
    made_worse(((Mailing *)user)->made, PART_CUT, g_intern_string(reason), NULL, gap->bytes);
}

static void put_attached(Converters *converters, Mailing *mailing)
{
    for (guint i = 0; i < mailing->attached->len; i++) {
        GBytes *bytes = mailing->attached->pdata[i];
        gsize n;
        const char *p = g_bytes_get_data(bytes, &n);
        inner_convert(converters, (Span){p ? p : "", n}, SPAN_NONE, n, mailing->made);
    }
}

static void put_message(Converters *converters, Reader *reader, Span canonical, Made *made)
{
    static const ReaderSink sink = {.address = on_address,
                                    .text = on_text,
                                    .pseudo = on_pseudo,
                                    .part = on_part,
                                    .gap = on_gap,
                                    .bytes = on_bytes};
    MessageRow head = {0};
    Mailing mailing = {.made = made,
                       .attached = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref)};
    reader_read(reader, canonical, &sink, &mailing, &head);
    put_attached(converters, &mailing);
    scratch_clear(&mailing.last);
    g_ptr_array_unref(mailing.attached);
}

/* --- the whole ----------------------------------------------------------------------------------------------- */

/* Line ends LF. FALSE without memory. */
static gboolean unify(Span bytes, Scratch *out)
{
    for (gsize at = 0; at < bytes.n;) {
        const char *cr = memchr(bytes.p + at, '\r', bytes.n - at);
        gsize stop = cr ? (gsize)(cr - bytes.p) : bytes.n;
        gboolean line_end = stop + 1 < bytes.n && bytes.p[stop + 1] == '\n';
        if (!scratch_append(out, bytes.p + at, stop - at + (cr && !line_end ? 1 : 0)))
            return FALSE;
        at = stop + 1;
    }
    return TRUE;
}

/* Where the next message of an mbox begins: behind an empty line. */
static gsize message_length(Span mbox)
{
    const char *next = memmem(mbox.p, mbox.n, "\n\nFrom ", 7);
    return next ? (gsize)(next - mbox.p) + 2 : mbox.n;
}

/* What it lost before it became a mail is said of the whole. */
static void put_form(Converters *converters, Reader *reader, Span bytes, Made *made)
{
    g_auto(ReaderUnwrapped) unwrapped = {0};
    if (!reader_unwrap(reader, bytes, &unwrapped)) {
        made_worse(made, PART_CUT, "memory", NULL, bytes.n);
        return;
    }
    for (guint i = 0; i < unwrapped.damages->len; i++) {
        const ReaderDamage *damage = &g_array_index(unwrapped.damages, ReaderDamage, i);
        made_worse(made, PART_BROKEN, damage->reason, damage->detail, damage->bytes);
    }
    put_message(converters, reader, scratch_span(&unwrapped.message), made);
    made->unscanned = MIN(made->unscanned, bytes.n);
}

void mail_convert(Converters *converters, Reader *reader, Span bytes, Made *made)
{
    if (reader_knows_form(reader, bytes)) {
        put_form(converters, reader, bytes, made);
        return;
    }
    g_auto(Scratch) canonical = {0};
    Emlx emlx;
    gboolean is_emlx = emlx_find(bytes, &emlx);
    if (is_emlx && emlx.missing)
        made_worse(made, PART_BROKEN, "item-damaged", "the file ends too early", emlx.missing);
    if (!unify(is_emlx ? (Span){bytes.p + emlx.start, emlx.n} : bytes, &canonical)) {
        made_worse(made, PART_CUT, "memory", NULL, bytes.n);
        return;
    }
    Span rest = scratch_span(&canonical);
    while (rest.n && !made->full) {
        gboolean enveloped = begins(rest, "From ");
        gsize n = enveloped ? message_length(rest) : rest.n;
        Span message = {rest.p, n};
        put_message(converters, reader, enveloped ? behind_line(message) : message, made);
        rest = (Span){rest.p + n, rest.n - n};
    }
    made->unscanned = MIN(made->unscanned, bytes.n);
}
