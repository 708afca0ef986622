/* attribute.h - the door of attribute: whose stolen mail and data it is, and what each is exposed to. */
#pragma once
#include "store/store.h"

/* Fill the shadows of attribute_tables anew from customer lists, levels, findings, logs and rulings; organisations in
 * no list get an id (act `minted`) when they are met first. Reads what role_attribute lists; needs run->tools->data_dir
 * (consumer-domains.yaml). The tables are then to be swapped. A function of what it reads: the same whatever the order
 * in which mail came. */
gboolean attribute(Store *store, Run *run, GError **error);

/* Its tables of opinion, ended by NULL. */
extern const char *const attribute_tables[];
