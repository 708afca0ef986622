-- scope.sql - what scope asks and writes.

-- name: digest_of.access
SELECT s.name, i.path, a.start, a.level
FROM access a JOIN item i ON i.id = a.item_id JOIN source s ON s.id = i.source_id;
