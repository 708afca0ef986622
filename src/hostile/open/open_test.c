/* open_test.c - containers to messages: every dialect is split as its set says, and one mail has one key in all. */
#include "hostile/open/mbox.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>
#include "hostile/limits.h"
#include "hostile/open/fromline.h"
#include "hostile/open/seek.h"

static Hashing hashing;

static int file_of(Span bytes)
{
    int file = memfd_create("mail", MFD_CLOEXEC);
    assert_int_equal(write(file, bytes.p, bytes.n), bytes.n);
    return file;
}

typedef struct {
    guint messages, garbage;
    guint64 covered; /* bytes in pieces and between them */
    guint64 defects;
    guint8 key[64][DIGEST_BYTES];
} Split;

static void take_piece(Split *split, const MboxPiece *piece)
{
    split->covered += piece->between.n + (piece->kind == MBOX_END ? 0 : piece->length);
    split->garbage += piece->kind == MBOX_GARBAGE;
    if (piece->kind != MBOX_MESSAGE)
        return;
    Canon canon = piece->hashes;
    if (!piece->too_long) {
        canon_make(&hashing, piece->bytes, piece->held, piece->quoted, &canon);
        canon_done(&canon);
    }
    memcpy(split->key[split->messages % G_N_ELEMENTS(split->key)], canon.key, DIGEST_BYTES);
    split->messages++;
    split->defects |= piece->defects;
}

static Split split_file(int file, guint64 size, gsize most)
{
    Split split = {0};
    Mbox mbox;
    MboxPiece piece = {0};
    mbox_init(&mbox, &hashing, most);
    mbox_turn(&mbox, file, 0, size);
    do {
        mbox_next(&mbox, &piece);
        take_piece(&split, &piece);
    } while (piece.kind != MBOX_END);
    mbox_clear(&mbox);
    assert_int_equal(split.covered, size);
    return split;
}

static Split split_text(Span text)
{
    int file = file_of(text);
    Split split = split_file(file, text.n, LIMIT_MESSAGE_BYTES);
    close(file);
    return split;
}

static void envelope_lines_have_dates(void **state)
{
    (void)state;
    static const struct {
        const char *line, *sender; /* NULL: no envelope */
    } lines[] = {
        {"From a@b.example Tue Jan  7 12:09:16 2003", "a@b.example"},
        {"From a@b.example  Tue Jan  7 12:09 2003", "a@b.example"},
        {"From - Tue Jan 07 12:09:16 2003", "-"},
        {"From 1234@xxx Tue Jan 07 12:09:16 +0000 2003", "1234@xxx"},
        {"From a@b.example Tue Jan  7 12:09:16 EST 2003", "a@b.example"},
        {"From a@b.example Tue Jan  7 12:09:16 2003 +0100", "a@b.example"},
        {"From uucp Tue Jan  7 12:09:16 2003 remote from host", "uucp"},
        {"From user at host.example  Tue Jan  7 12:09:16 2003", "user at host.example"},
        {"From a@b.example Sun, 11 Nov 2007 06:58:35 +0200", "a@b.example"},
        {"From Tue Jan  7 12:09:16 2003", ""},
        {"From the very start Tue was a bad day", NULL},
        {"From: a@b.example Tue Jan  7 12:09:16 2003", NULL},
        {"From a@b.example", NULL},
        {"From perl5-porters:", NULL},
        {"From Monday 7 Jan until 2003", NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
        Span sender = SPAN_NONE;
        gboolean is_envelope = from_line_read(span_of_string(lines[i].line), &sender);
        if (is_envelope != (lines[i].sender != NULL) ||
            (is_envelope && !span_equals(sender, lines[i].sender)))
            fail_msg("%s", lines[i].line);
    }
}

static gsize seek_naively(Span text, gsize from)
{
    for (gsize at = from; at + 5 <= text.n; at++)
        if (memcmp(text.p + at, "From ", 5) == 0 &&
            (at == 0 || text.p[at - 1] == '\n' || text.p[at - 1] == '>'))
            return at;
    return text.n;
}

static void wide_search_finds_what_a_slow_one_finds(void **state)
{
    (void)state;
    static const char pieces[][8] = {"From ", "\n", ">", "F", "Fr", "From", "x", "    ", "From\n", "om "};
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    for (guint round = 0; round < 2000; round++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (gint32 i = g_rand_int_range(random, 0, 40); i > 0; i--)
            g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        Span span = {text->str, text->len};
        for (gsize from = 0; from <= text->len; from++)
            assert_int_equal(seek_from(span, from, '\n'), seek_naively(span, from));
    }
}

static const char separator[] = "From a@b.example Tue Jan  7 12:09:16 2003\n";

static void ordinary_boxes_are_split(void **state)
{
    (void)state;
    Split split =
        split_text(SPAN_OF("From a@b.example Tue Jan  7 12:09:16 2003\nSubject: 1\n\nFrom the start.\n\n"
                           "From c@d.example Tue Jan  7 12:09:17 2003\nSubject: 2\n\nText.\n\n"));
    assert_int_equal(split.messages, 2);
    split =
        split_text(SPAN_OF("no envelope\n\nFrom a@b.example Tue Jan  7 12:09:16 2003\nSubject: 1\n\nx\n"));
    assert_int_equal(split.garbage, 1);
    assert_int_equal(split.messages, 1);
    /* A writer that forgot the empty line; prose that does not begin a message. */
    split = split_text(SPAN_OF("From a@b.example Tue Jan  7 12:09:16 2003\nSubject: 1\n\nx\n"
                               "From a@b.example Tue Jan  7 12:09:16 2003\nSubject: 2\n\nx\n"
                               "From a@b.example Tue Jan  7 12:09:16 2003\nwas a line in it\n"));
    assert_int_equal(split.messages, 2);
}

static void lengths_are_believed_when_true(void **state)
{
    (void)state;
    static const char box[] = "From a@b.example Tue Jan  7 12:09:16 2003\nContent-Length: %d\n\nOne.\n\n"
                              "From c@d.example Tue Jan  7 12:09:16 2003\nSubject: inside\n\n\n"
                              "From e@f.example Tue Jan  7 12:09:16 2003\nSubject: 2\n\nx\n";
    static const struct {
        int length;
        guint messages;
        guint64 defects;
    } cases[] = {{6 + 59, 2, 0}, {5, 3, 0}, {999, 3, DEFECT_LENGTH_LIED}, {17, 3, DEFECT_LENGTH_LIED}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        char text[512];
        int n = g_snprintf(text, sizeof text, box, cases[i].length);
        Split split = split_text((Span){text, (gsize)n});
        assert_int_equal(split.messages, cases[i].messages);
        assert_int_equal(split.defects, cases[i].defects);
    }
}

/* One mail in each container: the bytes of a file, whole or an mbox. */
static void same_key(const char *mail, const guint8 expected[DIGEST_BYTES], const char *line_end,
                     gboolean quote_all)
{
    g_autoptr(GString) box = g_string_new(separator);
    g_auto(GStrv) lines = g_strsplit(mail, "\n", -1);
    for (char **line = lines; *line; line++) {
        gsize quotes = strspn(*line, ">");
        if (g_str_has_prefix(*line + quotes, "From ") && (quotes == 0 || quote_all))
            g_string_append_c(box, '>');
        g_string_append(box, *line);
        if (line[1])
            g_string_append_c(box, '\n');
    }
    if (!g_str_has_suffix(box->str, "\n"))
        g_string_append_c(box, '\n');
    g_string_append_printf(box, "\n%sSubject: next\n\nx\n", separator);
    g_auto(GStrv) all = g_strsplit(box->str, "\n", -1);
    g_autofree char *ended = g_strjoinv(line_end, all);
    Split split = split_text(span_of_string(ended));
    assert_int_equal(split.messages, 2);
    assert_memory_equal(split.key[0], expected, DIGEST_BYTES);
}

static void key_of_file(Span bytes, guint8 key[DIGEST_BYTES])
{
    int file = file_of(bytes);
    Mbox mbox;
    MboxPiece piece;
    Canon canon;
    mbox_init(&mbox, &hashing, LIMIT_MESSAGE_BYTES);
    mbox_whole(&mbox, file, bytes.n, &piece);
    assert_int_equal(piece.kind, MBOX_MESSAGE);
    assert_int_equal(piece.length, bytes.n);
    canon_make(&hashing, piece.bytes, piece.held, piece.quoted, &canon);
    memcpy(key, canon.key, DIGEST_BYTES);
    canon_done(&canon);
    mbox_clear(&mbox);
    close(file);
}

static void one_mail_has_one_key(void **state)
{
    (void)state;
    static const char *const mails[] = {
        "Subject: plain\n\nText.\n",
        "Subject: no final newline\n\nText.",
        "Subject: many newlines\n\nText.\n\n\n\n",
        "Subject: quoted\n\nFrom here\n>From there\n>>From everywhere\n> From nowhere\n>Fromage\n",
        "Subject: header alone\n\n",
        "Subject: header alone",
        "Subject: only quotes\n\n>>>",
        "\nSubject: empty line first\n\nText.\n",
    };
    for (guint i = 0; i < G_N_ELEMENTS(mails); i++) {
        guint8 key[DIGEST_BYTES], other[DIGEST_BYTES];
        key_of_file(span_of_string(mails[i]), key);
        g_auto(GStrv) lines = g_strsplit(mails[i], "\n", -1);
        g_autofree char *dos = g_strjoinv("\r\n", lines);
        key_of_file(span_of_string(dos), other);
        assert_memory_equal(other, key, DIGEST_BYTES);
        same_key(mails[i], key, "\n", FALSE);
        same_key(mails[i], key, "\n", TRUE);
        same_key(mails[i], key, "\r\n", FALSE);
        same_key(mails[i], key, "\r\n", TRUE);
        same_key(mails[i], key, "\r", TRUE);
    }
}

static void canonical_bytes_are_as_defined(void **state)
{
    (void)state;
    static const struct {
        const char *found, *canonical;
        guint64 defects;
    } cases[] = {
        {"a\n", "a\n", 0},
        {"", "\n", 0},
        {"a\r\nb\r\n", "a\nb\n", 0},
        {"a\r\r\nb\n", "a\nb\n", DEFECT_MIXED_LINE_ENDS},
        {"a\rb\r\r", "a\nb\n", 0},
        {"a\rb\n", "a\rb\n", DEFECT_MIXED_LINE_ENDS},
        {"a\n>>From b", "a\nFrom b\n", 0},
        {">From a\n", "From a\n", 0},
        {"a\n>Fro", "a\n>Fro\n", 0},
        {"From a@b.example Tue Jan  7 12:09:16 2003\nb\n", "b\n", 0},
        {">From a@b.example Tue Jan  7 12:09:16 2003\r\nb\r\n", "b\n", 0},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        char bytes[128];
        Canon canon;
        gsize n = g_strlcpy(bytes, cases[i].found, sizeof bytes);
        canon_make(&hashing, bytes, n, TRUE, &canon);
        g_autofree char *text = span_dup(canon.canonical);
        assert_string_equal(text, cases[i].canonical);
        assert_int_equal(canon.defects, cases[i].defects);
    }
}

static void what_is_too_long_is_hashed_whole(void **state)
{
    (void)state;
    g_autoptr(GString) box = g_string_new(separator);
    gsize start = box->len;
    g_string_append(box, "Subject: long\n\n");
    while (box->len < 9 << 20)
        g_string_append(box, "A line that is repeated again and again.\r\n>From here to there.\n");
    gsize length = box->len - start;
    g_string_append_printf(box, "\n%sSubject: next\n\nx\n", separator);
    int file = file_of((Span){box->str, box->len});
    Split whole = split_file(file, box->len, LIMIT_MESSAGE_BYTES), cut = split_file(file, box->len, 1 << 20);
    assert_int_equal(cut.messages, 2);
    assert_memory_equal(cut.key[0], whole.key[0], DIGEST_BYTES);
    assert_memory_equal(cut.key[1], whole.key[1], DIGEST_BYTES);
    Mbox mbox;
    MboxPiece piece;
    mbox_init(&mbox, &hashing, 1 << 20);
    mbox_turn(&mbox, file, 0, box->len);
    mbox_next(&mbox, &piece);
    assert_true(piece.too_long);
    assert_int_equal(piece.length, length);
    guint8 digest[DIGEST_BYTES];
    hash_bytes(&hashing, (Span){box->str + start, length}, digest);
    assert_memory_equal(piece.hashes.found_sha256, digest, DIGEST_BYTES);
    mbox_clear(&mbox);
    close(file);
}

static void the_sets_own_counts_are_met(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        guint messages;
    } truth[] = {{"testmbox", 10},      {"testmbox.dos", 10}, {"testmbox.mac", 10},
                 {"testmbox.empty", 0}, {"mboxcl2", 3},       {"mboxcl2.lies", 3}};
    const char *corpora = g_getenv("CANDOR_CORPORA");
    g_autofree char *folder =
        g_build_filename(corpora ? corpora : "../shared/corpora", "mbox/email-folder/files/mboxes", NULL);
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        print_message("no corpora beside the checkout; set CANDOR_CORPORA\n");
        skip();
    }
    for (guint i = 0; i < G_N_ELEMENTS(truth); i++) {
        g_autofree char *path = g_build_filename(folder, truth[i].path, NULL);
        int file = open(path, O_RDONLY | O_CLOEXEC);
        Split split = split_file(file, (guint64)lseek(file, 0, SEEK_END), LIMIT_MESSAGE_BYTES);
        close(file);
        if (split.messages != truth[i].messages)
            fail_msg("%s: %u messages, its set says %u", truth[i].path, split.messages, truth[i].messages);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(envelope_lines_have_dates),
        cmocka_unit_test(wide_search_finds_what_a_slow_one_finds),
        cmocka_unit_test(ordinary_boxes_are_split),
        cmocka_unit_test(lengths_are_believed_when_true),
        cmocka_unit_test(one_mail_has_one_key),
        cmocka_unit_test(canonical_bytes_are_as_defined),
        cmocka_unit_test(what_is_too_long_is_hashed_whole),
        cmocka_unit_test(the_sets_own_counts_are_met),
    };
    if (!hashing_init(&hashing, NULL))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    hashing_clear(&hashing);
    return failed;
}
