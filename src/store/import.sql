-- import.sql - what the importer writes and asks while a unit comes in.

-- name: import.reader_find
SELECT id FROM reader WHERE id = (SELECT max(id) FROM reader) AND version = ?1 AND rules = ?2;
-- name: import.reader_add
INSERT INTO reader (id, version, rules)
SELECT coalesce(max(id), 0) + 1, ?1, ?2 FROM reader;

-- name: import.message
INSERT INTO message (id, k64, size, date, zone, message_id, in_reply_to, subject_sealed, defects, reader_id,
                     bare, received)
SELECT id, k64, size, date, zone, message_id, in_reply_to, subject_sealed, defects, reader_id, bare, received
FROM incoming_message;
-- name: import.copy
INSERT INTO copy (item_id, start, length, content_id, unit_id, sha256)
SELECT item_id, start, length, content_id, unit_id, sha256
FROM incoming_copy;
-- name: import.copy_place
INSERT INTO copy_place (item_id, start, folder, kind, state)
SELECT item_id, start, folder, kind, state
FROM incoming_copy_place;
-- name: import.email_find
SELECT id FROM email WHERE address = ?1;
-- name: import.email_add
INSERT INTO email (id, address, domain) VALUES (?1, ?2, ?3);
-- name: import.email_last
SELECT coalesce(max(id), 0) FROM email;
-- name: import.name_find
SELECT id FROM name WHERE sealed = ?1;
-- name: import.name_add
INSERT INTO name (id, sealed) VALUES (?1, ?2);
-- name: import.name_last
SELECT coalesce(max(id), 0) FROM name;
-- name: import.address
INSERT INTO address (content_id, n, role, email_id, name_id)
SELECT content_id, n, role, email_id, name_id
FROM incoming_address;
-- name: import.part
INSERT INTO part (content_id, path, kind, media_type, charset, filename_sealed, disposition, encoding,
                  content_ref, start, stop, sha256)
SELECT content_id, path, kind, media_type, charset, filename_sealed, disposition, encoding, content_ref, start,
       stop, sha256
FROM incoming_part;
-- name: import.attempt
INSERT INTO reading_attempt (content_id, path, reader_id, state, read, scanned, unscanned)
SELECT content_id, path, reader_id, state, read, scanned, unscanned
FROM incoming_attempt;
-- name: import.mention
INSERT INTO mention (content_id, n, path, role, email_id, start, name_id)
SELECT content_id, n, path, role, email_id, start, name_id
FROM incoming_mention;
-- name: import.match
INSERT INTO match (content_id, reader_id, path, start, stop, rule, type, fingerprint, masked, confidence)
SELECT content_id, reader_id, path, start, stop, rule, type, fingerprint, masked, confidence
FROM incoming_match;
-- name: import.gap
INSERT INTO gap (id, source_id, item_id, unit_id, content_id, start, path, reason, detail, bytes, retryable, whole,
                 run_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);
-- name: import.gap_last
SELECT coalesce(max(id), 0) FROM gap;
-- name: import.unit_done
INSERT INTO unit_done (unit_id, run_id, reader, declared, messages, gaps, bytes, sha256)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);


-- A known message read again: what is new of it is added, what is there stays.
-- name: import.part_again
INSERT INTO part (content_id, path, kind, media_type, charset, filename_sealed, disposition, encoding, content_ref,
                  start, stop, sha256)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT (content_id, path) DO NOTHING;
-- name: import.attempt_again
INSERT INTO reading_attempt (content_id, path, reader_id, state, read, scanned, unscanned)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (content_id, path, reader_id) DO NOTHING;
-- name: import.match_again
INSERT INTO match (content_id, reader_id, path, start, stop, rule, type, fingerprint, masked, confidence)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (content_id, reader_id, path, start, stop, rule) DO NOTHING;
-- name: import.unit_hash
SELECT sha256 FROM unit_done WHERE unit_id = ?1;
-- name: import.unit_again
INSERT INTO unit_again (unit_id, reader_id, run_id) VALUES (?1, ?2, ?3);

-- === logs ========================================================================================================

-- name: import.event_last
SELECT coalesce(max(id), 0) FROM event;
-- name: import.event
INSERT INTO event (id, item_id, unit_id, start, at, record, operation, access, throttled, cut, mailbox, actor, address,
                   client, session, token, app, operations, outcome)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19);
-- name: import.event_item
INSERT INTO event_item (event_id, n, folder, folder_ref, message_id, item_ref, recipient, size)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
-- name: import.signin_last
SELECT coalesce(max(id), 0) FROM signin;
-- name: import.signin
INSERT INTO signin (id, item_id, unit_id, start, at, record, stream, account, account_ref, tenant, resource_tenant, app,
                    address, agent, protocol, code, key_ref, token, session)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19);
-- name: digest_of.event
SELECT s.name, i.path, e.start, e.at, e.record, e.operation, e.access, e.throttled, e.cut, e.mailbox, e.actor, e.address,
       e.client, e.session, e.token, e.app, e.operations, e.outcome
FROM event e JOIN item i ON i.id = e.item_id JOIN source s ON s.id = i.source_id;
-- name: digest_of.event_item
SELECT s.name, i.path, e.start, t.n, t.folder, t.folder_ref, t.message_id, t.item_ref, t.recipient, t.size
FROM event_item t JOIN event e ON e.id = t.event_id JOIN item i ON i.id = e.item_id JOIN source s ON s.id = i.source_id;
-- name: digest_of.signin
SELECT s.name, i.path, g.start, g.at, g.record, g.stream, g.account, g.account_ref, g.tenant, g.resource_tenant, g.app,
       g.address, g.agent, g.protocol, g.code, g.key_ref, g.token, g.session
FROM signin g JOIN item i ON i.id = g.item_id JOIN source s ON s.id = i.source_id;
