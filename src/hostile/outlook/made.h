/* made.h - files and items for the tests of Outlook's containers. */
#pragma once
#include "hostile/outlook/item_mail.h"
#include "hostile/read/transcript.h"

/* What the tests work with; made once. */
typedef struct {
    Charsets *charsets;
    Reader *reader;
    Hashing hashing;
} Made;

/* For cmocka's group: *state is a Made. */
int made_set_up(void **state);
int made_tear_down(void **state);

/* A file of tests/corpus, as "msg/letter"; the running test fails without it. g_bytes_unref. */
GBytes *made_seed(const char *name);
static inline Span made_span(GBytes *bytes)
{
    gsize n;
    const char *p = g_bytes_get_data(bytes, &n);
    return (Span){p, n};
}

/* The running test fails unless each line (NULL-terminated) stands in what the reader says of the item's message. */
void made_expect(Made *made, const Item *item, const char *const *lines);
/* Whether the item, or one within, has this loss: a reason of its own or of an attachment. */
gboolean made_lost(const Item *item, const char *reason);
/* Make key and message of it, and see that the reader's invariants hold. */
void made_check(Made *made, const Item *item);
