/* release_test.c - a customer gets of a message what is its own, and nothing that is another's, in whatever form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>
#include <cmocka.h>
#include "hostile/ask.h"
#include "hostile/redact.h"
#include "hostile/sealed.h"
#include "nouns/fingerprint.h"
#include "nouns/release_rows.h"

static const guint8 key[32] = {1}; /* that of ask.h */
static char *folder;

static int make_folder(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("candor-release-XXXXXX", NULL);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(folder, "a.eml", NULL);
    unlink(path);
    rmdir(folder);
    g_free(folder);
    return 0;
}

#define CARD_A "4111 1122 2233 3347"
#define CARD_B "5500 0000 0000 0004"
#define NOTES "attached notes of a day"

static const char mail[] = "From: Ann <ann@alpha.example>\n"
                           "To: desk@vendor.example, bob@beta.example\n"
                           "Subject: card number " CARD_B "\n"
                           "MIME-Version: 1.0\n"
                           "Content-Type: multipart/mixed; boundary=b\n\n"
                           "--b\nContent-Type: text/plain\n\n"
                           "Ours is card number " CARD_A " and theirs is card number " CARD_B ".\n"
                           "Write to ann@alpha.example or bob@beta.example.\n"
                           "once more, bare: xx" CARD_B "yy\n"
                           "--b\nContent-Type: application/octet-stream\n"
                           "Content-Disposition: attachment; filename=\"bob@beta.example.bin\"\n"
                           "Content-Transfer-Encoding: base64\n\n"
                           "YXR0YWNoZWQgbm90ZXMgb2YgYSBkYXk=\n"
                           "--b--\n";

static void append_mark(GString *hex, const char *type, const char *value)
{
    guint8 fingerprint[FINGERPRINT_BYTES];
    fingerprint_value(key, type, span_of_string(value), fingerprint);
    for (guint i = 0; i < sizeof fingerprint; i++)
        g_string_append_printf(hex, "%02x", fingerprint[i]);
}

/* What alpha owns: its card and its address. */
static char *own_of_alpha(void)
{
    GString *hex = g_string_new(NULL);
    append_mark(hex, "financial.card", "4111112222333347");
    append_mark(hex, "contact.email", "ann@alpha.example");
    return g_string_free(hex, FALSE);
}

/* `texts` as the request has them; they lie in `made`. */
static char *ask_with(const char *mode, const char *own, const char *given, const char *sha256,
                      const char *texts, const char *made)
{
    int exit_code;
    g_autofree char *path = g_build_filename(folder, "a.eml", NULL);
    g_autofree char *true_hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, mail, -1);
    assert_true(g_file_set_contents(path, mail, -1, NULL));
    g_autofree char *request =
        g_strdup_printf("release\t7\t%s\ta.eml\teml\t0\t%zu\t%s\t%s\t%s\t%s\t%s\n", folder, strlen(mail),
                        sha256 ? sha256 : true_hash, mode, own, given, texts);
    int file = made ? sealed_file(span_of_string(made), NULL) : -1;
    g_autofree char *rows = ask_worker(ask_true_tools(), request, file, &exit_code);
    if (file >= 0)
        close(file);
    assert_int_equal(exit_code, 0);
    return g_strdup(strchr(rows, '\n') + 1);
}

static char *ask(const char *mode, const char *own, const char *given, const char *sha256)
{
    return ask_with(mode, own, given, sha256, "", NULL);
}

/* The objects, each as "kind path removed: bytes", a line each. */
static char *objects_of(char *rows)
{
    GString *all = g_string_new(NULL);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    for (char *line = rows, *stop; (stop = strchr(line, '\n')); line = stop + 1) {
        Row row;
        ObjectRow object;
        assert_true(row_split(line, (gsize)(stop - line), &row, NULL));
        if (row.kind == 'O') {
            assert_true(object_row_read(&row, &object, NULL));
            g_string_append_printf(all, "%s%s %.*s %" G_GUINT64_FORMAT ": ", all->len ? "\n" : "",
                                   object_kind_name(object.kind), (int)object.path.n, object.path.p,
                                   object.removed);
        } else if (row.kind == 'B') {
            g_byte_array_set_size(bytes, 0);
            assert_true(piece_row_read(&row, bytes, NULL));
            g_string_append_len(all, (char *)bytes->data, bytes->len);
        }
    }
    return g_string_free(all, FALSE);
}

static void a_party_sees_its_own_alone(void **state)
{
    (void)state;
    g_autofree char *own = own_of_alpha();
    g_autofree char *notes = g_compute_checksum_for_string(G_CHECKSUM_SHA256, NOTES, -1);
    g_autofree char *rows = ask("party", own, notes, NULL);
    assert_non_null(strstr(rows, "\nD\t7\t1\t1\t0\t"));
    g_autofree char *objects = objects_of(rows);
    assert_string_equal(objects,
                        "subject  1: card number " REDACTED_MARK "\n"
                        "text 1 3: Ours is card number " CARD_A " and theirs is card number " REDACTED_MARK
                        ".\nWrite to ann@alpha.example or " REDACTED_MARK
                        ".\nonce more, bare: xx" REDACTED_MARK "yy\n"
                        "filename 2 1: " REDACTED_MARK ".bin\n"
                        "file 2 0: " NOTES "\n"
                        "text 2 0: " NOTES);
}

static void nothing_is_shown_to_whom_nothing_belongs(void **state)
{
    (void)state;
    g_autofree char *rows = ask("party", "", "", NULL);
    g_autofree char *objects = objects_of(rows);
    static const char *const never[] = {"4111", "5500", "alpha.example", "beta.example", "file 2"};
    for (guint i = 0; i < G_N_ELEMENTS(never); i++)
        assert_null(strstr(objects, never[i]));
    assert_non_null(strstr(objects, "once more, bare"));
}

static void who_is_mentioned_gets_excerpts(void **state)
{
    (void)state;
    g_autofree char *own = own_of_alpha();
    g_autofree char *rows = ask("mentioned", own, "", NULL);
    g_autofree char *objects = objects_of(rows);
    assert_true(g_str_has_prefix(objects, "excerpt 1 "));
    assert_non_null(strstr(objects, CARD_A));
    assert_null(strstr(objects, "5500"));
    assert_null(strstr(objects, "subject"));
    g_auto(GStrv) each = g_strsplit(objects, "excerpt ", -1);
    for (guint i = 1; each[i]; i++)
        assert_true(g_utf8_strlen(strchr(each[i], ':') + 2, -1) <= REDACTED_EXCERPT_CHARACTERS + 1);
}

#define MADE "<>Card number " CARD_A ", card number " CARD_B ". Bare: Ax7" CARD_B

/* A value that only the attachment shows for what it is goes in the mail, too. */
static void texts_of_attachments_are_redacted_with_the_mail(void **state)
{
    (void)state;
    g_autofree char *own = own_of_alpha();
    g_autofree char *where = g_strdup_printf("2.1 2 %zu,3 0 2", strlen(MADE) - 2);
    g_autofree char *rows = ask_with("party", own, "", NULL, where, MADE);
    g_autofree char *objects = objects_of(rows);
    assert_non_null(strstr(objects, "\ntext 2.1 2: Card number " CARD_A ", card number " REDACTED_MARK
                                    ". Bare: Ax7" REDACTED_MARK "\ntext 3 0: <>"));
    assert_null(strstr(objects, "5500"));
    g_autofree char *fewer = ask_with("mentioned", own, "", NULL, where, MADE);
    g_autofree char *excerpts = objects_of(fewer);
    assert_non_null(strstr(excerpts, "\nexcerpt 2.1 2: Card number " CARD_A));
    assert_null(strstr(excerpts, "5500"));
}

/* However often its own stands in a mail, who is mentioned does not get the mail. */
static void excerpts_of_one_message_are_bounded(void **state)
{
    (void)state;
    g_autofree char *own = own_of_alpha();
    g_autoptr(GString) made = g_string_new(NULL);
    g_autofree char *far = g_strnfill(400, '.');
    for (guint i = 0; i < 100; i++)
        g_string_append_printf(made, "\nann@alpha.example\n%s", far);
    g_autofree char *where = g_strdup_printf("2.1 0 %zu,2.2 0 %zu", made->len, made->len);
    g_autofree char *rows = ask_with("mentioned", own, "", NULL, where, made->str);
    g_autofree char *objects = objects_of(rows);
    g_auto(GStrv) each = g_strsplit(objects, "excerpt ", -1);
    assert_int_equal(g_strv_length(each) - 1, REDACTED_EXCERPTS_MOST);
}

static void a_message_that_changed_is_a_gap(void **state)
{
    (void)state;
    g_autofree char *other = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "another", -1);
    g_autofree char *rows = ask("party", "", "", other);
    assert_true(g_str_has_prefix(rows, "G\t0\t0\t%\tsource-changed\t"));
    assert_null(strstr(rows, "\nO\t"));
    assert_non_null(strstr(rows, "\nD\t7\t1\t0\t1\t"));
}

static void malformed_requests_are_refused(void **state)
{
    (void)state;
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define MESSAGE(texts) "a.eml\teml\t0\t5\t" ZEROS "\tparty\t\t\t" texts
    static const char *const requests[] = {
        "release\t7\t/tmp\ta.eml\teml\t0\t5\tab\tparty\t\t\t\n",
        "release\t7\t/tmp\ta.eml\teml\t0\t5\n",
        "release\t7\t/tmp\t" MESSAGE("2 0 6") "\n",
        "release\t7\t/tmp\t" MESSAGE("2 5 1") "\n",
        "release\t7\t/tmp\t" MESSAGE("2 0") "\n",
        "release\t7\t/tmp\t" MESSAGE("2 0 1") "\t" MESSAGE("") "\n",
        "release\t7\t/tmp\t" MESSAGE("") "\t" MESSAGE("2 0 1") "\n",
    };
    int file = sealed_file(SPAN_OF("texts"), NULL);
    for (guint i = 0; i < G_N_ELEMENTS(requests); i++) {
        int exit_code;
        g_autofree char *rows = ask_worker(ask_true_tools(), requests[i], file, &exit_code);
        assert_int_equal(exit_code, 1);
    }
    close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_party_sees_its_own_alone),
        cmocka_unit_test(nothing_is_shown_to_whom_nothing_belongs),
        cmocka_unit_test(who_is_mentioned_gets_excerpts),
        cmocka_unit_test(texts_of_attachments_are_redacted_with_the_mail),
        cmocka_unit_test(excerpts_of_one_message_are_bounded),
        cmocka_unit_test(a_message_that_changed_is_a_gap),
        cmocka_unit_test(malformed_requests_are_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
