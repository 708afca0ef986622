/* worker_process.h - one candor-worker behind its pipes. */
#pragma once
#include "pool/pool.h"

typedef struct {
    GPid pid;
    int requests;  /* we write  */
    int answers;   /* we read   */
    GString *rest; /* bytes read behind the last row that was taken */
    WorkerHello hello;
} WorkerProcess;

/* Start one and take its greeting. `descriptor` (or -1) becomes its descriptor 4. Errors: MISSING when the program
 * is not there, FORMAT when it speaks another version, IO. */
WorkerProcess *worker_process_start(const RunTools *tools, const guint8 *key, int descriptor, GError **error);
/* End it (it is killed if it does not go by itself) and reap it. Takes NULL. */
void worker_process_end(WorkerProcess *worker);
/* Send one request line. FALSE when it is gone. */
gboolean worker_process_send(WorkerProcess *worker, const GString *request);
/* Append its rows to `rows` up to and with the one of kind 'D'. FALSE when it died first, or `rows` grew over
 * `ceiling` bytes. */
gboolean worker_process_receive(WorkerProcess *worker, GString *rows, gsize ceiling);
