-- What the account's list of invites has shown.

-- One row for each reading of the list that was begun.
CREATE TABLE readings (
	id       INTEGER PRIMARY KEY,
	run      INTEGER REFERENCES runs (number), -- NULL: outside a run
	began    INTEGER NOT NULL,
	ended    INTEGER,                    -- NULL: it broke off
	whole    INTEGER NOT NULL DEFAULT 0, -- read to its end, while it stood still
	invites  INTEGER NOT NULL DEFAULT 0,
	newest   INTEGER,                    -- the latest created_at, by the API's clock
	attempts INTEGER,                    -- the latest attempt of all when it ended
	late     INTEGER NOT NULL DEFAULT 0  -- how long after its attempt an invite that it found was created, microseconds
) STRICT;

CREATE INDEX readings_whole ON readings (id) WHERE whole = 1;

-- Invites that nobody in the ledger held when they were seen. They are of other people
-- or were made without this ledger; there is no personal data in here but what a digest
-- of a contact or a name tells.
CREATE TABLE outside (
	invite_id  TEXT PRIMARY KEY,
	created_at INTEGER,          -- by the API's clock; NULL when it cannot be read
	flow_id    TEXT NOT NULL,
	status     TEXT NOT NULL,    -- the API's word, or revoked
	hidden     INTEGER NOT NULL, -- a contact of it could not be read
	first      INTEGER NOT NULL, -- the first reading that showed it
	seen       INTEGER NOT NULL, -- the latest
	attempts   INTEGER NOT NULL, -- the latest attempt of all when it was seen first
	told_at    INTEGER,          -- when a run held its owner back for it first; NULL: none did
	allowed_by TEXT,             -- who decided to send to its owner all the same; NULL: nobody
	allowed_at INTEGER,
	passed_by  TEXT,             -- who decided that what it hides holds no run; NULL: nobody
	passed_at  INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX outside_hidden ON outside (invite_id) WHERE hidden = 1;

-- Under which contacts they are: the first 8 bytes of a digest of the alias. An invite
-- that hides a contact stands here under its name, too.
CREATE TABLE outside_contacts (
	contact   INTEGER NOT NULL,
	invite_id TEXT NOT NULL,
	PRIMARY KEY (contact, invite_id)
) STRICT, WITHOUT ROWID;

-- Why the latest reading could not settle an attempt that is in doubt, in words.
CREATE TABLE open (
	attempt_id INTEGER PRIMARY KEY REFERENCES attempts (id),
	why        TEXT NOT NULL
) STRICT;
