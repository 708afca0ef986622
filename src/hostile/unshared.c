/* unshared.c - memory for outside bytes that no box inherits. */
#include "hostile/unshared.h"

#include <sys/mman.h>

#define PAGE_BYTES 4096UL

gboolean unshared_reserve(Unshared *memory, gsize more)
{
    if (more <= memory->capacity - memory->n)
        return TRUE;
    gsize wanted = MAX(memory->n + more, memory->capacity + memory->capacity / 2);
    wanted = (wanted + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
    void *p = memory->p ? mremap(memory->p, memory->capacity, wanted, MREMAP_MAYMOVE)
                        : mmap(NULL, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        return FALSE;
    memory->p = p;
    memory->capacity = wanted;
    return madvise(p, wanted, MADV_WIPEONFORK) == 0;
}

void unshared_clear(Unshared *memory)
{
    if (memory->p)
        munmap(memory->p, memory->capacity);
    *memory = (Unshared){0};
}
