/* ip.h - internet addresses as they stand in logs and lists, and ranges of them.
 *
 * Every address is 16 bytes; IPv4 is mapped (::ffff:a.b.c.d), so that both are compared alike and never as text. */
#pragma once
#include <glib.h>
#include "lib/span.h"

#define IP_BYTES 16

/* Read an address: with or without port, brackets and zone ("192.0.2.1:443", "[2001:db8::1]:443", "fe80::1%eth0").
 * FALSE for what is none, and for unspecified and loopback addresses, which say nothing of where somebody was. */
gboolean ip_parse(Span text, guint8 address[IP_BYTES]);
/* "192.0.2.1" or "2001:db8::1"; g_free. */
char *ip_format(const guint8 address[IP_BYTES]);

/* An address or a CIDR range ("192.0.2.0/24"). */
typedef struct {
    guint8 address[IP_BYTES];
    guint bits; /* that must agree, of 128 */
} IpRange;
gboolean ip_range_parse(Span text, IpRange *range);
gboolean ip_range_holds(const IpRange *range, const guint8 address[IP_BYTES]);
