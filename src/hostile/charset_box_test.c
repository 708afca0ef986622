/* charset_box_test.c - mail in forty charsets is read in the box, and none is killed for opening what it needs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "hostile/ask.h"

/* Each with bytes that its own decoder must look at: in a header's encoded word, in a text, in HTML. */
static const char *const charsets[] = {
    "us-ascii",     "utf-8",
    "utf-7",        "utf-16",
    "utf-16le",     "utf-16be",
    "utf-32",       "iso-8859-1",
    "iso-8859-2",   "iso-8859-3",
    "iso-8859-4",   "iso-8859-5",
    "iso-8859-6",   "iso-8859-7",
    "iso-8859-8",   "iso-8859-8-i",
    "iso-8859-9",   "iso-8859-10",
    "iso-8859-13",  "iso-8859-14",
    "iso-8859-15",  "iso-8859-16",
    "windows-1250", "windows-1251",
    "windows-1252", "windows-1253",
    "windows-1254", "windows-1255",
    "windows-1256", "windows-1257",
    "windows-1258", "windows-874",
    "koi8-r",       "koi8-u",
    "macintosh",    "x-mac-cyrillic",
    "ibm437",       "ibm850",
    "ibm852",       "ibm866",
    "tis-620",      "gb2312",
    "gbk",          "gb18030",
    "hz-gb-2312",   "big5",
    "big5-hkscs",   "euc-tw",
    "euc-jp",       "shift_jis",
    "iso-2022-jp",  "euc-kr",
    "iso-2022-kr",  "ks_c_5601-1987",
    "iso-2022-cn",  "viscii",
    "unknown-8bit", "x-no-such-charset",
    "ebcdic-us",    "ibm037",
};

static GString *mailbox_of_charsets(void)
{
    GString *mailbox = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(charsets); i++)
        g_string_append_printf(
            mailbox,
            "From a@b.example Thu Jan  1 00:00:00 2026\n"
            "Subject: =?%s?Q?=C4=E3=BA=C3=1B$B$3?=\nMIME-Version: 1.0\n"
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
            "Content-Type: text/plain; charset=%s\n\n\xc4\xe3\xba\xc3 \x1b$B$3 ~{<:Ky ~} +AGE-\n"
            "--b\nContent-Type: text/html; charset=\"%s\"\n\n<p>\xe9\xa4\xc0\x80</p>\n--b--\n\n",
            charsets[i], charsets[i], charsets[i]);
    return mailbox;
}

static void no_charset_gets_the_box_killed(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("candor-charset-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "mailbox", NULL);
    g_autoptr(GString) mailbox = mailbox_of_charsets();
    assert_true(g_file_set_contents(path, mailbox->str, (gssize)mailbox->len, NULL));
    g_autofree char *request = g_strdup_printf("mail\t1\t%s\tmbox\t0\t%zu\tmailbox\n", folder, mailbox->len);
    int exit_code;
    g_autofree char *rows = ask_worker(ask_true_tools(), request, -1, &exit_code);
    assert_int_equal(exit_code, 0);
    unlink(path);
    rmdir(folder);
    guint messages = 0, parts = 0;
    g_auto(GStrv) lines = g_strsplit(rows, "\n", -1);
    for (char **line = lines; *line; line++) {
        Row row;
        MessageRow message;
        if (!**line || !row_split(*line, strlen(*line), &row, NULL))
            continue;
        parts += row.kind == 'P';
        assert_int_not_equal(row.kind, 'G');
        if (row.kind != 'M')
            continue;
        assert_true(message_row_read(&row, &message, NULL));
        assert_false(message.bare);
        messages++;
    }
    assert_int_equal(messages, G_N_ELEMENTS(charsets));
    assert_int_equal(parts, 3 * G_N_ELEMENTS(charsets));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_charset_gets_the_box_killed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
