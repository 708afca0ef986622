/* tnef_corpus_test.c - real TNEF streams: every attachment that the tnef program's own tests expect, byte for byte.
 *
 * Reads tnef/ of the corpora; skipped where there are none. Its bodies in RTF are compared too. */
#include "hostile/outlook/tnef.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <json-c/json.h>

#include "hostile/outlook/item_said.h"
#include "hostile/outlook/made.h"
#include "hostile/outlook/rtf_compressed.h"
#include "hostile/read/corpus.h"

typedef struct {
    Made *made;
    char *folder;
    guint files, attachments, without_bytes, bodies;
} Counts;

static gboolean is_same(Span bytes, Span want)
{
    return bytes.p && bytes.n == want.n && memcmp(bytes.p, want.p, want.n) == 0;
}

static gboolean has_attachment(const Item *item, Span want)
{
    for (guint i = 0; i < item->attachments->len; i++)
        if (is_same(((const ItemAttachment *)item->attachments->pdata[i])->data, want))
            return TRUE;
    return FALSE;
}

static gboolean has_name(const Item *item, const char *name)
{
    for (guint i = 0; i < item->attachments->len; i++) {
        const ItemList *list = &((const ItemAttachment *)item->attachments->pdata[i])->list;
        if (span_equals(item_text(list, ITEM_FILENAME), name) ||
            span_equals(item_text(list, ITEM_SHORT_FILENAME), name))
            return TRUE;
    }
    return FALSE;
}

/* "X-body.rtf" and "X-body.html" are the message's own bodies, X the file. */
static gboolean has_body(const Item *item, Span want)
{
    g_auto(Scratch) rtf = {0};
    gboolean damaged;
    if (is_same(item_html(item), want))
        return TRUE;
    return rtf_decompress(item_bytes(&item->list, ITEM_RTF), &rtf, &damaged) && !damaged &&
           is_same(scratch_span(&rtf), want);
}

/* One name of a list; what its bytes must be stands in baselines/, unless it was left out as too large. */
static void check_name(Counts *counts, const char *file, const Item *item, const char *name)
{
    g_autofree char *base = g_strdup_printf("%s.baseline", name);
    g_autofree char *path = g_build_filename(counts->folder, "baselines", base, NULL);
    g_autofree char *bytes = NULL;
    gsize n;
    gboolean is_body = strstr(name, "-body.") != NULL;
    if (!g_file_get_contents(path, &bytes, &n, NULL)) {
        counts->without_bytes++;
        if (!is_body && !has_name(item, name))
            fail_msg("%s: no attachment %s", file, name);
        return;
    }
    counts->attachments += is_body ? 0 : 1;
    counts->bodies += is_body ? 1 : 0;
    if (is_body ? !has_body(item, (Span){bytes, n}) : !has_attachment(item, (Span){bytes, n}))
        fail_msg("%s: no %s with these bytes", file, name);
}

static Item *read_file(const Counts *counts, const char *name)
{
    g_autofree char *path = g_build_filename(counts->folder, "datafiles", name, NULL);
    g_autofree char *bytes = NULL;
    gsize n;
    assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    assert_true(tnef_takes((Span){bytes, n}));
    return tnef_read((Span){bytes, n}, counts->made->charsets);
}

/* The list beside the file: bodies that the program can write, and some attachments. */
static void check_list(Counts *counts, const char *name, const Item *item)
{
    g_autofree char *stem = g_strndup(name, strlen(name) - strlen(".tnef"));
    g_autofree char *list_name = g_strdup_printf("%s.list", stem);
    g_autofree char *list = g_build_filename(counts->folder, "datafiles", list_name, NULL);
    g_autofree char *names = NULL;
    if (!g_file_get_contents(list, &names, NULL, NULL))
        return;
    g_auto(GStrv) lines = g_strsplit(names, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (strstr(lines[i], "-body."))
            check_name(counts, name, item, g_strstrip(lines[i]));
}

/* A line of the truth: a file, and the names that the program lists, each up to a tab. */
static void check_row(Counts *counts, json_object *row)
{
    json_object *file, *names;
    if (!json_object_object_get_ex(row, "file", &file) || !json_object_object_get_ex(row, "names", &names) ||
        !g_str_has_suffix(json_object_get_string(file), ".tnef"))
        return;
    const char *name = strrchr(json_object_get_string(file), '/') + 1;
    g_autoptr(Item) item = read_file(counts, name);
    counts->files++;
    if (item->losses->len)
        fail_msg("%s: %s", name, g_array_index(item->losses, ItemLoss, 0).detail);
    made_check(counts->made, item);
    check_list(counts, name, item);
    assert_int_equal(item->attachments->len, json_object_array_length(names));
    for (gsize i = 0; i < json_object_array_length(names); i++) {
        g_auto(GStrv) parts =
            g_strsplit(json_object_get_string(json_object_array_get_idx(names, i)), "\t", 2);
        check_name(counts, name, item, parts[0]);
    }
}

static void real_streams_hold_what_they_should(void **state)
{
    g_autofree char *corpora = corpus_folder();
    g_autofree char *folder =
        corpora ? g_build_filename(corpora, "tnef", "verdammelt-tnef", "files", NULL) : NULL;
    g_autofree char *truth =
        corpora ? g_build_filename(corpora, "tnef", "verdammelt-tnef", "truth-tnef.jsonl", NULL) : NULL;
    g_autofree char *text = NULL;
    Counts counts = {.made = *state, .folder = folder};
    if (!truth || !g_file_get_contents(truth, &text, NULL, NULL)) {
        print_message("no corpora beside the checkout: skipped\n");
        skip();
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] && *lines[i]; i++) {
        json_object *row = json_tokener_parse(lines[i]);
        check_row(&counts, row);
        json_object_put(row);
    }
    print_message("%u files: %u attachments and %u bodies the same bytes, %u more that are there\n",
                  counts.files, counts.attachments, counts.bodies, counts.without_bytes);
    assert_int_equal(counts.files, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(real_streams_hold_what_they_should)};
    return cmocka_run_group_tests(tests, made_set_up, made_tear_down);
}
