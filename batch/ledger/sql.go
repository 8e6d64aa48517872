package ledger

// Every statement of the package, except the schema and those of sql_whole.go. ?1, ?2 … are numbered
// where a value is used more than once.

// Connections and versions.
const (
	sqlBegin    = `BEGIN IMMEDIATE`
	sqlCommit   = `COMMIT`
	sqlRollback = `ROLLBACK`

	sqlApplicationID  = `PRAGMA application_id`
	sqlVersion        = `PRAGMA user_version`
	sqlSetVersion     = `PRAGMA user_version = %d`
	sqlSynchronous    = `PRAGMA synchronous`
	sqlJournalMode    = `PRAGMA journal_mode`
	sqlLibraryVersion = `SELECT sqlite_version()`
	sqlCheckpoint     = `PRAGMA wal_checkpoint(TRUNCATE)`
)

// Checks.
const (
	sqlCheckAll   = `PRAGMA quick_check(1)`
	sqlCheckTable = `PRAGMA quick_check(%s)`

	// The people who were added last, with everything that hangs on them.
	sqlCheckTail = `
		SELECT count(*), sum(length(p.name)), sum(a.line), sum(length(s.by)), sum(l.person_id)
		FROM (SELECT * FROM people ORDER BY id DESC LIMIT 2000) p
		LEFT JOIN attempts a ON a.id = p.attempt_id
		LEFT JOIN settlements s ON s.id = p.settlement_id
		LEFT JOIN aliases l ON l.campaign = p.campaign AND l.kind = 2 AND l.value = p.email`
)

// The key.
const (
	sqlKey     = `SELECT hash FROM api_key`
	sqlBindKey = `INSERT INTO api_key (only_row, hash, bound_at) VALUES (1, ?1, ?2) ON CONFLICT DO UPDATE SET hash = ?1, bound_at = ?2`
)

// Runs and campaigns.
const (
	sqlBeginRun   = `INSERT INTO runs (id, campaign, info, settings) VALUES (?, ?, ?, ?)`
	sqlEndRun     = `UPDATE runs SET ended = ?2, exit = ?3 WHERE id = ?1`
	sqlRunNumber  = `SELECT number FROM runs WHERE id = ?`
	sqlFindRun    = `SELECT info, settings FROM runs WHERE id = ?`
	sqlLastRun    = `SELECT info, settings FROM runs WHERE campaign = ?1 COLLATE NOCASE AND id <> ?2 ORDER BY number DESC LIMIT 1`
	sqlUnfinished = `SELECT info FROM runs WHERE ended IS NULL AND id <> ? ORDER BY number`

	sqlUsed = `SELECT count(*) FROM (SELECT 1 FROM people WHERE attempt_id <> 0 LIMIT 1)`

	// Names of campaigns are compared without case: wherever they are, NOCASE stands.
	sqlCampaign    = `SELECT id FROM campaigns WHERE name = ? COLLATE NOCASE`
	sqlSpelling    = `SELECT name FROM campaigns WHERE name = ? COLLATE NOCASE`
	sqlCampaigns   = `SELECT name, people FROM campaigns WHERE people > 0 ORDER BY people DESC, name COLLATE NOCASE`
	sqlAddCampaign = `INSERT INTO campaigns (name) VALUES (?) RETURNING id`
	sqlPeople      = `SELECT people FROM campaigns WHERE name = ? COLLATE NOCASE`
	sqlGrow        = `
		UPDATE campaigns SET people = people + ?2, aliases = aliases + ?3, witnesses = witnesses + ?4 WHERE id = ?1`
)

// Finding. The keys of a chunk come as one JSON array: the statement stays the
// same for any chunk, and the answers come in the order of the keys, so that a
// roster in its usual order finds its people side by side on disk.
const (
	sqlByFingerprint = sqlInvited + `
		FROM json_each(?2) k CROSS JOIN people p ON p.cells_key = k.value
		WHERE p.state = 'sent' AND p.campaign = ?1`
	sqlInvitedAfter = sqlInvited + `
		FROM people p NOT INDEXED
		WHERE p.id > ?2 AND p.state = 'sent' AND p.campaign = ?1 ORDER BY p.id LIMIT ?3`
	sqlInvited = `SELECT p.cells, p.id, p.card`
	sqlRunIDs  = `SELECT number, id FROM runs`

	// A bound number that is compared with an index as it is makes SQLite compile a
	// statement anew once it is bound: a CAST does not.
	sqlAliasesFrom = `
		SELECT value, person_id, witness FROM aliases
		WHERE campaign = CAST(?1 AS INTEGER) AND kind = CAST(?2 AS INTEGER) AND value >= ?3 ORDER BY value LIMIT ?4`
	// An alias without its person is damage, and no reason to find nobody.
	sqlByAlias = `
		SELECT l.value, l.person_id, l.witness, p.id IS NOT NULL, coalesce(p.state, ''), coalesce(p.employee_id, ''),
			coalesce(p.roster_id, ''), coalesce(p.email, ''), coalesce(p.phone, ''), coalesce(p.name, ''),
			(SELECT group_concat(n.name, char(10)) FROM also_named n WHERE n.person_id = l.person_id),
			coalesce(p.first_name, ''), coalesce(p.last_name, ''), coalesce(p.full_name, ''), coalesce(p.body, zeroblob(16)),
			coalesce(p.posts, 0), a.line, ar.id,
			p.invite_id, p.invite_url, p.user_id, p.invite_status, p.invited_at, p.created_at,
			s.attempt_id, r.id, s.state, s.by, s.invite_id, s.http, s.findings, s.written, s.started, s.ended
		FROM json_each(?3) k
		CROSS JOIN aliases l ON l.campaign = CAST(?1 AS INTEGER) AND l.kind = CAST(?2 AS INTEGER) AND l.value = k.value
		LEFT JOIN people p ON p.id = l.person_id
		LEFT JOIN attempts a ON a.id = p.attempt_id
		LEFT JOIN runs ar ON ar.number = a.run
		LEFT JOIN settlements s ON s.id = p.settlement_id
		LEFT JOIN runs r ON r.number = s.run`

	sqlDoubts = `
		SELECT c.name, p.id, p.employee_id, p.roster_id, p.first_name, p.last_name, p.full_name, p.email, p.phone, p.external_id,
			a.id, ar.id, a.line, a.claimed_at, ar.offset_lo, ar.offset_hi, ar.offset_torn,
			s.attempt_id, r.id, s.state, s.by, s.invite_id, s.http, s.findings, s.written, s.started, s.ended, coalesce(o.why, '')
		FROM people p
		JOIN campaigns c ON c.id = p.campaign
		JOIN attempts a ON a.id = p.attempt_id
		JOIN runs ar ON ar.number = a.run
		LEFT JOIN settlements s ON s.id = p.settlement_id AND s.attempt_id = p.attempt_id
		LEFT JOIN runs r ON r.number = s.run
		LEFT JOIN open o ON o.attempt_id = a.id
		WHERE p.state IN ('sending', 'unknown') AND (?1 = '' OR c.name = ?1 COLLATE NOCASE)
		ORDER BY p.attempt_id`

	sqlKeepOpen = `INSERT INTO open (attempt_id, why) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET why = ?2 WHERE why <> ?2`

	sqlHeld = `
		SELECT p.invite_id, c.name, p.email, p.phone, p.name, p.created_at
		FROM json_each(?) k CROSS JOIN people p ON p.invite_id = k.value JOIN campaigns c ON c.id = p.campaign`
	sqlWitnesses = `
		SELECT invite_id FROM people
		WHERE state = 'sent' AND created_at < ?1 ORDER BY created_at DESC LIMIT ?2`
	sqlFirstInvites = `
		SELECT invite_id FROM people
		WHERE state = 'sent' AND created_at > 0 ORDER BY created_at LIMIT ?`
	sqlYoung = `SELECT invite_id, created_at FROM people WHERE state = 'sent' AND created_at >= ?`
)

// Claiming.
const (
	// The owners of three aliases at once, as a person usually has, each with the alias's
	// witness in the lower half of the number; kind NULL for none.
	sqlOwners = `
		SELECT (SELECT person_id << 32 | witness FROM aliases WHERE campaign = ?1 AND kind = ?2 AND value = ?3),
			(SELECT person_id << 32 | witness FROM aliases WHERE campaign = ?1 AND kind = ?4 AND value = ?5),
			(SELECT person_id << 32 | witness FROM aliases WHERE campaign = ?1 AND kind = ?6 AND value = ?7)`
	sqlStanding = `SELECT state, body, posts FROM people WHERE id = ? AND campaign = ?`

	// Both take the same values; a person who is known adds the ID at the end.
	sqlAddPerson = `
		INSERT INTO people (campaign, run, cells, cells_key, body, employee_id, roster_id, email, phone,
			first_name, last_name, full_name, name, external_id, attempt_id, state)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 'sending')`
	sqlClaimPerson = `
		UPDATE people SET run = ?2, cells = ?3, cells_key = ?4, body = ?5,
			employee_id = coalesce(nullif(?6, ''), employee_id), roster_id = ?7, email = ?8, phone = ?9,
			first_name = ?10, last_name = ?11, full_name = ?12, name = ?13, external_id = ?14,
			attempt_id = ?15, state = 'sending'
		WHERE id = ?16 AND campaign = ?1 AND state IN ('failed', 'rejected')`
	sqlAddAttempt = `
		INSERT INTO attempts (id, person_id, number, run, line, cells, body, claimed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	sqlDropPerson = `DELETE FROM people WHERE id = ? AND state = 'sending'`
	sqlDropAlias  = `
		DELETE FROM aliases WHERE campaign = ?1 AND kind = ?3 AND value = ?4 AND person_id = ?2`
	// As many aliases at once; those that have an owner stay with that owner.
	sqlAddAlias = `
		INSERT INTO aliases (campaign, person_id, kind, value, witness) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING`
	sqlAddAliases = `
		INSERT INTO aliases (campaign, person_id, kind, value, witness)
		VALUES (?1, ?2, ?3, ?4, ?5), (?1, ?2, ?6, ?7, ?8) ON CONFLICT DO NOTHING`
	sqlAddAllAliases = `
		INSERT INTO aliases (campaign, person_id, kind, value, witness)
		VALUES (?1, ?2, ?3, ?4, ?5), (?1, ?2, ?6, ?7, ?8), (?1, ?2, ?9, ?10, ?11)
		ON CONFLICT DO NOTHING`
)

// Settling.
const (
	// The person whose attempt is open in that state. The state is no parameter: one
	// that a partial index depends on makes SQLite compile the statement anew at
	// every call. The index on invites refuses one that somebody else holds.
	sqlEndSending = sqlEndAttempt + `'sending'`
	sqlEndUnknown = sqlEndAttempt + `'unknown'`
	sqlEndAttempt = `
		UPDATE people SET state = ?2, posts = posts + ?3, settlement_id = ?4, run = coalesce(?5, run),
			invite_id = ?6, invite_url = ?7, user_id = ?8, invite_status = ?9, invited_at = ?10, created_at = ?11, http = ?12
		WHERE id = (SELECT person_id FROM attempts WHERE id = ?1) AND attempt_id = ?1 AND state = `
	sqlAddSettlement = `
		INSERT INTO settlements (id, attempt_id, run, state, by, http, findings, invite_id, written, started, ended)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlAttemptRun = `SELECT r.id FROM attempts a JOIN runs r ON r.number = a.run WHERE a.id = ?`
	// The condition of the partial index, word for word: without it all people are read.
	sqlSending = `
		SELECT attempt_id FROM people WHERE state IN ('sending', 'unknown') AND state = 'sending' ORDER BY attempt_id`
)

// Deciding.
const (
	sqlInviteOwner = `SELECT id FROM people WHERE invite_id = ?`
	sqlDecided     = `INSERT INTO decisions (person_id, decision, invite_id, by, at) VALUES (?, ?, ?, ?, ?)`
	sqlSkip        = `UPDATE people SET state = 'skipped' WHERE id = ?1 AND state = ?2`
	sqlUnskip      = `UPDATE people SET state = ?2, settlement_id = ?3 WHERE id = ?1 AND state = 'skipped'`
	sqlPersonByID  = `
		SELECT p.id, p.state, p.employee_id, p.email, p.phone
		FROM people p JOIN campaigns c ON c.id = p.campaign
		WHERE p.id = ? AND c.name = ? COLLATE NOCASE`
	// An outsider was never claimed: an operator skipped them, or they were adopted.
	sqlAddOutsider = `
		INSERT INTO people (campaign, cells, cells_key, body, employee_id, roster_id, email, phone,
			first_name, last_name, full_name, name, external_id, state,
			invite_id, invite_url, user_id, invite_status, invited_at, created_at)
		VALUES (?1, zeroblob(16), 0, zeroblob(16), ?2, ?2, ?3, ?4, '', '', ?5, ?6, '', ?7, ?8, ?9, ?10, ?11, ?12, ?13)
		RETURNING id`
	// Whoever was not invited by us may hold an invite all the same, and whose invite is
	// revoked may hold another one.
	sqlAdoptKnown = `
		UPDATE people SET state = 'sent', invite_id = ?2, invite_url = ?3, user_id = ?4, invite_status = ?5, invited_at = ?6, created_at = ?7
		WHERE id = ?1 AND (state IN ('failed', 'rejected') OR state = 'sent' AND invite_status = 'revoked' AND ?5 IS NOT 'revoked')`
	sqlRevokedOnly = `
		SELECT count(*) FROM people
		WHERE campaign = (SELECT id FROM campaigns WHERE name = ? COLLATE NOCASE) AND state = 'sent' AND invite_status = 'revoked'`
	// How the last attempt ended before anybody said: do not invite.
	sqlLastSettled = `
		SELECT p.state, p.attempt_id, coalesce(p.invite_status, '') = 'revoked', coalesce(s.state, ''), s.id
		FROM people p LEFT JOIN settlements s ON s.attempt_id = p.attempt_id AND s.state <> 'skipped'
		WHERE p.id = ? ORDER BY s.id DESC LIMIT 1`
)

// Learning.
const (
	sqlKnowsPerson = `SELECT 1 FROM people WHERE id = ? AND campaign = ?`
	// The cells that somebody has are those of a row whose employee ID has an owner:
	// ByFingerprint leaves out rows whose ID has none. Whoever takes aliases away must
	// clear the cells, too.
	sqlLearnCells      = `UPDATE people SET cells = ?2, cells_key = ?3 WHERE id = ?1 AND state = 'sent' AND cells <> ?2`
	sqlLearnEmployeeID = `
		UPDATE people SET employee_id = ?2
		WHERE employee_id = '' AND id = ?3
			AND id = (SELECT person_id FROM aliases WHERE campaign = ?1 AND kind = 1 AND value = ?2)`
)

// Notices.
const (
	sqlNoticed = `
		SELECT 1 FROM notices
		WHERE campaign = (SELECT id FROM campaigns WHERE name = ? COLLATE NOCASE) AND key = ? AND first_run <> ?`
	sqlNotice = `
		INSERT INTO notices (campaign, key, first_run, first_seen, last_run, last_seen) VALUES (?1, ?2, ?3, ?4, ?3, ?4)
		ON CONFLICT DO UPDATE SET last_run = ?3, last_seen = ?4`
	sqlForget = `DELETE FROM notices WHERE last_seen < ?`
)

// Headers.
const (
	sqlHeader         = `SELECT header, run FROM headers WHERE campaign = (SELECT id FROM campaigns WHERE name = ? COLLATE NOCASE) AND roster = ?`
	sqlOrigin         = `SELECT info, coalesce(exit, 0) = 5 FROM runs WHERE id = ?` // held, as the exit codes have it
	sqlRememberHeader = `
		INSERT INTO headers (campaign, roster, header, run) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT DO UPDATE SET header = ?3, run = ?4`
)
