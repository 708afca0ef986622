/* release_text.c - texts that were made of a message's attachments, while the message is released. */
#include "hostile/release_text.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include "lib/error.h"

#define TEXTS_DESCRIPTOR 4

static gboolean map_all(ReleaseTexts *texts)
{
    struct stat status;
    if (fstat(TEXTS_DESCRIPTOR, &status) != 0 || status.st_size <= 0)
        return FALSE;
    void *memory = mmap(NULL, (gsize)status.st_size, PROT_READ, MAP_PRIVATE, TEXTS_DESCRIPTOR, 0);
    if (memory == MAP_FAILED)
        return FALSE;
    texts->memory = memory;
    texts->size = (gsize)status.st_size;
    return TRUE;
}

/* The field up to the mark, and on behind it. */
static Span take(Span *rest, char mark)
{
    const char *stop = rest->n ? memchr(rest->p, mark, rest->n) : NULL;
    Span field = {rest->p, stop ? (gsize)(stop - rest->p) : rest->n};
    gsize taken = MIN(field.n + 1, rest->n);
    *rest = (Span){rest->p + taken, rest->n - taken};
    return field;
}

static gboolean add(ReleaseTexts *texts, Span line)
{
    guint64 start, length;
    ReleaseText text = {.path = take(&line, ' ')};
    if (!row_uint(take(&line, ' '), &start) || !row_uint(line, &length) || start > texts->size ||
        length > texts->size - start)
        return FALSE;
    text.text = (Span){texts->memory + start, (gsize)length};
    g_array_append_val(texts->each, text);
    return TRUE;
}

gboolean release_texts_open(ReleaseTexts *texts, Span field)
{
    *texts = (ReleaseTexts){.each = g_array_new(FALSE, FALSE, sizeof(ReleaseText))};
    if (field.n && !map_all(texts))
        return FALSE;
    while (field.n)
        if (!add(texts, take(&field, ',')))
            return FALSE;
    return TRUE;
}

void release_texts_close(ReleaseTexts *texts)
{
    if (texts->memory)
        munmap(texts->memory, texts->size);
    g_clear_pointer(&texts->each, g_array_unref);
    *texts = (ReleaseTexts){0};
}
