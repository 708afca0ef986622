/* convert_corpus_test.c - real files of every kind: each has a state, and what another program read is in the text.
 *
 * Reads attachments/tika of the folder that CANDOR_CORPORA names; skipped where there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "hostile/convert/convert.h"

typedef enum {
    OFFICE,
    OPEN_DOCUMENT,
    OLD_OFFICE,
    PDF,
    RTF,
    ARCHIVE,
    TEXT,
    SIGNED,
    PICTURE,
    GROUP_COUNT
} Group;

typedef struct {
    guint files, states[PART_STATE_COUNT];
    guint words, found; /* of what another program read of them: heads of texts, names of members */
} Count;

typedef struct {
    Converters *converters;
    const char *folder;
    Count counts[GROUP_COUNT];
    guint locked, said; /* files that need a password, and those of which that is said */
    GString *gaps;      /* of the file at hand                                        */
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
static void count_words(Count *count, const char *head, Span text)
{
    g_auto(GStrv) words = g_strsplit_set(head, " \n\t\f", -1);
    for (guint i = 0; words[i] && words[i + 1]; i++) {
        if (strlen(words[i]) < 4)
            continue;
        count->words++;
        count->found += memmem(text.p, text.n, words[i], strlen(words[i])) ? 1 : 0;
    }
}

/* The names of an archive's members, "names": ["a", "b"]; those that are all ASCII. */
static void count_names(Count *count, const char *line, Span text)
{
    const char *at = strstr(line, "\"names\": [");
    g_autofree char *list = at ? g_strndup(at + 10, strcspn(at + 10, "]")) : g_strdup("");
    g_auto(GStrv) names = g_strsplit(list, "\"", -1);
    for (guint i = 1; names[0] && names[i]; i += 2) {
        if (strchr(names[i], '\\') || strlen(names[i]) < 4 || !names[i + 1])
            continue;
        count->words++;
        count->found += memmem(text.p, text.n, names[i], strlen(names[i])) ? 1 : 0;
        if (!names[i + 1])
            break;
    }
}

static Group group_of(const char *name)
{
    static const struct {
        const char *ending;
        Group group;
    } endings[] = {
        {".docx", OFFICE},       {".xlsx", OFFICE},    {".pptx", OFFICE},       {".docm", OFFICE},
        {".xlsm", OFFICE},       {".xlsb", OFFICE},    {".odt", OPEN_DOCUMENT}, {".ods", OPEN_DOCUMENT},
        {".odp", OPEN_DOCUMENT}, {".doc", OLD_OFFICE}, {".xls", OLD_OFFICE},    {".ppt", OLD_OFFICE},
        {".pdf", PDF},           {".rtf", RTF},        {".p7m", SIGNED},        {".p7s", SIGNED},
        {".jpg", PICTURE},       {".png", PICTURE},    {".tif", PICTURE},       {".txt", TEXT},
        {".csv", TEXT},          {".html", TEXT},      {".xml", TEXT}};
    for (guint i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(name, endings[i].ending))
            return endings[i].group;
    return ARCHIVE;
}

/* By their names, and by what the other programs said of them. */
static gboolean is_locked(const char *name)
{
    static const char *const words[] = {
        "_protected_pass", "assword",        "protect.xlsx",  "protectedFile", "ODTEncrypted",
        "ZipEncrypted",    "full_encrypted", "documents-enc", "protected_drm", "accessibility_owner_user"};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(name, words[i]))
            return TRUE;
    return FALSE;
}

static void note_gap(void *user, const GapRow *gap)
{
    g_autofree char *reason = span_dup(gap->reason);
    g_string_append_printf(((Corpus *)user)->gaps, "%s ", reason);
}

static void count_file(Corpus *corpus, const char *name, const Converted *converted)
{
    Count *count = &corpus->counts[group_of(name)];
    count->files++;
    count->states[converted->state]++;
    if (converted->state != PART_READ && converted->state != PART_UNREAD && !corpus->gaps->len)
        fail_msg("%s: %s, and no gap says why", name, part_state_name(converted->state));
    if (!is_locked(name))
        return;
    corpus->locked++;
    corpus->said += strstr(corpus->gaps->str, "encrypted") ? 1 : 0;
    if (!strstr(corpus->gaps->str, "encrypted"))
        print_message("%s: is encrypted, which is not said\n", name);
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
    g_string_truncate(corpus->gaps, 0);
    convert(corpus->converters, (Span){bytes, n}, SPAN_NONE, note_gap, corpus, &converted);
    assert_true(g_utf8_validate_len(converted.text.p, converted.text.n, NULL));
    assert_true(converted.unscanned <= n);
    count_file(corpus, name, &converted);
    g_autofree char *unblanked = g_malloc(converted.text.n + 1);
    if (head)
        count_words(&corpus->counts[group_of(name)], head, without_blanks(converted.text, unblanked));
    if (group_of(name) == ARCHIVE)
        count_names(&corpus->counts[ARCHIVE], line, converted.text);
}

static void print_counts(const Corpus *corpus)
{
    static const char *const names[GROUP_COUNT] = {"Office since 2007",
                                                   "OpenDocument",
                                                   "Office before 2007",
                                                   "PDF",
                                                   "RTF",
                                                   "archives, EPUB",
                                                   "texts",
                                                   "S/MIME",
                                                   "pictures"};
    print_message("%-20s files  read   cut  encr  broken  none  words\n", "");
    for (guint i = 0; i < GROUP_COUNT; i++) {
        const Count *count = &corpus->counts[i];
        print_message("%-20s %5u %5u %5u %5u %7u %5u  %u of %u\n", names[i], count->files,
                      count->states[PART_READ], count->states[PART_CUT], count->states[PART_ENCRYPTED],
                      count->states[PART_BROKEN], count->states[PART_UNREAD], count->found, count->words);
    }
    print_message("%u of %u that need a password are said to\n", corpus->said, corpus->locked);
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
    g_autoptr(Converters) converters = converters_load("/nowhere", OCR_OFF, NULL);
    Corpus corpus = {.converters = converters, .folder = folder, .gaps = g_string_new(NULL)};
    g_auto(GStrv) lines = g_strsplit(truth, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        read_line(&corpus, lines[i]);
    print_counts(&corpus);
    guint files = 0, words = 0, found = 0, unread = 0;
    for (guint i = 0; i < GROUP_COUNT; i++) {
        files += corpus.counts[i].files;
        words += i != ARCHIVE ? corpus.counts[i].words : 0;
        found += i != ARCHIVE ? corpus.counts[i].found : 0;
        unread += i != PICTURE ? corpus.counts[i].states[PART_UNREAD] : 0;
    }
    assert_true(files >= 200);
    assert_true(unread <= 2);
    assert_int_equal(corpus.said, corpus.locked);
    assert_true(found * 100 >= words * 98);
    /* one archive is the last piece of several; the name within a gzip is not told by every program */
    assert_true(corpus.counts[ARCHIVE].found + 12 >= corpus.counts[ARCHIVE].words);
    g_string_free(corpus.gaps, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(real_files_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
