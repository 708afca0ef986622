/* regimes.h - the laws whose clocks candor keeps: data/regimes/X.yaml, read strictly.
 *
 * A duty says what begins its clock, how long it runs and how its days are counted, and brings worked examples: each is
 * reckoned when the file is read, and one that comes out otherwise refuses the file. */
#pragma once
#include <glib.h>
#include "lib/error.h"
#include "report/calendar.h"

typedef enum { UNIT_HOURS, UNIT_CALENDAR_DAYS, UNIT_BUSINESS_DAYS, UNIT_MONTHS } DutyUnit;
/* For whom: the vendor for itself, or the vendor towards (or for) each customer with exposure. */
typedef enum { FOR_VENDOR, FOR_CUSTOMERS } DutyFor;

typedef struct {
    char *id, *regime, *name; /* sec-8k-1.05; sec-8k; Form 8-K, Item 1.05        */
    char *as_of;              /* when the regime's text was looked at             */
    char *binds, *recipient, *text, *source, *confidence;
    char *starts;           /* id of an event-fact; or NULL and:                */
    char *after;            /* id of a duty whose filing begins this clock      */
    char *zone_name, *ends; /* where days end, and at which time; NULL: 23:59:59 */
    char *calendar_name;
    char **contents, **sectors, **countries; /* NULL: any sector, any country      */
    GTimeZone *zone;
    Calendar *calendar;
    guint within, ends_hour, ends_minute, ends_second;
    guint unit, whose; /* DutyUnit, DutyFor                                */
    gboolean internal; /* the law names no figure: a target of our own     */
    gboolean delay;    /* an authority may put it off                      */
} Duty;

typedef struct {
    GPtrArray *duties;                 /* Duty *, in the order of the files' names and within them */
    GPtrArray *event_ids, *event_says; /* char *: data/event-facts.yaml               */
} Regimes;

/* Everything beneath data_dir. Errors: FORMAT with file, line and remedy; MISSING when the zone is not known here. */
Regimes *regimes_load(const char *data_dir, GError **error);
void regimes_free(Regimes *regimes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Regimes, regimes_free)

/* NULL when there is none. */
const Duty *regimes_duty(const Regimes *regimes, const char *id);
gboolean regimes_has_event(const Regimes *regimes, const char *id);
