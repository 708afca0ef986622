/* pattern_cache.h - compiled pattern databases, kept from run to run.
 *
 * A file CACHE/rules-DIGEST-VERSION-PLATFORM.db, mode 0600, replaced whole: the serialised database and a
 * BLAKE2b-256 over name and database.  Whatever is not exactly that is as good as not there: the library
 * trusts what it deserialises, so nothing damaged or foreign may reach it. */
#pragma once
#include <glib.h>
#include <hs.h>

/* NULL when there is none that fits. */
hs_database_t *pattern_cache_load(const char *cache_dir, const char *digest);
/* Best effort: a folder that cannot be written costs the next start its compilation, no more. */
void pattern_cache_store(const char *cache_dir, const char *digest, const hs_database_t *database);
/* The file's path; g_free. */
char *pattern_cache_path(const char *cache_dir, const char *digest);
