/* pst_corpus_test.c - real PST and OST files hold what two other readers found in them, and no less.
 *
 * Reads pst/ of the corpora beside the checkout; skipped where there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <fcntl.h>
#include <json.h>
#include <unistd.h>

#include "hostile/outlook/pst.h"
#include "hostile/read/corpus.h"

#define SUBJECT 0x0037

typedef struct {
    char *folder;
    json_object *truth;
    Charsets *charsets;
} Corpus;

static int set_up(void **state)
{
    Corpus *corpus = g_new0(Corpus, 1);
    g_autofree char *all = corpus_folder();
    if (all) {
        g_autofree char *path = g_build_filename(all, "pst", "truth.json", NULL);
        corpus->folder = g_build_filename(all, "pst", NULL);
        corpus->truth = json_object_from_file(path);
    }
    corpus->charsets = charsets_new(NULL);
    *state = corpus;
    return 0;
}

static int tear_down(void **state)
{
    Corpus *corpus = *state;
    json_object_put(corpus->truth);
    charsets_free(corpus->charsets);
    g_free(corpus->folder);
    g_free(corpus);
    return 0;
}

/* The file, unpacked to a descriptor where it is packed. */
static int open_file(const char *folder, const char *name, guint64 *size)
{
    g_autofree char *path = g_build_filename(folder, name, NULL), *packed = g_strconcat(path, ".xz", NULL);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        g_autofree char *temporary = NULL;
        file = g_file_open_tmp("pst-XXXXXX", &temporary, NULL);
        g_autofree char *command = g_strdup_printf("sh -c 'xz -dc \"%s\" > \"%s\"'", packed, temporary);
        assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
        unlink(temporary);
    }
    *size = (guint64)lseek(file, 0, SEEK_END);
    return file;
}

/* --- what was found -------------------------------------------------------------------------------------------- */

typedef struct {
    GHashTable *hashes;   /* of attachments, those of items within too    */
    GHashTable *subjects; /* "last part of the folder\nsubject": how many */
    guint items, hidden, within, gaps, losses;
} Found;

static void take_attachments(Found *found, const Item *item)
{
    found->losses += item->losses->len;
    for (guint i = 0; i < item->attachments->len; i++) {
        const ItemAttachment *attachment = item->attachments->pdata[i];
        found->losses += attachment->loss ? 1 : 0;
        if (attachment->data.p)
            g_hash_table_add(found->hashes, g_compute_checksum_for_data(G_CHECKSUM_SHA256,
                                                                        (const guchar *)attachment->data.p,
                                                                        attachment->data.n));
        if (attachment->within) {
            found->within++;
            take_attachments(found, attachment->within);
        }
    }
}

static void take_item(Found *found, Pst *pst, const PstPlace *place, const Item *item)
{
    g_autofree char *subject = span_dup(item_text(&item->list, SUBJECT));
    g_autofree char *last = g_path_get_basename(pst_folder(pst, place->folder));
    g_hash_table_add(found->subjects, g_strconcat(last, "\n", g_strstrip(subject), NULL));
    take_attachments(found, item);
    found->items++;
}

static void read_file(const Corpus *corpus, const char *name, Found *found)
{
    guint64 size;
    const char *reason = NULL;
    int file = open_file(corpus->folder, name, &size);
    g_autoptr(Pst) pst = pst_open(file, size, corpus->charsets, &reason);
    assert_non_null(pst);
    g_autoptr(GArray) places = pst_places(pst, 0, PLACES_RECOVERED, &reason);
    for (guint i = 0; i < places->len; i++) {
        const PstPlace *place = &g_array_index(places, PstPlace, i);
        g_autoptr(Item) item = pst_read(pst, place, &reason);
        if (item && place->state == PST_HIDDEN)
            found->hidden++;
        else if (item)
            take_item(found, pst, place, item);
        else
            found->gaps++; /* what a folder declares and has not is one, too */
    }
    assert_int_equal(pst_has_password(pst),
                     g_str_equal(name, "passworded.pst") || g_str_equal(name, "test_ansi.pst"));
    close(file);
}

/* --- what should be -------------------------------------------------------------------------------------------- */

static guint items_of_pff(json_object *file)
{
    guint items = 0;
    json_object *pff, *kinds;
    json_object_object_get_ex(file, "pff", &pff);
    json_object_object_get_ex(pff, "items", &kinds);
    json_object_object_foreach(kinds, kind, count)
    {
        if (g_str_has_prefix(kind, "export/")) /* what it recovers are older forms of items that are there */
            items += (guint)json_object_get_int(count);
    }
    return items;
}

/* Files that readpst makes itself: it writes meetings as iCalendar and bodies as RTF. */
static gboolean is_made_by_readpst(const char *name)
{
    return g_str_equal(name, "rtf-body.rtf") || g_pattern_match_simple("i??????????.ics", name);
}

static void compare_message(const Found *found, json_object *message)
{
    json_object *folder, *subject, *attachments;
    json_object_object_get_ex(message, "folder", &folder);
    json_object_object_get_ex(message, "subject", &subject);
    json_object_object_get_ex(message, "attachments", &attachments);
    g_autofree char *last = g_path_get_basename(json_object_get_string(folder));
    g_autofree char *text = g_strdup(json_object_get_string(subject));
    g_autofree char *here = g_strconcat(last, "\n", g_strstrip(text), NULL);
    g_autofree char *top =
        g_strconcat(".\n", text, NULL); /* at the mailbox's top, where folders have no name */
    assert_true(g_hash_table_contains(found->subjects, here) || g_hash_table_contains(found->subjects, top));
    for (gsize i = 0; i < json_object_array_length(attachments); i++) {
        json_object *attachment = json_object_array_get_idx(attachments, i);
        const char *name = json_object_get_string(json_object_array_get_idx(attachment, 0));
        const char *hash = json_object_get_string(json_object_array_get_idx(attachment, 2));
        assert_true(is_made_by_readpst(name) || g_hash_table_contains(found->hashes, hash));
    }
}

static void real_files_hold_what_others_found(void **state)
{
    const Corpus *corpus = *state;
    if (!corpus->truth) {
        print_message("no corpora beside the checkout (CANDOR_CORPORA): skipped\n");
        skip();
    }
    guint files = 0;
    json_object_object_foreach(corpus->truth, name, file)
    {
        Found found = {.hashes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                       .subjects = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
        json_object *messages;
        read_file(corpus, name, &found);
        json_object_object_get_ex(file, "readpst_messages", &messages);
        for (gsize i = 0; i < json_object_array_length(messages); i++)
            compare_message(&found, json_object_array_get_idx(messages, i));
        /* pffexport counts items within as items. */
        assert_true(found.items + found.within >= items_of_pff(file));
        assert_true(found.items >= json_object_array_length(messages));
        assert_int_equal(found.gaps, 0);
        assert_int_equal(found.losses, 0);
        g_hash_table_unref(found.hashes);
        g_hash_table_unref(found.subjects);
        files++;
    }
    assert_int_equal(files, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(real_files_hold_what_others_found)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
