-- report.sql - event-facts, deadlines, statements and enquiries.

-- === event-facts =================================================================================================

-- The newest of each (what, whom): what clocks hang on.
-- name: report.facts
SELECT f.what, f.whom, f.at, f.act_n
FROM act_event_fact f
WHERE f.act_n = (SELECT max(n.act_n) FROM act_event_fact n WHERE n.what = f.what AND n.whom = f.whom)
ORDER BY f.what, f.whom;
-- name: report.fact_list
SELECT f.what, f.whom, f.at, f.by, f.note
FROM act_event_fact f
WHERE f.act_n = (SELECT max(n.act_n) FROM act_event_fact n WHERE n.what = f.what AND n.whom = f.whom)
ORDER BY f.at, f.what, f.whom;
-- name: report.fact_newest
SELECT f.act_n, f.at, f.by, f.note
FROM act_event_fact f
WHERE f.what = ?1 AND f.whom = ?2
ORDER BY f.act_n DESC LIMIT 1;

-- Customers are known once attribute has made them; before that, nobody can be told from a slip of the pen.
-- name: report.customer_unknown
SELECT count(*) FROM (SELECT 1 AS one) o
WHERE EXISTS (SELECT 1 FROM customer) AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.id = ?1);

-- === deadlines ===================================================================================================

-- name: report.filings
SELECT f.duty, f.whom, f.at, f.act_n
FROM act_filing f
WHERE f.act_n = (SELECT max(n.act_n) FROM act_filing n WHERE n.duty = f.duty AND n.whom = f.whom)
ORDER BY f.duty, f.whom;
-- name: report.filing_newest
SELECT f.act_n, f.at, f.copy, f.by
FROM act_filing f
WHERE f.duty = ?1 AND f.whom = ?2
ORDER BY f.act_n DESC LIMIT 1;

-- name: report.filing_list
SELECT f.duty, f.whom, f.at, f.by, f.copy FROM act_filing f ORDER BY f.at, f.act_n;

-- name: report.deadline_add
INSERT INTO deadline_new (duty, whom, recipient, began, due, since, state)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'open');
-- Every customer with exposure whose sector and country are among those of the duty (',health,', '' = any), but those
-- with an event-fact of their own.
-- name: report.deadline_of_all
INSERT INTO deadline_new (duty, whom, recipient, began, due, since, state)
SELECT ?1, c.id, ?3, ?4, ?5, ?6, 'open'
FROM customer c
WHERE EXISTS (SELECT 1 FROM exposure e WHERE e.whom = c.id)
  AND (?7 = '' OR ?7 LIKE '%,' || c.sector || ',%')
  AND (?8 = '' OR ?8 LIKE '%,' || c.country || ',%')
  AND NOT EXISTS (SELECT 1 FROM act_event_fact f WHERE f.what = ?2 AND f.whom = c.id);
-- The customers of a duty that have an event-fact of their own.
-- name: report.facts_of_customers
SELECT f.whom, f.at, f.act_n
FROM act_event_fact f
JOIN customer c ON c.id = f.whom
WHERE f.what = ?1
  AND f.act_n = (SELECT max(n.act_n) FROM act_event_fact n WHERE n.what = f.what AND n.whom = f.whom)
  AND EXISTS (SELECT 1 FROM exposure e WHERE e.whom = c.id)
  AND (?2 = '' OR ?2 LIKE '%,' || c.sector || ',%')
  AND (?3 = '' OR ?3 LIKE '%,' || c.country || ',%')
ORDER BY f.whom;
-- Filed once the clock had begun; a filing for everybody counts for each.
-- name: report.deadline_filed
UPDATE deadline_new SET state = 'filed'
WHERE EXISTS (SELECT 1 FROM act_filing f
              WHERE f.duty = deadline_new.duty AND (f.whom = deadline_new.whom OR f.whom = '')
                AND f.at >= deadline_new.began);
-- name: report.deadline_overdue
UPDATE deadline_new SET state = 'overdue' WHERE state = 'open' AND due < ?1;
-- The newest delay of a whom holds, and one for everybody holds for each.
-- name: report.deadline_delayed
UPDATE deadline_new SET state = 'delayed'
WHERE duty = ?1 AND state <> 'filed'
  AND EXISTS (SELECT 1 FROM act_delay d
              WHERE (d.whom = deadline_new.whom OR d.whom = '') AND d.ends > ?2
                AND d.act_n = (SELECT max(n.act_n) FROM act_delay n WHERE n.whom = d.whom));

-- Without what the clock alone changes.
-- name: digest_of.deadline
SELECT d.duty, d.whom, d.recipient, d.began, d.due, CASE WHEN d.state = 'filed' THEN 1 ELSE 0 END
FROM deadline d;

-- name: report.deadlines
SELECT d.duty, d.whom, d.recipient, d.began, d.due, d.state
FROM deadline d
ORDER BY d.due, d.duty, d.whom;
-- For people: one line for all customers of a duty that are in the same state; the earliest speaks for them.
-- name: report.deadline_groups
SELECT d.duty, min(d.whom), count(*), min(d.due), d.state, min(d.recipient), max(d.since), min(d.began)
FROM deadline d
GROUP BY d.duty, d.state
ORDER BY min(d.due), d.duty, d.state;
-- For a calendar: one event a duty, at the earliest that is not filed yet; none open when all are.
-- name: report.deadline_calendar
SELECT d.duty, sum(CASE WHEN d.state = 'filed' THEN 0 ELSE 1 END),
       coalesce(min(CASE WHEN d.state = 'filed' THEN NULL ELSE d.due END), max(d.due))
FROM deadline d
GROUP BY d.duty
ORDER BY 3, d.duty;
-- name: report.deadlines_of
SELECT d.whom, d.began, d.due, d.since, d.state
FROM deadline d
WHERE d.duty = ?1
ORDER BY d.due, d.whom LIMIT ?2;
-- name: report.deadline_count
SELECT count(*) FROM deadline WHERE duty = ?1;
-- Who may put it off, as last said.
-- name: report.delay_of
SELECT d.authority, d.basis, d.ends
FROM act_delay d
WHERE d.whom IN (?1, '') ORDER BY d.act_n DESC LIMIT 1;
-- name: report.fact_of_act
SELECT f.what, f.at, f.by, f.note FROM act_event_fact f WHERE f.act_n = ?1
UNION ALL
SELECT 'filing of ' || g.duty, g.at, g.by, g.copy FROM act_filing g WHERE g.act_n = ?1;

-- === statements ==================================================================================================

-- name: report.statement_list
SELECT s.at, s.place, s.measure, s.bound, s.among, s.says FROM act_statement s ORDER BY s.at, s.act_n;
-- name: report.statement_same
SELECT count(*) FROM act_statement s
WHERE s.at = ?1 AND s.place = ?2 AND s.says = ?3 AND s.measure = ?4 AND s.bound = ?5 AND s.among = ?6;
-- What was said, and is now more: of one place and measure the newest statement stands. A share is counted in
-- millionths of `among`.
-- name: report.contradicted
SELECT s.act_n, s.at, s.place, s.measure, s.bound, m.found, s.says
FROM act_statement s
JOIN (SELECT 'mailboxes' AS measure,
             (SELECT count(DISTINCT o.mailbox) FROM access a JOIN item i ON i.id = a.item_id
              JOIN source o ON o.id = i.source_id WHERE a.level >= 2) AS found
      UNION ALL
      SELECT 'mailbox-share',
             (SELECT count(DISTINCT o.mailbox) FROM access a JOIN item i ON i.id = a.item_id
              JOIN source o ON o.id = i.source_id WHERE a.level >= 2) * 1000000
      UNION ALL
      SELECT 'customers', (SELECT count(*) FROM customer c WHERE EXISTS (SELECT 1 FROM exposure e WHERE e.whom = c.id))
      UNION ALL
      SELECT 'messages', (SELECT count(*) FROM class_access c WHERE c.level >= 2)
      UNION ALL
      SELECT 'secrets', (SELECT count(DISTINCT e.mark) FROM exposure e WHERE e.kind = 2 AND e.type LIKE 'secret.%')) m
  ON m.measure = s.measure
WHERE m.found > s.bound * CASE WHEN s.measure = 'mailbox-share' THEN s.among ELSE 1 END
  AND s.act_n = (SELECT max(n.act_n) FROM act_statement n WHERE n.place = s.place AND n.measure = s.measure)
ORDER BY s.act_n;

-- === enquiries ===================================================================================================

-- Each with the newest of its acts.
-- name: report.enquiry_list
SELECT o.act_n, o.kind, o.whom, n.owner, n.due, n.state, o.says
FROM act_enquiry o
JOIN act_enquiry n ON n.act_n = (SELECT max(x.act_n) FROM act_enquiry x
                                 WHERE x.act_n = o.act_n OR x.enquiry = o.act_n)
WHERE o.enquiry = 0
ORDER BY n.due, o.act_n;
-- For the status screen: how many are open, how many of them are overdue at ?1.
-- name: report.enquiries_open
SELECT count(*), coalesce(sum(CASE WHEN n.due < ?1 THEN 1 ELSE 0 END), 0)
FROM act_enquiry o
JOIN act_enquiry n ON n.act_n = (SELECT max(x.act_n) FROM act_enquiry x
                                 WHERE x.act_n = o.act_n OR x.enquiry = o.act_n)
WHERE o.enquiry = 0 AND n.state <> 'answered';
-- name: report.enquiry
SELECT o.kind, o.whom, o.contact, n.owner, n.due, n.state, o.says
FROM act_enquiry o
JOIN act_enquiry n ON n.act_n = (SELECT max(x.act_n) FROM act_enquiry x
                                 WHERE x.act_n = o.act_n OR x.enquiry = o.act_n)
WHERE o.enquiry = 0 AND o.act_n = ?1;
-- name: report.enquiry_same
SELECT coalesce(max(o.act_n), 0) FROM act_enquiry o
WHERE o.enquiry = 0 AND o.kind = ?1 AND o.whom = ?2 AND o.contact = ?3 AND o.says = ?4
  AND NOT EXISTS (SELECT 1 FROM act_enquiry a WHERE a.enquiry = o.act_n AND a.state = 'answered');
-- What an answer says of one asker.
-- name: report.answer_facts
SELECT e.kind, e.level, count(*) FROM exposure e WHERE e.whom = ?1 GROUP BY e.kind, e.level ORDER BY e.kind, e.level DESC;
-- name: report.answer_gaps
SELECT (SELECT count(*) FROM gap_now WHERE whole = 1), (SELECT count(*) FROM gap_now WHERE whole = 0),
       (SELECT count(*) FROM message), (SELECT count(*) FROM unit) - (SELECT count(*) FROM unit_done),
       (SELECT count(*) FROM log_file), (SELECT count(*) FROM class_access WHERE level >= 2),
       (SELECT count(*) FROM run WHERE stage = 'attribute' AND state = 'done');
-- name: report.answer_uncovered
SELECT DISTINCT n.began, n.ended FROM scope_note n WHERE n.kind = 'uncovered'
ORDER BY n.began, n.ended LIMIT ?1;
-- The customer that a domain or address is listed for: the longest that fits wins, so it comes first.
-- name: report.customer_named
SELECT n.customer FROM listed_name n
WHERE n.list_id = (SELECT max(l.id) FROM customer_list l)
  AND ((n.kind = 'account' AND n.value = ?1) OR (n.kind = 'domain' AND (?2 = n.value OR ?2 LIKE '%.' || n.value)))
ORDER BY n.kind, length(n.value) DESC, n.customer LIMIT 1;
-- An organisation in no list: whether mail of it was met at all, and how much of that was taken.
-- name: report.proposed_named
SELECT c.id FROM customer c
WHERE c.state = 'proposed' AND (?1 = substr(c.id, 10) OR ?1 LIKE '%.' || substr(c.id, 10))
ORDER BY length(c.id) DESC LIMIT 1;
-- name: report.proposed_taken
SELECT count(*) FROM (SELECT DISTINCT l.class FROM message_link l JOIN class_access a ON a.class = l.class
                      WHERE l.whom = ?1 AND a.level >= 2) m;
-- name: report.is_contact
SELECT count(*) FROM listed_contact c
WHERE c.list_id = (SELECT max(l.id) FROM customer_list l) AND c.customer = ?1 AND lower(c.address) = lower(?2);
