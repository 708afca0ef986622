/* shape.h - what has no literal: numbers, mail addresses, IP addresses.
 *
 * A shape is a template (template.h), or one of the names: "email", "iban", "ipv6", "phone-international" (+49 …,
 * 0049 …), "phone-national" (030 …, (030) …).  One wide pass finds where they can begin. */
#pragma once
#include "lib/span.h"

typedef struct Shapes Shapes;

Shapes *shapes_new(void);
void shapes_free(Shapes *shapes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shapes, shapes_free)
/* `rule` comes back with what is found. FALSE when `shape` is neither a name nor a template. */
gboolean shapes_add(Shapes *shapes, guint rule, const char *shape);
/* Use the plain path even where the processor has AVX2: for the test that both agree. */
void shapes_use_plain(Shapes *shapes);

typedef enum {
    SHAPE_REFUSED, /* not it: look on within it */
    SHAPE_TAKEN,   /* it is: no number begins within it */
    SHAPE_STOP,    /* enough                            */
} ShapeVerdict;
typedef ShapeVerdict (*ShapeFound)(void *user, guint rule, gsize start, gsize end);

/* Hand every candidate to `found`, in the order in which they begin (a letter or sign before the first digit not
 * counted). FALSE when it said SHAPE_STOP. */
gboolean shapes_scan(const Shapes *shapes, Span text, ShapeFound found, void *user);
