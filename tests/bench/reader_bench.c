/* reader_bench.c - the reader alone, and GMime on the same bytes: MB and messages per CPU-second.
 *
 * reader_bench FILE.mbox…   Each mbox is cut at its "From " lines before the clock runs; every part is decoded. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#ifdef HAVE_GMIME
#include <gmime/gmime.h>
#endif
#include "hostile/read/reader.h"
#include "hostile/read/reading.h"

/* What is measured: the messages of all files, read this often. */
#define ROUNDS 3

typedef struct {
    Span *mails;
    gsize count, bytes;
} Load;

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void add_mail(GArray *mails, const char *from, const char *to)
{
    const char *line_end = memchr(from, '\n', (gsize)(to - from));
    Span mail = {line_end ? line_end + 1 : from, 0};
    mail.n = (gsize)(to - mail.p);
    g_array_append_val(mails, mail);
}

static void split(GArray *mails, const char *bytes, gsize n)
{
    const char *start = bytes, *end = bytes + n;
    for (const char *next; (next = memmem(start, (gsize)(end - start), "\n\nFrom ", 7)); start = next + 2)
        add_mail(mails, start, next + 1);
    add_mail(mails, start, end);
}

static void report(const char *what, const Load *load, double seconds)
{
    printf("%-28s %8.0f MB/s %10.0f messages/s %8.2f us/message\n", what,
           (double)load->bytes * ROUNDS / seconds / 1e6, (double)load->count * ROUNDS / seconds,
           seconds * 1e6 / ROUNDS / (double)load->count);
}

static void on_text(void *user, Span path, Span text, gboolean html)
{
    (void)path, (void)html;
    *(guint64 *)user += text.n;
}

static void on_part(void *user, const PartRow *part)
{
    *(guint64 *)user += part->read;
}

static void on_address(void *user, const AddressRow *address)
{
    *(guint64 *)user += address->address.n;
}

static void on_mention(void *user, const MentionRow *mention)
{
    *(guint64 *)user += mention->start;
}

/* All of them, so that nothing that is read goes unused. */
static const ReaderSink sink = {
    .address = on_address, .text = on_text, .mention = on_mention, .part = on_part};

static void measure_reader(const char *what, const Load *load, gboolean hashing)
{
    g_autoptr(Reader) reader = reader_new(NULL);
    guint64 sum = 0;
    reader->hashing = hashing;
    double start = cpu_seconds();
    for (guint round = 0; round < ROUNDS; round++)
        for (gsize i = 0; i < load->count; i++) {
            MessageRow head = {0};
            reader_read(reader, load->mails[i], &sink, &sum, &head);
        }
    report(what, load, cpu_seconds() - start);
}

#ifdef HAVE_GMIME
static void decode_part(GMimeObject *parent, GMimeObject *part, gpointer user)
{
    (void)parent;
    GMimeDataWrapper *content = GMIME_IS_PART(part) ? g_mime_part_get_content(GMIME_PART(part)) : NULL;
    if (content)
        g_mime_data_wrapper_write_to_stream(content, user);
}

static void measure_gmime(const Load *load)
{
    GMimeStream *null = g_mime_stream_null_new();
    double start = cpu_seconds();
    for (guint round = 0; round < ROUNDS; round++)
        for (gsize i = 0; i < load->count; i++) {
            GMimeStream *stream = g_mime_stream_mem_new_with_buffer(load->mails[i].p, load->mails[i].n);
            GMimeParser *parser = g_mime_parser_new_with_stream(stream);
            GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
            if (message) {
                g_mime_message_foreach(message, decode_part, null);
                g_object_unref(message);
            }
            g_object_unref(parser);
            g_object_unref(stream);
        }
    report("gmime, parts decoded", load, cpu_seconds() - start);
    g_object_unref(null);
}
#endif

int main(int argc, char **argv)
{
    g_autoptr(GArray) mails = g_array_new(FALSE, FALSE, sizeof(Span));
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    if (argc < 2) {
        fprintf(stderr, "usage: reader_bench FILE.mbox…\n");
        return 2;
    }
    for (int i = 1; i < argc; i++) {
        char *bytes = NULL;
        gsize n;
        g_autoptr(GError) error = NULL;
        if (!g_file_get_contents(argv[i], &bytes, &n, &error)) {
            fprintf(stderr, "%s\n", error->message);
            return 1;
        }
        g_ptr_array_add(files, bytes);
        split(mails, bytes, n);
    }
    Load load = {.mails = (Span *)(gpointer)mails->data, .count = mails->len};
    for (gsize i = 0; i < load.count; i++)
        load.bytes += load.mails[i].n;
    printf("%zu messages, mean %.0f bytes\n", load.count, (double)load.bytes / (double)load.count);
    measure_reader("reader", &load, FALSE);
    measure_reader("reader, parts hashed", &load, TRUE);
#ifdef HAVE_GMIME
    g_mime_init();
    measure_gmime(&load);
#endif
    return 0;
}
