-- scope.sql - what scope asks and writes.

-- === copies ======================================================================================================

-- name: scope.access
INSERT INTO access_new (item_id, start, level)
SELECT r.item_id, r.start, max(r.level) FROM access_reason_new r GROUP BY r.item_id, r.start;

-- === twins =======================================================================================================

-- Contents whose Message-ID another has too, and their attachments, both in the order of (Message-ID, key). A text or
-- RTF without a name is a body in one more form, or a calendar's entry, which Outlook keeps as properties; so is what
-- a server reports of a delivery.
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
       OR (p.media_type NOT LIKE 'text/%' AND p.media_type NOT IN
           ('application/rtf', 'message/delivery-status', 'message/disposition-notification')))
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

-- === logs and intruders ==========================================================================================

-- How to decide stands under no intruder.
-- name: scope.policies
SELECT s.kind, s.value FROM act_intruders_set s
WHERE s.act_n = (SELECT max(i.act_n) FROM act_intruders i) AND s.intruder = ''
ORDER BY s.kind, s.value;
-- name: scope.intruders
SELECT s.intruder, s.kind, s.value, s.began, s.ended FROM act_intruders_set s
WHERE s.act_n = (SELECT max(i.act_n) FROM act_intruders i) AND s.intruder <> ''
ORDER BY s.intruder, s.kind, s.value, s.began, s.ended;

-- Records of mailboxes, in an order that does not depend on the order of the files.
-- name: scope.events
SELECT e.id, e.at, e.record, e.operation, e.access, e.throttled, e.cut, e.mailbox, e.actor, e.address, e.client,
       e.session, e.token, e.app, e.operations, e.outcome
FROM event e
WHERE e.mailbox <> '' OR e.operation IN ('MailItemsAccessed', 'Send', 'SendAs', 'SendOnBehalf')
ORDER BY e.record, e.at, e.operation, e.access, e.mailbox, e.actor, e.address, e.client, e.session, e.token, e.app,
         e.outcome;
-- name: scope.event_items
SELECT t.event_id, t.folder, t.folder_ref, t.message_id, t.item_ref, t.recipient, t.size
FROM event_item t
ORDER BY t.event_id, t.n;
-- What is stated of a log goes before what its records span.
-- name: scope.logs
SELECT l.item_id, coalesce(t.covers_from, l.began), coalesce(t.covers_to, l.ended),
       CASE WHEN t.item_id IS NULL THEN 0 ELSE 1 END
FROM log_file l
LEFT JOIN log_stated t ON t.item_id = l.item_id
     AND t.n = (SELECT max(u.n) FROM log_stated u WHERE u.item_id = l.item_id)
WHERE l.kind = 'audit-log'
ORDER BY l.item_id;
-- name: scope.log_mailboxes
SELECT DISTINCT e.item_id, e.mailbox FROM event e WHERE e.mailbox <> '';

-- Every copy, mailbox by mailbox.
-- name: scope.copies
SELECT lower(s.mailbox), coalesce(o.folder, i.folder), i.path, c.item_id, c.start, c.content_id, m.message_id, m.size,
       m.received, i.kind
FROM copy c
LEFT JOIN copy_place o ON o.item_id = c.item_id AND o.start = c.start
JOIN item i ON i.id = c.item_id
JOIN source s ON s.id = i.source_id
JOIN message m ON m.id = c.content_id
ORDER BY lower(s.mailbox), c.item_id, c.start;
-- name: scope.reason_add
INSERT INTO access_reason_new (item_id, start, reason, record, level, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (item_id, start, reason, record) DO NOTHING;
-- name: scope.forget_elsewhere
DELETE FROM named_elsewhere;
-- name: scope.elsewhere_add
INSERT INTO named_elsewhere (message_id, record, at) VALUES (?1, ?2, ?3) ON CONFLICT (message_id, record) DO NOTHING;
-- Copies in other mailboxes of messages that a record names where they are no more; several mails may have the Message-ID.
-- name: scope.reasons_elsewhere
INSERT INTO access_reason_new (item_id, start, reason, record, level, at)
SELECT c.item_id, c.start, 'named-elsewhere', n.record,
       CASE WHEN k.classes = 1 THEN 3 ELSE 2 END, n.at
FROM named_elsewhere n
JOIN (SELECT o.message_id AS message_id, count(DISTINCT t.class) AS classes
      FROM message o JOIN twin_new t ON t.content_id = o.id
      WHERE o.message_id IN (SELECT x.message_id FROM named_elsewhere x) GROUP BY o.message_id) k
  ON k.message_id = n.message_id
JOIN message m ON m.message_id = n.message_id
JOIN copy c ON c.content_id = m.id
WHERE 1 = 1
ON CONFLICT (item_id, start, reason, record) DO NOTHING;
-- name: scope.note_add
INSERT INTO scope_note_new (kind, mailbox, began, ended, record, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (kind, mailbox, began, ended, record) DO NOTHING;
-- name: scope.unparsed_notes
INSERT INTO scope_note_new (kind, mailbox, began, ended, record, count)
SELECT 'unparsed', '', 0, 0, '', sum(l.unparsed) FROM log_file l WHERE l.kind = 'audit-log' HAVING sum(l.unparsed) > 0;

-- === to whom the intruder wrote ==================================================================================

-- The class of the mail with this Message-ID that has the least key.
-- name: scope.class_of
SELECT t.class
FROM message m JOIN twin_new t ON t.content_id = m.id JOIN message_key k ON k.content_id = t.class
WHERE m.message_id = ?1
ORDER BY k.key LIMIT 1;
-- name: scope.contact_add
INSERT INTO intruder_contact_new (class, record, address, level) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (class, record, address) DO NOTHING;
-- name: scope.contacts_of_mail
INSERT INTO intruder_contact_new (class, record, address, level)
SELECT DISTINCT t.class, '', lower(e.address), CAST(?2 AS INTEGER)
FROM twin_new t JOIN address a ON a.content_id = t.content_id JOIN email e ON e.id = a.email_id
WHERE t.class = ?1 AND a.role IN (3, 4, 5)
ON CONFLICT (class, record, address) DO NOTHING;

-- === the three numbers ===========================================================================================

-- name: scope.records
SELECT sum(l.records),
       (SELECT count(DISTINCT e.record) FROM event e WHERE e.record <> '')
           + (SELECT count(*) FROM event e WHERE e.record = ''),
       sum(l.unparsed)
FROM log_file l WHERE l.kind = 'audit-log' HAVING count(*) > 0;
-- Hours of the intruders' windows; "open" where such a window has no end, or no beginning, and no log goes so far.
-- name: scope.mailboxes
SELECT n.mailbox,
       sum(CASE WHEN n.kind = 'covered' THEN (n.ended - n.began) / 3600000000 ELSE 0 END),
       CASE WHEN sum(CASE WHEN n.kind = 'uncovered' AND (n.began = 0 OR n.ended = 0) THEN 1 ELSE 0 END) > 0 THEN 'open'
            ELSE CAST(sum(CASE WHEN n.kind = 'uncovered' THEN (n.ended - n.began) / 3600000000 ELSE 0 END) AS TEXT) END,
       sum(CASE WHEN n.kind = 'resolved' THEN n.count ELSE 0 END),
       sum(CASE WHEN n.kind = 'unresolved' THEN n.count ELSE 0 END),
       sum(CASE WHEN n.kind = 'missing-here' THEN n.count ELSE 0 END),
       sum(CASE WHEN n.kind = 'unlisted' THEN n.count ELSE 0 END),
       sum(CASE WHEN n.kind = 'unknown-mailbox' THEN n.count ELSE 0 END)
FROM scope_note n
WHERE n.mailbox <> '' OR n.kind = 'unknown-mailbox'
GROUP BY n.mailbox ORDER BY n.mailbox;
