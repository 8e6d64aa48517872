package ledger

// The statements that are about who is who.
const (
	sqlAlsoNamed = `INSERT INTO also_named (person_id, name) SELECT id, ?2 FROM people WHERE id = ?1 AND name <> ?2 ON CONFLICT DO NOTHING`

	sqlAsked = `SELECT row, person_id, coalesce(answer, '') FROM questions WHERE campaign = (SELECT id FROM campaigns WHERE name = ? COLLATE NOCASE)`
	sqlAsk   = `
		INSERT INTO questions (campaign, row, person_id, run, line, asked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
		ON CONFLICT DO UPDATE SET run = ?4, line = ?5, asked_at = ?6`
	sqlAddQuestionKey = `INSERT INTO question_keys (campaign, key, row) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
	// What was not asked again for a long time, and not answered, is not open any more.
	sqlForgetQuestions = `DELETE FROM questions WHERE answer IS NULL AND asked_at < ?`
	sqlForgetKeys      = `
		DELETE FROM question_keys
		WHERE NOT EXISTS (SELECT 1 FROM questions q WHERE q.campaign = question_keys.campaign AND q.row = question_keys.row)`

	sqlAnswered = `
		INSERT INTO decisions (person_id, decision, by, at)
		SELECT person_id, ?3, ?4, ?5 FROM questions WHERE campaign = ?1 AND row = ?2 AND (answer IS NULL OR answer <> ?3) ORDER BY person_id`
	sqlReply       = `UPDATE questions SET answer = ?3, by = ?4, answered_at = ?5 WHERE campaign = ?1 AND row = ?2`
	sqlQuestionsBy = `
		SELECT q.row, max(q.line), coalesce(max(r.id), ''), coalesce(max(q.answer), ''), coalesce(max(q.by), ''), max(q.answered_at)
		FROM json_each(?2) k
		CROSS JOIN question_keys n ON n.campaign = CAST(?1 AS INTEGER) AND n.key = k.value
		JOIN questions q ON q.campaign = n.campaign AND q.row = n.row
		LEFT JOIN runs r ON r.number = q.run
		GROUP BY q.row`

	// Somebody loses an employee ID to another person. Whoever is in doubt keeps theirs.
	sqlStateOf = `SELECT state FROM people WHERE id = ? AND campaign = ?`
	sqlLoseID  = `
		UPDATE people SET cells = zeroblob(16), cells_key = 0, employee_id = CASE WHEN employee_id = ?2 THEN '' ELSE employee_id END
		WHERE id = ?1`

	sqlNamesakes = `
		SELECT p.name, p.id, p.state, p.employee_id, p.roster_id, p.email, p.phone, a.line,
			p.invite_id, p.invite_url, p.user_id, p.invite_status, p.invited_at, p.created_at
		FROM json_each(?2) k
		CROSS JOIN people p ON p.campaign = CAST(?1 AS INTEGER) AND p.name = k.value
		LEFT JOIN attempts a ON a.id = p.attempt_id
		ORDER BY p.id`
)
