/* escape_attacks.h - what a captured reader or converter might try, one function each; for the escape tests. */
#pragma once
#include "hostile/group.h"

/* What the attacks aim at; set before any box is forked. */
typedef struct {
    pid_t victim;          /* the feeder's parent                              */
    const char *input;     /* path of the mailbox                              */
    const char *loot;      /* path of a file that must never come to be        */
    const char *unix_path; /* of a listening socket                            */
    guint16 port;          /* of a listening socket on loopback                */
    int handed;            /* descriptor of the evidence, inside               */
} Targets;
extern Targets targets;

/* What the attack may touch of the message that it sits in; nothing of a part. */
typedef struct {
    Group *group;
    MessageRow *head;
} Mischief;

/* TRUE: the kernel did what it was asked to. FALSE: it refused with an error. Most do not return at all. */
typedef gboolean (*Attack)(Mischief *mischief);

typedef struct {
    const char *name;
    Attack attack;
} NamedAttack;

#define NAMED(attack)                                                                                        \
    {                                                                                                        \
#attack, attack                                                                                      \
    }

typedef struct {
    guint count;
    const NamedAttack *attack;
} Attacks;

/* What it asks the kernel for; what it does with what it has: use up, fall over; what it says of a message; and what
 * only a converter's box refuses. */
extern const Attacks escape_calls, escape_deeds, escape_lies, escape_reads;
