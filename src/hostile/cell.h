/* cell.h - one box as its feeder sees it: a process, a socket that takes descriptors (of a reader), a pipe that
 * answers. */
#pragma once
#include "hostile/boxed.h"

typedef struct {
    pid_t pid;
    int socket; /* -1 once everything has been handed over */
    int pipe;
    int trace; /* names of refused calls, with CANDOR_BOX_TRACE=1; else -1 */
} Cell;

/* Why a box ended before its work did: the reason and detail of the gap. */
typedef struct {
    const char *reason;
    char detail[128];
    gboolean retryable;
} CellEnd;

/* Fork a box that runs `boxed`. FALSE with IO when processes or descriptors have run out. */
gboolean cell_start(Cell *cell, const Boxed *boxed, GError **error);
/* Fork a converter's box: it reads `input`, which stays the caller's, does what `inside` does, and ends. */
typedef void (*CellInside)(gconstpointer data);
gboolean cell_start_converter(Cell *cell, int input, CellInside inside, gconstpointer data, GError **error);

/* Hand over descriptors. FALSE when the socket is full: try again when it is writable. */
gboolean cell_hand_over(Cell *cell, const Handed *handed, const int *files, guint count);
/* Nothing more will come. */
void cell_close_socket(Cell *cell);

/* Processor time that the box has used, in nanoseconds; 0 once it has gone. */
guint64 cell_cpu(const Cell *cell);

/* Wait for its end (killing it first when asked to), free everything. *end says why, if it was no exit 0.
 * FALSE with DENIED when it never was a box: the floor was not reached. */
gboolean cell_end(Cell *cell, gboolean kill_it, CellEnd *end, GError **error);
