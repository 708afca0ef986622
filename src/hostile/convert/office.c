/* office.c - made-up Office files for the tests of the converters. */
#include "hostile/convert/office.h"

#include <archive.h>
#include <archive_entry.h>

typedef struct {
    GByteArray *bytes;
} Output;

static la_ssize_t take(struct archive *writing, void *user, const void *bytes, size_t n)
{
    (void)writing;
    g_byte_array_append(((Output *)user)->bytes, bytes, (guint)n);
    return (la_ssize_t)n;
}

static void add(struct archive *writing, const OfficeEntry *entry)
{
    gsize n = entry->n ? entry->n : strlen(entry->text);
    struct archive_entry *header = archive_entry_new();
    archive_entry_set_pathname(header, entry->name);
    archive_entry_set_filetype(header, AE_IFREG);
    archive_entry_set_perm(header, 0600);
    archive_entry_set_size(header, (la_int64_t)n);
    archive_entry_set_mtime(header, 1700000000, 0);
    archive_write_header(writing, header);
    archive_write_data(writing, entry->text, n);
    archive_entry_free(header);
}

GBytes *office_zip(const OfficeEntry *entries)
{
    Output output = {.bytes = g_byte_array_new()};
    struct archive *writing = archive_write_new();
    archive_write_set_format_zip(writing);
    archive_write_set_bytes_in_last_block(writing, 1);
    archive_write_open(writing, &output, NULL, take, NULL);
    for (; entries->name; entries++)
        add(writing, entries);
    archive_write_close(writing);
    archive_write_free(writing);
    return g_byte_array_free_to_bytes(output.bytes);
}

char *office_document(const char *const *paragraphs)
{
    GString *xml = g_string_new("<?xml version=\"1.0\"?><w:document xmlns:w=\"urn:w\"><w:body>");
    for (; *paragraphs; paragraphs++)
        g_string_append_printf(xml, "<w:p><w:pPr><w:tab/></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>",
                               *paragraphs);
    g_string_append(xml, "</w:body></w:document>");
    return g_string_free(xml, FALSE);
}
