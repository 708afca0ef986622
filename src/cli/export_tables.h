/* export_tables.h - the tables of candor-export(7): names, versions, fields.
 *
 * A name, and what it means, never changes within a version; a later version of a table may only add
 * fields at the end. */
#pragma once
#include "cli/writer.h"

typedef struct {
    const char *name;
    const char *schema;    /* "messages.1": what each row carries         */
    const char *statement; /* gives the fields, in their order            */
    const Field *fields;
    guint count;
    gboolean views; /* has subjects or file names, that classify makes */
} ExportTable;

const ExportTable *export_table(const char *name);
/* Their names, ended by NULL. */
extern const char *const export_table_names[];
