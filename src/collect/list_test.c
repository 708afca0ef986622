/* list_test.c - every file is listed once, in one order, and what cannot be listed says so. */
#include "collect/list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <unistd.h>

static char *root;

static void put(const char *path, const char *text)
{
    g_autofree char *whole = g_build_filename(root, path, NULL);
    g_autofree char *folder = g_path_get_dirname(whole);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_true(g_file_set_contents(whole, text, -1, NULL));
}

static int make_root(void **state)
{
    (void)state;
    root = g_dir_make_tmp("candor-list-XXXXXX", NULL);
    return root ? 0 : -1;
}

static int remove_root(void **state)
{
    (void)state;
    const char *arguments[] = {"rm", "-rf", root, NULL};
    g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
    g_clear_pointer(&root, g_free);
    return 0;
}

static const ListedFile *file_at(const Listing *listing, guint i)
{
    return listing->files->pdata[i];
}

static void a_maildir_lists_its_mail_and_no_housekeeping(void **state)
{
    (void)state;
    put("cur/2:2,S", "b");
    put("cur/1:2,", "aa");
    put("new/3", "c");
    put("tmp/4", "half written");
    put(".Sent.2024/cur/5", "d");
    put(".Sent.2024/new/.keep", "");
    put("dovecot-uidlist", "index");
    g_autoptr(Listing) listing = list_source(root, NULL);
    assert_true(listing->folder && listing->maildir);
    const char *const want[] = {".Sent.2024/cur/5", ".Sent.2024/new/.keep", "cur/1:2,", "cur/2:2,S", "new/3"};
    assert_int_equal(listing->files->len, G_N_ELEMENTS(want));
    for (guint i = 0; i < G_N_ELEMENTS(want); i++) {
        assert_string_equal(file_at(listing, i)->path, want[i]);
        assert_true(file_at(listing, i)->maildir);
    }
    assert_int_equal(file_at(listing, 2)->size, 2);
}

static void a_loop_of_links_is_a_gap_not_a_journey(void **state)
{
    (void)state;
    put("a/1.eml", "x");
    g_autofree char *link = g_build_filename(root, "a", "again", NULL);
    assert_int_equal(symlink("..", link), 0);
    g_autoptr(Listing) listing = list_source(root, NULL);
    assert_int_equal(listing->files->len, 1);
    assert_int_equal(listing->gaps->len, 1);
    const ListedGap *gap = listing->gaps->pdata[0];
    assert_string_equal(gap->path, "a/again");
    assert_string_equal(gap->reason, "symlink");
}

static void a_single_file_is_a_source(void **state)
{
    (void)state;
    put("box", "From ");
    g_autofree char *path = g_build_filename(root, "box", NULL);
    g_autoptr(Listing) listing = list_source(path, NULL);
    assert_false(listing->folder);
    assert_int_equal(listing->files->len, 1);
    assert_string_equal(file_at(listing, 0)->path, "");
}

static void what_is_not_there_is_named(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(root, "absent", NULL);
    g_autoptr(GError) error = NULL;
    assert_null(list_source(path, &error));
    assert_non_null(strstr(error->message, path));
}

static void folders_have_the_names_that_people_see(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        gboolean maildir;
        const char *folder;
    } cases[] = {
        {"cur/1", TRUE, "INBOX"},
        {"new/1", TRUE, "INBOX"},
        {".Sent.2024/cur/1", TRUE, "Sent/2024"},
        {"x/y/1.eml", FALSE, "x/y"},
        {"1.eml", FALSE, ""},
        {"Inbox/cur/1", FALSE, "Inbox"},
        {"", FALSE, ""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *folder = list_folder_of(cases[i].path, cases[i].maildir);
        assert_string_equal(folder, cases[i].folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_maildir_lists_its_mail_and_no_housekeeping, make_root, remove_root),
        cmocka_unit_test_setup_teardown(a_loop_of_links_is_a_gap_not_a_journey, make_root, remove_root),
        cmocka_unit_test_setup_teardown(a_single_file_is_a_source, make_root, remove_root),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_named, make_root, remove_root),
        cmocka_unit_test(folders_have_the_names_that_people_see),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
