/* ip_test.c - addresses of logs and lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "lib/ip.h"

static void addresses_are_read_in_every_dress(void **state)
{
    (void)state;
    static const struct {
        const char *text, *plain;
    } cases[] = {
        {"192.0.2.7", "192.0.2.7"},        {"192.0.2.7:51234", "192.0.2.7"},
        {"::ffff:192.0.2.7", "192.0.2.7"}, {"[::ffff:192.0.2.7]:443", "192.0.2.7"},
        {"2001:DB8::1", "2001:db8::1"},    {"[2001:db8::1]:443", "2001:db8::1"},
        {"[2001:db8::1]", "2001:db8::1"},  {"fe80::1%eth0", "fe80::1"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        guint8 address[IP_BYTES];
        assert_true(ip_parse(span_of_string(cases[i].text), address));
        g_autofree char *plain = ip_format(address);
        assert_string_equal(plain, cases[i].plain);
    }
}

static void what_says_nothing_is_no_address(void **state)
{
    (void)state;
    static const char *const texts[] = {"",        "::1", "::",   "127.0.0.1",  "0.0.0.0", "host.example",
                                        "192.0.2", "[",   "null", "192.0.2.7.8"};
    guint8 address[IP_BYTES];
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_false(ip_parse(span_of_string(texts[i]), address));
}

static void ranges_hold_by_bits_and_never_by_text(void **state)
{
    (void)state;
    static const struct {
        const char *range, *address;
        gboolean holds;
    } cases[] = {
        {"192.0.2.0/24", "192.0.2.255", TRUE},       {"192.0.2.0/24", "192.0.3.0", FALSE},
        {"192.0.2.128/25", "192.0.2.127", FALSE},    {"192.0.2.1", "192.0.2.1", TRUE},
        {"192.0.2.1", "192.0.2.10", FALSE},          {"0.0.0.0/0", "203.0.113.9", TRUE},
        {"2001:db8::/33", "2001:db8:7fff::1", TRUE}, {"2001:db8::/33", "2001:db8:8000::1", FALSE},
        {"192.0.2.0/24", "2001:db8::1", FALSE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        guint8 address[IP_BYTES];
        IpRange range;
        assert_true(ip_range_parse(span_of_string(cases[i].range), &range));
        assert_true(ip_parse(span_of_string(cases[i].address), address));
        assert_int_equal(ip_range_holds(&range, address), cases[i].holds);
    }
}

static void a_range_that_is_none_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"192.0.2.0/33", "192.0.2.0/",     "192.0.2.0/x",
                                        "/24",          "2001:db8::/129", "a/8"};
    IpRange range;
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_false(ip_range_parse(span_of_string(texts[i]), &range));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_read_in_every_dress),
        cmocka_unit_test(what_says_nothing_is_no_address),
        cmocka_unit_test(ranges_hold_by_bits_and_never_by_text),
        cmocka_unit_test(a_range_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
