/* statements.h - the statements of src/store/X.sql, as embed_sql.py compiled them in. For src/store alone. */
#pragma once
#include <glib.h>

typedef struct {
    const char *name; /* "match.insert": group, dot, name */
    const char *text;
} SqlStatement;

/* In the order of the files and of the lines in them. */
extern const SqlStatement sql_statements[];
extern const guint sql_statement_count;

/* NULL when none is named so. */
const SqlStatement *sql_statement(const char *name);
