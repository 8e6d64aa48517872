-- Version 2: the header of each nightly roster, and what its columns were taken for.

CREATE TABLE headers (
	campaign INTEGER NOT NULL REFERENCES campaigns (id),
	roster   TEXT NOT NULL, -- its name without the date
	header   TEXT NOT NULL, -- csvmap.RememberedHeader as JSON
	run      TEXT NOT NULL, -- the last run that sent by it
	PRIMARY KEY (campaign, roster)
) STRICT, WITHOUT ROWID;
