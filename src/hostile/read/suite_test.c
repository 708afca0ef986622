/* suite_test.c - suites that say themselves what is in their mails: mime4j (decoded bodies) and MIME-tools (.ref).
 *
 * Where we differ on purpose, the file stands in `on_purpose` with the reason; doc/mail-in-the-wild.md says more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "hostile/read/corpus.h"
#include "hostile/read/reader.h"

static const struct {
    const char *file, *reason;
} on_purpose[] = {
    {"malformedHeaderStartsBody-nocrlfcrlf.msg", "words where a field should be are the body, not lost"},
    {"malformedHeaderStartsBody-noheader.msg", "words where a field should be are the body, not lost"},
    {"malformedHeader-noheader.msg", "words where a field should be are the body, not lost"},
    {"malformedHeader-nocrlfcrlf.msg", "words where a field should be are the body, not lost"},
    {"basic-plain-with-bad-header-separator.msg", "words where a field should be are the body, not lost"},
    {"hdr-fakeout.msg", "words where a field should be are the body, not lost"},
    {"missing-inner-boundary.msg", "a multipart whose boundary never occurs is text"},
    {"missing-boundary.msg", "a multipart whose boundary never occurs is text"},
    {"badbound.msg", "a multipart whose boundary never occurs is text"},
    {"multi-frag.msg", "base64 cut off in the middle of a quad: what is there is decoded"},
    {"frag.msg", "base64 cut off in the middle of a quad: what is there is decoded"},
    {"re-fwd.ref", "the paths of MIME-tools count a forwarded mail otherwise"},
    {"uu-zeegee.ref", "uuencoded files hang below the text they stand in, their type is not guessed"},
    {"multi-digest.ref", "a type without subtype is text/plain, not \"text\""},
    {"multi-weirdspace.ref", "a byte more: mime4j, whose file is the same, agrees with us"},
    {"multi-nested2.ref", "a byte less: the mail beside it ends without the line end that is counted"},
};

/* What we read of one mail: a line per leaf, "path type size". */
typedef struct {
    GPtrArray *leaves;
    GPtrArray *digests; /* hex, of leaves that are no uuencoded blocks */
} Seen;

static void on_part(void *user, const PartRow *row)
{
    Seen *seen = user;
    if (row->kind != PART_LEAF)
        return;
    char *line = g_strdup_printf("%.*s %.*s %" G_GUINT64_FORMAT, (int)row->path.n, row->path.p,
                                 (int)row->media_type.n, row->media_type.p, row->read);
    g_ptr_array_add(seen->leaves, line);
    GString *hex = g_string_new(NULL);
    for (guint i = 0; i < DIGEST_BYTES; i++)
        g_string_append_printf(hex, "%02x", row->sha256[i]);
    if (span_equals(row->encoding, "x-uuencode") && strchr(line, '.') < strchr(line, ' ') &&
        strchr(line, '.'))
        g_string_free(hex, TRUE);
    else
        g_ptr_array_add(seen->digests, g_string_free(hex, FALSE));
}

static Reader *reader;
static char *corpora;

static Seen read_mail(const char *path)
{
    static const ReaderSink sink = {.part = on_part};
    Seen seen = {g_ptr_array_new_with_free_func(g_free), g_ptr_array_new_with_free_func(g_free)};
    g_autofree char *bytes = NULL;
    gsize n = 0;
    assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    MessageRow head = {0};
    reader_read(reader, (Span){bytes, corpus_unify_line_ends(bytes, n)}, &sink, &seen, &head);
    return seen;
}

static void seen_clear(Seen *seen)
{
    g_ptr_array_unref(seen->leaves);
    g_ptr_array_unref(seen->digests);
}

static const char *reason_for(const char *file)
{
    for (guint i = 0; i < G_N_ELEMENTS(on_purpose); i++)
        if (strcmp(on_purpose[i].file, file) == 0)
            return on_purpose[i].reason;
    return NULL;
}

/* Does any leaf of ours have this decoded size under this path? */
static gboolean has_leaf(const Seen *seen, const char *path, const char *type, guint64 size)
{
    g_autofree char *line = g_strdup_printf("%s %s %" G_GUINT64_FORMAT, path, type, size);
    for (guint i = 0; i < seen->leaves->len; i++)
        if (strcmp(g_ptr_array_index(seen->leaves, i), line) == 0)
            return TRUE;
    return FALSE;
}

/* Is `digest` that of a body that mime4j decoded? Of its bytes, or, since it makes CRLF of the mail's line ends, of
 * those with LF; or, of a file that came as lines, of those with CRLF. */
static gboolean is_digest_of(const char *digest, const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL), *bytes = NULL;
    gsize n = 0;
    if (!g_file_get_contents(path, &bytes, &n, NULL))
        return FALSE;
    g_autofree char *as_is = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, n);
    n = corpus_unify_line_ends(bytes, n);
    g_autofree char *unified = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, n);
    gsize lines_n;
    g_autofree char *lines = corpus_as_lines((Span){bytes, n}, &lines_n);
    g_autofree char *as_lines =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)lines, lines_n);
    return strcmp(digest, as_is) == 0 || strcmp(digest, unified) == 0 || strcmp(digest, as_lines) == 0;
}

/* Compare with NAME_decoded.xml. Returns what differs, or NULL. */
static const char *compare_mime4j(const char *folder, const char *xml, const Seen *seen)
{
    guint index = 0;
    for (const char *p = xml; (p = strstr(p, "-body name=\"")); index++) {
        p += strlen("-body name=\"");
        const char *end = strchr(p, '"');
        if (!end)
            return "expected file is broken";
        g_autofree char *name = g_strndup(p, (gsize)(end - p));
        if (index >= seen->digests->len)
            return "fewer parts";
        if (!is_digest_of(g_ptr_array_index(seen->digests, index), folder, name))
            return "other bytes";
    }
    return index == seen->digests->len ? NULL : "more parts";
}

static guint run_mime4j(const char *folder, guint *unexplained)
{
    guint compared = 0;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *entry; dir && (entry = g_dir_read_name(dir));) {
        if (!g_str_has_suffix(entry, ".msg"))
            continue;
        g_autofree char *mail = g_build_filename(folder, entry, NULL);
        g_autofree char *stem = g_strndup(mail, strlen(mail) - 4),
                        *expected = g_strdup_printf("%s_decoded.xml", stem);
        g_autofree char *xml = NULL;
        if (!g_file_get_contents(expected, &xml, NULL, NULL))
            continue;
        Seen seen = read_mail(mail);
        const char *difference = compare_mime4j(folder, xml, &seen);
        seen_clear(&seen);
        compared++;
        if (difference && !reason_for(entry)) {
            print_message("%s: %s\n", entry, difference);
            (*unexplained)++;
        }
    }
    return compared;
}

static void mime4j_decides(void **state)
{
    (void)state;
    if (!corpora) {
        print_message("no corpora beside the checkout (CANDOR_CORPORA): skipped\n");
        skip();
    }
    guint unexplained = 0;
    g_autofree char *own = g_build_filename(corpora, "mail-mime/mime4j/files/testmsgs", NULL);
    g_autofree char *tools = g_build_filename(corpora, "mail-mime/mime4j/files/mimetools-testmsgs", NULL);
    guint compared = run_mime4j(own, &unexplained) + run_mime4j(tools, &unexplained);
    assert_true(compared > 70);
    assert_int_equal(unexplained, 0);
}

/* "Part_3_1" is our path 3.1; "Msg" is 1. */
static char *path_of_key(const char *key, gsize n)
{
    char *path = n > 5 ? g_strndup(key + 5, n - 5) : g_strdup("1");
    return g_strdelimit(path, "_", '.');
}

/* The value of `name` in a block of a .ref file; NULL when it has none. g_free. */
static char *value_in(const char *block, const char *end, const char *name)
{
    g_autofree char *key = g_strdup_printf("\"%s\" => ", name);
    const char *p = g_strstr_len(block, end - block, key);
    if (!p)
        return NULL;
    p += strlen(key);
    p += *p == '"';
    return g_strndup(p, strcspn(p, "\",\n"));
}

/* Compare with a .ref: each part that has a size. Returns what differs, or NULL. */
static const char *compare_ref(const char *ref, const Seen *seen)
{
    for (const char *p = ref; (p = strstr(p, "\n  \"")); p += 4) {
        const char *key = p + 4, *key_end = strchr(key, '"'), *end = strstr(key, "\n  }");
        if (!key_end || !end || (strncmp(key, "Part_", 5) != 0 && strncmp(key, "Msg\"", 4) != 0))
            continue;
        g_autofree char *size = value_in(key_end, end, "Size"), *type = value_in(key_end, end, "Type");
        g_autofree char *path = path_of_key(key, (gsize)(key_end - key));
        if (size && type && !has_leaf(seen, path, type, g_ascii_strtoull(size, NULL, 10)))
            return path[0] ? "a part is not as expected" : "no path";
    }
    return NULL;
}

static void mime_tools_decide(void **state)
{
    (void)state;
    if (!corpora)
        skip();
    g_autofree char *folder = g_build_filename(corpora, "mail-mime/mime-tools/files/testmsgs", NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    guint compared = 0, unexplained = 0;
    for (const char *entry; dir && (entry = g_dir_read_name(dir));) {
        if (!g_str_has_suffix(entry, ".ref"))
            continue;
        g_autofree char *expected = g_build_filename(folder, entry, NULL), *ref = NULL;
        g_autofree char *mail = g_strdup_printf("%.*s.msg", (int)strlen(expected) - 4, expected);
        if (!g_file_get_contents(expected, &ref, NULL, NULL) || !g_file_test(mail, G_FILE_TEST_EXISTS))
            continue;
        Seen seen = read_mail(mail);
        const char *difference = compare_ref(ref, &seen);
        seen_clear(&seen);
        compared++;
        if (difference && !reason_for(entry)) {
            print_message("%s: %s\n", entry, difference);
            unexplained++;
        }
    }
    assert_true(compared > 20);
    assert_int_equal(unexplained, 0);
}

static int open_all(void **state)
{
    (void)state;
    corpora = corpus_folder();
    reader = reader_new(NULL);
    return reader ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    reader_free(reader);
    g_free(corpora);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mime4j_decides),
        cmocka_unit_test(mime_tools_decide),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
