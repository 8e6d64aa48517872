-- Version 5: a campaign's name is unique whatever its case.

-- Of two that differ in nothing else, the later one gets its number behind its name.
UPDATE campaigns SET name = name || '-' || id
WHERE EXISTS (SELECT 1 FROM campaigns o WHERE o.name = campaigns.name COLLATE NOCASE AND o.id < campaigns.id);

CREATE UNIQUE INDEX campaigns_by_name ON campaigns (name COLLATE NOCASE);

DROP INDEX runs_of_campaign;
CREATE INDEX runs_of_campaign ON runs (campaign COLLATE NOCASE, number);
