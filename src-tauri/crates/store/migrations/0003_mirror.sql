-- The mirror: what Greenhouse last told us, each record whole in `raw`, beside the columns the product uses.
-- `gone_at` and `gone_as` mark what is no longer there; nothing is ever taken out of the mirror silently.

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
CREATE INDEX gh_user_email_by_user ON gh_user_email (user_id);

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
CREATE INDEX gh_job_by_requisition ON gh_job (requisition_id COLLATE NOCASE);
CREATE INDEX gh_job_by_name ON gh_job (name_folded);

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
CREATE INDEX gh_job_post_by_job ON gh_job_post (job_id);
CREATE INDEX gh_job_post_by_title ON gh_job_post (title_folded);

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
CREATE INDEX gh_job_stage_by_job ON gh_job_stage (job_id, sort_order);

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
CREATE INDEX gh_source_by_name ON gh_source (name_folded);

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
CREATE INDEX gh_prospect_pool_by_name ON gh_prospect_pool (name_folded);

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
CREATE INDEX gh_candidate_by_name ON gh_candidate (name_folded);
CREATE INDEX gh_candidate_gone ON gh_candidate (id) WHERE gone_at IS NOT NULL;

CREATE TABLE gh_candidate_email (
    candidate_id INTEGER NOT NULL REFERENCES gh_candidate (id) ON DELETE CASCADE,
    email        TEXT NOT NULL CHECK (email <> ''),
    PRIMARY KEY (candidate_id, email)
) STRICT, WITHOUT ROWID;
CREATE INDEX gh_candidate_email_by_email ON gh_candidate_email (email);

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
CREATE INDEX gh_application_by_candidate ON gh_application (candidate_id);
CREATE INDEX gh_application_gone ON gh_application (id) WHERE gone_at IS NOT NULL;

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
CREATE INDEX gh_application_stage_by_application ON gh_application_stage (application_id);

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
CREATE INDEX gh_rejection_detail_by_application ON gh_rejection_detail (application_id);

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
CREATE INDEX gh_prospect_detail_by_application ON gh_prospect_detail (application_id);

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
CREATE INDEX gh_custom_field_option_by_name ON gh_custom_field_option (name_folded);

-- Up to when a resource was seen whole, and the windows of the pull that is under way.
CREATE TABLE watermark (
    resource   TEXT PRIMARY KEY CHECK (resource <> ''),
    seen_until INTEGER NOT NULL,
    whole_at   INTEGER NOT NULL,
    records    INTEGER NOT NULL DEFAULT 0
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

-- The ids that a reading of everything has listed so far, page by page: who is gone is told from them, even where
-- the reading broke off in between.
CREATE TABLE pull_listed (
    resource TEXT NOT NULL,
    part     INTEGER NOT NULL,
    page     INTEGER NOT NULL,
    ids      BLOB NOT NULL,
    PRIMARY KEY (resource, part, page)
) STRICT, WITHOUT ROWID;

-- What the last reading of everything came to, window by window: listed by Greenhouse, and what became of it here.
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

-- What is not to be kept, by its id alone: private people, confidential jobs, and their applications.
CREATE TABLE unwanted (
    kind TEXT NOT NULL CHECK (kind IN ('candidate', 'job', 'application')),
    id   INTEGER NOT NULL CHECK (id > 0),
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
