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
    char *key;           /* which archive it is; NULL: no box is at work        */
    GPtrArray *names;    /* that are wanted of it                               */
    guint next;          /* the one that is due                                 */
    gboolean gives_all;  /* whatever is wanted                                  */
    gboolean is_wanted;  /* the member that comes now                           */
    GHashTable *passed;  /* hashes of the names that came, when all are given   */
    guint64 size;        /* of the archive                                      */
    guint64 bytes, says; /* what the box gave and how often it said something  */
    Tools *tools;
    Cell cell;
} Unpacker;

/* An archive that is open. */
typedef struct {
    const char *path, *key; /* key: of the archive as it is now */
    int file;
    guint64 size;
} UnpackerArchive;

/* Start a box for the members `names` (which it takes) of an archive; another is ended. FALSE when no box can be had:
 * then *member says so. */
gboolean unpacker_start(Unpacker *unpacker, Tools *tools, const UnpackerArchive *archive, GPtrArray *names,
                        Unpacked *member);
/* Whether the box that is at work may still come to that member. */
gboolean unpacker_may_give(const Unpacker *unpacker, const char *key, const char *name);
/* The member of that name, which is due. Where it is missing, and behind the last, the box ends. */
void unpacker_take(Unpacker *unpacker, const char *name, Unpacked *member);
void unpacker_clear(Unpacker *unpacker);
