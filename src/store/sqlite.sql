-- sqlite.sql - what only SQLite understands: how a connection is set up, and its transactions.

-- name: connect.page_size
PRAGMA page_size = 16384;
-- name: connect.journal
PRAGMA journal_mode = WAL;
-- A commit is on disk when it returns: with NORMAL, a power cut loses acknowledged units.
-- name: connect.synchronous
PRAGMA synchronous = FULL;
-- Rare checkpoints: a page of content_key that many units touch is written once.
-- name: connect.checkpoint
PRAGMA wal_autocheckpoint = 20000;
-- name: connect.cache
PRAGMA cache_size = -65536;
-- Of a role that looks at all mail at once: a million content keys, and what is asked beside them, stay in memory.
-- name: connect_large.cache
PRAGMA cache_size = -262144;
-- Sorting for an index must not leave mail in /tmp.
-- name: connect.temporary
PRAGMA temp_store = MEMORY;
-- name: connect.foreign_keys
PRAGMA foreign_keys = OFF;
-- name: connect.trusted_schema
PRAGMA trusted_schema = OFF;
-- name: connect.cell_size
PRAGMA cell_size_check = ON;
-- Opening another schema than ours must not lead to a table with rows of a wrong shape.
-- name: connect_reader.query_only
PRAGMA query_only = ON;

-- name: transaction.begin
BEGIN IMMEDIATE;
-- name: transaction.commit
COMMIT;
-- name: transaction.rollback
ROLLBACK;
