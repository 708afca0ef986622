/* generate.c - made-up mail of any size, the same for the same seed: what the benchmarks read.
 *
 * generate --mean 25000|4000|920 --bytes N[K|M|G] --seed N --format mbox|maildir OUT */
#include <glib.h>

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "letter.h"

#define BUFFER_BYTES (1 << 20)

typedef struct {
    int file; /* the mbox; -1 for a Maildir */
    const char *out;
    GString *buffer;
} Container;

/* "64M" and the like; 0 for what is no number. */
static guint64 parse_bytes(const char *text)
{
    char *end = NULL;
    guint64 n = g_ascii_strtoull(text ? text : "", &end, 10);
    guint shift = *end == 'K' ? 10 : *end == 'M' ? 20 : *end == 'G' ? 30 : 0;
    return n << shift;
}

static void fail(const char *what)
{
    fprintf(stderr, "generate: %s: %s\n", what, g_strerror(errno));
    exit(1);
}

static void write_all(int file, const GString *bytes, const char *name)
{
    for (gsize at = 0; at < bytes->len;) {
        gssize n = write(file, bytes->str + at, bytes->len - at);
        if (n <= 0)
            fail(name);
        at += (gsize)n;
    }
}

static void container_open(Container *container, const char *out, gboolean maildir)
{
    *container = (Container){-1, out, g_string_sized_new(2 * BUFFER_BYTES)};
    if (maildir) {
        const char *const folders[] = {"cur", "new", "tmp"};
        for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
            g_autofree char *path = g_build_filename(out, folders[i], NULL);
            if (g_mkdir_with_parents(path, 0755) < 0)
                fail(path);
        }
        return;
    }
    container->file = g_open(out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (container->file < 0)
        fail(out);
}

/* Put one message away. Returns the bytes that it takes there. */
static gsize container_add(Container *container, const GString *message, guint64 number)
{
    if (container->file >= 0) {
        gsize before = container->buffer->len;
        g_string_append(container->buffer, "From generate@relay.example Mon Jan  1 00:00:00 2024\n");
        g_string_append_len(container->buffer, message->str, (gssize)message->len);
        g_string_append_c(container->buffer, '\n');
        gsize added = container->buffer->len - before;
        if (container->buffer->len >= BUFFER_BYTES) {
            write_all(container->file, container->buffer, container->out);
            g_string_truncate(container->buffer, 0);
        }
        return added;
    }
    g_autofree char *path =
        g_strdup_printf("%s/cur/%010" G_GUINT64_FORMAT ".generate:2,S", container->out, number);
    int file = g_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        fail(path);
    write_all(file, message, path);
    close(file);
    return message->len;
}

static void container_close(Container *container)
{
    if (container->file >= 0) {
        write_all(container->file, container->buffer, container->out);
        close(container->file);
    }
    g_string_free(container->buffer, TRUE);
}

static void generate(Container *container, guint mean, guint64 bytes, guint64 seed)
{
    LetterStyle style;
    letter_style_init(&style, mean, seed);
    Dice dice = {seed};
    g_autoptr(GString) message = g_string_sized_new(BUFFER_BYTES);
    guint64 total = 0, number = 0;
    while (total < bytes) {
        g_string_truncate(message, 0);
        letter_append(message, &style, &dice, number, (gint64)(mean * (number + 1)) - (gint64)total);
        total += container_add(container, message, number++);
    }
    letter_style_clear(&style);
    printf("%" G_GUINT64_FORMAT " messages, %" G_GUINT64_FORMAT " bytes, mean %" G_GUINT64_FORMAT "\n",
           number, total, total / MAX(number, 1));
}

int main(int argc, char **argv)
{
    int mean = 25000, seed = 1;
    g_autofree char *size = NULL, *format = NULL;
    const GOptionEntry entries[] = {
        {"mean", 0, 0, G_OPTION_ARG_INT, &mean, "Bytes a message: 25000, 4000 or 920", "N"},
        {"bytes", 0, 0, G_OPTION_ARG_STRING, &size, "How much in all: 100M, 1G", "N"},
        {"seed", 0, 0, G_OPTION_ARG_INT, &seed, "The same seed gives the same mail", "N"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &format, "mbox (default) or maildir", "F"},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) options = g_option_context_new("OUT");
    g_option_context_add_main_entries(options, entries, NULL);
    g_autoptr(GError) error = NULL;
    guint64 bytes = 0;
    if (g_option_context_parse(options, &argc, &argv, &error))
        bytes = parse_bytes(size);
    if (argc != 2 || bytes == 0 || mean < 500) {
        fprintf(stderr, "generate: %s\n", error ? error->message : "wrong use, see --help");
        return 2;
    }
    Container container;
    container_open(&container, argv[1], g_strcmp0(format, "maildir") == 0);
    generate(&container, (guint)mean, bytes, (guint64)seed);
    container_close(&container);
    return 0;
}
