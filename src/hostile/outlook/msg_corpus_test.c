/* msg_corpus_test.c - real MSG files: what extract-msg read of them is read too, attachments byte for byte.
 *
 * Reads msg/ of the corpora; skipped where there are none. */
#include "hostile/outlook/msg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <json-c/json.h>

#include "hostile/outlook/item_said.h"
#include "hostile/outlook/made.h"
#include "hostile/read/corpus.h"

typedef struct {
    Made *made;
    guint files, attachments, same, within, subjects, better;
} Counts;

static const char *text_of(json_object *row, const char *key)
{
    json_object *value;
    return json_object_object_get_ex(row, key, &value) && value ? json_object_get_string(value) : NULL;
}

static gboolean has_data(const Item *item, const char *sha256)
{
    for (guint i = 0; i < item->attachments->len; i++) {
        const ItemAttachment *attachment = item->attachments->pdata[i];
        g_autofree char *got = g_compute_checksum_for_data(
            G_CHECKSUM_SHA256, (const guchar *)(attachment->data.n ? attachment->data.p : ""),
            attachment->data.n);
        if (attachment->data.p && strcmp(got, sha256) == 0)
            return TRUE;
    }
    return FALSE;
}

static guint count_within(const Item *item)
{
    guint count = 0;
    for (guint i = 0; i < item->attachments->len; i++)
        count += ((const ItemAttachment *)item->attachments->pdata[i])->within ? 1 : 0;
    return count;
}

static void check_attachments(Counts *counts, const char *name, const Item *item, json_object *row)
{
    json_object *list;
    guint within = 0;
    if (!json_object_object_get_ex(row, "attachments", &list))
        return;
    guint count = (guint)json_object_array_length(list);
    if (item->attachments->len != count)
        fail_msg("%s: %u attachments, %u expected", name, item->attachments->len, count);
    for (guint i = 0; i < count; i++) {
        const char *sha256 = text_of(json_object_array_get_idx(list, i), "sha256");
        counts->attachments++;
        within += sha256 ? 0 : 1;
        if (sha256 && !has_data(item, sha256))
            fail_msg("%s: an attachment has other bytes", name);
        counts->same += sha256 ? 1 : 0;
    }
    assert_int_equal(count_within(item), within);
    counts->within += within;
}

/* The other program takes bytes in a code page for Latin letters: where ours differs and its own is not ASCII, that is
 * no truth. */
static void check_subject(Counts *counts, const char *name, const Item *item, json_object *row)
{
    Span got = item_text(&item->list, ITEM_SUBJECT);
    const char *want = text_of(row, "subject");
    if (!want)
        return;
    counts->subjects++;
    if (span_equals(got, want))
        return;
    counts->better++;
    if (g_str_is_ascii(want))
        fail_msg("%s: another subject", name);
}

static void check_file(Counts *counts, const char *folder, json_object *row)
{
    const char *name = text_of(row, "file");
    g_autofree char *path =
        g_build_filename(folder, g_str_has_prefix(name, "files/") ? "" : "files", name, NULL);
    char *bytes;
    gsize n;
    assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    assert_true(msg_takes((Span){bytes, n}));
    g_autoptr(Item) item = msg_read((Span){bytes, n}, counts->made->charsets);
    g_free(bytes);
    counts->files++;
    if (item->losses->len)
        fail_msg("%s: %s", name, g_array_index(item->losses, ItemLoss, 0).detail);
    check_subject(counts, name, item, row);
    check_attachments(counts, name, item, row);
    made_check(counts->made, item);
}

static void check_folder(Counts *counts, const char *corpora, const char *set)
{
    g_autofree char *folder = g_build_filename(corpora, "msg", set, NULL);
    g_autofree char *truth = g_build_filename(folder, "truth-extract_msg.jsonl", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(truth, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] && *lines[i]; i++) {
        json_object *row = json_tokener_parse(lines[i]);
        assert_non_null(row);
        check_file(counts, folder, row);
        json_object_put(row);
    }
}

static void real_files_are_read_as_another_program_reads_them(void **state)
{
    g_autofree char *corpora = corpus_folder();
    g_autofree char *here = corpora ? g_build_filename(corpora, "msg", NULL) : NULL;
    Counts counts = {.made = *state};
    if (!here || !g_file_test(here, G_FILE_TEST_IS_DIR)) {
        print_message("no corpora beside the checkout: skipped\n");
        skip();
    }
    check_folder(&counts, corpora, "msgreader");
    check_folder(&counts, corpora, "tika");
    print_message("%u files, %u attachments: %u the same bytes, %u items within; %u subjects, %u of them "
                  "read by us alone\n",
                  counts.files, counts.attachments, counts.same, counts.within, counts.subjects,
                  counts.better);
    assert_int_equal(counts.files, 56);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(real_files_are_read_as_another_program_reads_them)};
    return cmocka_run_group_tests(tests, made_set_up, made_tear_down);
}
