/* letters_test.c - the letters of data/templates: each says all that it may have to, plainly, in text as in HTML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include "nouns/fact.h"
#include "nouns/rule.h"
#include "notify/letters.h"

static const char *const tags[] = {"en", "de", "pt-BR", ""};
static const char *const kinds[] = {"first", "more", "correction", "retraction"};
/* 2026-03-03T12:00:00Z */
#define DAY G_GINT64_CONSTANT(1772539200000000)

/* Everything that a letter may speak of, `n` of each; texts that try to be more than texts. */
static Values *values_of_all(gint64 n)
{
    static const char *const numbers[] = {
        "new",          "raised",     "resolved",      "available", "corrected", "read_now",    "read_with",
        "read_without", "read_found", "secrets_found", "person",    "facts",     "secrets_more"};
    static const char *const texts[] = {"name", "vendor", "ask", "happened", "doing", "reference", "kind"};
    static const char *const lists[] = {"mailboxes", "data_types", "secret_types", "secrets",
                                        "attacks",   "holds",      "earlier"};
    static const char *const inner[] = {"mailbox",           "label",           "masked",
                                        "subject",           "attack",          "owner",
                                        "earlier_reference", "earlier_channel", "type"};
    static const char *const inner_numbers[] = {"mails", "found"};
    Values *values = values_new();
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        values_number(values, numbers[i], n);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        values_text(values, texts[i], "Ann & <b>Söhne</b>");
    for (gint64 kind = FACT_TAKEN; kind < FACT_KIND_END; kind++) {
        static const char *const forms[] = {"", "_presumed", "_confirmed"};
        for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
            g_autofree char *name = g_strconcat(fact_kind_name(kind), forms[i], NULL);
            values_number(values, name, n);
        }
        g_autofree char *withdrawn = g_strconcat("withdrawn_", fact_kind_name(kind), NULL);
        g_autofree char *lowered = g_strconcat("lowered_", fact_kind_name(kind), NULL);
        values_number(values, withdrawn, n);
        values_number(values, lowered, n);
    }
    values_day(values, "first_day", n ? DAY : 0);
    values_day(values, "last_day", n ? DAY : 0);
    values_day(values, "today", DAY);
    for (guint i = 0; n && i < G_N_ELEMENTS(lists); i++) {
        Values *item = values_item(values, lists[i]);
        for (guint j = 0; j < G_N_ELEMENTS(inner); j++)
            values_text(item, inner[j], "a & <i>b</i>");
        for (guint j = 0; j < G_N_ELEMENTS(inner_numbers); j++)
            values_number(item, inner_numbers[j], n);
        values_day(item, "day", DAY);
        values_day(item, "earlier_day", DAY);
    }
    return values;
}

/* The words, without tags, entities, numbers of steps, marks of items and underlines. */
static char *words_of(const char *text, gboolean html)
{
    g_autofree char *body = g_strdup(text);
    if (html) {
        static const char *const pairs[][2] = {
            {"(?s)^.*<main>", ""}, {"<[^>]*>", " "}, {"&#60;", "<"}, {"&#62;", ">"}, {"&#38;", "&"}};
        for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
            g_autoptr(GRegex) regex = g_regex_new(pairs[i][0], 0, 0, NULL);
            char *next = g_regex_replace_literal(regex, body, -1, 0, pairs[i][1], 0, NULL);
            g_free(body);
            body = next;
        }
    } else {
        g_autoptr(GRegex) marks = g_regex_new("^(?:\\d+\\. |- |[=-]{3,}$)", G_REGEX_MULTILINE, 0, NULL);
        char *next = g_regex_replace_literal(marks, body, -1, 0, "", 0, NULL);
        g_free(body);
        body = next;
    }
    g_autoptr(GRegex) blanks = g_regex_new("\\s+", 0, 0, NULL);
    char *joined = g_regex_replace_literal(blanks, body, -1, 0, " ", 0, NULL);
    return g_strstrip(joined);
}

typedef void (*Judge)(const char *kind, const char *tag, const GPtrArray *blocks);

static void judge_all(Judge judge)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Letters) letters = letters_new(g_getenv("CANDOR_DATA"), &error);
    if (!letters)
        fail_msg("%s", error->message);
    for (guint t = 0; t < G_N_ELEMENTS(tags); t++)
        for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
            for (gint64 n = 0; n < 3; n++) {
                const Tongue *tongue = letters_tongue(letters, tags[t], &error);
                g_autoptr(Values) values = values_of_all(n);
                g_autoptr(GPtrArray) blocks = tongue ? tongue_write(tongue, kinds[k], values, &error) : NULL;
                if (!blocks) {
                    fail_msg("%s", error->message);
                    return;
                }
                judge(kinds[k], tongue_tag(tongue), blocks);
            }
}

static void same_words(const char *kind, const char *tag, const GPtrArray *blocks)
{
    g_autofree char *text = blocks_text(blocks), *html = blocks_html(blocks, tag);
    g_autofree char *of_text = words_of(text, FALSE), *of_html = words_of(html, TRUE);
    if (strcmp(of_text, of_html) != 0)
        fail_msg("%s in %s:\n%s\n%s", kind, tag, of_text, of_html);
}

static void text_and_html_have_the_same_words(void **state)
{
    (void)state;
    judge_all(same_words);
}

/* Words that hedge, soothe, or praise the writer; and everything that a reader could click. */
static void plain_words(const char *kind, const char *tag, const GPtrArray *blocks)
{
    static const char *const banned[] = {"may have",
                                         "might",
                                         "could have been",
                                         "potential",
                                         "possibly",
                                         "no evidence",
                                         "abundance",
                                         "seriously",
                                         "http",
                                         "www.",
                                         "href",
                                         "src=",
                                         "<img",
                                         "<script",
                                         "click",
                                         "hier klicken",
                                         "m\xc3\xb6glicherweise",
                                         "eventuell",
                                         "kein Hinweis",
                                         "keine Hinweise",
                                         "nehmen die Sicherheit"};
    g_autofree char *text = blocks_text(blocks), *html = blocks_html(blocks, tag);
    for (guint i = 0; i < G_N_ELEMENTS(banned); i++)
        if (strstr(text, banned[i]) || strstr(html, banned[i]))
            fail_msg("%s in %s says \"%s\"", kind, tag, banned[i]);
}

static void letters_do_not_hedge_and_have_no_link(void **state)
{
    (void)state;
    judge_all(plain_words);
}

/* Mean words a sentence: a measure that a first-line reader keeps up with. */
static void short_sentences(const char *kind, const char *tag, const GPtrArray *blocks)
{
    guint words = 0, sentences = 0;
    for (guint i = 0; i < blocks->len; i++) {
        const Block *block = blocks->pdata[i];
        g_auto(GStrv) parts = g_regex_split_simple("[.:;?!] |[.:;?!]$", block->text, 0, 0);
        for (char **part = parts; *part; part++)
            if (**part) {
                g_auto(GStrv) split = g_strsplit(*part, " ", -1);
                words += g_strv_length(split);
                sentences++;
            }
    }
    if (words > 14 * sentences)
        fail_msg("%s in %s: %u words in %u sentences", kind, tag, words, sentences);
}

static void sentences_are_short(void **state)
{
    (void)state;
    judge_all(short_sentences);
}

static void the_number_stands_in_title_and_text(const char *kind, const char *tag, const GPtrArray *blocks)
{
    const Block *title = blocks->pdata[0];
    g_autofree char *text = blocks_text(blocks);
    (void)kind;
    (void)tag;
    assert_int_equal(title->kind, BLOCK_TITLE);
    assert_non_null(strstr(title->text, "Ann & <b>"));
    assert_non_null(strstr(text, "Ann & <b>"));
}

static void a_letter_begins_with_its_title(void **state)
{
    (void)state;
    judge_all(the_number_stands_in_title_and_text);
}

static void german_has_a_word_for_every_type(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Letters) letters = letters_new(g_getenv("CANDOR_DATA"), &error);
    g_autoptr(Rules) rules = rules_load(g_getenv("CANDOR_DATA"), NULL, &error);
    const Tongue *german = letters_tongue(letters, "de-AT", &error),
                 *english = letters_tongue(letters, "en", &error);
    assert_string_equal(tongue_tag(german), "de-AT");
    for (guint i = 0; i < rules->types->len; i++) {
        const Type *type = rules->types->pdata[i];
        assert_string_equal(tongue_word(english, "types", type->id), type->label);
        assert_string_not_equal(tongue_word(german, "types", type->id), type->id);
        if (g_str_has_prefix(type->id, "secret.password"))
            assert_string_not_equal(tongue_word(german, "types", type->id), type->label);
    }
    assert_string_equal(tongue_word(german, "types", "no.such"), "no.such");
}

static void a_language_that_we_do_not_speak_is_english(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Letters) letters = letters_new(g_getenv("CANDOR_DATA"), &error);
    static const char *const others[] = {"fr", "", "../de", "zz-nothing", "en/../de"};
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        assert_string_equal(tongue_tag(letters_tongue(letters, others[i], &error)), "en");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_html_have_the_same_words),
        cmocka_unit_test(letters_do_not_hedge_and_have_no_link),
        cmocka_unit_test(sentences_are_short),
        cmocka_unit_test(a_letter_begins_with_its_title),
        cmocka_unit_test(german_has_a_word_for_every_type),
        cmocka_unit_test(a_language_that_we_do_not_speak_is_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
