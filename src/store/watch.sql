-- watch.sql - sign-ins against what was stolen.

-- The names of accounts in stolen mail that also holds a secret, and whose they are; types as ',contact.email,'.
-- name: watch.accounts
SELECT DISTINCT f.type, f.fingerprint, coalesce(k.whom, '')
FROM finding f
JOIN twin t ON t.content_id = f.content_id
JOIN class_access a ON a.class = t.class
LEFT JOIN finding_link k ON k.class = t.class AND k.part_sha256 = f.part_sha256 AND k.type = f.type
                        AND k.fingerprint = f.fingerprint
WHERE a.level >= 2 AND ?1 LIKE '%,' || f.type || ',%'
  AND EXISTS (SELECT 1 FROM finding s WHERE s.content_id = f.content_id AND ?2 LIKE '%,' || s.type || ',%')
ORDER BY 1, 2, 3;
-- The public ids of stolen keys.
-- name: watch.keys
SELECT DISTINCT f.type, f.fingerprint, coalesce(k.whom, '')
FROM finding f
JOIN twin t ON t.content_id = f.content_id
JOIN class_access a ON a.class = t.class
LEFT JOIN finding_link k ON k.class = t.class AND k.part_sha256 = f.part_sha256 AND k.type = f.type
                        AND k.fingerprint = f.fingerprint
WHERE a.level >= 2 AND ?1 LIKE '%,' || f.type || ',%'
ORDER BY 1, 2, 3;
-- When the theft began, as far as is known: the first window of an intruder, else the first access; 0: not known.
-- name: watch.theft
SELECT coalesce((SELECT min(s.began) FROM act_intruders_set s
                 WHERE s.act_n = (SELECT max(i.act_n) FROM act_intruders i) AND s.began > 0),
                (SELECT min(r.at) FROM access_reason r WHERE r.at > 0 AND r.level >= 2), 0);
-- In an order that is the same in every case that holds the same logs. A service signs in as its application.
-- name: watch.signins
SELECT s.at, CASE WHEN s.account = '' AND s.stream = 'service-principal' THEN s.app ELSE s.account END, s.key_ref, s.address, s.code, s.record
FROM signin s
WHERE s.at IS NOT NULL
ORDER BY s.at, s.record, s.account, s.app, s.key_ref, s.address, s.code;
-- name: watch.alerts
SELECT a.kind, a.whom, a.account, a.at, a.address, a.outcome, a.valid, a.class FROM act_alert a ORDER BY a.act_n;
-- name: watch.list
SELECT a.at, a.whom, a.account, a.address, a.class || ', ' || a.outcome
FROM act_alert a
ORDER BY a.at, a.act_n;
-- For the status screen: alerts that matter, how many of them show a secret that still opens.
-- name: watch.count
SELECT count(*), coalesce(sum(CASE WHEN a.valid = 'yes' THEN 1 ELSE 0 END), 0)
FROM act_alert a WHERE a.class = 'alert';
