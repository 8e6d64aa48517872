package ledger

// The account's list.
const (
	sqlRunOffset = `SELECT offset_lo, offset_hi, offset_torn FROM runs WHERE id = ?`
	sqlSetOffset = `UPDATE runs SET offset_lo = ?2, offset_hi = ?3, offset_torn = ?4 WHERE number = ?1`

	sqlBeginReading = `INSERT INTO readings (run, began) VALUES (?, ?) RETURNING id`
	sqlEndReading   = `
		UPDATE readings SET ended = ?2, whole = ?3, invites = ?4, newest = ?5, attempts = ?6 WHERE id = ?1`
	// A run with an exit code below 0 died, as the exit codes have it.
	sqlLastReading = `
		SELECT r.id, coalesce(u.id, ''), r.began, r.ended, r.invites, r.newest, EXISTS (
			SELECT 1 FROM runs d WHERE d.number >= coalesce(r.run, 0) AND d.id <> ?1 AND (d.exit < 0 OR d.ended IS NULL))
		FROM readings r LEFT JOIN runs u ON u.number = r.run
		WHERE r.whole = 1 ORDER BY r.id DESC LIMIT 1`
	sqlKeepLateness = `UPDATE readings SET late = ?2 WHERE id = ?1`
	sqlLateness     = `SELECT max(late) FROM readings WHERE began >= ?`
	sqlWholeBefore  = `SELECT newest FROM readings WHERE whole = 1 AND attempts < ? ORDER BY id DESC LIMIT 1`

	sqlKeepOutside = `
		INSERT INTO outside (invite_id, created_at, flow_id, status, hidden, first, seen, attempts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)
		ON CONFLICT DO UPDATE SET created_at = ?2, flow_id = ?3, status = ?4, hidden = ?5, seen = ?6 RETURNING first`
	sqlKeepContact = `INSERT INTO outside_contacts (contact, invite_id) VALUES (?, ?) ON CONFLICT DO NOTHING`
	sqlAnyOutside  = `SELECT 1 FROM outside LIMIT 1`
	sqlOutside     = `
		SELECT c.contact, o.invite_id, o.created_at, o.flow_id, o.status, o.hidden, o.told_at IS NOT NULL
		FROM json_each(?) k CROSS JOIN outside_contacts c ON c.contact = k.value JOIN outside o ON o.invite_id = c.invite_id
		WHERE ` + sqlStandsOutside
	sqlHiddenOutside = `
		SELECT o.invite_id, o.created_at, o.flow_id FROM outside o
		WHERE o.hidden = 1 AND o.passed_at IS NULL AND ` + sqlStandsOutside
	sqlStandsOutside = `o.allowed_at IS NULL AND o.seen >= coalesce((SELECT max(id) FROM readings WHERE whole = 1), 0)
			AND NOT EXISTS (SELECT 1 FROM people p WHERE p.invite_id = o.invite_id)`
	sqlAllowOutside = `UPDATE outside SET allowed_by = ?2, allowed_at = ?3 WHERE invite_id = ?1 AND allowed_at IS NULL`
	sqlPassOutside  = `UPDATE outside SET passed_by = ?2, passed_at = ?3 WHERE invite_id = ?1 AND passed_at IS NULL`
	sqlTellOutside  = `UPDATE outside SET told_at = ?2 WHERE invite_id = ?1 AND told_at IS NULL`
	sqlRulings      = `
		SELECT o.invite_id, o.told_at IS NOT NULL, o.allowed_at IS NOT NULL, o.passed_at IS NOT NULL
		FROM json_each(?) k CROSS JOIN outside o ON o.invite_id = k.value`
	sqlFirstSeen = `SELECT o.invite_id, o.attempts FROM json_each(?) k CROSS JOIN outside o ON o.invite_id = k.value`
)
