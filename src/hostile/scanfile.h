/* scanfile.h - the `scan` request: the file on descriptor 4, whatever it is, to matches.
 *
 * Mail (EML, mbox or PST) is answered like a `mail` request.  A file that a converter takes is converted, anything else
 * read as text: X rows with the path "", gaps, and one P row with the path "". */
#pragma once
#include "hostile/job.h"

/* First: what is it? A job whose answer is in its `more`, a ScanLook, and which writes no rows but gaps. */
typedef enum { SCAN_NOTHING, SCAN_MBOX, SCAN_EML, SCAN_PST, SCAN_TEXT, SCAN_CONVERT } ScanKind;
typedef struct {
    const char *name;
    ScanKind kind; /* SCAN_NOTHING: empty, or a gap says why not */
    guint64 size;
} ScanLook;
void scan_look_job(Job *job, ScanLook *look);

/* Then, what a converter may take: through its box. *taken says whether one did; else nothing was written. */
gboolean scan_convert(const Job *job, const ScanLook *look, int output, gboolean *taken, GError **error);
/* Or, what is no mail: as text. */
void scan_text_job(Job *job);
void scan_done(Job *job, RowBuffer *rows);
