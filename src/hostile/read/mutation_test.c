/* mutation_test.c - thousands of damaged messages: none crashes the reader, and what it says always holds together.
 *
 * CANDOR_MUTATIONS sets how many; the generator's seed is fixed, so that a failure can be repeated. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#include "hostile/read/transcript.h"

#define DEFAULT_MUTATIONS 4000

static guint64 state_of_dice = 0x9E3779B97F4A7C15u;

/* xorshift64*: the same on every machine. */
static guint dice(guint sides)
{
    state_of_dice ^= state_of_dice >> 12;
    state_of_dice ^= state_of_dice << 25;
    state_of_dice ^= state_of_dice >> 27;
    return (guint)((state_of_dice * 0x2545F4914F6CDD1Du) >> 33) % sides;
}

/* What breaks mail most: marks of structure in the wrong place. */
static const char *const splinters[] = {"\n--b1",
                                        "\n--b2--",
                                        "\n\n",
                                        "=?utf-8?B?",
                                        "?=",
                                        "\"",
                                        "<",
                                        ">",
                                        "(",
                                        ";",
                                        "=\n",
                                        "\nContent-Type: multipart/mixed; boundary=b1\n\n",
                                        "\nContent-Type: message/rfc822\n\n",
                                        "begin 644 x\n",
                                        "&#",
                                        "<a href=",
                                        "\nFrom: ",
                                        "\nTo: ",
                                        "charset=utf-16",
                                        "\xFF",
                                        "\xC3",
                                        "=ybegin ",
                                        "\nContent-Transfer-Encoding: base64\n"};

static void mutate(GString *mail)
{
    gsize at = mail->len ? dice((guint)mail->len) : 0;
    switch (dice(6)) {
    case 0:
        g_string_insert(mail, (gssize)at, splinters[dice(G_N_ELEMENTS(splinters))]);
        break;
    case 1:
        g_string_truncate(mail, at);
        break;
    case 2: {
        gsize n = 1 + dice(40);
        g_string_erase(mail, (gssize)at, (gssize)MIN(mail->len - at, n));
        break;
    }
    case 3: {
        g_autofree char *piece = g_strndup(mail->str + at, MIN(mail->len - at, 200));
        g_string_insert(mail, (gssize)dice((guint)mail->len + 1), piece);
        break;
    }
    case 4:
        if (mail->len)
            mail->str[at] = (char)dice(256);
        break;
    default:
        if (mail->len)
            mail->str[at] = '\0';
        break;
    }
}

static GPtrArray *load_seeds(void)
{
    GPtrArray *seeds = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_autoptr(GDir) dir = g_dir_open(CANDOR_SOURCE_ROOT "/tests/corpus/reader", 0, NULL);
    for (const char *entry; dir && (entry = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(CANDOR_SOURCE_ROOT "/tests/corpus/reader", entry, NULL);
        char *bytes = NULL;
        gsize n;
        if (g_str_has_suffix(entry, ".eml") && g_file_get_contents(path, &bytes, &n, NULL))
            g_ptr_array_add(seeds, g_bytes_new_take(bytes, n));
    }
    return seeds;
}

static void damaged_mail_is_accounted_for(void **state)
{
    (void)state;
    const char *wanted = g_getenv("CANDOR_MUTATIONS");
    guint64 count = wanted ? g_ascii_strtoull(wanted, NULL, 10) : DEFAULT_MUTATIONS;
    g_autoptr(GPtrArray) seeds = load_seeds();
    assert_true(seeds->len >= 5);
    g_autoptr(Reader) reader = reader_new(NULL);
    for (guint64 i = 0; i < count; i++) {
        GBytes *seed = g_ptr_array_index(seeds, dice(seeds->len));
        gsize n;
        const char *bytes = g_bytes_get_data(seed, &n);
        g_autoptr(GString) mail = g_string_new_len(bytes, (gssize)n);
        for (guint times = 1 + dice(8); times > 0; times--)
            mutate(mail);
        const char *wrong = transcript_check(reader, (Span){mail->str, mail->len});
        if (wrong)
            fail_msg("mutation %" G_GUINT64_FORMAT ": %s", i, wrong);
    }
}

/* A mail of one piece over and over costs what its length costs, not its square. */
static void repetition_stays_linear(void **state)
{
    (void)state;
    static const struct {
        const char *start, *piece, *end;
        gsize bytes;
    } mails[] = {
        {"To: ", "(", "\n\n", 250000},
        {"To: ", "\\\"", "\n\n", 250000},
        {"To: \"", "\\\"", "\n\n", 250000},
        {"To: ", "<", "\n\n", 250000},
        {"To: ", "=?a=", "\n\n", 250000},
        {"To: ", "a@b ", "\n\n", 250000},
        {"To: ", ":;", "\n\n", 250000},
        {"Subject: ", "=?a?q?x", "\n\n", 250000},
        {"Content-Type: a/b; c=", " (", "\n\n", 250000},
        {"Content-Type: ", " ", "(\n\n", 250000},
        {"Content-Type: a/b", "; name*1=x", "\n\n", 250000},
        {"Content-Transfer-Encoding: base64\n\n", "AAA=", "", 8000000},
        {"Content-Type: text/html\n\n", "<style>", "", 8000000},
        {"Content-Type: text/html\n\n", "<!--", "", 8000000},
        {"Content-Type: text/html\n\n", "<a \"", "", 8000000},
        {"Content-Type: text/html\n\n", "<a href=\"<", "", 8000000},
        {"Subject: x\n\n", "begin 644 a\n", "", 8000000},
        {"Subject: x\n\n", "From: (((((((((((a@b\nTo: \"\\\"\\\"\n", "", 8000000},
        {"Content-Type: multipart/mixed; boundary=b\n\n", "\n--b", "", 8000000},
        {"Content-Type: multipart/mixed; boundary=b\n\n", "\n--c", "", 8000000},
    };
    g_autoptr(Reader) reader = reader_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(mails); i++) {
        g_autoptr(GString) mail = g_string_new(mails[i].start);
        while (mail->len < mails[i].bytes)
            g_string_append(mail, mails[i].piece);
        g_string_append(mail, mails[i].end);
        clock_t start = clock();
        const char *wrong = transcript_check(reader, (Span){mail->str, mail->len});
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (wrong || seconds > 5)
            fail_msg("'%s' over and over: %s after %.1f s", mails[i].piece, wrong ? wrong : "too slow",
                     seconds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_mail_is_accounted_for),
        cmocka_unit_test(repetition_stays_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
