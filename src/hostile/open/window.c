/* window.c - a sliding view of a file, filled by pread. */
#include "hostile/open/window.h"

#include <errno.h>
#include <unistd.h>

void window_init(Window *window)
{
    *window = (Window){.file = -1};
}

void window_clear(Window *window)
{
    g_free(window->bytes);
    *window = (Window){.file = -1};
}

void window_turn(Window *window, int file, guint64 start, guint64 limit)
{
    window->file = file;
    window->base = start;
    window->limit = limit;
    window->length = 0;
    window->at_end = start >= limit;
    window->failed = FALSE;
}

void window_forget(Window *window, guint64 offset)
{
    gsize gone = (gsize)(offset - window->base);
    window->length -= gone;
    window->base = offset;
    if (window->length)
        memmove(window->bytes, window->bytes + gone, window->length);
}

static gboolean make_room(Window *window, gsize most)
{
    if (window->capacity - window->length > WINDOW_CHUNK)
        return TRUE;
    gsize capacity = MAX(window->capacity * 2, 4 * WINDOW_CHUNK);
    if (window->length + WINDOW_CHUNK >= most)
        return FALSE;
    char *bytes = g_try_realloc(window->bytes, capacity);
    if (!bytes)
        return FALSE;
    window->bytes = bytes;
    window->capacity = capacity;
    return TRUE;
}

gboolean window_more(Window *window, gsize most)
{
    guint64 at = window->base + window->length;
    if (window->at_end || !make_room(window, most))
        return FALSE;
    gsize want = (gsize)MIN(window->limit - at, WINDOW_CHUNK);
    gssize got;
    do
        got = pread(window->file, window->bytes + window->length, want, (off_t)at);
    while (got < 0 && errno == EINTR);
    if (got <= 0) {
        window->failed = window->at_end = TRUE;
        return FALSE;
    }
    window->length += (gsize)got;
    window->at_end = window->base + window->length >= window->limit;
    return TRUE;
}
