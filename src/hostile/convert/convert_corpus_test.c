/* convert_corpus_test.c - real Office files: each has a state, and what another program read of them is in the text.
 *
 * Reads attachments/tika of the folder that CANDOR_CORPORA names; skipped where there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "hostile/convert/convert.h"

typedef struct {
    Converters *converters;
    const char *folder;
    guint files, whole, cut, encrypted, broken; /* those that a converter takes, by state */
    guint words, found;                         /* of the other program's heads           */
} Corpus;

/* The value of a text in a line of JSON, its escapes undone; NULL when there is none. g_free. */
static char *json_text(const char *line, const char *key)
{
    g_autofree char *start = g_strdup_printf("\"%s\": \"", key);
    const char *at = strstr(line, start);
    if (!at)
        return NULL;
    GString *text = g_string_new(NULL);
    for (at += strlen(start); *at && *at != '"'; at++) {
        if (*at != '\\')
            g_string_append_c(text, *at);
        else if (*++at == 'u') {
            g_autofree char *digits = g_strndup(at + 1, 4);
            g_string_append_unichar(text, (gunichar)g_ascii_strtoull(digits, NULL, 16));
            at += 4;
        } else {
            g_string_append_c(text, *at == 'n' || *at == 't' ? ' ' : *at);
        }
    }
    return g_string_free(text, FALSE);
}

static Span without_blanks(Span text, char *out)
{
    gsize n = 0;
    for (gsize i = 0; i < text.n; i++)
        if (!g_ascii_isspace(text.p[i]))
            out[n++] = text.p[i];
    return (Span){out, n};
}

/* How many of the words that the other program saw are in ours. It puts nothing between paragraphs, and its last word
 * may be cut. */
static void count_words(Corpus *corpus, const char *head, Span with_blanks)
{
    g_autofree char *bytes = g_malloc(with_blanks.n + 1);
    Span text = without_blanks(with_blanks, bytes);
    g_auto(GStrv) words = g_strsplit_set(head, " \n\t", -1);
    for (guint i = 0; words[i] && words[i + 1]; i++) {
        if (strlen(words[i]) < 4)
            continue;
        corpus->words++;
        corpus->found += memmem(text.p, text.n, words[i], strlen(words[i])) ? 1 : 0;
    }
}

static gboolean is_for_us(const char *name)
{
    static const char *const endings[] = {".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".rtf"};
    for (guint i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(name, endings[i]))
            return TRUE;
    return FALSE;
}

static const char *type_of(const char *name)
{
    return g_str_has_suffix(name, ".rtf")
               ? "application/rtf"
               : "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
}

static void count_state(Corpus *corpus, const char *name, const Converted *converted)
{
    corpus->files++;
    corpus->whole += converted->state == PART_READ ? 1 : 0;
    corpus->cut += converted->state == PART_CUT ? 1 : 0; /* files within */
    corpus->encrypted += converted->state == PART_ENCRYPTED ? 1 : 0;
    corpus->broken += converted->state == PART_BROKEN ? 1 : 0;
    if (converted->state == PART_UNREAD)
        fail_msg("%s: nobody took it", name);
    if (strstr(name, "_protected_pass") && converted->state != PART_ENCRYPTED)
        fail_msg("%s: is encrypted, state %s", name, part_state_name(converted->state));
}

static void read_line(Corpus *corpus, const char *line)
{
    g_autofree char *name = json_text(line, "file"), *head = json_text(line, "head"), *bytes = NULL;
    if (!name)
        return;
    g_autofree char *path = g_build_filename(corpus->folder, name, NULL);
    gsize n;
    if (!g_file_get_contents(path, &bytes, &n, NULL))
        return;
    Converted converted;
    convert(corpus->converters, (Span){bytes, n}, span_of_string(is_for_us(name) ? type_of(name) : NULL),
            NULL, NULL, &converted);
    assert_true(g_utf8_validate_len(converted.text.p, converted.text.n, NULL));
    assert_true(converted.unscanned <= n);
    if (is_for_us(name))
        count_state(corpus, name, &converted);
    if (is_for_us(name) && head)
        count_words(corpus, head, converted.text);
}

static void real_files_are_read(void **state)
{
    (void)state;
    const char *corpora = g_getenv("CANDOR_CORPORA");
    g_autofree char *folder =
        g_build_filename(corpora ? corpora : "../shared/corpora", "attachments/tika", NULL);
    g_autofree char *path = g_build_filename(folder, "truth.jsonl", NULL), *truth = NULL;
    if (!g_file_get_contents(path, &truth, NULL, NULL)) {
        print_message("no corpora at %s: set CANDOR_CORPORA\n", folder);
        skip();
    }
    g_autoptr(Converters) converters = converters_load("/nowhere", NULL);
    Corpus corpus = {.converters = converters, .folder = folder};
    g_auto(GStrv) lines = g_strsplit(truth, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        read_line(&corpus, lines[i]);
    print_message("%u files: %u read, %u cut, %u encrypted, %u broken; %u of %u words of another program\n",
                  corpus.files, corpus.whole, corpus.cut, corpus.encrypted, corpus.broken, corpus.found,
                  corpus.words);
    assert_true(corpus.files >= 60);
    assert_true(corpus.whole + corpus.cut >= corpus.files - 10);
    assert_true(corpus.found * 100 >= corpus.words * 98);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(real_files_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
