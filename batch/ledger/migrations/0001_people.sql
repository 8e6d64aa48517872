-- Version 1: people, their aliases, what was attempted and how it ended.
--
-- Times are microseconds since 1970 (UTC), NULL for none. Digests are 16 bytes.
-- Kinds of alias: 1 employee ID, 2 e-mail, 3 phone.
-- Personal data stands in people and aliases only, so that a purge has two
-- tables to look at; what is append-only holds none. User tokens, bank details
-- and invite templates are kept nowhere.
--
-- A CHECK compares with each value by itself: for "IN (…)" SQLite fills a table of
-- its own at every row, which made a claim and its settlement 8% slower.

PRAGMA application_id = 0x62756c6b; -- "bulk"

-- The hash of the one API key ID that this ledger is used with.
CREATE TABLE api_key (
	only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
	hash     TEXT NOT NULL,
	bound_at INTEGER NOT NULL
) STRICT;

CREATE TABLE runs (
	number   INTEGER PRIMARY KEY,
	id       TEXT NOT NULL UNIQUE,
	campaign TEXT NOT NULL,
	info     TEXT NOT NULL,     -- batch.RunInfo as JSON
	settings TEXT NOT NULL,     -- what a rerun takes over, as JSON
	ended    INTEGER,           -- NULL: running, or died
	exit     INTEGER,
	-- The API's clock minus ours, microseconds, as the answers to this run's POSTs bound
	-- it; NULL before the first. Torn: they contradict each other, or our clock was set.
	offset_lo   INTEGER,
	offset_hi   INTEGER,
	offset_torn INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX runs_of_campaign ON runs (campaign, number);

CREATE TABLE campaigns (
	id     INTEGER PRIMARY KEY,
	name   TEXT NOT NULL UNIQUE,
	people INTEGER NOT NULL DEFAULT 0 -- how many there are: counting them would take as long as reading them all
) STRICT;

-- One row for each person within a campaign: the state of today.
CREATE TABLE people (
	id            INTEGER PRIMARY KEY,
	campaign      INTEGER NOT NULL REFERENCES campaigns (id),
	state         TEXT NOT NULL CHECK (state = 'sent' OR state = 'sending' OR state = 'rejected' OR state = 'failed' OR state = 'unknown' OR state = 'skipped'),
	posts         INTEGER NOT NULL DEFAULT 0,
	attempt_id    INTEGER NOT NULL DEFAULT 0,               -- the last one, 0 for none; no foreign key: it would scan people at every claim
	settlement_id INTEGER,                                  -- the last one; no foreign key: it is written after the person
	run           INTEGER REFERENCES runs (number),         -- the run that made today's state
	cells         BLOB NOT NULL CHECK (length(cells) = 16), -- fingerprint of the roster row
	cells_key     INTEGER NOT NULL,                         -- its first 8 bytes, see the index
	body          BLOB NOT NULL CHECK (length(body) = 16),  -- fingerprint of the request
	invite_id     TEXT,
	invite_url    TEXT,
	user_id       TEXT,
	invite_status TEXT,
	invited_at    INTEGER,
	created_at    INTEGER,                    -- when the invite was made, by the API's clock; NULL when it cannot be read
	http          INTEGER NOT NULL DEFAULT 0, -- of the last settlement
	employee_id   TEXT NOT NULL, -- normalised as an alias; '' when unknown
	roster_id     TEXT NOT NULL, -- employee ID as the roster wrote it
	email         TEXT NOT NULL,
	phone         TEXT NOT NULL,
	first_name    TEXT NOT NULL,
	last_name     TEXT NOT NULL,
	full_name     TEXT NOT NULL,
	name          TEXT NOT NULL, -- folded, for comparing
	external_id   TEXT NOT NULL,
	-- What a usual night asks of everybody who was sent an invite, and the report of a
	-- first one, in one piece: as columns by themselves it takes a third longer to look up. SQLite keeps it in step.
	card TEXT GENERATED ALWAYS AS (
		CASE WHEN state = 'sent' THEN
			posts || char(31) || http || char(31) || coalesce(run, 0) || char(31) || coalesce(invited_at, 0) || char(31) ||
			replace(email, char(31), '') || char(31) || replace(phone, char(31), '') || char(31) ||
			replace(invite_id, char(31), '') || char(31) || replace(coalesce(invite_url, ''), char(31), '') || char(31) ||
			replace(coalesce(user_id, ''), char(31), '') || char(31) || replace(coalesce(invite_status, ''), char(31), '')
		END
	) STORED,
	CHECK (state <> 'sent' OR invite_id IS NOT NULL)
) STRICT;

-- The nightly look-up. SQLite seeks an integer twice as fast as (campaign, cells):
-- 1.5 against 2.9 microseconds at a million people. The query checks the rest.
CREATE INDEX people_by_cells ON people (cells_key) WHERE state = 'sent';
-- Everyone in doubt: few.
CREATE INDEX people_in_doubt ON people (campaign, attempt_id) WHERE state IN ('sending', 'unknown');
-- The latest invites before a moment, which a complete list must show. Without it
-- everybody is read where all invites are younger, as after a first night.
CREATE INDEX people_by_time ON people (created_at) WHERE state = 'sent';
-- An invite has one owner.
CREATE UNIQUE INDEX people_by_invite ON people (invite_id) WHERE invite_id IS NOT NULL;

-- Who is known by what. The key is the promise: an alias has one owner.
CREATE TABLE aliases (
	campaign  INTEGER NOT NULL,
	kind      INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
	value     TEXT NOT NULL CHECK (value <> ''),
	person_id INTEGER NOT NULL REFERENCES people (id),
	PRIMARY KEY (campaign, kind, value)
) STRICT, WITHOUT ROWID;

-- One row for each claim that was granted. Append-only.
CREATE TABLE attempts (
	id         INTEGER PRIMARY KEY,
	person_id  INTEGER NOT NULL REFERENCES people (id),
	run        INTEGER NOT NULL REFERENCES runs (number),
	line       INTEGER NOT NULL,
	number     INTEGER NOT NULL, -- 1 for the person's first POST
	cells      BLOB NOT NULL,
	body       BLOB NOT NULL,
	claimed_at INTEGER NOT NULL
) STRICT;

-- How attempts ended. Append-only.
CREATE TABLE settlements (
	id         INTEGER PRIMARY KEY,
	attempt_id INTEGER NOT NULL REFERENCES attempts (id),
	run        INTEGER REFERENCES runs (number), -- NULL: settled outside a run
	state      TEXT NOT NULL CHECK (state = 'sent' OR state = 'rejected' OR state = 'failed' OR state = 'unknown' OR state = 'skipped'),
	by         TEXT NOT NULL, -- send, release, recover, reconcile, or an operator's name
	http       INTEGER NOT NULL,
	findings   TEXT,          -- []batch.Finding as JSON
	invite_id  TEXT,
	written    INTEGER NOT NULL CHECK (written BETWEEN 0 AND 1),
	started    INTEGER,
	ended      INTEGER
) STRICT;

-- What operators decided about people. Append-only.
CREATE TABLE decisions (
	id        INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES people (id),
	decision  TEXT NOT NULL CHECK (decision IN ('sent', 'resend', 'skip', 'unskip', 'adopt')),
	invite_id TEXT,
	by        TEXT NOT NULL, -- who was logged in
	at        INTEGER NOT NULL
) STRICT;

CREATE TRIGGER attempts_stay      BEFORE UPDATE ON attempts    BEGIN SELECT raise(ABORT, 'attempts are append-only');    END;
CREATE TRIGGER attempts_remain    BEFORE DELETE ON attempts    BEGIN SELECT raise(ABORT, 'attempts are append-only');    END;
CREATE TRIGGER settlements_stay   BEFORE UPDATE ON settlements BEGIN SELECT raise(ABORT, 'settlements are append-only'); END;
CREATE TRIGGER settlements_remain BEFORE DELETE ON settlements BEGIN SELECT raise(ABORT, 'settlements are append-only'); END;

CREATE TRIGGER decisions_stay     BEFORE UPDATE ON decisions   BEGIN SELECT raise(ABORT, 'decisions are append-only');   END;
CREATE TRIGGER decisions_remain   BEFORE DELETE ON decisions   BEGIN SELECT raise(ABORT, 'decisions are append-only');   END;

-- Findings that were reported before, so that a report can say what is new.
CREATE TABLE notices (
	campaign   INTEGER NOT NULL REFERENCES campaigns (id),
	key        BLOB NOT NULL CHECK (length(key) = 16),
	first_run  TEXT NOT NULL,
	first_seen INTEGER NOT NULL,
	last_run   TEXT NOT NULL,
	last_seen  INTEGER NOT NULL,
	PRIMARY KEY (campaign, key)
) STRICT, WITHOUT ROWID;
