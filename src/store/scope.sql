-- scope.sql - what scope asks and writes.

-- === copies ======================================================================================================

-- Levels as in nouns/fact.h: possible 1, presumed 2, confirmed 3.
-- name: scope.no_log
INSERT INTO access_reason_new (item_id, start, reason, record, level, at)
SELECT c.item_id, c.start, 'no-log', '',
       CASE (SELECT p.value FROM act_policy p WHERE p.name = 'no_log' ORDER BY p.act_n DESC LIMIT 1)
       WHEN 'possible' THEN 1 ELSE 2 END, 0
FROM copy c;
-- name: scope.access
INSERT INTO access_new (item_id, start, level)
SELECT r.item_id, r.start, max(r.level) FROM access_reason_new r GROUP BY r.item_id, r.start;

-- === twins =======================================================================================================

-- Contents whose Message-ID another has too, and their attachments, both in the order of (Message-ID, key).
-- name: scope.twin_candidates
SELECT m.id, m.message_id, m.date,
       (SELECT lower(e.address) FROM address a JOIN email e ON e.id = a.email_id
        WHERE a.content_id = m.id AND a.role = 0 ORDER BY a.n LIMIT 1),
       m.subject_sealed, k.key
FROM message m JOIN message_key k ON k.content_id = m.id
WHERE m.bare = 0 AND m.message_id <> ''
  AND m.message_id IN (SELECT n.message_id FROM message n WHERE n.bare = 0 GROUP BY n.message_id HAVING count(*) > 1)
ORDER BY m.message_id, k.key;
-- name: scope.twin_attachments
SELECT m.id, p.sha256
FROM message m JOIN message_key k ON k.content_id = m.id
JOIN part p ON p.content_id = m.id
WHERE m.bare = 0 AND m.message_id <> ''
  AND m.message_id IN (SELECT n.message_id FROM message n WHERE n.bare = 0 GROUP BY n.message_id HAVING count(*) > 1)
  AND p.sha256 IS NOT NULL
  AND (p.disposition = 'attachment' OR p.filename_sealed IS NOT NULL
       OR p.media_type NOT IN ('text/plain', 'text/html'))
GROUP BY m.message_id, k.key, m.id, p.sha256
ORDER BY m.message_id, k.key, p.sha256;
-- name: scope.twin_add
INSERT INTO twin_new (content_id, class) VALUES (?1, ?2);
-- name: scope.twin_rest
INSERT INTO twin_new (content_id, class)
SELECT m.id, m.id FROM message m WHERE NOT EXISTS (SELECT 1 FROM twin_new t WHERE t.content_id = m.id);
-- name: scope.class_access
INSERT INTO class_access_new (class, level, copies)
SELECT t.class, max(coalesce(a.level, 0)), count(*)
FROM copy c JOIN twin_new t ON t.content_id = c.content_id
LEFT JOIN access_new a ON a.item_id = c.item_id AND a.start = c.start
GROUP BY t.class;

-- === digests =====================================================================================================

-- name: digest_of.access
SELECT s.name, i.path, a.start, a.level
FROM access a JOIN item i ON i.id = a.item_id JOIN source s ON s.id = i.source_id;
-- name: digest_of.access_reason
SELECT s.name, i.path, a.start, a.reason, a.record, a.level, a.at
FROM access_reason a JOIN item i ON i.id = a.item_id JOIN source s ON s.id = i.source_id;
-- name: digest_of.twin
SELECT k.key, c.key
FROM twin t JOIN message_key k ON k.content_id = t.content_id JOIN message_key c ON c.content_id = t.class;
-- name: digest_of.class_access
SELECT k.key, a.level, a.copies FROM class_access a JOIN message_key k ON k.content_id = a.class;
-- name: digest_of.intruder_contact
SELECT k.key, c.record, c.address, c.level
FROM intruder_contact c LEFT JOIN message_key k ON k.content_id = c.class;
-- name: digest_of.scope_note
SELECT n.kind, n.mailbox, n.began, n.ended, n.record, n.count FROM scope_note n;

-- === what candor scope says ======================================================================================

-- A copy without a row in access has level 0.
-- name: scope.levels
SELECT l.level, sum(l.copies), sum(l.mails)
FROM (SELECT coalesce(a.level, 0) AS level, 1 AS copies, 0 AS mails
      FROM copy c LEFT JOIN access a ON a.item_id = c.item_id AND a.start = c.start
      UNION ALL
      SELECT s.level, 0, 1 FROM class_access s) l
GROUP BY l.level ORDER BY l.level DESC;
-- name: scope.reasons
SELECT r.reason, r.level, count(*) FROM access_reason r GROUP BY r.reason, r.level ORDER BY r.level DESC, r.reason;
