/* scratch.c - buffers and an arena that keep their memory from one message to the next. */
#include "hostile/read/scratch.h"

#define ARENA_BLOCK ((gsize)64 << 10)

struct ArenaBlock {
    ArenaBlock *older;
    gsize size;
    char bytes[];
};

gboolean scratch_reserve(Scratch *scratch, gsize more)
{
    if (more <= scratch->capacity - scratch->n)
        return TRUE;
    gsize wanted = scratch->n + more;
    if (wanted < more)
        return FALSE;
    wanted = MAX(wanted, scratch->capacity + scratch->capacity / 2);
    wanted = MAX(wanted, 4096);
    char *bytes = g_try_realloc(scratch->p, wanted);
    if (!bytes)
        return FALSE;
    scratch->p = bytes;
    scratch->capacity = wanted;
    return TRUE;
}

gboolean scratch_append(Scratch *scratch, const char *p, gsize n)
{
    if (!scratch_reserve(scratch, n))
        return FALSE;
    if (n)
        memcpy(scratch->p + scratch->n, p, n);
    scratch->n += n;
    return TRUE;
}

void scratch_reset(Scratch *scratch)
{
    scratch->n = 0;
    if (scratch->capacity > SCRATCH_KEEP)
        scratch_clear(scratch);
}

void scratch_clear(Scratch *scratch)
{
    g_free(scratch->p);
    *scratch = (Scratch){0};
}

char *arena_take(Arena *arena, gsize n)
{
    if (!arena->newest || n > arena->newest->size - arena->used) {
        gsize size = MAX(n, ARENA_BLOCK);
        ArenaBlock *block = g_malloc(sizeof(ArenaBlock) + size);
        block->older = arena->newest;
        block->size = size;
        arena->newest = block;
        arena->used = 0;
    }
    char *bytes = arena->newest->bytes + arena->used;
    arena->used += n;
    return bytes;
}

Span arena_copy(Arena *arena, Span bytes)
{
    if (!bytes.p)
        return SPAN_NONE;
    char *copy = arena_take(arena, bytes.n);
    memcpy(copy, bytes.p, bytes.n);
    return (Span){copy, bytes.n};
}

Span arena_lower(Arena *arena, Span bytes)
{
    if (!bytes.p)
        return SPAN_NONE;
    char *copy = arena_take(arena, bytes.n);
    for (gsize i = 0; i < bytes.n; i++)
        copy[i] = ascii_lower(bytes.p[i]);
    return (Span){copy, bytes.n};
}

void arena_reset(Arena *arena)
{
    while (arena->newest && arena->newest->older) {
        ArenaBlock *block = arena->newest;
        arena->newest = block->older;
        g_free(block);
    }
    arena->used = 0;
}

void arena_clear(Arena *arena)
{
    arena_reset(arena);
    g_clear_pointer(&arena->newest, g_free);
}
