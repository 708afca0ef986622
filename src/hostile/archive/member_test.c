/* member_test.c - members of archives have names of their own and are read to the byte; what is wrong is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <sys/mman.h>
#include <unistd.h>
#include "hostile/archive/formats.h"
#include "hostile/archive/member.h"
#include "hostile/limits.h"

typedef struct {
    const char *name, *text; /* text NULL: a folder */
} Given;

/* An archive of these files in that format ("zip", "pax"), gzipped if so said; a memory file. */
static int make(const char *format, gboolean gzipped, const Given *given, guint64 *size)
{
    char *bytes = g_malloc(1 << 20);
    size_t used = 0;
    struct archive *archive = archive_write_new();
    archive_write_set_format_by_name(archive, format);
    if (gzipped)
        archive_write_add_filter_gzip(archive);
    archive_write_open_memory(archive, bytes, 1 << 20, &used);
    for (; given->name; given++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, given->name);
        archive_entry_set_filetype(entry, given->text ? AE_IFREG : AE_IFDIR);
        archive_entry_set_perm(entry, 0600);
        archive_entry_set_mtime(entry, 1756713600, 0);
        archive_entry_set_size(entry, given->text ? (la_int64_t)strlen(given->text) : 0);
        archive_write_header(archive, entry);
        if (given->text)
            archive_write_data(archive, given->text, strlen(given->text));
        archive_entry_free(entry);
    }
    archive_write_free(archive);
    int file = memfd_create("archive", MFD_CLOEXEC);
    assert_true(write(file, bytes, used) == (gssize)used);
    *size = used;
    g_free(bytes);
    return file;
}

/* "name text\n" or "name !reason\n" each, then "end: why". */
static char *listed(int file, guint64 size, const char *path)
{
    g_autoptr(Charsets) charsets = charsets_new(NULL);
    g_autoptr(Members) members = members_open(file, size, path, charsets, NULL, NULL);
    GString *out = g_string_new(NULL);
    Member member;
    while (members_next(members, &member)) {
        char bytes[5];
        gssize got = 1;
        g_string_append_printf(out, "%s %s%s", member.name, member.reason ? "!" : "",
                               member.reason ? member.reason : "");
        while (!member.reason && (got = members_read(members, bytes, sizeof bytes)) > 0)
            g_string_append_len(out, bytes, got);
        g_string_append(out, got < 0 ? " damaged\n" : "\n");
    }
    g_string_append_printf(out, "end: %s", members_end(members) ? members_end(members) : "");
    close(file);
    return g_string_free(out, FALSE);
}

static void members_come_in_order_under_names_of_their_own(void **state)
{
    (void)state;
    static const Given given[] = {
        {"a/", NULL},      {"a/1.eml", "first one"}, {"a/1.eml", "second"}, {"/b//./2", "two"},
        {"../../c", "up"}, {"d\\e", "back"},         {"a/1.eml", "third"},  {NULL, NULL}};
    static const char wanted[] =
        "a/1.eml first one\na/1.eml#2 second\nb/2 two\n__/__/c up\nd/e back\na/1.eml#3 third\nend: ";
    static const struct {
        const char *format;
        gboolean gzipped;
    } kinds[] = {{"zip", FALSE}, {"pax", FALSE}, {"pax", TRUE}, {"7zip", FALSE}};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        guint64 size;
        int file = make(kinds[i].format, kinds[i].gzipped, given, &size);
        g_autofree char *got = listed(file, size, "x");
        assert_string_equal(got, wanted);
    }
}

static void what_has_no_list_is_called_as_its_file(void **state)
{
    (void)state;
    guint64 size;
    int file = make("raw", TRUE, (Given[]){{"any", "the only one"}, {NULL, NULL}}, &size);
    g_autofree char *got = listed(file, size, "in/all.mbox.gz");
    assert_string_equal(got, "all.mbox the only one\nend: ");
}

static void a_wrong_sum_costs_no_byte(void **state)
{
    (void)state;
    guint64 size;
    int file = make("zip", FALSE, (Given[]){{"a", "one text"}, {"b", "two text"}, {NULL, NULL}}, &size);
    g_autofree char *bytes = g_malloc(size);
    assert_true(pread(file, bytes, size, 0) == (gssize)size);
    /* Deflated or stored, the sum stands in the list behind: 16 bytes into its entry. */
    char *entry = memmem(bytes, size, "PK\1\2", 4);
    assert_non_null(entry);
    entry[16] ^= 1;
    assert_true(pwrite(file, bytes, size, 0) == (gssize)size);
    g_autofree char *got = listed(file, size, "x");
    assert_string_equal(got, "a one text damaged\nb two text\nend: ");
}

static void what_is_cut_ends_damaged(void **state)
{
    (void)state;
    guint64 size;
    int file = make("pax", FALSE, (Given[]){{"a", "one text"}, {"b", "two text"}, {NULL, NULL}}, &size);
    g_autofree char *got = listed(file, 2000, "x");
    assert_true(g_str_has_prefix(got, "a one text\n"));
    assert_true(g_str_has_suffix(got, "end: archive-damaged"));
}

static void other_bytes_are_no_archive(void **state)
{
    (void)state;
    int file = memfd_create("text", MFD_CLOEXEC);
    assert_true(write(file, "only text", 9) == 9);
    g_autofree char *got = listed(file, 9, "x");
    assert_string_equal(got, "end: archive-damaged");
    assert_false(archive_is_one(SPAN_OF("only text")));
    assert_true(archive_is_one((Span){"PK\3\4", 4}));
}

static void documents_are_told_from_collections(void **state)
{
    (void)state;
    guint64 size;
    g_autoptr(Charsets) charsets = charsets_new(NULL);
    int file = make("zip", FALSE, (Given[]){{"[Content_Types].xml", "<a/>"}, {NULL, NULL}}, &size);
    assert_true(members_are_document(file, size, charsets));
    close(file);
    file = make("zip", FALSE, (Given[]){{"a/mimetype", "x"}, {NULL, NULL}}, &size);
    assert_false(members_are_document(file, size, charsets));
    close(file);
}

static void bombs_are_told_by_their_sizes(void **state)
{
    (void)state;
    assert_false(members_are_too_large(1, LIMIT_ARCHIVE_FREE_BYTES));
    assert_false(members_are_too_large(1 << 20, LIMIT_ARCHIVE_FREE_BYTES + (200UL << 20)));
    assert_true(members_are_too_large(1 << 20, LIMIT_ARCHIVE_FREE_BYTES + (252UL << 20)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_come_in_order_under_names_of_their_own),
        cmocka_unit_test(what_has_no_list_is_called_as_its_file),
        cmocka_unit_test(a_wrong_sum_costs_no_byte),
        cmocka_unit_test(what_is_cut_ends_damaged),
        cmocka_unit_test(other_bytes_are_no_archive),
        cmocka_unit_test(documents_are_told_from_collections),
        cmocka_unit_test(bombs_are_told_by_their_sizes),
    };
    archive_warm_up();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
