-- queries.sql - what the store itself asks and writes.

-- name: meta.get
SELECT value FROM meta WHERE name = ?1;
-- name: meta.set
INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: content.add
INSERT INTO content_key (k64, content_id, key) VALUES (?1, ?2, ?3) ON CONFLICT (k64) DO NOTHING;
-- name: content.find
SELECT content_id, key FROM content_key WHERE k64 = ?1;
-- name: content.collision_find
SELECT content_id, key FROM content_key_collision WHERE key = ?1;
-- name: content.collision_add
INSERT INTO content_key_collision (key, content_id) VALUES (?1, ?2);

-- name: content.waiting
SELECT count(*) FROM content_key_collision;
-- name: content.waiting_all
SELECT key, content_id FROM content_key_collision ORDER BY key;
-- name: content.waiting_clear
DELETE FROM content_key_collision;

-- name: digest.get
SELECT sum, rows FROM digest WHERE name = ?1;
-- name: digest.set
INSERT INTO digest (name, sum, rows) VALUES (?1, ?2, ?3)
ON CONFLICT (name) DO UPDATE SET sum = excluded.sum, rows = excluded.rows;
-- name: digest.all
SELECT name, sum FROM digest ORDER BY name;

-- name: run.last
SELECT coalesce(max(id), 0) FROM run;
-- name: run.add
INSERT INTO run (id, stage, began, ended, state, program, config, rules, box)
VALUES (?1, ?2, ?3, NULL, 'running', ?4, ?5, '', 0);
-- name: run.worker
UPDATE run SET rules = ?2, box = ?3 WHERE id = ?1;
-- name: run.end
UPDATE run SET state = ?2, ended = ?3 WHERE id = ?1;
-- name: run.digest_add
INSERT INTO run_digest (run_id, name, digest) VALUES (?1, ?2, ?3);

-- name: run.last_done
SELECT coalesce(max(id), 0) FROM run WHERE stage = ?1 AND state = 'done';
-- name: run.digest_get
SELECT digest FROM run_digest WHERE run_id = ?1 AND name = ?2;

-- name: act.count
SELECT count(*), coalesce(max(n), 0) FROM act;
-- name: act.leaves
SELECT leaf FROM act ORDER BY n;
-- name: act.add
INSERT INTO act (n, run_id, kind, at, row, salt, leaf) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
-- name: act.all
SELECT n, run_id, kind, at, row, salt, leaf FROM act ORDER BY n;
-- name: head.last
SELECT size, signature FROM head ORDER BY size DESC LIMIT 1;
-- name: head.add
INSERT INTO head (size, root, at, suite, signature) VALUES (?1, ?2, ?3, ?4, ?5);
-- name: head.all
SELECT size, root, at, suite, signature FROM head ORDER BY size;
-- name: head.covered
SELECT coalesce(max(size), 0) FROM head;

-- Each custody act with its row; a row without its act, or an act without its row, has NULLs that agree with nothing.
-- name: act_rows.custody
SELECT a.n, a.row, c.handed_by, c.acquired, c.taken_by, c.note
FROM act a LEFT JOIN custody c ON c.act_n = a.n WHERE a.kind = 'custody'
UNION ALL
SELECT c.act_n, '', c.handed_by, c.acquired, c.taken_by, c.note
FROM custody c WHERE NOT EXISTS (SELECT 1 FROM act a WHERE a.n = c.act_n AND a.kind = 'custody');
