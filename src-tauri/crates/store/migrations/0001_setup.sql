-- What the set-up decided and observed. Times are milliseconds since 1970 in UTC; JSON is text.

CREATE TABLE store_format (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    -- Raised only when an older app would do harm here; an app that knows a smaller number keeps out.
    format     INTEGER NOT NULL CHECK (format > 0)
) STRICT;

CREATE TABLE setting (
    key        TEXT PRIMARY KEY CHECK (key <> ''),
    value      TEXT NOT NULL CHECK (json_valid(value)),
    changed_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE credential (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    dialect         TEXT NOT NULL CHECK (dialect IN ('v3', 'v1')),
    client_id       TEXT,
    harvest_url     TEXT NOT NULL CHECK (harvest_url <> ''),
    auth_url        TEXT,
    organisation    TEXT,
    organisation_id TEXT,
    acting_user     INTEGER CHECK (acting_user > 0),
    acting_name     TEXT,
    site_admin      INTEGER CHECK (site_admin IN (0, 1)),
    secret_tail     TEXT NOT NULL DEFAULT '' CHECK (length(secret_tail) <= 4),
    vault_key       TEXT NOT NULL CHECK (vault_key <> ''),
    kept_in         TEXT NOT NULL DEFAULT '',
    accepted_at     INTEGER NOT NULL,
    checked_at      INTEGER NOT NULL,
    accepted        INTEGER NOT NULL DEFAULT 1 CHECK (accepted IN (0, 1)),
    problem         TEXT CHECK (json_valid(problem)),
    granted         TEXT NOT NULL CHECK (json_valid(granted)),
    counts          TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(counts)),
    limits_accepted INTEGER NOT NULL DEFAULT 0 CHECK (limits_accepted IN (0, 1))
) STRICT;

CREATE TABLE users_import (
    slot          TEXT PRIMARY KEY CHECK (slot IN ('applied', 'waiting')),
    at            INTEGER NOT NULL,
    users         INTEGER NOT NULL DEFAULT 0,
    looks_partial INTEGER NOT NULL DEFAULT 0 CHECK (looks_partial IN (0, 1)),
    payload       TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(payload))
) STRICT, WITHOUT ROWID;

CREATE TABLE webhook_slot (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    position         INTEGER NOT NULL DEFAULT 0,
    name             TEXT NOT NULL DEFAULT '',
    action           TEXT NOT NULL CHECK (action <> ''),
    event_label      TEXT NOT NULL DEFAULT '',
    error_email      TEXT NOT NULL DEFAULT '',
    disabled         INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    in_guide         INTEGER NOT NULL DEFAULT 0 CHECK (in_guide IN (0, 1)),
    secret_tail      TEXT NOT NULL DEFAULT '' CHECK (length(secret_tail) <= 4),
    vault_key        TEXT NOT NULL CHECK (vault_key <> ''),
    pinged_at        INTEGER,
    last_delivery_at INTEGER,
    problem          TEXT CHECK (json_valid(problem))
) STRICT;
