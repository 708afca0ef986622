/* writer.c - rows on their way out: a table for people, NDJSON, or CSV. */
#include "cli/writer.h"

#include <sys/ioctl.h>
#include <unistd.h>
#include "lib/escape.h"
#include "lib/moment.h"

const char *const format_names[] = {"text", "ndjson", "csv", NULL};

/* Cells of the last field on a terminal that is too narrow for the others. */
#define LAST_LEAST 8

struct Writer {
    FILE *out;
    Format format;
    const char *schema;
    const Field *fields;
    guint count, next, columns;
    guint column; /* cells written of the present line of a table */
    guint64 rows;
    GString *line;
};

guint terminal_columns(void)
{
    struct winsize window;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) != 0)
        return 0;
    return window.ws_col ? window.ws_col : 80;
}

static gboolean is_for_people(const Writer *w)
{
    return w->format == FORMAT_TEXT || w->format == FORMAT_RECORD;
}

static guint cells_of(gunichar c)
{
    return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
}

void append_cells(GString *out, Span text, guint cells, guint *used)
{
    g_autoptr(GString) shown = g_string_new(NULL);
    escape_terminal(shown, text);
    guint width = 0;
    const char *end = shown->str, *fits = shown->str;
    for (; *end; end = g_utf8_next_char(end)) {
        guint next = width + cells_of(g_utf8_get_char(end));
        if (cells && next > cells)
            break;
        width = next;
        if (!cells || width < cells)
            fits = g_utf8_next_char(end);
    }
    g_string_append_len(out, shown->str, (*end ? fits : end) - shown->str);
    if (*end) {
        g_string_append(out, "…");
        width = (guint)g_utf8_strlen(shown->str, fits - shown->str) + 1;
    }
    *used = width;
}

static gboolean is_last(const Writer *w)
{
    return w->next + 1 == w->count;
}

/* The cells of the present field: its width, or for the last one what is left of the line. */
static guint room(const Writer *w)
{
    if (!is_last(w))
        return w->fields[w->next].width;
    return w->columns > w->column + LAST_LEAST ? w->columns - w->column : LAST_LEAST;
}

static void add_cell(Writer *w, Span value)
{
    gboolean key = w->fields[w->next].kind == VALUE_HEX || w->fields[w->next].kind == VALUE_IDENTITY;
    guint width = room(w), used;
    if (key && width && value.n > width)
        value.n = width; /* the beginning of a key is a key */
    append_cells(w->line, value, w->columns ? width : 0, &used);
    if (is_last(w))
        return;
    for (; used < width; used++)
        g_string_append_c(w->line, ' ');
    g_string_append(w->line, "  ");
    w->column += used + 2;
}

/* "subject        Re: plan": empty values have no line. */
static void add_line(Writer *w, Span value)
{
    guint used;
    if (!value.n)
        return;
    g_string_append_printf(w->line, "%-14s ", w->fields[w->next].name);
    append_cells(w->line, value, 0, &used);
    g_string_append_c(w->line, '\n');
}

static void add_shown(Writer *w, Span value)
{
    if (w->format == FORMAT_RECORD)
        add_line(w, value);
    else
        add_cell(w, value);
}

static void end_line(Writer *w)
{
    while (w->format == FORMAT_TEXT && w->line->len && w->line->str[w->line->len - 1] == ' ')
        g_string_truncate(w->line, w->line->len - 1);
    if (w->format != FORMAT_RECORD)
        g_string_append_c(w->line, '\n');
    fwrite(w->line->str, 1, w->line->len, w->out);
    g_string_truncate(w->line, 0);
    w->next = 0;
    w->column = 0;
}

static void write_head(Writer *w)
{
    if (w->schema && w->format == FORMAT_CSV)
        g_string_append(w->line, "schema,");
    else if (w->schema)
        g_string_append_printf(w->line, "\n%s\n", w->schema);
    for (w->next = 0; w->next < w->count; w->next++) {
        const char *name = w->fields[w->next].name;
        g_autofree char *upper = g_ascii_strup(name, -1);
        if (w->format == FORMAT_TEXT)
            add_cell(w, span_of_string(upper));
        else
            g_string_append_printf(w->line, "%s%s", name, is_last(w) ? "\r" : ",");
    }
    end_line(w);
}

static void begin_value(Writer *w)
{
    if (w->format == FORMAT_TEXT && w->rows == 0 && w->next == 0)
        write_head(w);
    if (w->format == FORMAT_NDJSON) {
        if (w->next == 0 && w->schema)
            g_string_append_printf(w->line, "{\"schema\":\"%s\",", w->schema);
        else
            g_string_append_c(w->line, w->next ? ',' : '{');
        g_string_append_printf(w->line, "\"%s\":", w->fields[w->next].name);
    } else if (w->format == FORMAT_CSV) {
        if (w->next == 0 && w->schema)
            g_string_append_printf(w->line, "%s,", w->schema);
        if (w->next)
            g_string_append_c(w->line, ',');
    }
}

static void end_value(Writer *w)
{
    if (!is_last(w)) {
        w->next++;
        return;
    }
    if (w->format == FORMAT_NDJSON)
        g_string_append_c(w->line, '}');
    if (w->format == FORMAT_CSV)
        g_string_append_c(w->line, '\r');
    w->rows++;
    end_line(w);
}

/* A value that every format writes alike: digits, true, null. */
static void write_bare(Writer *w, const char *text)
{
    begin_value(w);
    if (is_for_people(w))
        add_shown(w, span_of_string(text));
    else
        g_string_append(w->line, text);
    end_value(w);
}

void writer_text(Writer *writer, Span value)
{
    if (!value.p) {
        writer_none(writer);
        return;
    }
    begin_value(writer);
    if (writer->format == FORMAT_NDJSON)
        escape_json(writer->line, value);
    else if (writer->format == FORMAT_CSV)
        escape_csv(writer->line, value);
    else
        add_shown(writer, value);
    end_value(writer);
}

void writer_number(Writer *writer, gint64 value)
{
    g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, value);
    write_bare(writer, digits);
}

void writer_time(Writer *writer, gint64 moment)
{
    g_autofree char *text = moment_format(is_for_people(writer) ? moment - moment % G_USEC_PER_SEC : moment);
    writer_text(writer, span_of_string(text));
}

void writer_truth(Writer *writer, gboolean value)
{
    write_bare(writer, is_for_people(writer) ? (value ? "yes" : "no") : value ? "true" : "false");
}

void writer_none(Writer *writer)
{
    write_bare(writer, writer->format == FORMAT_NDJSON ? "null" : "");
}

guint64 writer_rows(const Writer *writer)
{
    return writer->rows;
}

void writer_free(Writer *writer)
{
    if (!writer)
        return;
    g_string_free(writer->line, TRUE);
    g_free(writer);
}

Writer *writer_new(FILE *out, Format format, const char *schema, const Field *fields, guint count,
                   guint columns)
{
    Writer *writer = g_new0(Writer, 1);
    *writer = (Writer){.out = out,
                       .format = format,
                       .schema = schema,
                       .fields = fields,
                       .count = count,
                       .columns = columns,
                       .line = g_string_sized_new(1024)};
    if (format == FORMAT_CSV)
        write_head(writer);
    return writer;
}
