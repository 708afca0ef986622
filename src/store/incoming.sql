-- incoming.sql - the shapes in which rows wait in memory for import.sql: what import.X takes from incoming_X.
--
-- The columns are those of the table that they go to, in the order of the values that the importer gives.  In SQLite
-- they are virtual tables (gather.c); elsewhere they would be temporary ones.  No constraints: the table has them.

-- name: incoming.message
CREATE TABLE incoming_message (id INTEGER, k64 INTEGER, size INTEGER, date INTEGER, zone INTEGER,
                               message_id TEXT, in_reply_to TEXT, subject_sealed BLOB, defects INTEGER,
                               reader_id INTEGER, bare INTEGER, received INTEGER);

-- name: incoming.copy
CREATE TABLE incoming_copy (item_id INTEGER, start INTEGER, length INTEGER, content_id INTEGER, unit_id INTEGER,
                            sha256 BLOB);

-- name: incoming.copy_place
CREATE TABLE incoming_copy_place (item_id INTEGER, start INTEGER, folder TEXT, kind INTEGER, state INTEGER);

-- name: incoming.address
CREATE TABLE incoming_address (content_id INTEGER, n INTEGER, role INTEGER, email_id INTEGER, name_id INTEGER);

-- name: incoming.part
CREATE TABLE incoming_part (content_id INTEGER, path TEXT, kind INTEGER, media_type TEXT, charset TEXT,
                            filename_sealed BLOB, disposition TEXT, encoding TEXT, content_ref TEXT,
                            start INTEGER, stop INTEGER, sha256 BLOB);

-- name: incoming.attempt
CREATE TABLE incoming_attempt (content_id INTEGER, path TEXT, reader_id INTEGER, state INTEGER, read INTEGER,
                               scanned INTEGER, unscanned INTEGER);

-- name: incoming.mention
CREATE TABLE incoming_mention (content_id INTEGER, n INTEGER, path TEXT, role INTEGER, email_id INTEGER,
                               start INTEGER, name_id INTEGER);

-- name: incoming.match
CREATE TABLE incoming_match (content_id INTEGER, reader_id INTEGER, path TEXT, start INTEGER, stop INTEGER,
                             rule TEXT, type TEXT, fingerprint BLOB, masked TEXT, confidence INTEGER);
