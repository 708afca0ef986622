-- schema_stages.sql - the tables of the stages from scope to watch, and the logs and lists that they read.
--
-- As in schema.sql: the subset of SQL that SQLite and PostgreSQL share. A word behind a name stands for more statements,
-- which embed_sql.py makes. "shadow": the table is opinion; its stage fills the twin X_new, and the swap puts that in its
-- place. "act": act_record (store.h) writes a row for each act of that kind. IF NOT EXISTS, since a migration runs this
-- file over an older case.
--
-- `whom` is a customer's id, or 'person:' and a mail address. A content_id that stands for a twin class is the one of
-- the class's first member. A fact (nouns/fact.h) is (whom, kind, content_id, subject, type, mark), none of them NULL:
-- content_id 0 and subject '' where they say nothing, type '' and mark empty likewise.

-- === evidence: logs ==============================================================================================

-- One record of an audit log, at one place of a log file. The same record in two files is two rows; scope joins them
-- by `record`.
-- name: stages.event
CREATE TABLE IF NOT EXISTS event (
    id        INTEGER PRIMARY KEY,
    item_id   INTEGER NOT NULL,
    unit_id   INTEGER NOT NULL,
    start     INTEGER NOT NULL,        -- byte of the record in the item
    at        INTEGER,                 -- microseconds UTC; NULL: the record says no time that can be read
    record    TEXT NOT NULL,           -- the record's own id; ''
    operation TEXT NOT NULL,           -- MailItemsAccessed, Send, New-InboxRule …
    access    TEXT NOT NULL,           -- bind, sync, or ''
    throttled INTEGER NOT NULL,        -- 1: the record says IsThrottled
    cut       INTEGER NOT NULL,        -- 1: the record was cut off; what stood before the cut was read
    mailbox   TEXT NOT NULL,           -- owner's address, lower case; else the mailbox's GUID; ''
    actor     TEXT NOT NULL,           -- who did it, as named; ''
    address   TEXT NOT NULL,           -- canonical IPv4 or IPv6 text; ''
    client    TEXT NOT NULL,           -- ClientInfoString
    session   TEXT NOT NULL,           -- lower case; '' for an empty or all-zero one
    token     TEXT NOT NULL,           -- exact case
    app       TEXT NOT NULL,           -- lower-case GUID of the client app
    operations INTEGER NOT NULL,       -- OperationCount; 0 when not said
    outcome   TEXT NOT NULL            -- ResultStatus
);
-- What a record names: messages, or folders (message_id '').
-- name: stages.event_item
CREATE TABLE IF NOT EXISTS event_item (
    event_id    INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    folder      TEXT NOT NULL,         -- path as written, backslashes as /; ''
    folder_ref  TEXT NOT NULL,         -- the folder's own id; ''
    message_id  TEXT NOT NULL,         -- normalised as message.message_id; ''
    item_ref    TEXT NOT NULL,         -- immutable or entry id; ''
    recipient   TEXT NOT NULL,         -- of a Send: one row a recipient; ''
    size        INTEGER NOT NULL,      -- 0 when not said
    PRIMARY KEY (event_id, n)
) WITHOUT ROWID;
-- One sign-in.
-- name: stages.signin
CREATE TABLE IF NOT EXISTS signin (
    id          INTEGER PRIMARY KEY,
    item_id     INTEGER NOT NULL,
    unit_id     INTEGER NOT NULL,
    start       INTEGER NOT NULL,
    at          INTEGER,
    record      TEXT NOT NULL,
    stream      TEXT NOT NULL,         -- interactive, non-interactive, service-principal, managed-identity, ''
    account     TEXT NOT NULL,         -- user principal name, lower case; ''
    account_ref TEXT NOT NULL,         -- object id of the user or service principal; ''
    tenant      TEXT NOT NULL,         -- home tenant of the account, lower case; ''
    resource_tenant TEXT NOT NULL,
    app         TEXT NOT NULL,
    address     TEXT NOT NULL,
    agent       TEXT NOT NULL,
    protocol    TEXT NOT NULL,         -- ropc, deviceCode …; ''
    code        INTEGER NOT NULL,      -- result code; -1 when not said
    key_ref     TEXT NOT NULL,         -- credential key id or thumbprint, lower case; ''
    token       TEXT NOT NULL,
    session     TEXT NOT NULL
);
-- What a log file holds, once it is read whole: from its first record to its last.
-- name: stages.log_file
CREATE TABLE IF NOT EXISTS log_file (
    item_id  INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL,            -- audit-log, signin-log
    records  INTEGER NOT NULL,
    unparsed INTEGER NOT NULL,         -- each of them a gap with its place
    began    INTEGER,
    ended    INTEGER
);
-- For which time a person has said that a log is complete; the newest statement of a file holds.
-- name: stages.log_stated
CREATE TABLE IF NOT EXISTS log_stated (
    item_id     INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    covers_from INTEGER NOT NULL,
    covers_to   INTEGER NOT NULL,
    PRIMARY KEY (item_id, n)
) WITHOUT ROWID;

-- === evidence: lists of customers ================================================================================

-- Each import is a full version; the newest holds.
-- name: stages.customer_list
CREATE TABLE IF NOT EXISTS customer_list (
    id        INTEGER PRIMARY KEY,
    imported  INTEGER NOT NULL,
    name      TEXT NOT NULL,
    sha256    BLOB NOT NULL,
    customers INTEGER NOT NULL
);
-- name: stages.listed_customer
CREATE TABLE IF NOT EXISTS listed_customer (
    list_id INTEGER NOT NULL,
    id      TEXT NOT NULL,
    name    TEXT NOT NULL,
    sector  TEXT NOT NULL,             -- government, health, finance, …; ''
    country TEXT NOT NULL,             -- ISO 3166 alpha-2; ''
    language TEXT NOT NULL,            -- BCP 47 of its notices; ''
    PRIMARY KEY (list_id, id)
) WITHOUT ROWID;
-- What names a customer: kind domain (registered or below), tenant, account (a mail address that is theirs alone).
-- name: stages.listed_name
CREATE TABLE IF NOT EXISTS listed_name (
    list_id  INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    value    TEXT NOT NULL,            -- lower case, domains in A-labels
    customer TEXT NOT NULL,
    PRIMARY KEY (list_id, kind, value, customer)
) WITHOUT ROWID;
-- name: stages.listed_contact
CREATE TABLE IF NOT EXISTS listed_contact (
    list_id  INTEGER NOT NULL,
    customer TEXT NOT NULL,
    n        INTEGER NOT NULL,         -- order of preference, from 1
    name     TEXT NOT NULL,
    address  TEXT NOT NULL,            -- of the channel: mail address, postal address, number
    role     TEXT NOT NULL,            -- security, privacy, legal, account
    channel  TEXT NOT NULL,            -- mail, letter, phone, console
    source   TEXT NOT NULL,            -- contract, security.txt, …
    verified INTEGER,                  -- microseconds UTC; NULL: never
    PRIMARY KEY (list_id, customer, n)
) WITHOUT ROWID;

-- === opinion of scope ============================================================================================

-- How sure it is that a copy was taken: Level of nouns/fact.h. A copy without a row has none.
-- name: stages.access shadow
CREATE TABLE IF NOT EXISTS access (
    item_id INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    level   INTEGER NOT NULL,
    PRIMARY KEY (item_id, start)
) WITHOUT ROWID;
-- name: stages.access_reason shadow
CREATE TABLE IF NOT EXISTS access_reason (
    item_id INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    reason  TEXT NOT NULL,             -- bind, sync-folder, throttled, log-gap, no-log …
    record  TEXT NOT NULL,             -- id of the log's record; '' where none is the cause
    level   INTEGER NOT NULL,
    at      INTEGER NOT NULL,          -- of the record, or the beginning of the time that is presumed
    PRIMARY KEY (item_id, start, reason, record)
) WITHOUT ROWID;
-- Which contents are one mail: every content has a row; alone, it is its own class.
-- name: stages.twin shadow
CREATE TABLE IF NOT EXISTS twin (
    content_id INTEGER PRIMARY KEY,
    class      INTEGER NOT NULL        -- content id of the member with the least content key
);
-- The highest level of any copy of any member.
-- name: stages.class_access shadow
CREATE TABLE IF NOT EXISTS class_access (
    class INTEGER PRIMARY KEY,
    level INTEGER NOT NULL,
    copies INTEGER NOT NULL
);
-- To whom the intruder wrote.
-- name: stages.intruder_contact shadow
CREATE TABLE IF NOT EXISTS intruder_contact (
    class   INTEGER NOT NULL,          -- 0: the mail is not collected
    record  TEXT NOT NULL,             -- then the log's record; ''
    address TEXT NOT NULL,             -- lower case
    level   INTEGER NOT NULL,
    PRIMARY KEY (class, record, address)
) WITHOUT ROWID;
-- What scope notes for itself while it runs, and empties: messages that a record names in a mailbox that has them no more.
-- name: stages.named_elsewhere
CREATE TABLE IF NOT EXISTS named_elsewhere (
    message_id TEXT NOT NULL,
    record     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (message_id, record)
) WITHOUT ROWID;
-- What scope could not turn into levels, and each interval of an intruder's window that no log covers: one line each.
-- name: stages.scope_note shadow
CREATE TABLE IF NOT EXISTS scope_note (
    kind    TEXT NOT NULL,             -- covered, uncovered, unresolved, unknown-mailbox, unparsed, missing-here …
    mailbox TEXT NOT NULL,
    began   INTEGER NOT NULL,
    ended   INTEGER NOT NULL,
    record  TEXT NOT NULL,
    count   INTEGER NOT NULL,
    PRIMARY KEY (kind, mailbox, began, ended, record)
) WITHOUT ROWID;

-- === opinion of attribute ========================================================================================

-- Customers as the newest list and the rulings make them. state: listed, proposed, gone (in an older list only), merged.
-- name: stages.customer shadow
CREATE TABLE IF NOT EXISTS customer (
    id       TEXT NOT NULL PRIMARY KEY,
    name     TEXT NOT NULL,
    sector   TEXT NOT NULL,
    country  TEXT NOT NULL,
    language TEXT NOT NULL,
    state    TEXT NOT NULL,
    into_id  TEXT NOT NULL             -- of a merged one: who holds what was known; ''
) WITHOUT ROWID;
-- Whose the mail addresses of the case are; several rows where customers share the name. whom '': the vendor's own. An
-- address without a row names nobody: it is none, or one that is only used inside a network.
-- name: stages.email_whom shadow
CREATE TABLE IF NOT EXISTS email_whom (
    email_id INTEGER NOT NULL,
    whom     TEXT NOT NULL,
    reason   TEXT NOT NULL,            -- domain, account, tenant, vendor, person, unlisted, shared-name
    PRIMARY KEY (email_id, whom)
) WITHOUT ROWID;
-- What attribute notes for itself while it runs, and empties: the customers of the domains that masked mail addresses
-- show ('': the vendor; '?': several share it; or an organisation in no list), whose accounts stand before each secret of a
-- class (likewise), the one party of a class ('': several), and the parts that were not read whole.
-- name: stages.masked_whom
CREATE TABLE IF NOT EXISTS masked_whom (
    masked TEXT NOT NULL PRIMARY KEY,
    whom   TEXT NOT NULL
) WITHOUT ROWID;
-- name: stages.secret_account
CREATE TABLE IF NOT EXISTS secret_account (
    class       INTEGER NOT NULL,
    type        TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    whom        TEXT NOT NULL,
    PRIMARY KEY (class, type, fingerprint, whom)
) WITHOUT ROWID;
-- name: stages.class_party
CREATE TABLE IF NOT EXISTS class_party (
    class INTEGER PRIMARY KEY,
    whom  TEXT NOT NULL
);
-- name: stages.unread_part
CREATE TABLE IF NOT EXISTS unread_part (
    class INTEGER NOT NULL,
    mark  BLOB NOT NULL,
    PRIMARY KEY (class, mark)
) WITHOUT ROWID;
-- Whom a message concerns and why; the least standing (Standing of nouns/fact.h) of its rows is the one that holds.
-- name: stages.message_link shadow
CREATE TABLE IF NOT EXISTS message_link (
    class    INTEGER NOT NULL,
    whom     TEXT NOT NULL,
    reason   TEXT NOT NULL,            -- of email_whom; or quoted-header, finding, ruling
    standing INTEGER NOT NULL,
    weight   INTEGER NOT NULL,         -- 0 to 100
    PRIMARY KEY (class, whom, reason)
) WITHOUT ROWID;
-- Whose a finding is: by the domain of a mail address (domain), the account before a secret (account), the only party
-- of its mail (only-party), or a ruling. whom '': the vendor's own. A finding without a row is nobody's: of mail without
-- a party, or in review.
-- name: stages.finding_link shadow
CREATE TABLE IF NOT EXISTS finding_link (
    class       INTEGER NOT NULL,
    part_sha256 BLOB NOT NULL,
    type        TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    whom        TEXT NOT NULL,
    reason      TEXT NOT NULL,
    PRIMARY KEY (class, part_sha256, type, fingerprint, whom)
) WITHOUT ROWID;
-- The facts that hold now, at presumed or above, rulings included.
-- name: stages.exposure shadow
CREATE TABLE IF NOT EXISTS exposure (
    whom       TEXT NOT NULL,
    kind       INTEGER NOT NULL,
    content_id INTEGER NOT NULL,       -- twin class; 0
    subject    TEXT NOT NULL,          -- of targeted: tenant or account; of contacted without mail: the record; ''
    type       TEXT NOT NULL,          -- of data: the type; of targeted: the attack; ''
    mark       BLOB NOT NULL,          -- of data: the fingerprint; of unread: SHA-256 of the part; empty
    level      INTEGER NOT NULL,
    reason     TEXT NOT NULL,          -- why it is theirs: of message_link or finding_link; or "ruling"
    PRIMARY KEY (whom, kind, content_id, subject, type, mark)
) WITHOUT ROWID;
-- What a person must decide. `cause` groups; owner and due come from acts.
-- name: stages.review shadow
CREATE TABLE IF NOT EXISTS review (
    cause      TEXT NOT NULL,          -- possible, unowned-finding, proposed-customer, shared-name … (candor-review(1))
    whom       TEXT NOT NULL,
    kind       INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    subject    TEXT NOT NULL,
    type       TEXT NOT NULL,
    mark       BLOB NOT NULL,
    level      INTEGER NOT NULL,
    PRIMARY KEY (cause, whom, kind, content_id, subject, type, mark)
) WITHOUT ROWID;

-- === opinion of notify ===========================================================================================

-- What each would be told now. kind: first, more, correction, retraction.
-- name: stages.plan_notice shadow
CREATE TABLE IF NOT EXISTS plan_notice (
    whom     TEXT NOT NULL PRIMARY KEY,
    kind     TEXT NOT NULL,
    facts    INTEGER NOT NULL,
    state    TEXT NOT NULL,            -- ready, delayed, no-contact
    channel  TEXT NOT NULL,            -- of the contact that it would go to; ''
    contact  TEXT NOT NULL,
    delayed  INTEGER NOT NULL          -- until when; 0
) WITHOUT ROWID;
-- change: new, raised, resolved, available, corrected.
-- name: stages.plan_fact shadow
CREATE TABLE IF NOT EXISTS plan_fact (
    whom       TEXT NOT NULL,
    kind       INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    subject    TEXT NOT NULL,
    type       TEXT NOT NULL,
    mark       BLOB NOT NULL,
    level      INTEGER NOT NULL,
    change     TEXT NOT NULL,
    PRIMARY KEY (whom, kind, content_id, subject, type, mark)
) WITHOUT ROWID;
-- Told facts that hold no more or hold lower, no ruling yet: they wait for a person.
-- name: stages.plan_review shadow
CREATE TABLE IF NOT EXISTS plan_review (
    cause      TEXT NOT NULL,          -- vanished, lowered; waiting; no-contact: of all their facts (kind 0)
    whom       TEXT NOT NULL,
    kind       INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    subject    TEXT NOT NULL,
    type       TEXT NOT NULL,
    mark       BLOB NOT NULL,
    told       INTEGER NOT NULL,       -- level told
    level      INTEGER NOT NULL,       -- level now
    why        TEXT NOT NULL,          -- ruling, list, log, scope, rules, owner, link; no-longer-so; bounced, none: groups are ruled on as one
    PRIMARY KEY (cause, whom, kind, content_id, subject, type, mark)
) WITHOUT ROWID;

-- The steps of the plan, emptied and filled by each: no digest, nobody else's.
-- Types that are called otherwise now, and customers that were merged.
-- name: stages.plan_rename
CREATE TABLE IF NOT EXISTS plan_rename (
    was TEXT NOT NULL PRIMARY KEY,
    now TEXT NOT NULL
) WITHOUT ROWID;
-- name: stages.plan_heir
CREATE TABLE IF NOT EXISTS plan_heir (
    was TEXT NOT NULL PRIMARY KEY,
    now TEXT NOT NULL
) WITHOUT ROWID;
-- What became of each delivery. standing: 2 it arrived, 1 it is under way, 0 neither.
-- name: stages.plan_delivery
CREATE TABLE IF NOT EXISTS plan_delivery (
    notice   INTEGER NOT NULL,
    delivery INTEGER NOT NULL,
    contact  TEXT NOT NULL,
    standing INTEGER NOT NULL,
    PRIMARY KEY (notice, delivery)
) WITHOUT ROWID;
-- Each notice and each telling outside candor; standing: what it has while no delivery says otherwise.
-- name: stages.plan_telling
CREATE TABLE IF NOT EXISTS plan_telling (
    act_n    INTEGER PRIMARY KEY,
    whom     TEXT NOT NULL,
    contact  TEXT NOT NULL,
    standing INTEGER NOT NULL
);
-- Contacts of a customer that was split which are the new customer's now.
-- name: stages.plan_successor
CREATE TABLE IF NOT EXISTS plan_successor (
    whom    TEXT NOT NULL,
    contact TEXT NOT NULL,
    other   TEXT NOT NULL,
    PRIMARY KEY (whom, contact, other)
) WITHOUT ROWID;
-- Whom each telling reached (2) or is on its way to (1), as customers are now.
-- name: stages.plan_reach
CREATE TABLE IF NOT EXISTS plan_reach (
    act_n    INTEGER NOT NULL,
    whom     TEXT NOT NULL,
    standing INTEGER NOT NULL,
    PRIMARY KEY (whom, act_n)
) WITHOUT ROWID;
-- When the mails of a class were first held; filled where a telling covers "all before".
-- name: stages.plan_held
CREATE TABLE IF NOT EXISTS plan_held (
    class INTEGER PRIMARY KEY,
    since INTEGER NOT NULL
);
-- Facts that a notice closed: a correction that arrived, an answer to "unread". What was told before counts no more.
-- name: stages.plan_closed
CREATE TABLE IF NOT EXISTS plan_closed (
    whom       TEXT NOT NULL,
    kind       INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    subject    TEXT NOT NULL,
    type       TEXT NOT NULL,
    mark       BLOB NOT NULL,
    act_n      INTEGER NOT NULL,
    PRIMARY KEY (whom, kind, content_id, subject, type, mark)
) WITHOUT ROWID;
-- What is known and what is pending.
-- name: stages.plan_known
CREATE TABLE IF NOT EXISTS plan_known (
    whom       TEXT NOT NULL,
    kind       INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    subject    TEXT NOT NULL,
    type       TEXT NOT NULL,
    mark       BLOB NOT NULL,
    told       INTEGER NOT NULL,       -- highest level that arrived; 0
    act_n      INTEGER NOT NULL,       -- newest telling of it that arrived; 0
    pending    INTEGER NOT NULL,       -- highest level that is under way; 0
    closing    INTEGER NOT NULL,       -- 1: a correction or an answer is under way
    touched    INTEGER NOT NULL,       -- newest telling of it, under way or arrived
    PRIMARY KEY (whom, kind, content_id, subject, type, mark)
) WITHOUT ROWID;
-- Known facts that are no exposure now, or a lower one.
-- name: stages.plan_gone
CREATE TABLE IF NOT EXISTS plan_gone (
    whom       TEXT NOT NULL,
    kind       INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    subject    TEXT NOT NULL,
    type       TEXT NOT NULL,
    mark       BLOB NOT NULL,
    told       INTEGER NOT NULL,
    act_n      INTEGER NOT NULL,
    level      INTEGER NOT NULL,
    cause      TEXT NOT NULL,
    why        TEXT NOT NULL,
    PRIMARY KEY (whom, kind, content_id, subject, type, mark)
) WITHOUT ROWID;
-- Parts that were told as unread, and that an attempt has read since.
-- name: stages.plan_read
CREATE TABLE IF NOT EXISTS plan_read (
    class INTEGER NOT NULL,
    mark  BLOB NOT NULL,
    PRIMARY KEY (class, mark)
) WITHOUT ROWID;
-- From when to when a content (0: all of somebody's) was held, by acts; lifted 0: it stands.
-- name: stages.plan_hold
CREATE TABLE IF NOT EXISTS plan_hold (
    class  INTEGER NOT NULL,
    whom   TEXT NOT NULL,              -- '': everybody's
    held   INTEGER NOT NULL,
    lifted INTEGER NOT NULL,
    owner  TEXT NOT NULL,
    ends   INTEGER NOT NULL,
    PRIMARY KEY (class, whom, held)
) WITHOUT ROWID;
-- The newest ruling about each fact itself (0), and about its telling (1: keep, correct).
-- name: stages.plan_ruling
CREATE TABLE IF NOT EXISTS plan_ruling (
    whom       TEXT NOT NULL,
    kind       INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    subject    TEXT NOT NULL,
    type       TEXT NOT NULL,
    mark       BLOB NOT NULL,
    telling    INTEGER NOT NULL,
    act_n      INTEGER NOT NULL,
    verb       TEXT NOT NULL,
    level      INTEGER NOT NULL,
    grouped    TEXT NOT NULL,
    PRIMARY KEY (whom, kind, content_id, subject, type, mark, telling)
) WITHOUT ROWID;
-- Until when whose notices are delayed ('': everybody's); the newest act of each holds.
-- name: stages.plan_delay
CREATE TABLE IF NOT EXISTS plan_delay (
    whom TEXT NOT NULL PRIMARY KEY,
    ends INTEGER NOT NULL
) WITHOUT ROWID;
-- The members of twin classes, but for the first of each.
-- name: stages.plan_twin
CREATE TABLE IF NOT EXISTS plan_twin (
    class      INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    PRIMARY KEY (class, content_id)
) WITHOUT ROWID;
-- The contact that is used for each.
-- name: stages.plan_contact
CREATE TABLE IF NOT EXISTS plan_contact (
    whom    TEXT NOT NULL PRIMARY KEY,
    channel TEXT NOT NULL,
    contact TEXT NOT NULL
) WITHOUT ROWID;

-- === opinion of report ===========================================================================================

-- name: stages.deadline shadow
CREATE TABLE IF NOT EXISTS deadline (
    duty      TEXT NOT NULL,           -- row of data/regimes
    whom      TEXT NOT NULL,           -- '' where the vendor itself is bound for itself
    recipient TEXT NOT NULL,
    began     INTEGER NOT NULL,        -- microseconds UTC
    due       INTEGER NOT NULL,        -- the last moment that is in time
    since     INTEGER NOT NULL,        -- act of the event-fact or filing that began it
    state     TEXT NOT NULL,           -- open, filed, overdue, delayed: at the time of the run
    PRIMARY KEY (duty, whom)
) WITHOUT ROWID;

-- === acts ========================================================================================================
-- act_n, then the act's fields in order. An act with a set keeps its lines in act_KIND_set (acts.sql reads them in
-- canonical order); the act's last field is their digest.

-- Who the intruders are: a full version each time.
-- name: stages.act_intruders act
CREATE TABLE IF NOT EXISTS act_intruders (
    act_n INTEGER PRIMARY KEY,
    lines TEXT NOT NULL                -- digest of the set
);
-- name: stages.act_intruders_set
CREATE TABLE IF NOT EXISTS act_intruders_set (
    act_n    INTEGER NOT NULL,
    intruder TEXT NOT NULL,
    kind     TEXT NOT NULL,            -- address (or CIDR), session, app, token, account, client, mailbox, window
    value    TEXT NOT NULL,
    began    INTEGER NOT NULL,         -- 0: open
    ended    INTEGER NOT NULL,         -- 0: open
    PRIMARY KEY (act_n, intruder, kind, value, began, ended)
) WITHOUT ROWID;
-- How stages decide where the house leaves it open: sync_scope, gap, …; the newest act of a name holds.
-- name: stages.act_policy act
CREATE TABLE IF NOT EXISTS act_policy (
    act_n INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    value TEXT NOT NULL
);
-- Organisations that are in no list, and the ids that they were given, once and for all.
-- name: stages.act_minted act
CREATE TABLE IF NOT EXISTS act_minted (
    act_n INTEGER PRIMARY KEY,
    lines TEXT NOT NULL                -- digest of the set
);
-- name: stages.act_minted_set
CREATE TABLE IF NOT EXISTS act_minted_set (
    act_n  INTEGER NOT NULL,
    domain TEXT NOT NULL,
    id     TEXT NOT NULL PRIMARY KEY
) WITHOUT ROWID;
-- What a person decided. Of a fact, what is left open (kind 0, '') is ruled on in whole. split: `subject` is the domain
-- or address that goes over to `other`. owner: the findings of a message, of a type, of a fingerprint (mark) are
-- `other`'s ('': the vendor's). assign: a group of review (`grouped`: its cause) is `other`'s to decide until `subject`
-- (microseconds UTC).
-- name: stages.act_ruling act
CREATE TABLE IF NOT EXISTS act_ruling (
    act_n      INTEGER PRIMARY KEY,
    verb       TEXT NOT NULL,          -- add, remove, level, keep (no correction), correct, merge, split, rename, owner,
                                       -- assign
    whom       TEXT NOT NULL,
    kind       INTEGER NOT NULL,
    content    TEXT NOT NULL,          -- content key in hex; ''
    subject    TEXT NOT NULL,
    type       TEXT NOT NULL,
    mark       TEXT NOT NULL,          -- hex
    level      INTEGER NOT NULL,
    other      TEXT NOT NULL,          -- merge: into whom; rename: new name; split: the new customer; owner: whose
    grouped    TEXT NOT NULL,          -- cause and why of a group of review; ''
    by         TEXT NOT NULL,
    reason     TEXT NOT NULL
);
-- A wave is named once; notices approved under its name belong to it.
-- name: stages.act_wave act
CREATE TABLE IF NOT EXISTS act_wave (
    act_n INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    by    TEXT NOT NULL
);
-- An approved notice: with it, its facts are pending.
-- name: stages.act_notice act
CREATE TABLE IF NOT EXISTS act_notice (
    act_n     INTEGER PRIMARY KEY,
    wave      INTEGER NOT NULL,        -- act of the wave
    whom      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    reference TEXT NOT NULL,           -- what the notice is called to its reader: T-2F7K-0031
    language  TEXT NOT NULL,
    text      TEXT NOT NULL,           -- SHA-256 of the text as rendered
    html      TEXT NOT NULL,
    channel   TEXT NOT NULL,           -- of the contact that it is meant for; ''
    contact   TEXT NOT NULL,
    by        TEXT NOT NULL,           -- who approved it
    facts     TEXT NOT NULL            -- digest of the set
);
-- name: stages.act_notice_set
CREATE TABLE IF NOT EXISTS act_notice_set (
    act_n      INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    content_id INTEGER NOT NULL,       -- in the canonical line: the content's key
    subject    TEXT NOT NULL,
    type       TEXT NOT NULL,
    mark       BLOB NOT NULL,
    level      INTEGER NOT NULL,
    change     TEXT NOT NULL,
    PRIMARY KEY (act_n, kind, content_id, subject, type, mark)
) WITHOUT ROWID;
-- What was told outside candor: covers list (the set), before (`until`), unspecified.
-- name: stages.act_told act
CREATE TABLE IF NOT EXISTS act_told (
    act_n   INTEGER PRIMARY KEY,
    whom    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    channel TEXT NOT NULL,             -- mail, letter, phone, filing
    contact TEXT NOT NULL,
    covers  TEXT NOT NULL,             -- list, before, unspecified
    until   INTEGER NOT NULL,          -- of before: sources held earlier than this; 0
    copy    TEXT NOT NULL,             -- SHA-256 of the copy; ''
    by      TEXT NOT NULL,
    facts   TEXT NOT NULL
);
-- name: stages.act_told_set
CREATE TABLE IF NOT EXISTS act_told_set (
    act_n      INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    subject    TEXT NOT NULL,
    type       TEXT NOT NULL,
    mark       BLOB NOT NULL,
    level      INTEGER NOT NULL,
    change     TEXT NOT NULL,
    PRIMARY KEY (act_n, kind, content_id, subject, type, mark)
) WITHOUT ROWID;
-- What became of a notice at one contact. `delivery` numbers the tries of a notice from 1; its newest state holds.
-- name: stages.act_delivery act
CREATE TABLE IF NOT EXISTS act_delivery (
    act_n    INTEGER PRIMARY KEY,
    notice   INTEGER NOT NULL,         -- act of the notice, or of the told
    delivery INTEGER NOT NULL,
    channel  TEXT NOT NULL,
    contact  TEXT NOT NULL,
    state    TEXT NOT NULL,            -- handed, accepted, acknowledged, bounced, refused, expired, replanned
    detail   TEXT NOT NULL
);
-- Content of a message that is held back (privilege, marking), and its lifting: state held or lifted.
-- name: stages.act_hold act
CREATE TABLE IF NOT EXISTS act_hold (
    act_n   INTEGER PRIMARY KEY,
    content TEXT NOT NULL,             -- content key in hex; '' with whom: all of theirs
    whom    TEXT NOT NULL,
    state   TEXT NOT NULL,
    owner   TEXT NOT NULL,
    ends    INTEGER NOT NULL,
    reason  TEXT NOT NULL
);
-- A notice that an authority asked to put off, until `ends`.
-- name: stages.act_delay act
CREATE TABLE IF NOT EXISTS act_delay (
    act_n     INTEGER PRIMARY KEY,
    whom      TEXT NOT NULL,           -- '': everybody's
    authority TEXT NOT NULL,
    basis     TEXT NOT NULL,
    ends      INTEGER NOT NULL,        -- 0: ends with this act
    by        TEXT NOT NULL
);
-- name: stages.act_release act
CREATE TABLE IF NOT EXISTS act_release (
    act_n  INTEGER PRIMARY KEY,
    whom   TEXT NOT NULL,
    path   TEXT NOT NULL,              -- beneath the case
    sha256 TEXT NOT NULL,
    messages INTEGER NOT NULL,
    key_check TEXT NOT NULL            -- of the customer's key
);
-- What happened that clocks hang on (data/event-facts.yaml); of one (what, whom) the newest act holds.
-- name: stages.act_event_fact act
CREATE TABLE IF NOT EXISTS act_event_fact (
    act_n INTEGER PRIMARY KEY,
    what  TEXT NOT NULL,
    whom  TEXT NOT NULL,
    at    INTEGER NOT NULL,
    by    TEXT NOT NULL,
    note  TEXT NOT NULL
);
-- What the vendor said in public, and the figures that it rests on.
-- name: stages.act_statement act
CREATE TABLE IF NOT EXISTS act_statement (
    act_n   INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    place   TEXT NOT NULL,
    says    TEXT NOT NULL,
    measure TEXT NOT NULL,             -- mailboxes, mailbox-share, customers, secrets, messages, …; '' : none
    bound   INTEGER NOT NULL,          -- not more than; of a share in millionths
    among   INTEGER NOT NULL,          -- of a share: how many there are in all; 0
    by      TEXT NOT NULL
);
-- "Is it us?", "you are breached": asked, assigned, answered; `enquiry` is the act that opened it, 0 in that one.
-- name: stages.act_enquiry act
CREATE TABLE IF NOT EXISTS act_enquiry (
    act_n   INTEGER PRIMARY KEY,
    enquiry INTEGER NOT NULL,
    state   TEXT NOT NULL,             -- open, assigned, answered
    kind    TEXT NOT NULL,             -- is-it-us, you-are-breached, other
    whom    TEXT NOT NULL,
    contact TEXT NOT NULL,
    owner   TEXT NOT NULL,
    due     INTEGER NOT NULL,
    says    TEXT NOT NULL,             -- the question; of an answer its whole text
    by      TEXT NOT NULL
);
-- name: stages.act_filing act
CREATE TABLE IF NOT EXISTS act_filing (
    act_n  INTEGER PRIMARY KEY,
    duty   TEXT NOT NULL,
    whom   TEXT NOT NULL,
    at     INTEGER NOT NULL,
    copy   TEXT NOT NULL,              -- SHA-256 of what was filed; ''
    by     TEXT NOT NULL
);
-- Somebody tries what was stolen. Recorded once a secret, network and hour; the first that shows the secret to be valid,
-- and the first that gets in, always.
-- name: stages.act_alert act
CREATE TABLE IF NOT EXISTS act_alert (
    act_n    INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL,            -- stolen-account, stolen-key
    whom     TEXT NOT NULL,            -- whose it is: customer, person, '' for the vendor or nobody yet
    account  TEXT NOT NULL,            -- the account's name or the key's public id, as the log has it
    at       INTEGER NOT NULL,
    address  TEXT NOT NULL,
    code     INTEGER NOT NULL,         -- of the result, as the log has it
    outcome  TEXT NOT NULL,            -- success, blocked, interrupt, failed, unknown
    valid    TEXT NOT NULL,            -- what it says of the secret: yes, no, was, revoked, none, unknown
    class    TEXT NOT NULL,            -- pre-theft, known-source, alert
    record   TEXT NOT NULL
);
