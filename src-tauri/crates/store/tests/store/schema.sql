CREATE INDEX attempt_by_outbox ON attempt (outbox_id);

CREATE INDEX attempt_by_time ON attempt (started_at);

CREATE INDEX gh_application_by_candidate ON gh_application (candidate_id);

CREATE INDEX gh_application_gone ON gh_application (id) WHERE gone_at IS NOT NULL;

CREATE INDEX gh_application_stage_by_application ON gh_application_stage (application_id);

CREATE INDEX gh_candidate_by_name ON gh_candidate (name_folded);

CREATE INDEX gh_candidate_email_by_email ON gh_candidate_email (email);

CREATE INDEX gh_candidate_gone ON gh_candidate (id) WHERE gone_at IS NOT NULL;

CREATE INDEX gh_custom_field_option_by_name ON gh_custom_field_option (name_folded);

CREATE INDEX gh_job_by_name ON gh_job (name_folded);

CREATE INDEX gh_job_by_requisition ON gh_job (requisition_id COLLATE NOCASE);

CREATE INDEX gh_job_post_by_job ON gh_job_post (job_id);

CREATE INDEX gh_job_post_by_title ON gh_job_post (title_folded);

CREATE INDEX gh_job_stage_by_job ON gh_job_stage (job_id, sort_order);

CREATE INDEX gh_prospect_detail_by_application ON gh_prospect_detail (application_id);

CREATE INDEX gh_prospect_pool_by_name ON gh_prospect_pool (name_folded);

CREATE INDEX gh_rejection_detail_by_application ON gh_rejection_detail (application_id);

CREATE INDEX gh_source_by_name ON gh_source (name_folded);

CREATE INDEX gh_user_email_by_user ON gh_user_email (user_id);

CREATE INDEX hh_candidate_by_name ON hh_candidate (name_folded);

CREATE INDEX hh_candidate_by_owner ON hh_candidate (owner_folded);

CREATE INDEX hh_candidate_by_profile ON hh_candidate (profile) WHERE profile <> '';

CREATE INDEX hh_candidate_email_by_email ON hh_candidate_email (email);

CREATE INDEX inbox_by_state ON inbox (state, id);

CREATE INDEX inbox_by_time ON inbox (received_at);

CREATE INDEX ledger_by_candidate ON ledger (hh_candidate_id);

CREATE INDEX link_application_by_application ON link_application (application_id);

CREATE INDEX link_by_candidate ON link (candidate_id);

CREATE INDEX mapping_by_gh_user ON mapping (gh_user_id);

CREATE UNIQUE INDEX mapping_one_each ON mapping (gh_user_id) WHERE state = 'confirmed' AND shared = 0;

CREATE INDEX outbox_by_candidate ON outbox (hh_candidate_id, state);

CREATE INDEX outbox_by_state ON outbox (state, next_try_at, id);

CREATE INDEX run_open ON run (id) WHERE ended_at IS NULL;

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

CREATE TABLE audit_head (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    entries INTEGER NOT NULL,
    hash    TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

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

CREATE TABLE gh_application (
    id                  INTEGER PRIMARY KEY CHECK (id > 0),
    created_at          INTEGER,
    updated_at          INTEGER NOT NULL DEFAULT 0,
    candidate_id        INTEGER NOT NULL DEFAULT 0,
    job_id              INTEGER,
    prospect            INTEGER NOT NULL DEFAULT 0 CHECK (prospect IN (0, 1)),
    prospective_job_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(prospective_job_ids)),
    status              TEXT NOT NULL DEFAULT '',
    stage_id            INTEGER,
    stage_name          TEXT,
    job_stage_id        INTEGER,
    source_id           INTEGER,
    recruiter_id        INTEGER,
    rejected_at         INTEGER,
    rejection_reason_id INTEGER,
    last_activity_at    INTEGER,
    -- Whether an event changed it since its record was read.
    told                INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
    gone_at             INTEGER,
    gone_as             TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing')),
    raw                 TEXT NOT NULL DEFAULT '{}'
) STRICT;

CREATE TABLE gh_application_stage (
    id             INTEGER PRIMARY KEY CHECK (id > 0),
    created_at     INTEGER,
    updated_at     INTEGER NOT NULL DEFAULT 0,
    application_id INTEGER NOT NULL DEFAULT 0,
    job_stage_id   INTEGER,
    entered_at     INTEGER,
    exited_at      INTEGER,
    current        INTEGER NOT NULL DEFAULT 0 CHECK (current IN (0, 1)),
    raw            TEXT NOT NULL DEFAULT '{}',
    gone_at        INTEGER,
    gone_as        TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing'))
) STRICT;

CREATE TABLE gh_candidate (
    id               INTEGER PRIMARY KEY CHECK (id > 0),
    created_at       INTEGER,
    updated_at       INTEGER NOT NULL DEFAULT 0,
    first_name       TEXT NOT NULL DEFAULT '',
    last_name        TEXT NOT NULL DEFAULT '',
    name_folded      TEXT NOT NULL DEFAULT '',
    company          TEXT,
    title            TEXT,
    private          INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1)),
    last_activity_at INTEGER,
    merged_into      INTEGER CHECK (merged_into > 0),
    anonymised_at    INTEGER,
    gone_at          INTEGER,
    gone_as          TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing')),
    raw              TEXT NOT NULL DEFAULT '{}'
) STRICT;

CREATE TABLE gh_candidate_email (
    candidate_id INTEGER NOT NULL REFERENCES gh_candidate (id) ON DELETE CASCADE,
    email        TEXT NOT NULL CHECK (email <> ''),
    PRIMARY KEY (candidate_id, email)
) STRICT, WITHOUT ROWID;

CREATE TABLE gh_custom_field_option (
    id              INTEGER PRIMARY KEY CHECK (id > 0),
    created_at      INTEGER,
    updated_at      INTEGER NOT NULL DEFAULT 0,
    custom_field_id INTEGER,
    name            TEXT NOT NULL DEFAULT '',
    name_folded     TEXT NOT NULL DEFAULT '',
    active          INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    raw             TEXT NOT NULL DEFAULT '{}',
    gone_at         INTEGER,
    gone_as         TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing'))
) STRICT;

CREATE TABLE gh_department (
    id         INTEGER PRIMARY KEY CHECK (id > 0),
    created_at INTEGER,
    updated_at INTEGER NOT NULL DEFAULT 0,
    name       TEXT NOT NULL DEFAULT '',
    parent_id  INTEGER,
    raw        TEXT NOT NULL DEFAULT '{}',
    gone_at    INTEGER,
    gone_as    TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing'))
) STRICT;

CREATE TABLE gh_job (
    id             INTEGER PRIMARY KEY CHECK (id > 0),
    created_at     INTEGER,
    updated_at     INTEGER NOT NULL DEFAULT 0,
    name           TEXT NOT NULL DEFAULT '',
    name_folded    TEXT NOT NULL DEFAULT '',
    requisition_id TEXT,
    status         TEXT NOT NULL DEFAULT '',
    department_id  INTEGER,
    confidential   INTEGER NOT NULL DEFAULT 0 CHECK (confidential IN (0, 1)),
    is_template    INTEGER NOT NULL DEFAULT 0 CHECK (is_template IN (0, 1)),
    opened_at      INTEGER,
    closed_at      INTEGER,
    raw            TEXT NOT NULL DEFAULT '{}',
    gone_at        INTEGER,
    gone_as        TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing'))
) STRICT;

CREATE TABLE gh_job_post (
    id         INTEGER PRIMARY KEY CHECK (id > 0),
    created_at INTEGER,
    updated_at INTEGER NOT NULL DEFAULT 0,
    job_id     INTEGER,
    title      TEXT NOT NULL DEFAULT '',
    title_folded TEXT NOT NULL DEFAULT '',
    live       INTEGER NOT NULL DEFAULT 0 CHECK (live IN (0, 1)),
    public_url TEXT,
    raw        TEXT NOT NULL DEFAULT '{}',
    gone_at    INTEGER,
    gone_as    TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing'))
) STRICT;

CREATE TABLE gh_job_stage (
    id         INTEGER PRIMARY KEY CHECK (id > 0),
    created_at INTEGER,
    updated_at INTEGER NOT NULL DEFAULT 0,
    job_id     INTEGER,
    name       TEXT NOT NULL DEFAULT '',
    sort_order INTEGER NOT NULL DEFAULT 0,
    active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    raw        TEXT NOT NULL DEFAULT '{}',
    gone_at    INTEGER,
    gone_as    TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing'))
) STRICT;

CREATE TABLE gh_prospect_detail (
    id                INTEGER PRIMARY KEY CHECK (id > 0),
    created_at        INTEGER,
    updated_at        INTEGER NOT NULL DEFAULT 0,
    application_id    INTEGER NOT NULL DEFAULT 0,
    pool_id           INTEGER,
    pool_stage_id     INTEGER,
    prospect_owner_id INTEGER,
    raw               TEXT NOT NULL DEFAULT '{}',
    gone_at           INTEGER,
    gone_as           TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing'))
) STRICT;

CREATE TABLE gh_prospect_pool (
    id          INTEGER PRIMARY KEY CHECK (id > 0),
    created_at  INTEGER,
    updated_at  INTEGER NOT NULL DEFAULT 0,
    name        TEXT NOT NULL DEFAULT '',
    name_folded TEXT NOT NULL DEFAULT '',
    active      INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    raw         TEXT NOT NULL DEFAULT '{}',
    gone_at     INTEGER,
    gone_as     TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing'))
) STRICT;

CREATE TABLE gh_prospect_pool_stage (
    id               INTEGER PRIMARY KEY CHECK (id > 0),
    created_at       INTEGER,
    updated_at       INTEGER NOT NULL DEFAULT 0,
    prospect_pool_id INTEGER,
    name             TEXT NOT NULL DEFAULT '',
    sort_order       INTEGER NOT NULL DEFAULT 0,
    raw              TEXT NOT NULL DEFAULT '{}',
    gone_at          INTEGER,
    gone_as          TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing'))
) STRICT;

CREATE TABLE gh_rejection_detail (
    id                  INTEGER PRIMARY KEY CHECK (id > 0),
    created_at          INTEGER,
    updated_at          INTEGER NOT NULL DEFAULT 0,
    application_id      INTEGER NOT NULL DEFAULT 0,
    rejection_reason_id INTEGER,
    rejected_at         INTEGER,
    rejected_by_id      INTEGER,
    raw                 TEXT NOT NULL DEFAULT '{}',
    gone_at             INTEGER,
    gone_as             TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing'))
) STRICT;

CREATE TABLE gh_rejection_reason (
    id         INTEGER PRIMARY KEY CHECK (id > 0),
    created_at INTEGER,
    updated_at INTEGER NOT NULL DEFAULT 0,
    name       TEXT NOT NULL DEFAULT '',
    kind       TEXT,
    raw        TEXT NOT NULL DEFAULT '{}',
    gone_at    INTEGER,
    gone_as    TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing'))
) STRICT;

CREATE TABLE gh_source (
    id          INTEGER PRIMARY KEY CHECK (id > 0),
    created_at  INTEGER,
    updated_at  INTEGER NOT NULL DEFAULT 0,
    name        TEXT NOT NULL DEFAULT '',
    name_folded TEXT NOT NULL DEFAULT '',
    kind        TEXT,
    raw         TEXT NOT NULL DEFAULT '{}',
    gone_at     INTEGER,
    gone_as     TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing'))
) STRICT;

CREATE TABLE gh_user (
    id          INTEGER PRIMARY KEY CHECK (id > 0),
    name        TEXT NOT NULL DEFAULT '',
    first_name  TEXT NOT NULL DEFAULT '',
    last_name   TEXT NOT NULL DEFAULT '',
    email       TEXT,
    emails      TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(emails)),
    deactivated INTEGER NOT NULL DEFAULT 0 CHECK (deactivated IN (0, 1)),
    -- The export says something of whether they can log in that was not understood.
    state_unclear INTEGER NOT NULL DEFAULT 0 CHECK (state_unclear IN (0, 1)),
    site_admin  INTEGER CHECK (site_admin IN (0, 1)),
    source      TEXT NOT NULL CHECK (source IN ('export', 'live')),
    updated_at  INTEGER NOT NULL DEFAULT 0,
    raw         TEXT NOT NULL DEFAULT '{}',
    gone_at     INTEGER,
    -- What the export said before Greenhouse itself was read; nothing where it said nothing.
    export_email       TEXT,
    export_deactivated INTEGER CHECK (export_deactivated IN (0, 1))
) STRICT;

CREATE TABLE gh_user_email (
    id         INTEGER PRIMARY KEY CHECK (id > 0),
    created_at INTEGER,
    updated_at INTEGER NOT NULL DEFAULT 0,
    user_id    INTEGER NOT NULL DEFAULT 0,
    email      TEXT NOT NULL DEFAULT '',
    verified   INTEGER CHECK (verified IN (0, 1)),
    raw        TEXT NOT NULL DEFAULT '{}',
    gone_at    INTEGER,
    gone_as    TEXT CHECK (gone_as IN ('deleted', 'merged', 'missing'))
) STRICT;

CREATE TABLE gh_user_staged (
    id          INTEGER PRIMARY KEY CHECK (id > 0),
    name        TEXT NOT NULL DEFAULT '',
    first_name  TEXT NOT NULL DEFAULT '',
    last_name   TEXT NOT NULL DEFAULT '',
    email       TEXT,
    emails      TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(emails)),
    deactivated INTEGER NOT NULL DEFAULT 0 CHECK (deactivated IN (0, 1)),
    -- The export says something of whether they can log in that was not understood.
    state_unclear INTEGER NOT NULL DEFAULT 0 CHECK (state_unclear IN (0, 1)),
    site_admin  INTEGER CHECK (site_admin IN (0, 1)),
    source      TEXT NOT NULL CHECK (source IN ('export', 'live')),
    updated_at  INTEGER NOT NULL DEFAULT 0,
    raw         TEXT NOT NULL DEFAULT '{}'
) STRICT;

CREATE TABLE hh_candidate (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    headhuntr_id      TEXT NOT NULL UNIQUE CHECK (headhuntr_id <> ''),
    record            TEXT NOT NULL CHECK (json_valid(record)),
    digest            TEXT NOT NULL DEFAULT '',
    name              TEXT NOT NULL DEFAULT '',
    name_folded       TEXT NOT NULL DEFAULT '',
    owner_folded      TEXT NOT NULL DEFAULT '',
    interest          TEXT NOT NULL CHECK (interest IN ('potential', 'qualified', 'interested')),
    resume_path       TEXT,
    resume_sha256     TEXT CHECK (length(resume_sha256) = 64),
    resume_size       INTEGER CHECK (resume_size >= 0),
    imported_at       INTEGER NOT NULL,
    changed_at        INTEGER NOT NULL,
    left_out          INTEGER NOT NULL DEFAULT 0 CHECK (left_out IN (0, 1)),
    overridden        TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(overridden)),
    decided_candidate INTEGER CHECK (decided_candidate > 0),
    -- The job a person chose in place of the one handed over; 0 stands for none at all.
    decided_job       INTEGER CHECK (decided_job >= 0),
    -- Their LinkedIn profile in one spelling; empty where there is none.
    profile           TEXT NOT NULL DEFAULT '',
    -- Set when the person asked to be forgotten: the row stays so that a later file cannot bring them back.
    forgotten_at      INTEGER
) STRICT;

CREATE TABLE hh_candidate_email (
    hh_candidate_id INTEGER NOT NULL REFERENCES hh_candidate (id) ON DELETE CASCADE,
    email           TEXT NOT NULL CHECK (email <> ''),
    PRIMARY KEY (hh_candidate_id, email)
) STRICT, WITHOUT ROWID;

CREATE TABLE hh_user (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL DEFAULT '',
    email         TEXT NOT NULL DEFAULT '',
    email_folded  TEXT NOT NULL UNIQUE CHECK (email_folded <> ''),
    headhuntr_id  TEXT CHECK (headhuntr_id <> ''),
    left_out      INTEGER NOT NULL DEFAULT 0 CHECK (left_out IN (0, 1))
) STRICT;

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

CREATE TABLE link (
    hh_candidate_id INTEGER PRIMARY KEY REFERENCES hh_candidate (id),
    candidate_id    INTEGER NOT NULL CHECK (candidate_id > 0),
    how             TEXT NOT NULL CHECK (how IN ('created', 'found', 'decided')),
    linked_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE link_application (
    hh_candidate_id INTEGER NOT NULL REFERENCES hh_candidate (id),
    application_id  INTEGER NOT NULL CHECK (application_id > 0),
    job_id          INTEGER,
    prospect        INTEGER NOT NULL DEFAULT 0 CHECK (prospect IN (0, 1)),
    linked_at       INTEGER NOT NULL,
    PRIMARY KEY (hh_candidate_id, application_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE mapping (
    hh_user_id   INTEGER PRIMARY KEY REFERENCES hh_user (id) ON DELETE CASCADE,
    gh_user_id   INTEGER NOT NULL CHECK (gh_user_id > 0),
    evidence     TEXT NOT NULL CHECK (evidence <> ''),
    state        TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'confirmed')),
    confirmed_at INTEGER,
    proof        TEXT NOT NULL DEFAULT 'untried' CHECK (proof IN ('untried', 'works', 'refused')),
    proved_at    INTEGER,
    problem      TEXT CHECK (json_valid(problem)),
    clues        TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(clues)),
    -- Somebody chose on purpose to confirm an account that somebody else of the team has.
    shared       INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)),
    -- Who the account and the person were when somebody confirmed it.
    seen_name    TEXT,
    seen_email   TEXT,
    seen_member  TEXT,
    seen_headhuntr_id TEXT,
    -- Why what is known by now speaks against an account that somebody confirmed, where it does.
    estranged    TEXT CHECK (estranged IN ('other_account', 'address_elsewhere', 'other_member')),
    CHECK ((state = 'confirmed') = (confirmed_at IS NOT NULL))
) STRICT;

CREATE TABLE mapping_difference (
    hh_user_id  INTEGER PRIMARY KEY REFERENCES hh_user (id) ON DELETE CASCADE,
    differences TEXT NOT NULL CHECK (json_valid(differences))
) STRICT;

CREATE TABLE mapping_refusal (
    hh_user_id INTEGER NOT NULL REFERENCES hh_user (id) ON DELETE CASCADE,
    gh_user_id INTEGER NOT NULL CHECK (gh_user_id > 0),
    PRIMARY KEY (hh_user_id, gh_user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE mapping_undo (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    words  TEXT NOT NULL DEFAULT '',
    at     INTEGER NOT NULL,
    before TEXT NOT NULL CHECK (json_valid(before))
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

CREATE TABLE proposal (
    hh_user_id INTEGER NOT NULL REFERENCES hh_user (id) ON DELETE CASCADE,
    place      INTEGER NOT NULL CHECK (place >= 0),
    gh_user_id INTEGER NOT NULL CHECK (gh_user_id > 0),
    evidence   TEXT NOT NULL CHECK (evidence <> ''),
    clues      TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(clues)),
    PRIMARY KEY (hh_user_id, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE pull_listed (
    resource TEXT NOT NULL,
    part     INTEGER NOT NULL,
    page     INTEGER NOT NULL,
    ids      BLOB NOT NULL,
    PRIMARY KEY (resource, part, page)
) STRICT, WITHOUT ROWID;

CREATE TABLE pull_proof (
    resource    TEXT NOT NULL CHECK (resource <> ''),
    part        INTEGER NOT NULL CHECK (part >= 0),
    window_from INTEGER,
    window_to   INTEGER NOT NULL,
    pages       INTEGER NOT NULL,
    listed      INTEGER NOT NULL,
    kept        INTEGER NOT NULL,
    unwanted    INTEGER NOT NULL,
    missing     TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(missing)),
    gone        INTEGER NOT NULL,
    unlisted    INTEGER NOT NULL,
    proved_at   INTEGER NOT NULL,
    PRIMARY KEY (resource, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE pull_window (
    resource    TEXT NOT NULL CHECK (resource <> ''),
    part        INTEGER NOT NULL CHECK (part >= 0),
    -- Whether it asks for everything there is, for what was made in it, or for what changed in it.
    about       TEXT NOT NULL CHECK (about IN ('all', 'created', 'updated')),
    window_from INTEGER,
    window_to   INTEGER NOT NULL,
    cursor      TEXT,
    pages       INTEGER NOT NULL DEFAULT 0,
    records     INTEGER NOT NULL DEFAULT 0,
    started_at  INTEGER NOT NULL,
    finished    INTEGER NOT NULL DEFAULT 0 CHECK (finished IN (0, 1)),
    PRIMARY KEY (resource, part)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE sent_details (
    hh_candidate_id INTEGER PRIMARY KEY REFERENCES hh_candidate (id),
    version         INTEGER NOT NULL CHECK (version > 0),
    details         TEXT NOT NULL CHECK (json_valid(details))
) STRICT;

CREATE TABLE setting (
    key        TEXT PRIMARY KEY CHECK (key <> ''),
    value      TEXT NOT NULL CHECK (json_valid(value)),
    changed_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE store_format (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    -- Raised only when an older app would do harm here; an app that knows a smaller number keeps out.
    format     INTEGER NOT NULL CHECK (format > 0)
) STRICT;

CREATE TABLE trouble (
    hh_candidate_id INTEGER NOT NULL REFERENCES hh_candidate (id) ON DELETE CASCADE,
    conflict        TEXT NOT NULL CHECK (json_valid(conflict)),
    holds           INTEGER NOT NULL DEFAULT 0 CHECK (holds IN (0, 1)),
    since           INTEGER NOT NULL,
    PRIMARY KEY (hh_candidate_id, conflict)
) STRICT, WITHOUT ROWID;

CREATE TABLE unwanted (
    kind TEXT NOT NULL CHECK (kind IN ('candidate', 'job', 'application')),
    id   INTEGER NOT NULL CHECK (id > 0),
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE users_import (
    slot          TEXT PRIMARY KEY CHECK (slot IN ('applied', 'waiting')),
    at            INTEGER NOT NULL,
    users         INTEGER NOT NULL DEFAULT 0,
    looks_partial INTEGER NOT NULL DEFAULT 0 CHECK (looks_partial IN (0, 1)),
    payload       TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(payload))
) STRICT, WITHOUT ROWID;

CREATE TABLE watermark (
    resource   TEXT PRIMARY KEY CHECK (resource <> ''),
    seen_until INTEGER NOT NULL,
    whole_at   INTEGER NOT NULL,
    records    INTEGER NOT NULL DEFAULT 0
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

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER ledger_is_never_shortened BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER outbox_needs_activation_to_leave BEFORE UPDATE OF state ON outbox
WHEN NEW.state = 'sending' AND NOT EXISTS (SELECT 1 FROM setting WHERE key = 'activated_at')
BEGIN SELECT RAISE(ABORT, 'not activated'); END;

CREATE TRIGGER outbox_needs_mapping_to_change BEFORE UPDATE OF acting_user, hh_candidate_id ON outbox
WHEN NOT EXISTS (SELECT 1 FROM acting_allowed a
                  WHERE a.hh_candidate_id = NEW.hh_candidate_id AND a.acting_user = NEW.acting_user)
BEGIN SELECT RAISE(ABORT, 'no confirmed mapping'); END;

CREATE TRIGGER outbox_needs_mapping_to_enter BEFORE INSERT ON outbox
WHEN NOT EXISTS (SELECT 1 FROM acting_allowed a
                  WHERE a.hh_candidate_id = NEW.hh_candidate_id AND a.acting_user = NEW.acting_user)
BEGIN SELECT RAISE(ABORT, 'no confirmed mapping'); END;

CREATE TRIGGER outbox_needs_mapping_to_leave BEFORE UPDATE OF state ON outbox
WHEN NEW.state = 'sending'
 AND NOT EXISTS (SELECT 1 FROM acting_allowed a
                  WHERE a.hh_candidate_id = NEW.hh_candidate_id AND a.acting_user = NEW.acting_user)
BEGIN SELECT RAISE(ABORT, 'no confirmed mapping'); END;

CREATE VIEW acting_allowed AS
    SELECT c.id AS hh_candidate_id, m.gh_user_id AS acting_user
      FROM hh_candidate c
      JOIN hh_user u ON u.email_folded = c.owner_folded AND u.left_out = 0
      JOIN mapping m ON m.hh_user_id = u.id AND m.state = 'confirmed' AND m.proof <> 'refused'
                     AND m.estranged IS NULL
     WHERE NOT EXISTS (SELECT 1 FROM gh_user g WHERE g.id = m.gh_user_id AND g.deactivated = 1);

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

