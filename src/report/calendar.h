/* calendar.h - business days: which days an authority does not count.  data/calendars/ID.yaml. */
#pragma once
#include <glib.h>
#include "lib/error.h"

typedef struct {
    char *id;
    GDate from, to;       /* days that it covers */
    GHashTable *holidays; /* Julian day of GDate → name */
} Calendar;

/* Read strictly: FORMAT with file and line for a date that is none, stands twice, or lies outside from and to. */
Calendar *calendar_load(const char *data_dir, const char *id, GError **error);
void calendar_free(Calendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Calendar, calendar_free)

/* Why a day is no business day: "Saturday", "Labor Day"; NULL for one that is. */
const char *calendar_rest(const Calendar *calendar, const GDate *day);
/* LIMIT when the day lies outside the years that the calendar covers. */
gboolean calendar_covers(const Calendar *calendar, const GDate *day, GError **error);
