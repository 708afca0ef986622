-- customers.sql - lists of customers: each import is a version, numbered from 1.

-- name: customers.newest
SELECT id, sha256 FROM customer_list ORDER BY id DESC LIMIT 1;
-- name: customers.list_add
INSERT INTO customer_list (id, imported, name, sha256, customers) VALUES (?1, ?2, ?3, ?4, ?5);
-- name: customers.customer_add
INSERT INTO listed_customer (list_id, id, name, sector, country, language) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
-- name: customers.name_add
INSERT INTO listed_name (list_id, kind, value, customer) VALUES (?1, ?2, ?3, ?4);
-- name: customers.contact_add
INSERT INTO listed_contact (list_id, customer, n, name, address, role, channel, source, verified)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- What enters the digests. The number of a version says which one is the newest, so it stands in every row.
-- name: digest_of.customer_list
SELECT id, name, sha256, customers FROM customer_list;
-- name: digest_of.listed_customer
SELECT list_id, id, name, sector, country, language FROM listed_customer;
-- name: digest_of.listed_name
SELECT list_id, kind, value, customer FROM listed_name;
-- name: digest_of.listed_contact
SELECT list_id, customer, n, name, address, role, channel, source, verified FROM listed_contact;
-- The same of the version that was added last.
-- name: customers.newest_customer_list
SELECT id, name, sha256, customers FROM customer_list WHERE id = (SELECT max(id) FROM customer_list);
-- name: customers.newest_listed_customer
SELECT list_id, id, name, sector, country, language FROM listed_customer
WHERE list_id = (SELECT max(id) FROM customer_list);
-- name: customers.newest_listed_name
SELECT list_id, kind, value, customer FROM listed_name WHERE list_id = (SELECT max(id) FROM customer_list);
-- name: customers.newest_listed_contact
SELECT list_id, customer, n, name, address, role, channel, source, verified FROM listed_contact
WHERE list_id = (SELECT max(id) FROM customer_list);
