/* converting.h - what the files that store conversions share: their state, and the rows that they put. */
#pragma once
#include "nouns/conversion.h"
#include "pool/conversions.h"

/* A converter that is in use. */
typedef struct {
    char *name, *version;
    gint64 id;
} InUse;

struct Conversions {
    Store *store;
    Run *run;
    GArray *in_use; /* InUse */
    guint64 bytes;
};

/* The part whose group is being read. */
typedef struct {
    ConversionRow row;
    ConvertPart *part; /* NULL: none                                          */
    gint64 converter;
    gboolean fresh; /* it is not in the store yet                          */
    gint64 gaps;    /* so far                                              */
    GByteArray *text;
} ConvertGroup;

/* Each puts one row into its table and its digest; `line` is read strictly. */
gboolean conversion_put_conversion(Conversions *it, ConvertGroup *group, GError **error);
gboolean conversion_put_match(Conversions *it, const ConvertGroup *group, const Row *line, GError **error);
/* A gap of a conversion, or, with converter 0, of a part that is none yet; n: number of the part's gap in this run. */
gboolean conversion_put_gap(Conversions *it, const ConvertPart *part, gint64 converter, gint64 n,
                            const GapRow *row, GError **error);
