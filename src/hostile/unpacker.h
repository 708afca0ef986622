/* unpacker.h - a box that goes through an archive, from the outside: its members into files without a name; for
 * spool.c. */
#pragma once
#include "hostile/cell.h"

/* What came of a member. */
typedef struct {
    int file;
    guint64 n;
    gboolean on_disk;
    gboolean missing;   /* it does not lie behind the one that was taken before */
    const char *reason; /* why it is not whole, or not there                    */
    gboolean retryable;
} Unpacked;

Unpacked unpacked_new(void);
/* Its file, or -1 with *reason. What is left of a damaged member is worth reading, of another that has a reason nothing
 * is. Clears it. */
int unpacked_end(Unpacked *member, guint64 *size, const char **reason, gboolean *retryable);

/* Zero-initialise. */
typedef struct {
    char *archive;    /* its path; NULL: no box is at work */
    GPtrArray *names; /* that are wanted of it             */
    guint next;       /* the one that is due               */
    Tools *tools;
    Cell cell;
} Unpacker;

/* Start a box for the members `names` (which it takes) of the archive in `file`; another is ended. FALSE when no box
 * can be had: then *member says so. */
gboolean unpacker_start(Unpacker *unpacker, Tools *tools, const char *archive, int file, guint64 size,
                        GPtrArray *names, Unpacked *member);
gboolean unpacker_is_due(const Unpacker *unpacker, const char *archive, const char *name);
/* The member that is due. Behind the last, and behind one that is missing, the box ends. */
void unpacker_take(Unpacker *unpacker, Unpacked *member);
void unpacker_clear(Unpacker *unpacker);
