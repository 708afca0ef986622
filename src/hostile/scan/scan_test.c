/* scan_test.c - what the scanner promises: order, merging, limits, masks, and the same answer on every path. */
#include "hostile/scan/scan.h"

#include "hostile/limits.h"
#include "hostile/scan/pattern_cache.h"
#include "hostile/scan/scan_test_rules.h"
#include "hostile/scan/value.h"
#include <glib/gstdio.h>

/* Matches as lines "type start end mask confidence fingerprint". */
static void write_match(void *user, const Match *match)
{
    GString *lines = user;
    g_string_append_printf(lines, "%s %lu %lu %.*s %u ", match->rule->type->id, match->start, match->end,
                           (int)match->masked.n, match->masked.p, match->confidence);
    for (guint i = 0; i < sizeof match->fingerprint; i++)
        g_string_append_printf(lines, "%02x", match->fingerprint[i]);
    g_string_append_c(lines, '\n');
}

static char *scanned(Scanner *scanner, Span text)
{
    GString *lines = g_string_new(NULL);
    scanner_scan(scanner, text, write_match, lines);
    return g_string_free(lines, FALSE);
}

/* All samples of all rules, one after the other: a text with a bit of everything. */
static GString *all_samples(const Rules *rules)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < rules->rules->len; i++) {
        const Rule *rule = g_ptr_array_index(rules->rules, i);
        for (char **sample = rule->hit; *sample; sample++)
            g_string_append_printf(text, "%s\n\n", *sample);
        for (char **sample = rule->miss; *sample; sample++)
            g_string_append_printf(text, "%s\n\n", *sample);
    }
    return text;
}

/* Bytes of every kind, with many digits and signs, the same each time. */
static GString *random_text(guint32 seed, gsize n)
{
    static const char alphabet[] =
        "0123456789012345678901234567890 -.-./ \n@:+()ABCXYZabcxyz_=\xc2\xa0\xe2\x80\xaf";
    g_autoptr(GRand) dice = g_rand_new_with_seed(seed);
    GString *text = g_string_sized_new(n);
    for (gsize i = 0; i < n; i++)
        g_string_append_c(text, alphabet[g_rand_int_range(dice, 0, sizeof alphabet - 1)]);
    return text;
}

static void a_match_is_the_value_itself(void **state)
{
    (void)state;
    g_autoptr(Rules) rules = shipped_rules();
    g_autoptr(Scanner) scanner = shipped_scanner(rules, NULL);
    static const char text[] = "Hello,\nthe new password is Kz7vQp29, card 4111-1122-2233-3347.\n";
    g_autofree char *found = scanned(scanner, (Span){text, sizeof text - 1});
    assert_true(g_str_has_prefix(found, "secret.password 27 35 "));
    assert_non_null(strstr(found, "financial.card 42 61 "));
    assert_null(strstr(found, "Kz7v"));
}

static void separators_do_not_change_the_finding(void **state)
{
    (void)state;
    g_autoptr(Rules) rules = shipped_rules();
    g_autoptr(Scanner) scanner = shipped_scanner(rules, NULL);
    g_autofree char *a = scanned(scanner, SPAN_OF("card 4111112222333347"));
    g_autofree char *b = scanned(scanner, SPAN_OF("card 4111 1122 2233 3347"));
    assert_non_null(strstr(b, "financial.card 5 24 "));
    assert_string_equal(strrchr(a, ' '), strrchr(b, ' ')); /* the fingerprint */
}

static void another_key_gives_another_fingerprint(void **state)
{
    (void)state;
    g_autoptr(Rules) rules = shipped_rules();
    const Type *card = rules_type(rules, "financial.card"), *iban = rules_type(rules, "financial.iban");
    guint8 one[32] = {1}, two[32] = {2}, a[16], b[16], c[16];
    value_fingerprint(one, card, SPAN_OF("4111112222333347"), a);
    value_fingerprint(two, card, SPAN_OF("4111112222333347"), b);
    value_fingerprint(one, iban, SPAN_OF("4111112222333347"), c);
    assert_memory_not_equal(a, b, 16);
    assert_memory_not_equal(a, c, 16);
}

static void both_paths_see_the_same(void **state)
{
    (void)state;
    g_autoptr(Rules) rules = shipped_rules();
    g_autoptr(Scanner) wide = shipped_scanner(rules, NULL), plain = shipped_scanner(rules, NULL);
    scanner_use_plain(plain);
    for (guint32 seed = 0; seed < 40; seed++) {
        g_autoptr(GString) text = random_text(seed, 3000 + seed);
        g_autofree char *a = scanned(wide, (Span){text->str, text->len});
        g_autofree char *b = scanned(plain, (Span){text->str, text->len});
        assert_string_equal(a, b);
    }
}

/* A place in a longer text, at every offset within a block, gives the same finding. */
static void the_place_does_not_matter(void **state)
{
    (void)state;
    g_autoptr(Rules) rules = shipped_rules();
    g_autoptr(Scanner) scanner = shipped_scanner(rules, NULL);
    for (gsize shift = 0; shift < 130; shift++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (gsize i = 0; i < shift; i++)
            g_string_append_c(text, i % 7 ? 'x' : ' ');
        g_string_append(text, " SSN 536-22-4871, mail jane@firma.example.");
        g_autofree char *found = scanned(scanner, (Span){text->str, text->len});
        g_autofree char *ssn = g_strdup_printf("person.ssn-us %lu %lu ", shift + 5, shift + 16);
        g_autofree char *mail = g_strdup_printf("contact.email %lu %lu ", shift + 23, shift + 41);
        assert_non_null(strstr(found, ssn));
        assert_non_null(strstr(found, mail));
    }
}

static void a_cached_database_finds_the_same(void **state)
{
    (void)state;
    g_autofree char *dir = g_dir_make_tmp("candor-cache-XXXXXX", NULL);
    g_autoptr(Rules) rules = shipped_rules();
    g_autoptr(GString) text = all_samples(rules);
    g_autofree char *path = pattern_cache_path(dir, rules->digest);
    g_autoptr(Scanner) fresh = shipped_scanner(rules, dir), cached = shipped_scanner(rules, dir);
    assert_false(scanner_used_cache(fresh));
    assert_true(scanner_used_cache(cached));
    g_autofree char *a = scanned(fresh, (Span){text->str, text->len});
    g_autofree char *b = scanned(cached, (Span){text->str, text->len});
    assert_string_equal(a, b);

    g_autofree char *bytes = NULL;
    gsize n;
    assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    bytes[n / 2] ^= 1;
    assert_true(g_file_set_contents_full(path, bytes, (gssize)n, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
    g_autoptr(Scanner) damaged = shipped_scanner(rules, dir), again = shipped_scanner(rules, dir);
    assert_false(scanner_used_cache(damaged));
    assert_true(scanner_used_cache(again)); /* replaced */
    assert_int_equal(g_chmod(path, 0666), 0);
    g_autoptr(Scanner) open_to_all = shipped_scanner(rules, dir);
    assert_false(scanner_used_cache(open_to_all));
    g_unlink(path);
    g_rmdir(dir);
}

typedef struct {
    guint count;
    gsize last_start, text_length;
} Order;

static void check_order(void *user, const Match *match)
{
    Order *order = user;
    assert_true(match->start >= order->last_start);
    assert_true(match->start < match->end && match->end <= order->text_length);
    assert_true(match->confidence >= 1 && match->confidence <= 100);
    order->last_start = match->start;
    order->count++;
}

static void a_list_is_cut_and_said_so(void **state)
{
    (void)state;
    g_autoptr(Rules) rules = shipped_rules();
    g_autoptr(Scanner) scanner = shipped_scanner(rules, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < LIMIT_MATCHES; i++)
        g_string_append_printf(text, "person%u@firma.example\n", i);
    Order order = {.text_length = text->len};
    assert_false(scanner_scan(scanner, (Span){text->str, text->len}, check_order, &order));
    assert_int_equal(order.count, LIMIT_MATCHES);
    g_string_append(text, "one.more@firma.example\n");
    Order more = {.text_length = text->len};
    assert_true(scanner_scan(scanner, (Span){text->str, text->len}, check_order, &more));
    assert_int_equal(more.count, LIMIT_MATCHES);
}

static void hostile_lists_are_cut_too(void **state)
{
    (void)state;
    g_autoptr(Rules) rules = shipped_rules();
    g_autoptr(Scanner) scanner = shipped_scanner(rules, NULL);
    static const char *const pieces[] = {"password: Kz7vQp29 ",
                                         "a@b.de ",
                                         "eyJeyJeyJeyJeyJ",
                                         "1 ",
                                         "://a:bcd@",
                                         "-----BEGIN RSA PRIVATE KEY----- ",
                                         "AKIA",
                                         "+1",
                                         "1.1.1."};
    for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        while (text->len < 400000)
            g_string_append(text, pieces[i]);
        Order order = {.text_length = text->len};
        scanner_scan(scanner, (Span){text->str, text->len}, check_order, &order);
        assert_true(order.count <= LIMIT_MATCHES);
    }
}

static gsize count_characters(Span s)
{
    gsize n = 0;
    for (gsize i = 0; i < s.n; i++)
        n += ((guint8)s.p[i] & 0xc0) != 0x80;
    return n;
}

/* House rule: nothing of passwords, PINs and values under 12 characters; else at most the last four. */
static void check_mask(const Type *type, Span value)
{
    char plain[64], mask[MASK_MAX_BYTES];
    gsize n = value_normalise(normalisation_of(type), value, plain);
    gsize length = value_mask(type, value, (Span){plain, n}, mask);
    const char *shown = memchr(mask, ' ', length), *at = memchr(mask, '@', length);
    assert_true(g_utf8_validate(mask, (gssize)length, NULL));
    if (type->mask != MASK_DOMAIN)
        assert_null(at);
    if (!shown)
        return;
    assert_int_equal(type->mask, MASK_LAST4);
    assert_int_equal(mask + length - shown, 5);
    assert_true(count_characters((Span){plain, n}) >= MASK_LEAST_CHARACTERS);
    assert_memory_equal(shown + 1, plain + n - 4, 4);
}

static void masks_never_show_more_than_allowed(void **state)
{
    (void)state;
    g_autoptr(Rules) rules = shipped_rules();
    g_autoptr(GRand) dice = g_rand_new_with_seed(5);
    static const char alphabet[] = "ABCabc0123456789-. \xc3\xa9";
    for (guint i = 0; i < rules->types->len; i++) {
        const Type *type = g_ptr_array_index(rules->types, i);
        for (guint round = 0; round < 50; round++) {
            char value[60];
            gsize n = (gsize)g_rand_int_range(dice, 1, sizeof value);
            for (gsize k = 0; k < n; k++)
                value[k] = alphabet[g_rand_int_range(dice, 0, sizeof alphabet - 1)];
            check_mask(type, (Span){value, n});
        }
    }
    assert_int_equal(rules_type(rules, "secret.password")->mask, MASK_NONE);
    assert_int_equal(rules_type(rules, "secret.pin")->mask, MASK_NONE);
}

static void an_address_shows_its_domain_alone(void **state)
{
    (void)state;
    g_autoptr(Rules) rules = shipped_rules();
    g_autoptr(Scanner) scanner = shipped_scanner(rules, NULL);
    g_autofree char *found = scanned(scanner, SPAN_OF("to Jane.Doe@firma.example now"));
    assert_true(g_str_has_prefix(
        found, "contact.email 3 25 \xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2@firma.example "));
}

static void ordinary_business_mail_gives_nothing(void **state)
{
    (void)state;
    g_autoptr(Rules) rules = shipped_rules();
    g_autoptr(Scanner) scanner = shipped_scanner(rules, NULL);
    g_autofree char *path =
        g_build_filename(g_getenv("CANDOR_DATA"), "../tests/corpus/scan/ordinary-mail.txt", NULL);
    g_autofree char *text = NULL;
    gsize n;
    assert_true(g_file_get_contents(path, &text, &n, NULL));
    assert_true(n > 4000);
    g_autofree char *found = scanned(scanner, (Span){text, n});
    assert_string_equal(found, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_match_is_the_value_itself),
        cmocka_unit_test(separators_do_not_change_the_finding),
        cmocka_unit_test(another_key_gives_another_fingerprint),
        cmocka_unit_test(both_paths_see_the_same),
        cmocka_unit_test(the_place_does_not_matter),
        cmocka_unit_test(a_cached_database_finds_the_same),
        cmocka_unit_test(a_list_is_cut_and_said_so),
        cmocka_unit_test(hostile_lists_are_cut_too),
        cmocka_unit_test(masks_never_show_more_than_allowed),
        cmocka_unit_test(an_address_shows_its_domain_alone),
        cmocka_unit_test(ordinary_business_mail_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
