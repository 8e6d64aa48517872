package ledger

// The statements that are about a ledger as a whole.

// Identity.
const (
	sqlIdentity = `
		SELECT epoch, restored, behind, (SELECT coalesce(max(id), 0) FROM attempts), (SELECT coalesce(max(id), 0) FROM settlements),
			(SELECT coalesce(max(id), 0) FROM decisions), (SELECT coalesce(sum(aliases), 0) FROM campaigns)
		FROM identity`
	sqlSetBehind = `UPDATE identity SET behind = ?`
	sqlNewEpoch  = `UPDATE identity SET epoch = lower(hex(randomblob(16))), behind = '' RETURNING epoch`
	sqlRestored  = `UPDATE identity SET epoch = lower(hex(randomblob(16))), behind = '', restored = 1`
	sqlConfirm   = `UPDATE identity SET restored = 0`

	sqlVacuumInto = `VACUUM INTO ?`
	sqlContents   = `
		SELECT c.name, c.people, coalesce(p.n, 0)
		FROM campaigns c LEFT JOIN (SELECT campaign, count(*) AS n FROM people NOT INDEXED GROUP BY campaign) p ON p.campaign = c.id`
	sqlLatestRun = `SELECT info FROM runs ORDER BY number DESC LIMIT 1`
)

// Checks of all of it.
const (
	sqlCheckWhole = `PRAGMA integrity_check(1)`
	// The campaigns whose aliases are not those that they were.
	sqlCheckAliases = `
		SELECT count(*) FROM campaigns c LEFT JOIN (
			SELECT campaign, count(*) AS n, sum(witness) AS sum,
				sum(witness <> alias_witness(campaign, kind, value, person_id)) AS wrong
			FROM aliases GROUP BY campaign) a ON a.campaign = c.id
		WHERE coalesce(a.n, 0) <> c.aliases OR coalesce(a.sum, 0) <> c.witnesses OR coalesce(a.wrong, 0) > 0`
)
