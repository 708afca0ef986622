-- schema.sql - the tables of a case.  Evidence is what came in, opinion what we think, acts what was done.
--
-- The subset that SQLite and PostgreSQL (15 or later) share.  Ids never leave the store; content keys stand once,
-- in content_key.  Columns named *_sealed hold seals of lib/seal.h under the context that follows the column in a
-- comment.  Secondary indexes are in indexes.sql, built after bulk loads.

-- === the case ====================================================================================================

-- name: schema.meta
CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,   -- schema_version, form, vendor, suite, key_check, public_key, created
    value TEXT NOT NULL
);

-- name: schema.run
CREATE TABLE run (
    id       BIGINT NOT NULL PRIMARY KEY,
    stage    TEXT NOT NULL,
    began    BIGINT NOT NULL,          -- microseconds UTC: run->now
    ended    BIGINT,
    state    TEXT NOT NULL,            -- running, done, incomplete
    program  TEXT NOT NULL,            -- version of candor
    config   TEXT NOT NULL,            -- SHA-256 of case.yaml, or ''
    rules    TEXT NOT NULL,            -- digest of the rules, or ''
    box      BIGINT NOT NULL           -- level of the box, or 0
);

-- name: schema.run_digest
CREATE TABLE run_digest (
    run_id BIGINT NOT NULL,
    name   TEXT NOT NULL,              -- table
    digest TEXT NOT NULL,
    PRIMARY KEY (run_id, name)
);

-- name: schema.digest
CREATE TABLE digest (
    name TEXT NOT NULL PRIMARY KEY,    -- table
    sum  BYTEA NOT NULL,               -- 32 bytes, little-endian, modulo 2^256
    rows BIGINT NOT NULL
);

-- === evidence ====================================================================================================

-- name: schema.source
CREATE TABLE source (
    id        BIGINT NOT NULL PRIMARY KEY,
    name      TEXT NOT NULL,           -- last part of its first path: what exports print
    kind      TEXT NOT NULL,           -- file, folder, maildir
    mailbox   TEXT NOT NULL,           -- whose mailbox it is, as stated or taken from the name
    collected BIGINT NOT NULL
);

-- Where a source is now: the newest row holds (candor source move adds one).
-- name: schema.source_path
CREATE TABLE source_path (
    source_id BIGINT NOT NULL,
    moved     BIGINT NOT NULL,
    path      TEXT NOT NULL,
    PRIMARY KEY (source_id, moved)
);

-- A file of a source. A file that changed is a new row with the same path; the newest holds.
-- name: schema.item
CREATE TABLE item (
    id        BIGINT NOT NULL PRIMARY KEY,
    source_id BIGINT NOT NULL,
    path      TEXT NOT NULL,           -- relative to the source; '' for a source that is a file
    folder    TEXT NOT NULL,           -- mail folder: INBOX, Sent/2024
    kind      TEXT NOT NULL,           -- mbox, eml, empty, other
    looks     TEXT NOT NULL,           -- for other: what it looks like; else ''
    size      BIGINT NOT NULL,
    mtime     BIGINT NOT NULL,
    inode     BIGINT NOT NULL
);

-- name: schema.unit
CREATE TABLE unit (
    id         BIGINT NOT NULL PRIMARY KEY,
    source_id  BIGINT NOT NULL,
    kind       TEXT NOT NULL,          -- mbox, eml
    first_item BIGINT NOT NULL,
    last_item  BIGINT NOT NULL,        -- items first..last; one for a range
    range_from BIGINT NOT NULL,        -- bytes; 0, 0 for a list
    range_to   BIGINT NOT NULL
);

-- A unit that was read, whole, in one transaction with everything that was read of it.
-- name: schema.unit_done
CREATE TABLE unit_done (
    unit_id  BIGINT NOT NULL PRIMARY KEY,
    run_id   BIGINT NOT NULL,
    reader   BIGINT NOT NULL,          -- reader.id
    declared BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    gaps     BIGINT NOT NULL,
    bytes    BIGINT NOT NULL,
    sha256   BYTEA NOT NULL
);

-- name: schema.reader
CREATE TABLE reader (
    id      BIGINT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,             -- of the reader
    rules   TEXT NOT NULL              -- digest of the rules
);

-- name: schema.content_key
CREATE TABLE content_key (
    k64        BIGINT NOT NULL PRIMARY KEY,  -- first 64 bits of the key, big-endian, signed
    content_id BIGINT NOT NULL,
    key        BYTEA NOT NULL                -- 32 bytes
);

-- A key whose first 64 bits another key has already.
-- name: schema.content_key_collision
CREATE TABLE content_key_collision (
    key        BYTEA NOT NULL PRIMARY KEY,
    content_id BIGINT NOT NULL
);

-- name: schema.message
CREATE TABLE message (
    id             BIGINT NOT NULL PRIMARY KEY,  -- content id
    k64            BIGINT NOT NULL,              -- back to content_key (or, by id, to content_key_collision)
    size           BIGINT NOT NULL,
    date           BIGINT,
    zone           BIGINT NOT NULL,
    message_id     TEXT,
    in_reply_to    TEXT,
    subject_sealed BYTEA,                        -- context "subject"
    defects        BIGINT NOT NULL,
    reader_id      BIGINT NOT NULL,
    state          TEXT NOT NULL                 -- read, partial (a gap in it), bare (hashed only)
);

-- name: schema.copy
CREATE TABLE copy (
    id         BIGINT NOT NULL PRIMARY KEY,
    content_id BIGINT NOT NULL,
    item_id    BIGINT NOT NULL,
    unit_id    BIGINT NOT NULL,
    start      BIGINT NOT NULL,
    length     BIGINT NOT NULL,
    sha256     BYTEA NOT NULL
);

-- name: schema.email
CREATE TABLE email (
    id      BIGINT NOT NULL PRIMARY KEY,
    address TEXT NOT NULL,
    domain  TEXT NOT NULL
);

-- name: schema.address
CREATE TABLE address (
    content_id  BIGINT NOT NULL,
    n           BIGINT NOT NULL,       -- order in the message
    role        BIGINT NOT NULL,       -- Role of nouns/evidence.h
    email_id    BIGINT,
    name_sealed BYTEA,                 -- context "name"
    PRIMARY KEY (content_id, n)
);

-- name: schema.part
CREATE TABLE part (
    id              BIGINT NOT NULL PRIMARY KEY,
    content_id      BIGINT NOT NULL,
    path            TEXT NOT NULL,
    kind            BIGINT NOT NULL,   -- PartKind
    media_type      TEXT NOT NULL,
    charset         TEXT,
    filename_sealed BYTEA,             -- context "filename"
    disposition     TEXT,
    encoding        TEXT,
    start           BIGINT NOT NULL,
    stop            BIGINT NOT NULL,
    sha256          BYTEA              -- leaf only
);

-- name: schema.reading_attempt
CREATE TABLE reading_attempt (
    part_id   BIGINT NOT NULL,
    reader_id BIGINT NOT NULL,
    state     BIGINT NOT NULL,         -- PartState
    read      BIGINT NOT NULL,
    scanned   BIGINT NOT NULL,
    unscanned BIGINT NOT NULL,
    PRIMARY KEY (part_id, reader_id)
);

-- name: schema.mention
CREATE TABLE mention (
    id          BIGINT NOT NULL PRIMARY KEY,
    content_id  BIGINT NOT NULL,
    path        TEXT NOT NULL,
    role        BIGINT NOT NULL,
    email_id    BIGINT,
    name_sealed BYTEA,                 -- context "name"
    start       BIGINT NOT NULL
);

-- name: schema.match
CREATE TABLE match (
    id          BIGINT NOT NULL PRIMARY KEY,
    content_id  BIGINT NOT NULL,
    reader_id   BIGINT NOT NULL,
    path        TEXT NOT NULL,         -- of the part, or @subject, @filename:PATH, @display-name
    type        TEXT NOT NULL,
    rule        TEXT NOT NULL,
    start       BIGINT NOT NULL,
    stop        BIGINT NOT NULL,
    fingerprint BYTEA NOT NULL,
    masked      TEXT NOT NULL,
    confidence  BIGINT NOT NULL
);

-- name: schema.gap
CREATE TABLE gap (
    id         BIGINT NOT NULL PRIMARY KEY,
    source_id  BIGINT NOT NULL,
    item_id    BIGINT,
    unit_id    BIGINT,
    content_id BIGINT,
    start      BIGINT NOT NULL,
    path       TEXT,                   -- of the part
    reason     TEXT NOT NULL,
    detail     TEXT,
    bytes      BIGINT NOT NULL,
    retryable  BIGINT NOT NULL,
    whole      BIGINT NOT NULL,        -- 1: stands for a whole message or item that declared counts
    run_id     BIGINT NOT NULL
);

-- === opinion =====================================================================================================

-- name: schema.finding
CREATE TABLE finding (
    content_id  BIGINT NOT NULL,
    path        TEXT NOT NULL,         -- first path of that part in the message, or a pseudo-part
    part_sha256 BYTEA NOT NULL,        -- of the part; of the pseudo-part's name
    type        TEXT NOT NULL,
    fingerprint BYTEA NOT NULL,
    rule        TEXT NOT NULL,         -- best match: shown, not identity
    start       BIGINT NOT NULL,
    stop        BIGINT NOT NULL,
    masked      TEXT NOT NULL,
    confidence  BIGINT NOT NULL,
    matches     BIGINT NOT NULL,
    PRIMARY KEY (content_id, part_sha256, type, fingerprint)
);

-- What outputs may show of raw strings: every match in them replaced by its mask.
-- name: schema.message_view
CREATE TABLE message_view (
    content_id BIGINT NOT NULL PRIMARY KEY,
    subject_sealed BYTEA               -- context "view"
);

-- name: schema.part_view
CREATE TABLE part_view (
    part_id BIGINT NOT NULL PRIMARY KEY,
    filename_sealed BYTEA              -- context "view"
);

-- === acts ========================================================================================================

-- Every act, in order: leaf n of the audit tree.
-- name: schema.act
CREATE TABLE act (
    n      BIGINT NOT NULL PRIMARY KEY,
    run_id BIGINT NOT NULL,
    kind   TEXT NOT NULL,              -- custody, …
    at     BIGINT NOT NULL,
    row    TEXT NOT NULL,              -- canonical, versioned
    salt   BYTEA,                      -- erased with a personal field
    leaf   BYTEA NOT NULL
);

-- name: schema.head
CREATE TABLE head (
    size      BIGINT NOT NULL PRIMARY KEY,
    root      BYTEA NOT NULL,
    at        BIGINT NOT NULL,
    suite     TEXT NOT NULL,
    signature BYTEA NOT NULL
);

-- Who handed over what, how it was acquired.
-- name: schema.custody
CREATE TABLE custody (
    act_n     BIGINT NOT NULL PRIMARY KEY,
    source_id BIGINT NOT NULL,
    handed_by TEXT NOT NULL,
    acquired  TEXT NOT NULL,
    taken_by  TEXT NOT NULL,
    note      TEXT NOT NULL
);
