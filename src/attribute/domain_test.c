/* domain_test.c - domains, mail addresses and what is wrapped around them. */
#include "attribute/domain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>

typedef struct {
    const char *given, *wanted; /* wanted NULL: none */
} Pair;

static void compare(const char *given, const char *wanted, const char *got)
{
    if (g_strcmp0(wanted, got) != 0)
        fail_msg("%s became %s, not %s", given, got ? got : "nothing", wanted ? wanted : "nothing");
}

static void a_domain_has_one_form(void **state)
{
    static const Pair pairs[] = {
        {"Firma.Example", "firma.example"},
        {"firma.example.", "firma.example"},
        {"bücher.example", "xn--bcher-kva.example"},
        {"BÜCHER.example", "xn--bcher-kva.example"},
        {"xn--bcher-kva.example", "xn--bcher-kva.example"},
        {"straße.example", "xn--strae-oqa.example"},
        {"例え.example", "xn--r8jz45g.example"},
        {"localhost", NULL},
        {"mail.corp.local", NULL},
        {"192.0.2.7", NULL},
        {"[192.0.2.7]", NULL},
        {"a..example", NULL},
        {".example", NULL},
        {"", NULL},
        {"two words.example", NULL},
    };
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *got = domain_canonical(pairs[i].given);
        compare(pairs[i].given, pairs[i].wanted, got);
    }
}

static void a_registered_domain_is_one_label_below_its_suffix(void **state)
{
    static const Pair pairs[] = {
        {"mail.firma.example", "firma.example"},
        {"firma.example", "firma.example"},
        {"a.b.firma.co.uk", "firma.co.uk"},
        {"www.gov.uk", "www.gov.uk"},
        {"shop.github.io", "shop.github.io"},
        {"x.y.kawasaki.jp", "x.y.kawasaki.jp"},
        {"city.kawasaki.jp", "city.kawasaki.jp"},
        {"co.uk", NULL},
        {"github.io", NULL},
    };
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
        compare(pairs[i].given, pairs[i].wanted, domain_registered(pairs[i].given));
}

static void a_suffix_that_registries_sell_under_is_nobodys(void **state)
{
    (void)state;
    assert_true(domain_is_public_suffix("co.uk"));
    assert_true(domain_is_public_suffix("com"));
    assert_false(domain_is_public_suffix("firma.example"));
    assert_false(domain_is_public_suffix("github.io"));
}

static void a_tenant_is_known_by_its_domain(void **state)
{
    static const Pair pairs[] = {
        {"firma.onmicrosoft.com", "firma.onmicrosoft.com"},
        {"firma.mail.onmicrosoft.com", "firma.onmicrosoft.com"},
        {"firma.example", NULL},
    };
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *got = domain_tenant(pairs[i].given);
        compare(pairs[i].given, pairs[i].wanted, got);
    }
}

static void an_address_comes_out_of_its_wrappings(void **state)
{
    static const Pair pairs[] = {
        {"Ann@Firma.Example", "ann@firma.example"},
        {"ann@bücher.example", "ann@xn--bcher-kva.example"},
        {"SRS0=ab1c=xy=firma.example=ann@forwarder.example", "ann@firma.example"},
        {"SRS0+ab1c=xy=firma.example=ann@forwarder.example", "ann@firma.example"},
        {"SRS1=qq=first.example==ab1c=xy=firma.example=ann@second.example", "ann@firma.example"},
        {"prvs=1234abcdef=ann@firma.example", "ann@firma.example"},
        {"btv1==tag12==ann@firma.example", "ann@firma.example"},
        {"ann_firma.example#EXT#@tern.onmicrosoft.com", "ann@firma.example"},
        {"ann_lee_firma.example#EXT#@tern.onmicrosoft.com", "ann_lee@firma.example"},
        {"prvs=12=SRS0=ab=xy=firma.example=ann@f.example", "ann@firma.example"},
        {"ann+news@firma.example", "ann+news@firma.example"},
        {"srs0=broken@firma.example", "srs0=broken@firma.example"},
        {"\"a@b\"@firma.example", "\"a@b\"@firma.example"},
        {"/O=TERN/CN=ANN", NULL},
        {"ann@localhost", NULL},
        {"@firma.example", NULL},
        {"ann", NULL},
        {"", NULL},
    };
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *got = address_canonical(pairs[i].given);
        compare(pairs[i].given, pairs[i].wanted, got);
    }
}

static void the_list_of_consumer_domains_is_good(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(ConsumerDomains) consumer = consumer_domains_load(DATA_DIR, &error);
    if (!consumer)
        fail_msg("%s", error->message);
    assert_true(consumer_domains_have(consumer, "gmail.com"));
    assert_true(consumer_domains_have(consumer, "web.de"));
    assert_true(consumer_domains_have(consumer, "pop.gmx.net"));
    assert_true(consumer_domains_have(consumer, "yahoo.co.jp"));
    assert_false(consumer_domains_have(consumer, "firma.example"));
    assert_false(consumer_domains_have(consumer, "com"));
}

static void a_list_says_which_line_is_wrong(void **state)
{
    static const struct {
        const char *text, *words;
    } lists[] = {
        {"domains: [a.example, A.example]\n", "lower case"},
        {"domains:\n  - a.example\n  - mail.a.example\n", ":3: mail.a.example is in the list already"},
        {"domains: []\n", "must be a list"},
        {"names: [a.example]\n", "must be a list"},
    };
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("candor-domains-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "consumer-domains.yaml", NULL);
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autoptr(GError) error = NULL;
        assert_true(g_file_set_contents(path, lists[i].text, -1, NULL));
        assert_null(consumer_domains_load(folder, &error));
        if (!strstr(error->message, lists[i].words))
            fail_msg("%s", error->message);
    }
    g_remove(path);
    g_rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_domain_has_one_form),
        cmocka_unit_test(a_registered_domain_is_one_label_below_its_suffix),
        cmocka_unit_test(a_suffix_that_registries_sell_under_is_nobodys),
        cmocka_unit_test(a_tenant_is_known_by_its_domain),
        cmocka_unit_test(an_address_comes_out_of_its_wrappings),
        cmocka_unit_test(the_list_of_consumer_domains_is_good),
        cmocka_unit_test(a_list_says_which_line_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
