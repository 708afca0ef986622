-- attribute.sql - whom mail and findings concern, and what each is exposed to.
--
-- Levels (nouns/fact.h): possible 1, presumed 2, confirmed 3. Kinds of facts: taken 1, data 2, unread 3, contacted 4,
-- targeted 5. Standing: party 1, mentioned 2. Rows are inserted in the order of the tables that they come from, which is
-- nearly that of the twin classes, so that no statement sorts all mail.

-- === who there is ================================================================================================

-- name: attribute.policy
SELECT value FROM act_policy WHERE name = ?1 ORDER BY act_n DESC LIMIT 1;
-- name: attribute.rulings
SELECT verb, whom, kind, content, subject, type, mark, level, other FROM act_ruling ORDER BY act_n;
-- name: attribute.class_of_key
SELECT t.class FROM content_key c JOIN twin t ON t.content_id = c.content_id WHERE c.k64 = ?1 AND c.key = ?2
UNION
SELECT t.class FROM content_key_collision x JOIN twin t ON t.content_id = x.content_id WHERE x.key = ?2;

-- What names the customers of the newest list; and those that are only in older ones, by the last that had them, unless
-- the newest gives the name to somebody else.
-- name: attribute.names_listed
SELECT n.kind, n.value, n.customer FROM listed_name n WHERE n.list_id = (SELECT max(l.id) FROM customer_list l)
ORDER BY n.customer;
-- name: attribute.names_gone
SELECT n.kind, n.value, n.customer FROM listed_name n
WHERE n.list_id = (SELECT max(c.list_id) FROM listed_customer c WHERE c.id = n.customer)
  AND n.list_id < (SELECT max(l.id) FROM customer_list l)
  AND NOT EXISTS (SELECT 1 FROM listed_name o WHERE o.list_id = (SELECT max(l.id) FROM customer_list l)
                  AND o.kind = n.kind AND o.value = n.value)
ORDER BY n.customer;

-- name: attribute.customers_listed
INSERT INTO customer_new (id, name, sector, country, language, state, into_id)
SELECT c.id, c.name, c.sector, c.country, c.language, 'listed', ''
FROM listed_customer c WHERE c.list_id = (SELECT max(l.id) FROM customer_list l);
-- name: attribute.customers_gone
INSERT INTO customer_new (id, name, sector, country, language, state, into_id)
SELECT c.id, c.name, c.sector, c.country, c.language, 'gone', ''
FROM listed_customer c
WHERE c.list_id = (SELECT max(d.list_id) FROM listed_customer d WHERE d.id = c.id)
  AND c.list_id < (SELECT max(l.id) FROM customer_list l);
-- name: attribute.customer_merge
INSERT INTO customer_new (id, name, sector, country, language, state, into_id) VALUES (?1, ?1, '', '', '', 'merged', ?2)
ON CONFLICT (id) DO UPDATE SET state = 'merged', into_id = excluded.into_id;
-- name: attribute.customer_split
INSERT INTO customer_new (id, name, sector, country, language, state, into_id)
SELECT ?2, ?2, c.sector, c.country, c.language, 'listed', '' FROM customer_new c WHERE c.id = ?1
ON CONFLICT (id) DO NOTHING;
-- name: attribute.customer_rename
UPDATE customer_new SET name = ?2 WHERE id = ?1;
-- name: attribute.customers_proposed
INSERT INTO customer_new (id, name, sector, country, language, state, into_id)
SELECT DISTINCT l.whom, substr(l.whom, 10), '', '', '', 'proposed', '' FROM message_link_new l
WHERE substr(l.whom, 1, 9) = 'proposed:'
ON CONFLICT (id) DO NOTHING;

-- Ids of organisations in no list are minted once: those of this run that no act has.
-- name: attribute.minted
SELECT s.domain FROM act_minted_set s ORDER BY s.id;
-- name: attribute.to_mint
SELECT count(*) FROM customer_new c WHERE c.state = 'proposed'
  AND NOT EXISTS (SELECT 1 FROM act_minted_set s WHERE s.id = c.id);
-- name: attribute.mint
INSERT INTO act_minted_set (act_n, domain, id)
SELECT ?1, substr(c.id, 10), c.id FROM customer_new c WHERE c.state = 'proposed'
  AND NOT EXISTS (SELECT 1 FROM act_minted_set s WHERE s.id = c.id);
-- name: act_set.minted
SELECT domain, id FROM act_minted_set WHERE act_n = ?1;

-- === whose an address is =========================================================================================

-- name: attribute.forget_masked
DELETE FROM masked_whom;
-- name: attribute.forget_accounts
DELETE FROM secret_account;
-- name: attribute.forget_unread
DELETE FROM unread_part;
-- name: attribute.forget_parties
DELETE FROM class_party;
-- name: attribute.emails
SELECT id, address FROM email;
-- name: attribute.email_add
INSERT INTO email_whom_new (email_id, whom, reason) VALUES (?1, ?2, ?3);
-- The domains that findings of mail addresses show; the addresses themselves are not kept.
-- name: attribute.masked_domains
SELECT DISTINCT f.masked FROM finding f WHERE f.type = 'contact.email';
-- name: attribute.masked_add
INSERT INTO masked_whom (masked, whom) VALUES (?1, ?2);

-- === links of messages ===========================================================================================

-- By the sender and the recipients; then by where answers go and what was delivered to whom. Who is only in Return-Path
-- sent nothing that anybody reads: it is asked (review).
-- name: attribute.links_address
INSERT INTO message_link_new (class, whom, reason, standing, weight)
SELECT t.class, w.whom, w.reason, 1, 100
FROM address a JOIN twin t ON t.content_id = a.content_id JOIN email_whom_new w ON w.email_id = a.email_id
WHERE a.role <> 2 AND a.role < 11 AND w.whom <> '' AND w.reason <> 'shared-name'
ON CONFLICT (class, whom, reason) DO NOTHING;
-- name: attribute.links_answer
INSERT INTO message_link_new (class, whom, reason, standing, weight)
SELECT t.class, w.whom, w.reason, 1, 80
FROM address a JOIN twin t ON t.content_id = a.content_id JOIN email_whom_new w ON w.email_id = a.email_id
WHERE (a.role = 2 OR a.role = 12) AND w.whom <> '' AND w.reason <> 'shared-name'
ON CONFLICT (class, whom, reason) DO NOTHING;
-- name: attribute.links_quoted
INSERT INTO message_link_new (class, whom, reason, standing, weight)
SELECT t.class, w.whom, 'quoted-header', 1, 70
FROM mention n JOIN twin t ON t.content_id = n.content_id JOIN email_whom_new w ON w.email_id = n.email_id
WHERE w.whom <> '' AND w.reason <> 'shared-name'
ON CONFLICT (class, whom, reason) DO NOTHING;
-- name: attribute.link_add
INSERT INTO message_link_new (class, whom, reason, standing, weight) VALUES (?1, ?2, 'ruling', 1, 100)
ON CONFLICT (class, whom, reason) DO NOTHING;
-- name: attribute.link_remove
DELETE FROM message_link_new WHERE (?1 = 0 OR class = ?1) AND whom = ?2;

-- === owners of findings ==========================================================================================

-- The account that stands last before each secret, within 200 bytes of the same text, unless that account is part of a
-- quoted header (it says who wrote, not what the secret opens). In texts of mail, then in those of attachments.
-- name: attribute.accounts_in_mail
INSERT INTO secret_account (class, type, fingerprint, whom)
SELECT t.class, s.type, s.fingerprint, w.whom
FROM match s
JOIN match e ON e.content_id = s.content_id AND e.reader_id = s.reader_id AND e.path = s.path
            AND e.start >= s.start - 200 AND e.start < s.start AND e.stop <= s.start
JOIN masked_whom w ON w.masked = e.masked
JOIN twin t ON t.content_id = s.content_id
WHERE s.type >= 'secret.' AND s.type < 'secret/' AND e.type = 'contact.email'
  AND s.reader_id = (SELECT max(a.reader_id) FROM reading_attempt a WHERE a.content_id = s.content_id)
  AND NOT EXISTS (SELECT 1 FROM match n WHERE n.content_id = e.content_id AND n.reader_id = e.reader_id
                  AND n.path = e.path AND n.start > e.start AND n.start < s.start AND n.stop <= s.start
                  AND n.type = 'contact.email')
  AND NOT EXISTS (SELECT 1 FROM mention q WHERE q.content_id = e.content_id AND q.path = e.path
                  AND q.start <= e.start AND q.start > e.start - 100)
ON CONFLICT (class, type, fingerprint, whom) DO NOTHING;
-- name: attribute.accounts_in_parts
INSERT INTO secret_account (class, type, fingerprint, whom)
SELECT t.class, x.type, x.fingerprint, x.whom
FROM (SELECT DISTINCT s.part_sha256 AS part_sha256, s.type AS type, s.fingerprint AS fingerprint, w.whom AS whom
      FROM conversion_match s
      JOIN conversion_match e ON e.part_sha256 = s.part_sha256 AND e.converter_id = s.converter_id
                             AND e.start >= s.start - 200 AND e.start < s.start AND e.stop <= s.start
      JOIN masked_whom w ON w.masked = e.masked
      WHERE s.type >= 'secret.' AND s.type < 'secret/' AND e.type = 'contact.email'
        AND (s.converter_id = (SELECT max(c.converter_id) FROM conversion c WHERE c.part_sha256 = s.part_sha256)
             OR EXISTS (SELECT 1 FROM best_conversion v WHERE v.part_sha256 = s.part_sha256
                        AND v.converter_id = s.converter_id))
        AND NOT EXISTS (SELECT 1 FROM conversion_match n
                        WHERE n.part_sha256 = e.part_sha256 AND n.converter_id = e.converter_id AND n.start > e.start
                          AND n.start < s.start AND n.stop <= s.start AND n.type = 'contact.email')) x
JOIN part p ON p.sha256 = x.part_sha256
JOIN twin t ON t.content_id = p.content_id
WHERE 1 = 1
ON CONFLICT (class, type, fingerprint, whom) DO NOTHING;
-- A secret belongs to its account wherever it stands in that mail and its twins: said again in the subject, or in HTML
-- where the account is further off, it is no other's.
-- name: attribute.owner_account
INSERT INTO finding_link_new (class, part_sha256, type, fingerprint, whom, reason)
SELECT t.class, f.part_sha256, f.type, f.fingerprint, s.whom, 'account'
FROM finding f
JOIN twin t ON t.content_id = f.content_id
JOIN secret_account s ON s.class = t.class AND s.type = f.type AND s.fingerprint = f.fingerprint
WHERE f.type >= 'secret.' AND f.type < 'secret/' AND s.whom <> '?' AND substr(s.whom, 1, 9) <> 'proposed:'
ON CONFLICT (class, part_sha256, type, fingerprint, whom) DO NOTHING;
-- The one party of each class that has one; '' where it has several, or perhaps: an address that customers share is one
-- of theirs, though nobody knows whose, until a ruling makes one of them a party.
-- name: attribute.class_parties
INSERT INTO class_party (class, whom)
SELECT l.class, CASE WHEN min(l.whom) = max(l.whom) THEN min(l.whom) ELSE '' END
FROM message_link_new l WHERE l.standing = 1 GROUP BY l.class;
-- name: attribute.parties_shared
INSERT INTO class_party (class, whom)
SELECT DISTINCT t.class, ''
FROM email_whom_new w JOIN address p ON p.email_id = w.email_id JOIN twin t ON t.content_id = p.content_id
WHERE w.reason = 'shared-name' AND p.role <> 11
  AND NOT EXISTS (SELECT 1 FROM email_whom_new v JOIN message_link_new l ON l.class = t.class AND l.whom = v.whom
                  WHERE v.email_id = w.email_id)
ON CONFLICT (class) DO UPDATE SET whom = '';
-- name: attribute.parties_shared_quoted
INSERT INTO class_party (class, whom)
SELECT DISTINCT t.class, ''
FROM email_whom_new w JOIN mention p ON p.email_id = w.email_id JOIN twin t ON t.content_id = p.content_id
WHERE w.reason = 'shared-name'
  AND NOT EXISTS (SELECT 1 FROM email_whom_new v JOIN message_link_new l ON l.class = t.class AND l.whom = v.whom
                  WHERE v.email_id = w.email_id)
ON CONFLICT (class) DO UPDATE SET whom = '';
-- All others in one pass: a mail address belongs to the organisation of its domain, when a list knows that one; what is
-- nobody's by itself, in mail of one party alone, is that party's. But a secret whose account is of an organisation in no
-- list, and what shows a domain that customers share, are somebody else's: whose, a person says.
-- name: attribute.owner_rest
INSERT INTO finding_link_new (class, part_sha256, type, fingerprint, whom, reason)
SELECT t.class, f.part_sha256, f.type, f.fingerprint, coalesce(w.whom, p.whom),
       CASE WHEN w.whom IS NULL THEN 'only-party' ELSE 'domain' END
FROM finding f
JOIN twin t ON t.content_id = f.content_id
LEFT JOIN masked_whom w ON f.type = 'contact.email' AND w.masked = f.masked AND substr(w.whom, 1, 9) <> 'proposed:'
LEFT JOIN class_party p ON p.class = t.class AND p.whom <> ''
WHERE (w.whom IS NOT NULL OR p.whom IS NOT NULL) AND (w.whom IS NULL OR w.whom <> '?')
  AND (f.type < 'secret.' OR f.type >= 'secret/'
       OR NOT EXISTS (SELECT 1 FROM secret_account s WHERE s.class = t.class AND s.type = f.type
                      AND s.fingerprint = f.fingerprint AND s.whom <> p.whom))
ON CONFLICT (class, part_sha256, type, fingerprint, whom) DO NOTHING;
-- name: attribute.owner_forget
DELETE FROM finding_link_new WHERE class = ?1 AND (?2 = '' OR type = ?2) AND (?4 = 0 OR fingerprint = ?3);
-- name: attribute.owner_set
INSERT INTO finding_link_new (class, part_sha256, type, fingerprint, whom, reason)
SELECT t.class, f.part_sha256, f.type, f.fingerprint, ?5, 'ruling'
FROM twin t JOIN finding f ON f.content_id = t.content_id
WHERE t.class = ?1 AND (?2 = '' OR f.type = ?2) AND (?4 = 0 OR f.fingerprint = ?3)
ON CONFLICT (class, part_sha256, type, fingerprint, whom) DO NOTHING;
-- A ruling that data is somebody's, or is not; what it leaves open ('', ?4 = 0; of removals also 0 and no mark) is any.
-- name: attribute.owner_add
INSERT INTO finding_link_new (class, part_sha256, type, fingerprint, whom, reason)
SELECT t.class, f.part_sha256, f.type, f.fingerprint, ?5, 'ruling'
FROM twin t JOIN finding f ON f.content_id = t.content_id
WHERE t.class = ?1 AND (?2 = '' OR f.type = ?2) AND (?4 = 0 OR f.fingerprint = ?3)
ON CONFLICT (class, part_sha256, type, fingerprint, whom) DO NOTHING;
-- name: attribute.owner_remove
DELETE FROM finding_link_new
WHERE whom = ?5 AND (?1 = 0 OR class = ?1) AND (?2 = '' OR type = ?2) AND (?4 = 0 OR fingerprint = ?3);

-- Who is no party to a mail, and to whom a finding in it belongs, is mentioned.
-- name: attribute.links_mentioned
INSERT INTO message_link_new (class, whom, reason, standing, weight)
SELECT k.class, k.whom, 'finding', 2, 50
FROM finding_link_new k
WHERE k.whom <> ''
  AND NOT EXISTS (SELECT 1 FROM message_link_new l WHERE l.class = k.class AND l.whom = k.whom)
ON CONFLICT (class, whom, reason) DO NOTHING;

-- === exposure ====================================================================================================

-- exposure is clustered by whom, and its sources by class: each statement takes the classes from ?1 to before ?2 and sorts
-- what they give, so that neither all facts are sorted at once nor each is put into a page of its own.
-- name: attribute.extent
SELECT coalesce(min(t.content_id), 0), coalesce(max(t.content_id), 0), (SELECT count(*) FROM finding_link_new) FROM twin t;
-- name: attribute.taken
INSERT INTO exposure_new (whom, kind, content_id, subject, type, mark, level, reason)
SELECT l.whom, 1, l.class, '', '', CAST('' AS BLOB), a.level, min(l.reason)
FROM message_link_new l JOIN class_access a ON a.class = l.class
WHERE l.class >= ?1 AND l.class < ?2 AND a.level >= 2 AND l.standing = 1 AND substr(l.whom, 1, 9) <> 'proposed:'
GROUP BY l.class, l.whom, a.level
ORDER BY l.whom, l.class;
-- name: attribute.data
INSERT INTO exposure_new (whom, kind, content_id, subject, type, mark, level, reason)
SELECT k.whom, 2, k.class, '', k.type, k.fingerprint, a.level, k.reason
FROM finding_link_new k JOIN class_access a ON a.class = k.class
WHERE k.class >= ?1 AND k.class < ?2 AND a.level >= 2 AND k.whom <> '' AND substr(k.whom, 1, 9) <> 'proposed:'
ORDER BY k.whom, k.class, k.type, k.fingerprint, k.reason
ON CONFLICT (whom, kind, content_id, subject, type, mark) DO NOTHING;
-- Parts whose best reading is not whole; the same bytes read whole in a twin are read. A piece of a message that was sent in
-- several is read, and says nothing.
-- name: attribute.unread_parts
INSERT INTO unread_part (class, mark)
SELECT t.class, p.sha256
FROM best_reading b JOIN part p ON p.content_id = b.content_id AND p.path = b.path
JOIN twin t ON t.content_id = b.content_id
WHERE (b.state <> 0 OR p.media_type = 'message/partial') AND p.kind = 0 AND p.sha256 IS NOT NULL
ON CONFLICT (class, mark) DO NOTHING;
-- name: attribute.unread_nowhere_hashed
SELECT t.class, k.key, p.path
FROM best_reading b JOIN part p ON p.content_id = b.content_id AND p.path = b.path
JOIN twin t ON t.content_id = b.content_id JOIN message_key k ON k.content_id = b.content_id
WHERE b.state <> 0 AND p.kind = 0 AND p.sha256 IS NULL
UNION ALL
-- Parts beyond the most that are listed have no row: together they are one, without a path (DEFECT_PARTS_CUT).
SELECT t.class, k.key, ''
FROM message m JOIN twin t ON t.content_id = m.id JOIN message_key k ON k.content_id = m.id
WHERE (m.defects & 262144) <> 0;
-- name: attribute.unread_add
INSERT INTO unread_part (class, mark) VALUES (?1, ?2) ON CONFLICT (class, mark) DO NOTHING;
-- name: attribute.unread
INSERT INTO exposure_new (whom, kind, content_id, subject, type, mark, level, reason)
SELECT l.whom, 3, u.class, '', '', u.mark, a.level, min(l.reason)
FROM unread_part u JOIN message_link_new l ON l.class = u.class JOIN class_access a ON a.class = u.class
WHERE u.class >= ?1 AND u.class < ?2 AND a.level >= 2 AND l.standing = 1 AND substr(l.whom, 1, 9) <> 'proposed:'
GROUP BY l.whom, u.class, u.mark, a.level
ORDER BY l.whom, u.class, u.mark;
-- name: attribute.contacts
SELECT class, record, address, level FROM intruder_contact ORDER BY address, class, record;
-- name: attribute.fact_seen
INSERT INTO exposure_new (whom, kind, content_id, subject, type, mark, level, reason)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (whom, kind, content_id, subject, type, mark) DO UPDATE
SET level = CASE WHEN excluded.level > exposure_new.level THEN excluded.level ELSE exposure_new.level END,
    reason = CASE WHEN excluded.reason < exposure_new.reason THEN excluded.reason ELSE exposure_new.reason END;

-- Accounts are known by the fingerprints of mail addresses in stolen mail that holds a secret, too; asked only where
-- there are sign-ins.
-- name: attribute.stolen_accounts
SELECT DISTINCT f.fingerprint
FROM finding f JOIN twin t ON t.content_id = f.content_id JOIN class_access a ON a.class = t.class
WHERE a.level >= 2 AND f.type = 'contact.email' AND EXISTS (SELECT 1 FROM signin)
  AND EXISTS (SELECT 1 FROM finding s WHERE s.content_id = f.content_id AND s.type LIKE 'secret.%');
-- name: attribute.threshold
SELECT s.value FROM act_intruders_set s
WHERE s.kind = 'policy' AND s.act_n = (SELECT max(i.act_n) FROM act_intruders i)
  AND substr(s.value, 1, length(?1) + 1) = ?1 || '=';
-- name: attribute.intruder_addresses
SELECT DISTINCT s.value FROM act_intruders_set s
WHERE s.kind = 'address' AND s.act_n = (SELECT max(i.act_n) FROM act_intruders i);
-- name: attribute.signins
SELECT s.at, s.account, s.tenant, s.address, s.code FROM signin s WHERE s.at IS NOT NULL AND s.account <> '';

-- Rulings. What one leaves open (kind 0, content 0, '') it is about in whole.
-- name: attribute.fact_remove
DELETE FROM exposure_new
WHERE whom = ?1 AND (?2 = 0 OR kind = ?2) AND (?3 = 0 OR content_id = ?3) AND (?4 = '' OR subject = ?4)
  AND (?5 = '' OR type = ?5) AND (?7 = 0 OR mark = ?6);
-- name: attribute.fact_add
INSERT INTO exposure_new (whom, kind, content_id, subject, type, mark, level, reason)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'ruling')
ON CONFLICT (whom, kind, content_id, subject, type, mark) DO NOTHING;
-- name: attribute.fact_level
UPDATE exposure_new SET level = ?8, reason = 'ruling'
WHERE whom = ?1 AND (?2 = 0 OR kind = ?2) AND (?3 = 0 OR content_id = ?3) AND (?4 = '' OR subject = ?4)
  AND (?5 = '' OR type = ?5) AND (?7 = 0 OR mark = ?6);
-- name: attribute.fact_too_low
DELETE FROM exposure_new WHERE level < 2;

-- === review ======================================================================================================

-- name: attribute.review_possible
INSERT INTO review_new (cause, whom, kind, content_id, subject, type, mark, level)
SELECT 'possible', l.whom, 1, l.class, '', '', CAST('' AS BLOB), 1
FROM message_link_new l JOIN class_access a ON a.class = l.class
WHERE a.level = 1 AND l.standing = 1
GROUP BY l.class, l.whom;
-- name: attribute.review_possible_data
INSERT INTO review_new (cause, whom, kind, content_id, subject, type, mark, level)
SELECT 'possible', k.whom, 2, k.class, '', k.type, k.fingerprint, 1
FROM finding_link_new k JOIN class_access a ON a.class = k.class
WHERE a.level = 1 AND k.whom <> ''
ON CONFLICT (cause, whom, kind, content_id, subject, type, mark) DO NOTHING;
-- name: attribute.review_possible_unread
INSERT INTO review_new (cause, whom, kind, content_id, subject, type, mark, level)
SELECT 'possible', l.whom, 3, u.class, '', '', u.mark, 1
FROM unread_part u JOIN message_link_new l ON l.class = u.class JOIN class_access a ON a.class = u.class
WHERE a.level = 1 AND l.standing = 1
ON CONFLICT (cause, whom, kind, content_id, subject, type, mark) DO NOTHING;
-- name: attribute.review_proposed
INSERT INTO review_new (cause, whom, kind, content_id, subject, type, mark, level)
SELECT 'proposed-customer', l.whom, 1, l.class, '', '', CAST('' AS BLOB), a.level
FROM message_link_new l JOIN class_access a ON a.class = l.class
WHERE a.level >= 2 AND substr(l.whom, 1, 9) = 'proposed:'
GROUP BY l.class, l.whom, a.level;
-- A domain or account that several customers are listed with: whose mail it is, a person says.
-- name: attribute.review_shared
INSERT INTO review_new (cause, whom, kind, content_id, subject, type, mark, level)
SELECT 'shared-name', w.whom, 1, t.class, '', '', CAST('' AS BLOB), a.level
FROM email_whom_new w JOIN (
    SELECT content_id, email_id FROM address WHERE role <> 11
    UNION
    SELECT content_id, email_id FROM mention) p ON p.email_id = w.email_id
JOIN twin t ON t.content_id = p.content_id JOIN class_access a ON a.class = t.class
WHERE a.level >= 1 AND w.reason = 'shared-name' AND w.whom <> ''
  AND NOT EXISTS (SELECT 1 FROM message_link_new l WHERE l.class = t.class AND l.whom = w.whom)
ON CONFLICT (cause, whom, kind, content_id, subject, type, mark) DO NOTHING;
-- name: attribute.review_return_path
INSERT INTO review_new (cause, whom, kind, content_id, subject, type, mark, level)
SELECT 'return-path', w.whom, 1, t.class, '', '', CAST('' AS BLOB), a.level
FROM address p JOIN email_whom_new w ON w.email_id = p.email_id
JOIN twin t ON t.content_id = p.content_id JOIN class_access a ON a.class = t.class
WHERE p.role = 11 AND a.level >= 1 AND w.whom <> '' AND w.reason IN ('domain', 'account', 'tenant')
  AND NOT EXISTS (SELECT 1 FROM message_link_new l WHERE l.class = t.class AND l.whom = w.whom)
ON CONFLICT (cause, whom, kind, content_id, subject, type, mark) DO NOTHING;
-- Findings without an owner in mail that has parties, or may have. Contact data and network addresses have a cause of their own:
-- signatures are full of them.
-- name: attribute.review_unowned
INSERT INTO review_new (cause, whom, kind, content_id, subject, type, mark, level)
SELECT CASE WHEN f.type LIKE 'contact.%' OR f.type LIKE 'online.%' THEN 'unowned-contact' ELSE 'unowned-finding' END,
       '', 2, t.class, '', f.type, f.fingerprint, a.level
FROM finding f
JOIN twin t ON t.content_id = f.content_id
JOIN class_party s ON s.class = t.class
JOIN class_access a ON a.class = t.class
WHERE a.level >= 2
  AND NOT EXISTS (SELECT 1 FROM finding_link_new k WHERE k.class = t.class AND k.part_sha256 = f.part_sha256
                  AND k.type = f.type AND k.fingerprint = f.fingerprint)
ON CONFLICT (cause, whom, kind, content_id, subject, type, mark) DO NOTHING;
-- A secret behind an account of the vendor's, in mail with others: the vendor's own, or one that its support handed out?
-- name: attribute.review_vendor_account
INSERT INTO review_new (cause, whom, kind, content_id, subject, type, mark, level)
SELECT 'vendor-account', '', 2, k.class, '', k.type, k.fingerprint, a.level
FROM finding_link_new k JOIN class_access a ON a.class = k.class
WHERE a.level >= 2 AND k.whom = '' AND k.reason = 'account' AND k.type <> 'contact.email'
  AND EXISTS (SELECT 1 FROM message_link_new l WHERE l.class = k.class AND l.standing = 1)
ON CONFLICT (cause, whom, kind, content_id, subject, type, mark) DO NOTHING;
-- Messages of which nothing but the hash is known: not even whose they are.
-- name: attribute.review_bare
INSERT INTO review_new (cause, whom, kind, content_id, subject, type, mark, level)
SELECT 'unread-message', '', 3, t.class, '', '', CAST('' AS BLOB), a.level
FROM message m JOIN twin t ON t.content_id = m.id JOIN class_access a ON a.class = t.class
WHERE m.bare = 1 AND a.level >= 2
ON CONFLICT (cause, whom, kind, content_id, subject, type, mark) DO NOTHING;
-- A header that was too large to be read whole may name others (DEFECT_HEADER_CUT, gap too-many-addresses).
-- name: attribute.review_header
INSERT INTO review_new (cause, whom, kind, content_id, subject, type, mark, level)
SELECT 'unread-header', '', 1, t.class, '', '', CAST('' AS BLOB), a.level
FROM message m JOIN twin t ON t.content_id = m.id JOIN class_access a ON a.class = t.class
WHERE a.level >= 1
  AND ((m.defects & 4) <> 0 OR m.id IN (SELECT g.content_id FROM gap g WHERE g.reason = 'too-many-addresses'))
ON CONFLICT (cause, whom, kind, content_id, subject, type, mark) DO NOTHING;
-- name: attribute.review_seen
INSERT INTO review_new (cause, whom, kind, content_id, subject, type, mark, level)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (cause, whom, kind, content_id, subject, type, mark) DO UPDATE
SET level = CASE WHEN excluded.level > review_new.level THEN excluded.level ELSE review_new.level END;
-- What was ruled on waits no more.
-- name: attribute.review_ruled
DELETE FROM review_new
WHERE whom = ?1 AND (?2 = 0 OR kind = ?2) AND (?3 = 0 OR content_id = ?3) AND (?4 = '' OR subject = ?4)
  AND (?5 = '' OR type = ?5) AND (?7 = 0 OR mark = ?6);
-- name: attribute.review_owned
DELETE FROM review_new
WHERE cause IN ('unowned-finding', 'unowned-contact', 'vendor-account') AND content_id = ?1
  AND (?2 = '' OR type = ?2) AND (?4 = 0 OR mark = ?3);

-- === digests =====================================================================================================

-- name: digest_of.customer
SELECT id, name, sector, country, language, state, into_id FROM customer;
-- name: digest_of.email_whom
SELECT e.address, w.whom, w.reason FROM email_whom w JOIN email e ON e.id = w.email_id;
-- name: digest_of.message_link
SELECT k.key, l.whom, l.reason, l.standing, l.weight
FROM message_link l JOIN message_key k ON k.content_id = l.class;
-- name: digest_of.finding_link
SELECT k.key, f.part_sha256, f.type, f.fingerprint, f.whom, f.reason
FROM finding_link f JOIN message_key k ON k.content_id = f.class;
-- name: digest_of.exposure
SELECT e.whom, e.kind, k.key, e.subject, e.type, e.mark, e.level, e.reason
FROM exposure e LEFT JOIN message_key k ON k.content_id = e.content_id;
-- name: digest_of.review
SELECT r.cause, r.whom, r.kind, k.key, r.subject, r.type, r.mark, r.level
FROM review r LEFT JOIN message_key k ON k.content_id = r.content_id;
