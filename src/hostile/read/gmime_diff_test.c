/* gmime_diff_test.c - GMime as oracle: every difference over the corpora falls in a class that is explained.
 *
 * The classes and what they show are in doc/mail-in-the-wild.md.  A difference that no class explains fails the
 * test; it is reported by the name of the file, never by its bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>
#include <gmime/gmime.h>

#include "hostile/read/corpus.h"
#include "hostile/read/gmime_class.h"

/* Differences of single files that no general rule explains, each looked at. */
static const struct {
    const char *file;
    About about;
    const char *reason;
} single[] = {
    {"testmsgs/ending-boundaries.msg", ABOUT_PARTS,
     "words behind a delimiter; mime4j's expected file agrees with us"},
    {"testmsgs/very-very-long-boundary.msg", ABOUT_PARTS,
     "a boundary too long for GMime; mime4j agrees with us"},
    {"malformed/007.eml", ABOUT_BYTES, "the inner header ends at its own delimiter"},
    {"malformed/017.eml", ABOUT_PARTS, "no semicolon before boundary="},
    {"1432252165.Ma1fbutLEs2O4_0261.tachyon,S=4265:2,S", ABOUT_ADDRESSES,
     "words glued behind a bracket are no name"},
    {"1432252251.MtAnjBuAy6lQn_0212.tachyon,S=10727:2,S", ABOUT_FILENAME,
     "Content-Disposition and -Type differ"},
};

static guint messages, unexplained;

static void explain(const char *name, About about, const Pair *pair)
{
    for (DifferenceClass *class = difference_classes; class->name; class ++)
        if (class->about == about && class->explains(pair)) {
            class->count++;
            return;
        }
    for (guint i = 0; i < G_N_ELEMENTS(single); i++)
        if (single[i].about == about && g_str_has_suffix(name, single[i].file))
            return;
    print_message("unexplained difference about %d: %s (%u parts, GMime %u)\n", about, name,
                  pair->ours->leaves->len, pair->theirs ? pair->theirs->leaves->len : 0);
    unexplained++;
}

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean same_lines(GPtrArray *a, GPtrArray *b)
{
    g_ptr_array_sort(a, by_text);
    g_ptr_array_sort(b, by_text);
    if (a->len != b->len)
        return FALSE;
    for (guint i = 0; i < a->len; i++)
        if (strcmp(g_ptr_array_index(a, i), g_ptr_array_index(b, i)) != 0)
            return FALSE;
    return TRUE;
}

static void compare_leaves(const char *name, Pair *pair)
{
    for (guint i = 0; i < pair->ours->leaves->len; i++) {
        const ListedLeaf *ours = pair->our_leaf = g_ptr_array_index(pair->ours->leaves, i);
        const ListedLeaf *theirs = pair->their_leaf = g_ptr_array_index(pair->theirs->leaves, i);
        if (strcmp(ours->type, theirs->type) != 0)
            explain(name, ABOUT_TYPE, pair);
        if (memcmp(ours->sha256, theirs->sha256, DIGEST_BYTES) != 0 &&
            memcmp(ours->sha256, theirs->sha256_as_lines, DIGEST_BYTES) != 0)
            explain(name, ABOUT_BYTES, pair);
        if (strcmp(ours->filename ? ours->filename : "", theirs->filename ? theirs->filename : "") != 0)
            explain(name, ABOUT_FILENAME, pair);
    }
}

static Reader *reader;

static gboolean compare(void *user, const char *name, Span mail)
{
    (void)user;
    g_autoptr(ReadingList) ours = reading_list_of(reader, mail), theirs = reading_list_of_gmime(mail);
    Pair pair = {.mail = mail, .ours = ours, .theirs = theirs};
    messages++;
    if (!theirs || ours->leaves->len != theirs->leaves->len)
        explain(name, ABOUT_PARTS, &pair);
    else
        compare_leaves(name, &pair);
    if (!theirs)
        return TRUE;
    if (g_strcmp0(ours->subject, theirs->subject) != 0)
        explain(name, ABOUT_SUBJECT, &pair);
    if (g_strcmp0(ours->message_id, theirs->message_id) != 0)
        explain(name, ABOUT_ID, &pair);
    if (!same_lines(ours->addresses, theirs->addresses))
        explain(name, ABOUT_ADDRESSES, &pair);
    return TRUE;
}

static void every_difference_is_explained(void **state)
{
    (void)state;
    static const char *const parts[] = {"mail-mime", "mbox", "mail-spamassassin", "mail-cypherpunks"};
    g_autofree char *folder = corpus_folder();
    if (!folder) {
        print_message("no corpora beside the checkout (CANDOR_CORPORA): skipped\n");
        skip();
    }
    reader = reader_new(NULL);
    assert_non_null(reader);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        assert_true(corpus_each(folder, parts[i], compare, NULL) > 0);
    reader_free(reader);
    for (const DifferenceClass *class = difference_classes; class->name; class ++)
        print_message("%-30s %u\n", class->name, class->count);
    print_message("%u messages\n", messages);
    assert_int_equal(unexplained, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_difference_is_explained)};
    g_mime_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
