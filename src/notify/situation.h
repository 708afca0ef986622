/* situation.h - for tests: a case whose exposure, customers and acts are written line by line, and its plan read back.
 *
 * Messages are m1, m2 …, parts p1, p2 …, values f1, f2 …; a fact is written as
 *   taken m1 · data m1 secret.password f1 · unread m1 p1 · contacted m1 · contacted record R1 ·
 *   targeted tenant-1 spray */
#pragma once
#include "store/test_case.h"
#include "notify/notify.h"

typedef struct {
    TestCase *test;
    gint64 now;
    char *data_dir;  /* of templates and words: the project's own         */
    char *types_dir; /* of types.yaml, once a step wrote one; or NULL     */
    guint steps;     /* runs so far: lists and readers are numbered by it */
} Situation;

Situation *situation_new(void);
void situation_free(Situation *situation);

/* Carry out one step: a word and its lines. An unknown word, or anything that candor refuses, fails the test. */
void situation_do(Situation *situation, const char *word, char **lines);
/* Plan and swap, then the plan's rows as lines, sorted: "acme first ready", "acme new taken m1 presumed",
 * "acme review vanished/list taken m1 confirmed none". g_strfreev. */
char **situation_plan(Situation *situation);
/* What became of a notice at a contact; NULL: the one that it is meant for. */
void situation_deliver(Situation *situation, const char *reference, const char *contact, const char *state);
/* The reference of the newest notice to `whom`; g_free. */
char *situation_reference(Situation *situation, const char *whom);
/* Rows of a statement as lines, their columns with blanks between; g_strfreev. */
char **situation_ask(Situation *situation, const char *sql);
