-- Version 6: other names of people, and what HR says of rows that may be theirs.

-- Names, folded, by which a row was theirs beside the one in people. Personal data.
CREATE TABLE also_named (
	person_id INTEGER NOT NULL REFERENCES people (id),
	name      TEXT NOT NULL CHECK (name <> ''),
	PRIMARY KEY (person_id, name)
) STRICT, WITHOUT ROWID;

-- Rows that may be somebody who is known, a row for each such person, and what was
-- answered. The row is a digest of its name and of what it is known by.
CREATE TABLE questions (
	campaign    INTEGER NOT NULL REFERENCES campaigns (id),
	row         BLOB NOT NULL CHECK (length(row) = 16),
	person_id   INTEGER NOT NULL REFERENCES people (id),
	run         INTEGER REFERENCES runs (number), -- that asked last
	line        INTEGER NOT NULL,                 -- of that run's roster
	asked_at    INTEGER NOT NULL,
	answer      TEXT CHECK (answer = 'same' OR answer = 'other'), -- NULL: none yet
	by          TEXT,                                             -- who gave it
	answered_at INTEGER,
	PRIMARY KEY (campaign, row, person_id)
) STRICT, WITHOUT ROWID;

-- By what an operator can name such a row: the first 8 bytes of a digest of the alias.
CREATE TABLE question_keys (
	campaign INTEGER NOT NULL,
	key      INTEGER NOT NULL,
	row      BLOB NOT NULL,
	PRIMARY KEY (campaign, key, row)
) STRICT, WITHOUT ROWID;

-- New people are compared with those who have the same name.
CREATE INDEX people_by_name ON people (campaign, name);

-- The answers are decisions, too.
CREATE TABLE rulings (
	id        INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES people (id),
	decision  TEXT NOT NULL CHECK (decision IN ('sent', 'resend', 'skip', 'unskip', 'adopt', 'same', 'other')),
	invite_id TEXT,
	by        TEXT NOT NULL, -- who was logged in
	at        INTEGER NOT NULL
) STRICT;
INSERT INTO rulings SELECT id, person_id, decision, invite_id, by, at FROM decisions;
DROP TABLE decisions;
ALTER TABLE rulings RENAME TO decisions;
CREATE TRIGGER decisions_stay   BEFORE UPDATE ON decisions BEGIN SELECT raise(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions BEGIN SELECT raise(ABORT, 'decisions are append-only'); END;
