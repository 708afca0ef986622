/* serve_test.c - each request gets the answer that the protocol promises. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>
#include <cmocka.h>
#include "hostile/ask.h"
#include "nouns/check.h"

static char *folder;

static char *path_of(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

static void put(const char *name, const char *bytes, gssize n)
{
    g_autofree char *path = path_of(name);
    assert_true(g_file_set_contents(path, bytes, n, NULL));
}

static const char envelope[] = "From a@b.example Thu Jan  1 00:00:00 2026\n";

static int make_folder(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("candor-serve-XXXXXX", NULL);
    put("a.eml", "Subject: The Quarterly Report\nFrom: Ann <ann@a.example>\n\nA line of words.\n", -1);
    g_autofree char *box = g_strdup_printf(
        "%sSubject: 1\nFrom: x@x.example\n\none\n\n%sSubject: 2\n\ntwo words\n\n", envelope, envelope);
    put("box", box, -1);
    put("empty", "", 0);
    put("picture", "\x89PNG\r\n\x1a\n\0\0\0\0", 12);
    put("note", "nothing but text\n", -1);
    put("card", "card number 4111 1122 2233 3347 and more text\n", -1);
    g_autofree char *target = path_of("note"), *link = path_of("link");
    return symlink(target, link);
}

static int remove_folder(void **state)
{
    (void)state;
    static const char *const names[] = {"a.eml", "box", "empty", "picture", "note", "card", "link"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = path_of(names[i]);
        unlink(path);
    }
    rmdir(folder);
    g_free(folder);
    return 0;
}

/* The answer without its hello, which must be there. */
static char *answer(const char *request, int file)
{
    int exit_code;
    g_autofree char *rows = ask_worker(ask_true_tools(), request, file, &exit_code);
    assert_int_equal(exit_code, 0);
    assert_true(g_str_has_prefix(rows, "H\tcandor-rows\t3\t"));
    return g_strdup(strchr(rows, '\n') + 1);
}

static void a_plan_names_each_path(void **state)
{
    (void)state;
    g_autofree char *request =
        g_strdup_printf("plan\t3\t%s\ta.eml\tbox\tempty\tpicture\tnote\tmissing\tlink\t../x\t.\n", folder);
    g_autofree char *rows = answer(request, -1);
    static const char *const wanted[] = {"U\t0\teml\t0\t",
                                         "\nU\t1\tmbox\t0\t",
                                         "\nU\t2\tempty\t0\t0\n",
                                         "\nU\t3\tother\t0\t12\tpng\n",
                                         "\nU\t4\tother\t0\t17\ttext\n",
                                         "\nG\t5\t0\t%\tmissing\t",
                                         "\nG\t6\t0\t%\tnot-regular\t",
                                         "\nG\t7\t0\t%\tunreadable\t",
                                         "\nG\t8\t0\t%\tnot-regular\t",
                                         "\nD\t3\t9\t5\t4\t"};
    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++)
        if (!strstr(rows, wanted[i]))
            fail_msg("not in the plan: %s", wanted[i]);
}

static void mail_is_answered_whole(void **state)
{
    (void)state;
    g_autofree char *path = path_of("box"), *bytes = NULL;
    gsize n;
    assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    g_autofree char *request = g_strdup_printf("mail\t9\t%s\tmbox\t0\t%" G_GSIZE_FORMAT "\tbox\n", folder, n);
    g_autofree char *rows = answer(request, -1);
    UnitCheck check;
    DoneRow done;
    unit_check_range(&check, 9, 0, n);
    assert_true(unit_check_answer(&check, span_of_string(rows), &done, NULL));
    assert_int_equal(done.messages, 2);
    assert_non_null(strstr(rows, "\nA\tfrom\t%\tx@x.example\n"));
}

static char *hash_of(const char *name)
{
    g_autofree char *path = path_of(name), *bytes = NULL;
    gsize n;
    assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, n);
}

/* Bytes that are others now, and a file that ends before the message does. */
static void nothing_is_found_in_what_changed(void **state)
{
    (void)state;
    g_autofree char *card = hash_of("card"), *mail = hash_of("a.eml");
    g_autofree char *request = g_strdup_printf(
        "find\t4\t%s\treport\ta.eml\teml\t0\t74\t%s\ta.eml\teml\t0\t90\t%s\n", folder, card, mail);
    g_autofree char *rows = answer(request, -1);
    assert_true(g_str_has_prefix(rows, "G\t0\t0\t%\tsource-changed\t%\t74\t1\n"
                                       "G\t1\t0\t%\tsource-changed\t%\t90\t1\n"
                                       "D\t4\t2\t0\t2\t"));
}

static void the_subject_of_a_mail_within_is_searched(void **state)
{
    (void)state;
    static const char mail[] = "Subject: outer\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
                               "Subject: an inner heron\n\nbody\n";
    g_autofree char *path = path_of("within.eml");
    assert_true(g_file_set_contents(path, mail, -1, NULL));
    g_autofree char *sha256 = hash_of("within.eml");
    g_autofree char *request =
        g_strdup_printf("find\t4\t%s\theron\twithin.eml\teml\t0\t%zu\t%s\n", folder, strlen(mail), sha256);
    g_autofree char *rows = answer(request, -1);
    unlink(path);
    assert_true(g_str_has_prefix(rows, "W\t0\t@subject:1\t9\t14\tan inner heron\n"));
}

static void words_are_found_and_values_masked(void **state)
{
    (void)state;
    g_autofree char *mail = hash_of("a.eml"), *card = hash_of("card");
    g_autofree char *request =
        g_strdup_printf("find\t4\t%s\tQUARTERLY  report\ta.eml\teml\t0\t74\t%s\tmissing\teml\t0\t5\t%s\t"
                        "card\teml\t0\t46\t%s\n",
                        folder, mail, mail, card);
    g_autofree char *rows = answer(request, -1);
    assert_non_null(strstr(rows, "W\t0\t@subject\t4\t20\tThe Quarterly Report\n"));
    assert_non_null(strstr(rows, "\nG\t1\t0\t%\tmissing\t"));
    g_autofree char *for_card =
        g_strdup_printf("find\t4\t%s\tmore text\tcard\teml\t0\t46\t%s\n", folder, card);
    g_autofree char *masked = answer(for_card, -1);
    assert_non_null(strstr(masked, "W\t0\t1\t"));
    assert_null(strstr(masked, "2233 3347"));
}

static char *scan(const char *name)
{
    g_autofree char *path = path_of(name);
    g_autofree char *request = g_strdup_printf("scan\t5\t%s\n", name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    char *rows = answer(request, file);
    close(file);
    return rows;
}

static void any_file_is_scanned(void **state)
{
    (void)state;
    g_autofree char *card = scan("card"), *mail = scan("box"), *picture = scan("picture"),
                    *empty = scan("empty");
    assert_true(g_str_has_prefix(card, "X\t\t"));
    assert_non_null(strstr(card, "\nP\t\tleaf\ttext/plain\t"));
    assert_true(g_str_has_prefix(mail, "M\t0\t"));
    assert_non_null(strstr(mail, "\nD\t5\t2\t2\t0\t"));
    assert_non_null(strstr(picture, "\tbinary\t"));
    assert_non_null(strstr(empty, "G\t0\t0\t%\tempty\t"));
}

static void what_is_no_request_ends_the_worker(void **state)
{
    (void)state;
    static const char *const bad[] = {"wash\t1\n",
                                      "mail\t1\t/\tmbox\t5\t4\tx\n",
                                      "mail\tx\t/\tmbox\t0\t4\tx\n",
                                      "mail\t1\t/\tcalendar\t0\t4\tx\n",
                                      "mail\t1\t/\tmbox\t0\t4\n",
                                      "find\t1\t/\t \n"};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        int exit_code;
        g_autofree char *rows = ask_worker(ask_true_tools(), bad[i], -1, &exit_code);
        assert_int_equal(exit_code, 1);
        assert_null(strchr(strchr(rows, '\n') + 1, '\n'));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_names_each_path),
        cmocka_unit_test(mail_is_answered_whole),
        cmocka_unit_test(words_are_found_and_values_masked),
        cmocka_unit_test(nothing_is_found_in_what_changed),
        cmocka_unit_test(the_subject_of_a_mail_within_is_searched),
        cmocka_unit_test(any_file_is_scanned),
        cmocka_unit_test(what_is_no_request_ends_the_worker),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
