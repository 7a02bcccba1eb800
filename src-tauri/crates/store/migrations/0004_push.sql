-- The way out: intents, attempts at them, the proof that they took effect, and who is who as a result.

CREATE TABLE link (
    hh_candidate_id INTEGER PRIMARY KEY REFERENCES hh_candidate (id),
    candidate_id    INTEGER NOT NULL CHECK (candidate_id > 0),
    how             TEXT NOT NULL CHECK (how IN ('created', 'found', 'decided')),
    linked_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX link_by_candidate ON link (candidate_id);

CREATE TABLE link_application (
    hh_candidate_id INTEGER NOT NULL REFERENCES hh_candidate (id),
    application_id  INTEGER NOT NULL CHECK (application_id > 0),
    job_id          INTEGER,
    prospect        INTEGER NOT NULL DEFAULT 0 CHECK (prospect IN (0, 1)),
    linked_at       INTEGER NOT NULL,
    PRIMARY KEY (hh_candidate_id, application_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_application_by_application ON link_application (application_id);

-- What was last sent of somebody's details, to tell what changed since. Leaves with whoever is forgotten.
CREATE TABLE sent_details (
    hh_candidate_id INTEGER PRIMARY KEY REFERENCES hh_candidate (id),
    version         INTEGER NOT NULL CHECK (version > 0),
    details         TEXT NOT NULL CHECK (json_valid(details))
) STRICT;

CREATE TABLE outbox (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    key             TEXT NOT NULL UNIQUE CHECK (key <> ''),
    hh_candidate_id INTEGER NOT NULL REFERENCES hh_candidate (id),
    acting_user     INTEGER NOT NULL CHECK (acting_user > 0),
    kind            TEXT NOT NULL CHECK (kind <> ''),
    -- The content leaves with the receipt: what was sent is then Greenhouse's to keep.
    change          TEXT CHECK (json_valid(change)),
    after_key       TEXT,
    state           TEXT NOT NULL DEFAULT 'waiting'
                    CHECK (state IN ('waiting', 'sending', 'unknown', 'done', 'wedged', 'cancelled')),
    attempts        INTEGER NOT NULL DEFAULT 0,
    attempt_id      INTEGER,
    lease_until     INTEGER,
    next_try_at     INTEGER NOT NULL DEFAULT 0,
    code            TEXT,
    detail          TEXT NOT NULL DEFAULT '',
    created_at      INTEGER NOT NULL,
    changed_at      INTEGER NOT NULL,
    CHECK ((state = 'sending') = (lease_until IS NOT NULL)),
    CHECK (change IS NOT NULL OR state IN ('done', 'cancelled'))
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, next_try_at, id);
CREATE INDEX outbox_by_candidate ON outbox (hh_candidate_id, state);

-- No mapping, no push: the acting user has to be the confirmed account of whoever sourced the person, and
-- neither refused by Greenhouse, nor deactivated there, nor somebody else's when we last heard.
CREATE VIEW acting_allowed AS
    SELECT c.id AS hh_candidate_id, m.gh_user_id AS acting_user
      FROM hh_candidate c
      JOIN hh_user u ON u.email_folded = c.owner_folded AND u.left_out = 0
      JOIN mapping m ON m.hh_user_id = u.id AND m.state = 'confirmed' AND m.proof <> 'refused'
                     AND m.estranged IS NULL
     WHERE NOT EXISTS (SELECT 1 FROM gh_user g WHERE g.id = m.gh_user_id AND g.deactivated = 1);

CREATE TRIGGER outbox_needs_mapping_to_enter BEFORE INSERT ON outbox
WHEN NOT EXISTS (SELECT 1 FROM acting_allowed a
                  WHERE a.hh_candidate_id = NEW.hh_candidate_id AND a.acting_user = NEW.acting_user)
BEGIN SELECT RAISE(ABORT, 'no confirmed mapping'); END;

CREATE TRIGGER outbox_needs_mapping_to_change BEFORE UPDATE OF acting_user, hh_candidate_id ON outbox
WHEN NOT EXISTS (SELECT 1 FROM acting_allowed a
                  WHERE a.hh_candidate_id = NEW.hh_candidate_id AND a.acting_user = NEW.acting_user)
BEGIN SELECT RAISE(ABORT, 'no confirmed mapping'); END;

CREATE TRIGGER outbox_needs_mapping_to_leave BEFORE UPDATE OF state ON outbox
WHEN NEW.state = 'sending'
 AND NOT EXISTS (SELECT 1 FROM acting_allowed a
                  WHERE a.hh_candidate_id = NEW.hh_candidate_id AND a.acting_user = NEW.acting_user)
BEGIN SELECT RAISE(ABORT, 'no confirmed mapping'); END;

CREATE TRIGGER outbox_needs_activation_to_leave BEFORE UPDATE OF state ON outbox
WHEN NEW.state = 'sending' AND NOT EXISTS (SELECT 1 FROM setting WHERE key = 'activated_at')
BEGIN SELECT RAISE(ABORT, 'not activated'); END;

CREATE TABLE attempt (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    outbox_id   INTEGER NOT NULL REFERENCES outbox (id),
    started_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    request     TEXT NOT NULL DEFAULT '',
    outcome     TEXT NOT NULL DEFAULT 'open'
                CHECK (outcome IN ('open', 'done', 'found', 'absent', 'later', 'refused', 'unknown')),
    status_code INTEGER,
    request_id  TEXT
) STRICT;
CREATE INDEX attempt_by_outbox ON attempt (outbox_id);
CREATE INDEX attempt_by_time ON attempt (started_at);

CREATE TABLE ledger (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    key             TEXT NOT NULL UNIQUE CHECK (key <> ''),
    hh_candidate_id INTEGER NOT NULL REFERENCES hh_candidate (id),
    kind            TEXT NOT NULL CHECK (kind <> ''),
    effect          TEXT NOT NULL CHECK (json_valid(effect)),
    acting_user     INTEGER NOT NULL CHECK (acting_user > 0),
    at              INTEGER NOT NULL,
    found           INTEGER NOT NULL DEFAULT 0 CHECK (found IN (0, 1))
) STRICT;
CREATE INDEX ledger_by_candidate ON ledger (hh_candidate_id);

CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER ledger_is_never_shortened BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Where each sourced person is on the way. A permission that is missing holds nobody back by itself.
CREATE VIEW person_state AS
    SELECT c.id AS hh_candidate_id,
           CASE
               WHEN c.left_out = 1 OR c.forgotten_at IS NOT NULL THEN 'left_out'
               WHEN EXISTS (SELECT 1 FROM trouble t
                             WHERE t.hh_candidate_id = c.id
                               AND (t.holds = 1 OR json_extract(t.conflict, '$.kind') <> 'not_permitted'))
                 OR EXISTS (SELECT 1 FROM outbox o
                             WHERE o.hh_candidate_id = c.id AND o.state = 'wedged') THEN 'needs_you'
               WHEN EXISTS (SELECT 1 FROM outbox o
                             WHERE o.hh_candidate_id = c.id AND o.state IN ('sending', 'unknown'))
                    THEN 'sending'
               WHEN EXISTS (SELECT 1 FROM outbox o
                             WHERE o.hh_candidate_id = c.id AND o.state = 'waiting')
                 OR NOT EXISTS (SELECT 1 FROM link l WHERE l.hh_candidate_id = c.id) THEN 'waiting'
               ELSE 'sent'
           END AS state
      FROM hh_candidate c;
