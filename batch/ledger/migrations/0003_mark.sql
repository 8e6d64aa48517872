-- Version 3: what tells this ledger from a copy of it, and a witness for each alias.

-- Who this ledger is.
CREATE TABLE identity (
	only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
	epoch    TEXT NOT NULL,                                               -- random; a copy that is put back, or gone on with, gets another one
	restored INTEGER NOT NULL DEFAULT 0 CHECK (restored BETWEEN 0 AND 1), -- put back, and not compared with the account's list since
	behind   TEXT NOT NULL DEFAULT ''                                     -- what it was found not to know; '' for nothing
) STRICT;

INSERT INTO identity (only_row, epoch) VALUES (1, lower(hex(randomblob(16))));

-- A checksum over the alias and its owner, see witness.go.
ALTER TABLE aliases ADD COLUMN witness INTEGER NOT NULL DEFAULT 0;
UPDATE aliases SET witness = alias_witness(campaign, kind, value, person_id);

-- How many aliases a campaign has, and the sum of their witnesses.
ALTER TABLE campaigns ADD COLUMN aliases INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN witnesses INTEGER NOT NULL DEFAULT 0;
UPDATE campaigns SET
	aliases   = (SELECT count(*) FROM aliases a WHERE a.campaign = campaigns.id),
	witnesses = (SELECT coalesce(sum(witness), 0) FROM aliases a WHERE a.campaign = campaigns.id);
