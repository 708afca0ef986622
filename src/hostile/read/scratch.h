/* scratch.h - memory that a reader uses again for each part and message. */
#pragma once
#include "lib/span.h"

/* A growing buffer of bytes; zero-initialise, clear with scratch_clear. Not terminated. */
typedef struct {
    char *p;
    gsize n;
    gsize capacity;
} Scratch;

/* Memory above this is given back by scratch_reset, so that one huge part does not stay for a whole run. */
#define SCRATCH_KEEP (16UL << 20)

/* Room for `more` bytes behind the first n. FALSE when memory cannot be had: the buffer is as it was. */
gboolean scratch_reserve(Scratch *scratch, gsize more);
/* Reserve and append. FALSE as above. */
gboolean scratch_append(Scratch *scratch, const char *p, gsize n);
/* Forget the bytes; keep the memory up to SCRATCH_KEEP. */
void scratch_reset(Scratch *scratch);
void scratch_clear(Scratch *scratch);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Scratch, scratch_clear)

static inline Span scratch_span(const Scratch *scratch)
{
    return (Span){scratch->p ? scratch->p : "", scratch->n};
}

/* Small values that live until arena_reset: header values of the message being read. */
typedef struct ArenaBlock ArenaBlock;
typedef struct {
    ArenaBlock *newest;
    gsize used; /* of the newest block */
} Arena;

/* `n` bytes, not aligned, good until arena_reset. Callers take bounded sizes (LIMIT_VALUE_BYTES). */
char *arena_take(Arena *arena, gsize n);
/* A copy of `bytes` in the arena; SPAN_NONE stays SPAN_NONE. */
Span arena_copy(Arena *arena, Span bytes);
/* As arena_copy, ASCII letters in lower case. */
Span arena_lower(Arena *arena, Span bytes);
/* Forget all; one block stays for the next message. */
void arena_reset(Arena *arena);
void arena_clear(Arena *arena);
