/* show_customer.h - one customer on a screen: who it is, how it is reached, what it would be told. */
#pragma once
#include "cli/tell.h"
#include "store/store.h"

/* Print the customer or person `whom`: its card, names and contacts, what it is exposed to by kind, level and type, and
 * its findings, masked. MISSING when there is none such. Store in role_reader. */
gboolean show_customer(const Cli *cli, Store *store, const char *whom, GError **error);
