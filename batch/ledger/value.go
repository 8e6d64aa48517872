package ledger

import (
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"time"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// micros is how a time stands in the ledger: NULL for the zero time.
func micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

func fromMicros(v sql.NullInt64) time.Time {
	if !v.Valid {
		return time.Time{}
	}
	return time.UnixMicro(v.Int64).UTC()
}

// cellsKey is the indexed part of a row's fingerprint.
func cellsKey(d csvmap.Digest) int64 {
	return int64(binary.BigEndian.Uint64(d[:8]))
}

// kindNumber is how a kind of alias stands in the ledger.
func kindNumber(k batch.AliasKind) (int, bool) {
	switch k {
	case batch.ByEmployeeID:
		return 1, true
	case batch.ByEmail:
		return 2, true
	case batch.ByPhone:
		return 3, true
	}
	return 0, false
}

// orNull keeps "" out of a column that may be NULL.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func findingsText(findings []batch.Finding) any {
	if len(findings) == 0 {
		return nil
	}
	text, err := json.Marshal(findings)
	if err != nil {
		panic("ledger: findings are strings: " + err.Error())
	}
	return string(text)
}

// inviteRow and settlementRow receive columns that may be NULL.
type inviteRow struct {
	id, url, user, status sql.NullString
	at, created           sql.NullInt64
}

func (r *inviteRow) dest() []any {
	return []any{&r.id, &r.url, &r.user, &r.status, &r.at, &r.created}
}

func (r *inviteRow) invite() batch.InviteRef {
	return batch.InviteRef{
		ID: r.id.String, URL: r.url.String, UserID: r.user.String,
		Status: r.status.String, InvitedAt: fromMicros(r.at), CreatedAt: fromMicros(r.created),
	}
}

type settlementRow struct {
	attempt, http                    sql.NullInt64
	run, state, by, invite, findings sql.NullString
	written                          sql.NullBool
	started, ended                   sql.NullInt64
}

func (r *settlementRow) dest() []any {
	return []any{&r.attempt, &r.run, &r.state, &r.by, &r.invite, &r.http, &r.findings, &r.written, &r.started, &r.ended}
}

func (r *settlementRow) settlement() (batch.Settlement, error) {
	s := batch.Settlement{
		AttemptID: r.attempt.Int64,
		RunID:     r.run.String,
		State:     batch.State(r.state.String),
		By:        r.by.String,
		Invite:    batch.InviteRef{ID: r.invite.String},
		HTTP:      int(r.http.Int64),
		Written:   r.written.Bool,
		Started:   fromMicros(r.started),
		Ended:     fromMicros(r.ended),
	}
	if !r.findings.Valid {
		return s, nil
	}
	return s, json.Unmarshal([]byte(r.findings.String), &s.Findings)
}
