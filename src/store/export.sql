-- export.sql - a statement for each table of candor-export(7).
--
-- The columns are those of src/cli/export_tables.c, in that order.  Rows are ordered by what is exported of them, never
-- by an id: two cases that hold the same evidence give the same bytes, whatever came in first.

-- name: export.messages
SELECT l.key, c.sha256, l.message_id, v.subject_sealed, l.sender, l.date, m.zone, s.mailbox,
       coalesce(o.folder, i.folder), s.name, i.path,
       c.start, c.length, CASE WHEN s.kind = 'maildir' THEN 'maildir' ELSE i.kind END, m.size, m.in_reply_to, m.defects,
       m.bare, coalesce(o.kind, 0), coalesce(o.state, 0)
FROM copy c
LEFT JOIN copy_place o ON o.item_id = c.item_id AND o.start = c.start
JOIN message m ON m.id = c.content_id
JOIN message_line l ON l.content_id = c.content_id
JOIN item i ON i.id = c.item_id
JOIN source s ON s.id = i.source_id
LEFT JOIN message_view v ON v.content_id = c.content_id
ORDER BY l.key, s.mailbox, s.name, coalesce(o.folder, i.folder), i.path, c.start, c.sha256;

-- name: export.parts
SELECT k.key, p.path, p.kind, p.media_type, p.charset, v.filename_sealed, p.disposition, p.encoding, p.content_ref,
       b.read, p.sha256, b.state, b.scanned, b.unscanned, p.start, p.stop
FROM part p
JOIN message_key k ON k.content_id = p.content_id
LEFT JOIN best_reading b ON b.content_id = p.content_id AND b.path = p.path
LEFT JOIN part_view v ON v.content_id = p.content_id AND v.path = p.path
ORDER BY k.key, p.path;

-- name: export.addresses
SELECT k.key, a.n, a.role, e.address, e.domain
FROM address a
JOIN message_key k ON k.content_id = a.content_id
LEFT JOIN email e ON e.id = a.email_id
ORDER BY k.key, a.n;

-- name: export.mentions
SELECT k.key, n.n, n.path, n.role, e.address, e.domain, n.start
FROM mention n
JOIN message_key k ON k.content_id = n.content_id
LEFT JOIN email e ON e.id = n.email_id
ORDER BY k.key, n.n;

-- name: export.gaps
SELECT s.name, s.mailbox, i.path, k.key, g.path, g.reason, g.detail, g.bytes, g.start, g.whole, g.retryable
FROM gap_now g
JOIN source s ON s.id = g.source_id
LEFT JOIN item i ON i.id = g.item_id
LEFT JOIN message_key k ON k.content_id = g.content_id
UNION ALL
SELECT s.name, s.mailbox, g.item, k.key, g.path, g.reason, g.detail, g.bytes, g.start, 0, g.retryable
FROM part_gap g
JOIN source s ON s.id = g.source_id
JOIN message_key k ON k.content_id = g.content_id
ORDER BY 1, 2, 3, 9, 4, 5, 6, 7, 8;

-- name: export.findings
SELECT k.key, f.part_sha256, f.type, f.fingerprint, k.key, f.path, f.type, f.rule, f.start, f.stop, f.masked,
       f.confidence, f.matches, f.fingerprint
FROM finding f
JOIN message_key k ON k.content_id = f.content_id
ORDER BY k.key, f.path, f.start, f.stop, f.type, f.fingerprint;

-- name: export.matches
SELECT k.key, x.path, x.type, x.rule, x.start, x.stop, x.masked, x.confidence, x.fingerprint, r.version, r.rules
FROM match x
JOIN message_key k ON k.content_id = x.content_id
JOIN reader r ON r.id = x.reader_id
ORDER BY k.key, x.path, x.start, x.stop, x.rule, r.version, r.rules;

-- name: export.sources
SELECT s.name, s.mailbox, s.kind, p.path, s.collected,
       (SELECT t.root FROM source_root t WHERE t.source_id = s.id ORDER BY t.run_id DESC LIMIT 1),
       (SELECT count(*) FROM item i WHERE i.source_id = s.id),
       (SELECT count(*) FROM unit u WHERE u.source_id = s.id),
       (SELECT coalesce(sum(d.messages), 0) FROM unit u JOIN unit_done d ON d.unit_id = u.id WHERE u.source_id = s.id),
       (SELECT count(*) FROM gap_now g WHERE g.source_id = s.id)
FROM source s
JOIN source_now p ON p.source_id = s.id
ORDER BY s.name, s.mailbox, s.kind, p.path;

-- name: export.items
SELECT s.name, s.mailbox, i.path, i.folder, i.kind, i.looks, i.size, i.mtime
FROM item i
JOIN source s ON s.id = i.source_id
ORDER BY s.name, s.mailbox, i.path, i.size, i.mtime;

-- name: export.units
SELECT s.name, s.mailbox, u.kind, f.path, l.path, u.range_from, u.range_to, d.declared, d.messages, d.gaps, d.bytes,
       d.sha256
FROM unit u
JOIN source s ON s.id = u.source_id
JOIN item f ON f.id = u.first_item
JOIN item l ON l.id = u.last_item
LEFT JOIN unit_done d ON d.unit_id = u.id
ORDER BY s.name, s.mailbox, f.path, u.range_from, u.range_to;

-- name: export.runs
SELECT r.id, r.stage, n.state, r.began, r.ended, r.program, r.config, r.rules, r.box
FROM run r JOIN run_state n ON n.run_id = r.id
ORDER BY r.id;

-- name: export.custody
SELECT a.n, a.at, s.name, s.mailbox, c.handed_by, c.acquired, c.taken_by, c.note
FROM custody c
JOIN act a ON a.n = c.act_n
JOIN source s ON s.id = c.source_id
ORDER BY a.n;

-- name: export.acts
SELECT a.n, a.at, a.run_id, a.kind, a.row, a.leaf
FROM act a
ORDER BY a.n;

-- name: export.digests
SELECT d.name, d.name, d.rows
FROM digest d
ORDER BY d.name;

-- name: export.deadlines
SELECT d.duty, d.whom, d.recipient, d.began, d.due, d.since, d.state
FROM deadline d
ORDER BY d.due, d.duty, d.whom;

-- name: export.event_facts
SELECT f.act_n, f.what, f.whom, f.at, f.by, f.note
FROM act_event_fact f
ORDER BY f.act_n;

-- name: export.filings
SELECT f.act_n, f.duty, f.whom, f.at, f.copy, f.by
FROM act_filing f
ORDER BY f.act_n;

-- name: export.statements
SELECT s.act_n, s.at, s.place, s.says, s.measure, s.bound, s.among, s.by
FROM act_statement s
ORDER BY s.act_n;

-- name: export.enquiries
SELECT e.act_n, CASE WHEN e.enquiry = 0 THEN e.act_n ELSE e.enquiry END, e.state, e.kind, e.whom, e.contact, e.owner,
       e.due, e.says, e.by
FROM act_enquiry e
ORDER BY e.act_n;

-- name: export.alerts
SELECT a.act_n, a.kind, a.whom, a.account, a.at, a.address, a.code, a.outcome, a.valid, a.class, a.record
FROM act_alert a
ORDER BY a.act_n;

-- name: export.releases
SELECT r.act_n, r.whom, r.path, r.sha256, r.messages, r.key_check
FROM act_release r
ORDER BY r.act_n;
-- === scope ========================================================================================================

-- name: export.access
SELECT k.key, s.mailbox, s.name, i.path, c.start, coalesce(a.level, 0), r.reason, r.level, r.record,
       nullif(r.at, 0)
FROM copy c
JOIN item i ON i.id = c.item_id
JOIN source s ON s.id = i.source_id
JOIN message_key k ON k.content_id = c.content_id
LEFT JOIN access a ON a.item_id = c.item_id AND a.start = c.start
LEFT JOIN access_reason r ON r.item_id = c.item_id AND r.start = c.start
ORDER BY k.key, s.mailbox, s.name, i.path, c.start, r.level DESC, r.reason, r.record;

-- name: export.intruder_contacts
SELECT k.key, c.record, c.address, c.level
FROM intruder_contact c
LEFT JOIN message_key k ON k.content_id = c.class
ORDER BY k.key, c.record, c.address;

-- name: export.scope_notes
SELECT n.kind, n.mailbox, nullif(n.began, 0), nullif(n.ended, 0), n.record, n.count
FROM scope_note n
ORDER BY n.kind, n.mailbox, n.began, n.ended, n.record;

-- name: export.logs
SELECT s.name, i.path, l.kind, l.records, l.unparsed, l.began, l.ended, t.covers_from, t.covers_to
FROM log_file l
JOIN item i ON i.id = l.item_id
JOIN source s ON s.id = i.source_id
LEFT JOIN log_stated t ON t.item_id = l.item_id
     AND t.n = (SELECT max(u.n) FROM log_stated u WHERE u.item_id = l.item_id)
ORDER BY s.name, i.path, l.began, l.ended, l.records;

-- name: export.events
SELECT s.name, i.path, e.start, e.at, e.record, e.operation, e.access, e.throttled, e.cut, e.mailbox, e.actor,
       e.address, e.client, e.session, e.token, e.app, e.operations, e.outcome
FROM event e
JOIN item i ON i.id = e.item_id
JOIN source s ON s.id = i.source_id
ORDER BY s.name, i.path, e.start, e.record;

-- name: export.event_items
SELECT s.name, i.path, e.start, t.n, e.record, t.folder, t.folder_ref, t.message_id, t.item_ref, t.recipient,
       t.size
FROM event_item t
JOIN event e ON e.id = t.event_id
JOIN item i ON i.id = e.item_id
JOIN source s ON s.id = i.source_id
ORDER BY s.name, i.path, e.start, e.record, t.n;

-- name: export.signins
SELECT s.name, i.path, g.start, g.at, g.record, g.stream, g.account, g.account_ref, g.tenant,
       g.resource_tenant, g.app, g.address, g.agent, g.protocol, g.code, g.key_ref, g.token, g.session
FROM signin g
JOIN item i ON i.id = g.item_id
JOIN source s ON s.id = i.source_id
ORDER BY s.name, i.path, g.start, g.record;
