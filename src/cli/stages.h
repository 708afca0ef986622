/* stages.h - who may read and write which table: one line for each stage, the importer, the swap and the reader.
 *
 * The table is the only place where this is said; the store holds every connection to its line (DENIED). */
#pragma once
#include "store/store.h"

/* clang-format off: a role a line */
extern const StoreRole role_reader;     /* commands that show: reads everything, writes nothing            */
extern const StoreRole role_importer;   /* writes evidence of what workers answer                          */
extern const StoreRole role_collect;    /* registers sources, items, units; custody acts                   */
extern const StoreRole role_scope;      /* writes how sure it is of each copy, into shadow tables          */
extern const StoreRole role_classify;   /* writes findings and masked views into their shadow tables       */
extern const StoreRole role_customers;  /* imports lists of customers                                      */
extern const StoreRole role_attribute;  /* writes links, exposure and review; mints ids                    */
extern const StoreRole role_swap;       /* puts a finished shadow table in the place of the old one        */
extern const StoreRole role_notify;     /* plans what is owed, into shadow tables                         */
extern const StoreRole role_approve;    /* notices of the plan become acts                                */
extern const StoreRole role_telling;    /* deliveries, tellings elsewhere, answers, holds, delays          */
extern const StoreRole role_report;     /* reckons deadlines                                               */
extern const StoreRole role_watch;      /* alerts                                                          */
extern const StoreRole role_intruder_acts; /* records what case.yaml states of intruders              */
extern const StoreRole role_acts;       /* records what case.yaml states, and what people rule             */
extern const StoreRole role_publish;   /* releases                                                        */
/* clang-format on */
/* Acts that a person records. */
extern const StoreRole role_event_fact, role_filing, role_statement, role_enquiry;

extern const StoreRole role_counts; /* keeps sums that status would have to add up       */
/* What candor does of its own accord, in its order; ended by NULL. The first STAGES_ALWAYS of them every case needs. */
extern const StoreRole *const stages_in_order[];
#define STAGES_ALWAYS 2
