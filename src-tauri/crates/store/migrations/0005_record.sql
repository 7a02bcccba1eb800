-- What arrived, what ran, and who did what.

CREATE TABLE inbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id    TEXT NOT NULL DEFAULT '',
    body_sha256 TEXT NOT NULL CHECK (length(body_sha256) = 64),
    action      TEXT NOT NULL DEFAULT '',
    -- Empty once applied: the event is then in the mirror, and only its id has to be remembered.
    body        BLOB NOT NULL DEFAULT x'',
    slot_id     INTEGER REFERENCES webhook_slot (id) ON DELETE SET NULL,
    received_at INTEGER NOT NULL,
    state       TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'applied', 'ignored', 'failed')),
    problem     TEXT NOT NULL DEFAULT '',
    UNIQUE (event_id, body_sha256)
) STRICT;
CREATE INDEX inbox_by_state ON inbox (state, id);
CREATE INDEX inbox_by_time ON inbox (received_at);

CREATE TABLE run (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL CHECK (kind IN ('pull', 'push', 'sync')),
    started_at INTEGER NOT NULL,
    pulled_at  INTEGER,
    ended_at   INTEGER,
    outcome    TEXT CHECK (outcome IN ('done', 'needs_you', 'cancelled', 'failed', 'interrupted')),
    pulled     INTEGER NOT NULL DEFAULT 0,
    sent       INTEGER NOT NULL DEFAULT 0,
    refused    INTEGER NOT NULL DEFAULT 0,
    needs_you  INTEGER NOT NULL DEFAULT 0,
    requests   INTEGER NOT NULL DEFAULT 0,
    problem    TEXT CHECK (json_valid(problem)),
    progress   TEXT CHECK (json_valid(progress)),
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE INDEX run_open ON run (id) WHERE ended_at IS NULL;

CREATE TABLE audit (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    at            INTEGER NOT NULL,
    actor         TEXT NOT NULL,
    what          TEXT NOT NULL,
    acting_user   INTEGER,
    result        TEXT NOT NULL DEFAULT '',
    -- An id such as `person:17`, never a name or an address.
    subject       TEXT NOT NULL DEFAULT '',
    previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
    hash          TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Where the chain ends, so that entries cut off its end are missed.
CREATE TABLE audit_head (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    entries INTEGER NOT NULL,
    hash    TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
