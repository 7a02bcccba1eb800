-- The left side: the Headhuntr team, who they are in Greenhouse, and the people they sourced.

CREATE TABLE hh_user (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL DEFAULT '',
    email         TEXT NOT NULL DEFAULT '',
    email_folded  TEXT NOT NULL UNIQUE CHECK (email_folded <> ''),
    headhuntr_id  TEXT CHECK (headhuntr_id <> ''),
    left_out      INTEGER NOT NULL DEFAULT 0 CHECK (left_out IN (0, 1))
) STRICT;

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
CREATE INDEX mapping_by_gh_user ON mapping (gh_user_id);
-- Two people on one account are never an accident.
CREATE UNIQUE INDEX mapping_one_each ON mapping (gh_user_id) WHERE state = 'confirmed' AND shared = 0;

-- The accounts somebody may be, the likeliest first.
CREATE TABLE proposal (
    hh_user_id INTEGER NOT NULL REFERENCES hh_user (id) ON DELETE CASCADE,
    place      INTEGER NOT NULL CHECK (place >= 0),
    gh_user_id INTEGER NOT NULL CHECK (gh_user_id > 0),
    evidence   TEXT NOT NULL CHECK (evidence <> ''),
    clues      TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(clues)),
    PRIMARY KEY (hh_user_id, place)
) STRICT, WITHOUT ROWID;

-- What a person said is wrong, so that it is not proposed again.
CREATE TABLE mapping_refusal (
    hh_user_id INTEGER NOT NULL REFERENCES hh_user (id) ON DELETE CASCADE,
    gh_user_id INTEGER NOT NULL CHECK (gh_user_id > 0),
    PRIMARY KEY (hh_user_id, gh_user_id)
) STRICT, WITHOUT ROWID;

-- In what the export, Greenhouse and the team do not agree about somebody.
CREATE TABLE mapping_difference (
    hh_user_id  INTEGER PRIMARY KEY REFERENCES hh_user (id) ON DELETE CASCADE,
    differences TEXT NOT NULL CHECK (json_valid(differences))
) STRICT;

CREATE TABLE mapping_undo (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    words  TEXT NOT NULL DEFAULT '',
    at     INTEGER NOT NULL,
    before TEXT NOT NULL CHECK (json_valid(before))
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
CREATE INDEX hh_candidate_by_owner ON hh_candidate (owner_folded);
CREATE INDEX hh_candidate_by_name ON hh_candidate (name_folded);
CREATE INDEX hh_candidate_by_profile ON hh_candidate (profile) WHERE profile <> '';

CREATE TABLE hh_candidate_email (
    hh_candidate_id INTEGER NOT NULL REFERENCES hh_candidate (id) ON DELETE CASCADE,
    email           TEXT NOT NULL CHECK (email <> ''),
    PRIMARY KEY (hh_candidate_id, email)
) STRICT, WITHOUT ROWID;
CREATE INDEX hh_candidate_email_by_email ON hh_candidate_email (email);

CREATE TABLE trouble (
    hh_candidate_id INTEGER NOT NULL REFERENCES hh_candidate (id) ON DELETE CASCADE,
    conflict        TEXT NOT NULL CHECK (json_valid(conflict)),
    holds           INTEGER NOT NULL DEFAULT 0 CHECK (holds IN (0, 1)),
    since           INTEGER NOT NULL,
    PRIMARY KEY (hh_candidate_id, conflict)
) STRICT, WITHOUT ROWID;
