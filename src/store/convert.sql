-- convert.sql - parts that need a converter: which are open, and what was made of them.

-- name: convert.converter_newest
SELECT k.id, k.version, k.rules FROM converter k
WHERE k.id = (SELECT max(n.id) FROM converter n WHERE n.name = ?1);
-- name: convert.converter_add
INSERT INTO converter (id, name, version, rules)
SELECT coalesce(max(id), 0) + 1, ?1, ?2, ?3 FROM converter;

-- Parts that the reader of mail left unread, and no converter has looked at, whatever they are called. A part
-- comes once for each message that carries it.
-- name: convert.parts_open
SELECT p.sha256, p.path, p.media_type, a.read, f.root, f.item, f.kind, f.start, f.length
FROM part p
JOIN best_attempt a ON a.content_id = p.content_id AND a.path = p.path
JOIN first_copy f ON f.content_id = p.content_id
WHERE a.state = 2 AND p.sha256 IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM conversion v WHERE v.part_sha256 = p.sha256)
ORDER BY f.source_id, f.item, f.start, p.path;

-- Parts that were converted, but not by the version that is in use now, or scanned by other rules. What gave no text needs
-- no other rules.
-- name: convert.parts_stale
SELECT p.sha256, p.path, p.media_type, a.read, f.root, f.item, f.kind, f.start, f.length
FROM part p
JOIN best_attempt a ON a.content_id = p.content_id AND a.path = p.path
JOIN first_copy f ON f.content_id = p.content_id
WHERE a.state = 2 AND p.sha256 IS NOT NULL
  AND EXISTS (SELECT 1 FROM conversion v WHERE v.part_sha256 = p.sha256)
  AND NOT EXISTS (
    SELECT 1 FROM conversion v
    JOIN converter k ON k.id = v.converter_id
    JOIN converter n ON n.name = k.name
    WHERE v.part_sha256 = p.sha256
      AND n.id = (SELECT max(m.id) FROM converter m WHERE m.name = k.name)
      AND (k.id = n.id OR (v.text_bytes = 0 AND k.version = n.version)))
ORDER BY f.source_id, f.item, f.start, p.path;

-- The best conversion of a part: its converter, and how much text there is of it.
-- name: convert.best
SELECT v.converter_id, k.name, k.version, v.text_bytes
FROM best_conversion v JOIN converter k ON k.id = v.converter_id
WHERE v.part_sha256 = ?1;

-- name: convert.conversion
INSERT INTO conversion (part_sha256, converter_id, state, read, scanned, unscanned, text_bytes, run_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (part_sha256, converter_id) DO NOTHING;
-- name: convert.match
INSERT INTO conversion_match (part_sha256, converter_id, start, stop, rule, type, fingerprint, masked, confidence)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
-- name: convert.gap
INSERT INTO conversion_gap (part_sha256, converter_id, run_id, n, reason, detail, bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
-- Whether the box of a part that is open was ended in another run when its processor time was up.
-- name: convert.out_of_time_before
SELECT g.run_id FROM conversion_gap g
WHERE g.part_sha256 = ?1 AND g.converter_id = 0 AND g.reason = 'cpu-time' AND g.run_id <> ?2
LIMIT 1;
-- A text that was scanned again is what it was.
-- name: convert.before
SELECT v.state, v.read, v.scanned, v.unscanned, v.text_bytes FROM conversion v
WHERE v.part_sha256 = ?1 AND v.converter_id = ?2;
-- name: convert.gaps_before
SELECT g.reason, g.detail, g.bytes FROM conversion_gap g
WHERE g.part_sha256 = ?1 AND g.converter_id = ?2 AND g.reason <> 'too-many-matches'
ORDER BY g.run_id, g.n;

-- Texts that a search may look into: of each part that a message carries, the best conversion.
-- name: convert.texts
SELECT m.key, p.sha256, p.path, k.name, k.version
FROM best_conversion v
JOIN converter k ON k.id = v.converter_id
JOIN part p ON p.sha256 = v.part_sha256
JOIN message_key m ON m.content_id = p.content_id
WHERE v.text_bytes > 0
ORDER BY p.sha256, m.key, p.path;

-- name: digest_of.conversion
SELECT v.part_sha256, k.name, k.version, v.state, v.read, v.scanned, v.unscanned, v.text_bytes
FROM conversion v JOIN converter k ON k.id = v.converter_id;
-- name: digest_of.conversion_match
SELECT part_sha256, start, stop, rule, type, fingerprint, masked, confidence FROM conversion_match;
-- name: digest_of.conversion_gap
SELECT part_sha256, reason, detail, bytes FROM conversion_gap;
