/* text_test.c - HTML to text, and quoted headers in text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hostile/read/html.h"
#include "hostile/read/mention.h"

static void html_becomes(const char *html, const char *expected)
{
    g_auto(Scratch) out = {0};
    assert_true(html_strip(span_of_string(html), &out));
    g_autofree char *got = span_dup(scratch_span(&out));
    if (strcmp(got, expected) != 0)
        fail_msg("'%s' became '%s', not '%s'", html, got, expected);
    assert_true(out.n <= strlen(html) + 1);
}

static void html_to_text(void **state)
{
    (void)state;
    html_becomes("plain", "plain");
    html_becomes("<p>one</p><p>two</p>", "one\ntwo\n");
    html_becomes("a<br>b<BR/>c", "a\nb\nc");
    html_becomes("split pass\nword", "split pass word");
    html_becomes("<pre>a\nb</pre>c", "a\nb\nc");
    html_becomes("a &lt;b&gt; &amp;&nbsp;&eacute;&#233;&#xE9;&copy", "a <b> &\xC2\xA0ééé©");
    html_becomes("&bogus; & &#; &#0; &#x110000;", "&bogus; & &#; \xEF\xBF\xBD \xEF\xBF\xBD");
    html_becomes("&#147;x&#148;", "\xE2\x80\x9Cx\xE2\x80\x9D");
    html_becomes("a<!-- b -->c<!doctype html>d<?xml?>e", "acde");
    html_becomes("a<style>p{}</style>b<script>x<y</script >c", "abc");
    html_becomes("a<style>never closed", "anever closed");
    html_becomes("a<!-- never closed", "a");
    html_becomes("<a href=\"https://u:p@x.example/?a=1&amp;b=2\">here</a>.",
                 "here <https://u:p@x.example/?a=1&b=2>.");
    html_becomes("<a href='mailto:a@b.example'>a</a>", "a <mailto:a@b.example>");
    html_becomes("<a href=x>x</a> <a href=#top>up</a>", "x up");
    html_becomes("1 < 2 <3", "1 < 2 <3");
    html_becomes("<a title=\"x>y\" href=z>w</a>", "w <z>");
    html_becomes("<tr><td>a</td><td>b</td></tr>", "a b\n");
    html_becomes("<", "<");
    html_becomes("<p", "");
}

static Arena arena;
static Words words;

static gboolean take(void *user, const MentionRow *mention)
{
    g_string_append_printf(user, "%s %.*s|%.*s;", role_name(mention->role), (int)mention->name.n,
                           mention->name.p ? mention->name.p : "", (int)mention->address.n,
                           mention->address.p ? mention->address.p : "");
    return TRUE;
}

static void mentions_are(const char *text, const char *expected)
{
    g_autoptr(GString) got = g_string_new(NULL);
    mentions_find(span_of_string(text), &words, take, got);
    if (strcmp(got->str, expected) != 0)
        fail_msg("'%s' mentions '%s', not '%s'", text, got->str, expected);
}

static void quoted_header_blocks(void **state)
{
    (void)state;
    mentions_are("-----Original Message-----\nFrom: A B [mailto:a@b.example]\nSent: x\n"
                 "To: C; d@e.example\nSubject: y\n",
                 "from A B|a@b.example;to C|;to |d@e.example;");
    mentions_are("> From: a@b.example\n> Date: x\n> To: c@d.example\n>\n> hi\n",
                 "from |a@b.example;to |c@d.example;");
    mentions_are("Von: A <a@b.example>\nGesendet: x\nAn: c@d.example\nBetreff: y\n",
                 "from A|a@b.example;to |c@d.example;");
    mentions_are("De : A <a@b.example>\nEnvoyé : x\nÀ : c@d.example\nObjet : y\n",
                 "from A|a@b.example;to |c@d.example;");
    mentions_are("De: A <a@b.example>\nEnviado: x\nPara: c@d.example\nAsunto: y\n",
                 "from A|a@b.example;to |c@d.example;");
    mentions_are("Da: A <a@b.example>\nInviato: x\nA: c@d.example\nOggetto: y\n",
                 "from A|a@b.example;to |c@d.example;");
    mentions_are("Van: A <a@b.example>\nVerzonden: x\nAan: c@d.example\n",
                 "from A|a@b.example;to |c@d.example;");
    mentions_are("De: A <a@b.example>\nEnviada em: x\nPara: c@d.example\nAssunto: y\n",
                 "from A|a@b.example;to |c@d.example;");
    mentions_are("*From:* A <a@b.example>\n*Sent:* x\n*Cc:* c@d.example\n",
                 "from A|a@b.example;cc |c@d.example;");
    mentions_are("From: a@b.example\nTo: c@d.example,\n  e@f.example\nDate: x\n",
                 "from |a@b.example;to |c@d.example;to |e@f.example;");
}

static void attributions(void **state)
{
    (void)state;
    mentions_are("On Fri, Jan 2, 2026 at 3:04 PM A B <a@b.example> wrote:\n> hi\n", "from A B|a@b.example;");
    mentions_are("Am 02.01.26 um 03:04 schrieb A B <a@b.example>:\n", "from A B|a@b.example;");
    mentions_are("Le 2 janv. 2026 à 03:04, A B <a@b.example> a écrit :\n", "from A B|a@b.example;");
}

static void prose_is_no_header(void **state)
{
    (void)state;
    mentions_are("To: do\nThe rest is prose about a@b.example\n", "");
    mentions_are("From: here to there\n\nSubject: none\n", "");
    mentions_are("mail a@b.example about this:\n", "");
}

static int open_words(void **state)
{
    (void)state;
    words.arena = &arena;
    words.charsets = charsets_new(NULL);
    return words.charsets ? 0 : -1;
}

static int close_words(void **state)
{
    (void)state;
    charsets_free(words.charsets);
    words_clear(&words);
    arena_clear(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_to_text),
        cmocka_unit_test(quoted_header_blocks),
        cmocka_unit_test(attributions),
        cmocka_unit_test(prose_is_no_header),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
