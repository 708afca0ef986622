/* parts.h - the parts of the page, from top to bottom; each appends a section, or nothing where there is nothing. */
#pragma once
#include "page/html.h"

/* Vendor, one sentence, figures in tiles. */
gboolean part_summary(Page *page, GError **error);
/* Statements that the case contradicts. */
gboolean part_alarms(Page *page, GError **error);
/* Copies by mailbox, time and level; when the intruders were there; when no log looked. */
gboolean part_timeline(Page *page, GError **error);
/* What the planned notices say that earlier ones did not. */
gboolean part_changes(Page *page, GError **error);
/* Customers by kinds of data. */
gboolean part_customers(Page *page, GError **error);
/* How far the notices of each wave came. */
gboolean part_waves(Page *page, GError **error);
gboolean part_deadlines(Page *page, GError **error);
/* What could not be read, what the logs do not say, what waits for a ruling. */
gboolean part_unknown(Page *page, GError **error);
