/* role.c - SQLite's authorizer holds a connection to its line of the stage table. */
#include <string.h>
#include "store/private.h"

static gboolean is_listed(const char *const *list, const char *table)
{
    for (; *list; list++)
        if (strcmp(*list, table) == 0 || strcmp(*list, "*") == 0)
            return TRUE;
    return FALSE;
}

/* "index" permits making and dropping indexes; "schema" tables and views as well. */
static gboolean may_shape(const StoreRole *role, const char *what)
{
    return is_listed(role->writes, "schema") || (strcmp(what, "index") == 0 && is_listed(role->writes, what));
}

static gboolean is_catalogue(const char *table)
{
    return g_str_has_prefix(table, "sqlite_");
}

static gboolean may_read(const StoreRole *role, const char *table)
{
    if (is_catalogue(table))
        return may_shape(role, "index") || is_listed(role->reads, "*");
    return is_listed(role->reads, table) || is_listed(role->writes, table);
}

static gboolean may_write(const StoreRole *role, const char *table)
{
    return is_catalogue(table) ? may_shape(role, "index") : is_listed(role->writes, table);
}

static int refuse(Store *store, const char *verb, const char *what)
{
    g_free(store->refused);
    store->refused = g_strdup_printf("stage %s may not %s %s", store->role->name, verb, what ? what : "this");
    return SQLITE_DENY;
}

/* Whatever is not named here is refused: ATTACH, PRAGMA, triggers, virtual and temporary tables. */
static int authorize(void *data, int action, const char *one, const char *two, const char *database,
                     const char *trigger)
{
    (void)database;
    (void)trigger;
    Store *store = data;
    const StoreRole *role = store->role;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
        return SQLITE_OK;
    case SQLITE_READ:
        return may_read(role, one) ? SQLITE_OK : refuse(store, "read table", one);
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        if (may_write(role, one))
            return SQLITE_OK;
        return is_catalogue(one) ? refuse(store, "change", "the schema") : refuse(store, "write table", one);
    case SQLITE_CREATE_INDEX:
    case SQLITE_DROP_INDEX:
    case SQLITE_REINDEX:
        return may_shape(role, "index") ? SQLITE_OK : refuse(store, "make or drop index", one);
    case SQLITE_CREATE_TABLE:
    case SQLITE_DROP_TABLE:
        return may_shape(role, "schema") && may_write(role, one) ? SQLITE_OK
                                                                 : refuse(store, "make or drop table", one);
    case SQLITE_ALTER_TABLE:
        return may_shape(role, "schema") && may_write(role, two) ? SQLITE_OK
                                                                 : refuse(store, "rename table", two);
    default:
        return refuse(store, "do", one);
    }
}

void role_impose(Store *store, const StoreRole *role)
{
    store->role = role;
    sqlite3_set_authorizer(store->sqlite, role ? authorize : NULL, store);
}
