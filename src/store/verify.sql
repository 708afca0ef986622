-- verify.sql - every row of every table that has a digest, as digest_rows.h takes them.

-- name: verify.source
SELECT name, kind, mailbox FROM source;
-- name: verify.item
SELECT path, kind, size FROM item;
-- name: verify.unit_done
SELECT declared, messages, gaps, bytes, sha256 FROM unit_done;
-- name: verify.message
SELECT coalesce(k.key, c.key), m.size, m.date, m.zone, m.message_id, m.in_reply_to, m.subject_sealed, m.defects, m.bare,
       m.received
FROM message m
LEFT JOIN content_key k ON k.k64 = m.k64 AND k.content_id = m.id
LEFT JOIN content_key_collision c ON c.content_id = m.id;
-- name: verify.copy
SELECT coalesce(k.key, c.key), y.sha256, y.start, y.length, s.name, s.mailbox, i.path, o.folder, coalesce(o.kind, 0),
       coalesce(o.state, 0)
FROM copy y JOIN message m ON m.id = y.content_id
LEFT JOIN copy_place o ON o.item_id = y.item_id AND o.start = y.start
LEFT JOIN item i ON i.id = y.item_id
LEFT JOIN source s ON s.id = i.source_id
LEFT JOIN content_key k ON k.k64 = m.k64 AND k.content_id = m.id
LEFT JOIN content_key_collision c ON c.content_id = m.id;
-- name: verify.address
SELECT coalesce(k.key, c.key), a.n, a.role, e.address, d.sealed
FROM address a JOIN message m ON m.id = a.content_id
LEFT JOIN email e ON e.id = a.email_id
LEFT JOIN name d ON d.id = a.name_id
LEFT JOIN content_key k ON k.k64 = m.k64 AND k.content_id = m.id
LEFT JOIN content_key_collision c ON c.content_id = m.id;
-- name: verify.part
SELECT coalesce(k.key, c.key), p.path, p.kind, p.media_type, p.charset, p.filename_sealed, p.disposition, p.encoding,
       p.content_ref, p.start, p.stop, p.sha256
FROM part p JOIN message m ON m.id = p.content_id
LEFT JOIN content_key k ON k.k64 = m.k64 AND k.content_id = m.id
LEFT JOIN content_key_collision c ON c.content_id = m.id;
-- name: verify.reading_attempt
SELECT coalesce(k.key, c.key), r.path, r.state, r.read, r.scanned, r.unscanned
FROM reading_attempt r JOIN message m ON m.id = r.content_id
LEFT JOIN content_key k ON k.k64 = m.k64 AND k.content_id = m.id
LEFT JOIN content_key_collision c ON c.content_id = m.id;
-- name: verify.mention
SELECT coalesce(k.key, c.key), n.n, n.path, n.role, e.address, d.sealed, n.start
FROM mention n JOIN message m ON m.id = n.content_id
LEFT JOIN email e ON e.id = n.email_id
LEFT JOIN name d ON d.id = n.name_id
LEFT JOIN content_key k ON k.k64 = m.k64 AND k.content_id = m.id
LEFT JOIN content_key_collision c ON c.content_id = m.id;
-- name: verify.match
SELECT coalesce(k.key, c.key), x.path, x.start, x.stop, x.rule, x.type, x.fingerprint, x.masked, x.confidence
FROM match x JOIN message m ON m.id = x.content_id
LEFT JOIN content_key k ON k.k64 = m.k64 AND k.content_id = m.id
LEFT JOIN content_key_collision c ON c.content_id = m.id;
-- name: verify.gap
SELECT coalesce(k.key, c.key), g.start, g.path, g.reason, g.detail, g.bytes, g.retryable, g.whole,
       s.name, s.mailbox, i.path
FROM gap g LEFT JOIN message m ON m.id = g.content_id
LEFT JOIN source s ON s.id = g.source_id
LEFT JOIN item i ON i.id = g.item_id
LEFT JOIN content_key k ON k.k64 = m.k64 AND k.content_id = m.id
LEFT JOIN content_key_collision c ON c.content_id = m.id;
-- name: verify.finding
SELECT coalesce(k.key, c.key), f.part_sha256, f.type, f.fingerprint, f.masked, f.confidence, f.matches
FROM finding f JOIN message m ON m.id = f.content_id
LEFT JOIN content_key k ON k.k64 = m.k64 AND k.content_id = m.id
LEFT JOIN content_key_collision c ON c.content_id = m.id;
