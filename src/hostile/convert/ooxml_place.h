/* ooxml_place.h - what an entry of an Office file is, by its name. */
#pragma once
#include "hostile/convert/convert.h"

/* How an entry becomes text. */
typedef enum {
    PLACE_NOISE,      /* styles, themes, masters: nothing that an author wrote           */
    PLACE_RUNS,       /* paragraphs of runs: the text of elements named t, and their kin */
    PLACE_ALL,        /* every text node                                                 */
    PLACE_LINKS,      /* relationships: the addresses of outer targets                   */
    PLACE_SHEET,      /* cells                                                           */
    PLACE_STRINGS,    /* shared by the sheets, which put them in their place              */
    PLACE_WORKBOOK,   /* names of sheets, and which of them are hidden                   */
    PLACE_VALUES,     /* attributes named v: the records of a pivot table's cache         */
    PLACE_ATTRIBUTES, /* every attribute: connections, tags                         */
    PLACE_BINARY,     /* records of an xlsb                                              */
    PLACE_SETTINGS,   /* document variables, and where a mail merge has its data from */
    PLACE_EMBEDDED,   /* no XML: a picture, macros, a font                               */
    PLACE_FILE,       /* no XML, and may hold anything: a file within                    */
} PlaceKind;

typedef struct {
    PlaceKind kind;
    ConvertContent content;
    const char *what; /* of an embedded one: "picture", "macros" … */
} OoxmlPlace;

OoxmlPlace ooxml_place(const char *name);
