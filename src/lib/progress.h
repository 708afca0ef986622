/* progress.h - how far a long job is: a bar on a terminal, a line now and then elsewhere.
 *
 * Written to one stream (stderr), never to where results go.  On a terminal the bar is one line, redrawn
 * at most ten times a second; elsewhere a plain line stands at the beginning, every 30 seconds and at
 * the end.  All text given here is the program's own; what comes from mail is escaped by the caller. */
#pragma once
#include <glib.h>
#include <stdio.h>

typedef struct Progress Progress;

typedef struct {
    FILE *out;             /* not owned                                                     */
    gboolean quiet;        /* nothing but sentences that must be said                       */
    gboolean terminal;     /* bars                                                          */
    gboolean colour;       /* NO_COLOR and TERM=dumb say no                                 */
    guint columns;         /* of the terminal; at least 40 are assumed                      */
    gint64 (*clock)(void); /* microseconds, monotonic                                     */
} ProgressPlan;

/* What suits `out`: asks isatty, the window's size, NO_COLOR (https://no-color.org) and TERM. */
ProgressPlan progress_plan(FILE *out, gboolean quiet);

Progress *progress_new(const ProgressPlan *plan);
/* Ends the bar, if there is one, and frees. NULL is fine. */
void progress_free(Progress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Progress, progress_free)

/* `done` of `all` bytes of `what` ("reading") are behind us, and `messages` messages; all = 0 when it is
 * not known. A new `what` begins a new bar. */
void progress_at(Progress *progress, const char *what, guint64 done, guint64 all, guint64 messages);
/* A sentence for the person, on a line of its own above the bar; said even when quiet. */
void progress_say(Progress *progress, const char *sentence);
/* Ends the present bar: its last state stays on the screen. */
void progress_finish(Progress *progress);

/* "1.2 GB", "340 kB", "17 B": at most 4 significant characters; g_free. */
char *progress_bytes(guint64 bytes);
/* "0:08", "12:40", "3:05:00": g_free. */
char *progress_duration(gint64 seconds);
/* "12,345,678"; g_free. */
char *progress_count(guint64 count);
