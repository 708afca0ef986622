/* release_print.c - a release as its customer would read it. */
#include "cli/release_print.h"

#include "lib/escape.h"
#include "lib/row.h"

/* Columns of row O. */
enum { O_KIND, O_PATH, O_OFFSET, O_BYTES, O_SHA256, O_REMOVED, O_CUT, O_COUNT };

typedef gboolean (*TakeRow)(Release *release, const Row *row, gpointer user, GError **error);

static gboolean each_row(Release *release, TakeRow take, gpointer user, GError **error)
{
    Span manifest = release_manifest(release);
    g_autofree char *copy = g_memdup2(manifest.p, manifest.n);
    char *line = copy, *end = copy + manifest.n;
    for (char *stop; line < end && (stop = memchr(line, '\n', (gsize)(end - line))); line = stop + 1) {
        Row row;
        if (!row_split(line, (gsize)(stop - line), &row, error) || !take(release, &row, user, error))
            return FALSE;
    }
    return TRUE;
}

static GByteArray *object_bytes(Release *release, const Row *row, GError **error)
{
    guint64 offset, n;
    if (row->count == O_COUNT && row_uint(row->field[O_OFFSET], &offset) && row_uint(row->field[O_BYTES], &n))
        return release_read(release, offset, n, error);
    error_set(error, CANDOR_ERROR_FORMAT, "the release has a manifest that is none");
    return NULL;
}

/* --- printing -------------------------------------------------------------------------------------------------- */

static void print_fields(FILE *out, const char *label, const Row *row)
{
    g_autoptr(GString) line = g_string_new(label);
    for (guint i = 0; i < row->count; i++) {
        g_string_append(line, i ? "  " : " ");
        if (row->field[i].p)
            escape_terminal(line, row->field[i]);
        else
            g_string_append(line, "[not shown]");
    }
    fprintf(out, "%s\n", line->str);
}

/* Line by line, so that a line end is one. */
static void print_text(FILE *out, const GByteArray *bytes)
{
    Span rest = {(const char *)bytes->data, bytes->len};
    while (rest.n) {
        const char *stop = memchr(rest.p, '\n', rest.n);
        gsize n = stop ? (gsize)(stop - rest.p) : rest.n;
        g_autoptr(GString) line = g_string_new("  | ");
        escape_terminal(line, (Span){rest.p, n});
        fprintf(out, "%s\n", line->str);
        n += stop ? 1 : 0;
        rest = (Span){rest.p + n, rest.n - n};
    }
}

static gboolean print_object(FILE *out, Release *release, const Row *row, GError **error)
{
    g_autoptr(GByteArray) bytes = object_bytes(release, row, error);
    guint64 removed = 0, cut = 0;
    if (!bytes)
        return FALSE;
    g_autoptr(GString) line = g_string_new(" ");
    escape_terminal(line, row->field[O_KIND]);
    g_string_append(line, row->field[O_PATH].n ? " of part " : "");
    escape_terminal(line, row->field[O_PATH]);
    if (row_uint(row->field[O_REMOVED], &removed) && removed)
        g_string_append_printf(line, ", %" G_GUINT64_FORMAT " removed", removed);
    if (row_uint(row->field[O_CUT], &cut) && cut)
        g_string_append(line, ", the rest left out");
    fprintf(out, " %s\n", line->str);
    if (!span_equals(row->field[O_KIND], "file")) {
        print_text(out, bytes);
        return TRUE;
    }
    fprintf(out, "  | %u bytes, SHA-256 %.*s\n", bytes->len, (int)row->field[O_SHA256].n,
            row->field[O_SHA256].p);
    return TRUE;
}

static gboolean print_row(Release *release, const Row *row, gpointer user, GError **error)
{
    static const struct {
        char kind;
        const char *label;
    } labels[] = {{'C', "release"},
                  {'M', "\nmessage"},
                  {'A', "  address"},
                  {'F', "  yours"},
                  {'L', "  left out or unread"},
                  {'E', "\nend"}};
    if (row->kind == 'O')
        return print_object(user, release, row, error);
    for (guint i = 0; i < G_N_ELEMENTS(labels); i++)
        if (labels[i].kind == row->kind)
            print_fields(user, labels[i].label, row);
    return TRUE;
}

gboolean release_print(Release *release, FILE *out, GError **error)
{
    return each_row(release, print_row, out, error);
}

/* --- extracting ------------------------------------------------------------------------------------------------ */

typedef struct {
    const char *folder;
    guint number;
} Extracting;

static gboolean write_file(const char *folder, const char *name, Span bytes, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return g_file_set_contents_full(path, bytes.p ? bytes.p : "", (gssize)bytes.n,
                                    G_FILE_SET_CONTENTS_CONSISTENT, 0600, &cause) ||
           error_set(error, CANDOR_ERROR_IO, "%s", cause->message);
}

static gboolean extract_row(Release *release, const Row *row, gpointer user, GError **error)
{
    Extracting *it = user;
    if (row->kind != 'O')
        return TRUE;
    g_autoptr(GByteArray) bytes = object_bytes(release, row, error);
    g_autofree char *name = g_strdup_printf("%06u", ++it->number);
    return bytes && write_file(it->folder, name, (Span){(const char *)bytes->data, bytes->len}, error);
}

gboolean release_extract(Release *release, const char *folder, GError **error)
{
    Extracting it = {.folder = folder};
    if (g_mkdir_with_parents(folder, 0700) != 0)
        return error_set_errno(error, "folder %s cannot be made", folder);
    return write_file(folder, "manifest", release_manifest(release), error) &&
           each_row(release, extract_row, &it, error);
}
