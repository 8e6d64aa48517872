package ledger

import (
	"context"
	"database/sql"
	"errors"

	"bulkinvite/batch"
)

// Continuity says what speaks against this being the ledger that it was, as found when
// it was opened.
type Continuity struct {
	Behind   string // what it does not know, in words that follow its name; "" when it is not behind its mark
	Unmarked bool   // used, but no mark of its epoch stands beside it that was proved
	Restored bool   // put back by Restore, and the account's list has not been compared since
	Unclean  bool   // the last one who wrote did not end cleanly, or the file was changed since
}

// Proved reports that nothing speaks against it.
func (c Continuity) Proved() bool { return c == Continuity{} }

// Continuity says what was found. [Ledger.GoOn] and [Ledger.ConfirmContinuity] change it.
func (l *Ledger) Continuity() Continuity { return *l.continuity.Load() }

// identity is who a ledger is, and how far it has come.
type identity struct {
	batch.LedgerMark
	restored bool
	behind   string
}

// used reports whether anybody has been sent to, skipped or adopted by it.
func (id identity) used() bool { return id.Attempts > 0 || id.Decisions > 0 }

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func readIdentity(ctx context.Context, db querier) (identity, error) {
	var id identity
	err := db.QueryRowContext(ctx, sqlIdentity).Scan(&id.Epoch, &id.restored, &id.behind,
		&id.Attempts, &id.Settlements, &id.Decisions, &id.Aliases)
	return id, err
}

// compare compares a ledger with the mark that stands beside it, nil for none.
func (id identity) compare(ctx context.Context, db querier, stood *mark) (Continuity, error) {
	c := Continuity{Behind: id.behind, Restored: id.restored}
	c.Unmarked = id.used() && (stood == nil || stood.Epoch != id.Epoch || !stood.Proved)
	if c.Behind != "" || stood == nil {
		return c, nil
	}
	if stood.Run != "" {
		var number int64
		err := db.QueryRowContext(ctx, sqlRunNumber, stood.Run).Scan(&number)
		if errors.Is(err, sql.ErrNoRows) {
			c.Behind, err = unknownRun(stood.Run), nil
		}
		if err != nil {
			return c, err
		}
	}
	if c.Behind == "" && stood.Epoch == id.Epoch {
		c.Behind = Lacking(stood.Missing(id.LedgerMark))
	}
	return c, nil
}

func unknownRun(id string) string { return Lacking("run " + id) }

// Lacking says of a ledger that it does not know something; "" for nothing.
func Lacking(what string) string {
	if what == "" {
		return ""
	}
	return "does not know " + what + ", which came after it"
}

// Lost says what a ledger would lack that was made new in dir, by the mark that stands
// there; "" for nothing.
func Lost(dir string) (string, error) {
	stood, err := readMark(dir)
	switch {
	case stood == nil || err != nil:
		return "", storage(dir, err)
	case stood.Run != "":
		return unknownRun(stood.Run), nil
	default:
		return Lacking(stood.Missing(batch.LedgerMark{})), nil
	}
}

// Noted is the run that stood in the mark beside the ledger when it was opened; "" for none.
func (l *Ledger) Noted() string { return l.noted }

// Mark is how far the ledger has come.
func (l *Ledger) Mark(ctx context.Context) (batch.LedgerMark, error) {
	id, err := readIdentity(ctx, l.read)
	return id.LedgerMark, storage(l.path, err)
}

// Knows reports whether a run was begun in this ledger.
func (l *Ledger) Knows(ctx context.Context, runID string) (bool, error) {
	_, _, err := l.runRow(ctx, sqlFindRun, runID)
	if errors.Is(err, ErrNoRun) {
		return false, nil
	}
	return err == nil, err
}

// Fresh reports whether no run has sent to anybody by this ledger. People who were
// skipped or adopted do not count: an adoption may have broken off.
func (l *Ledger) Fresh(ctx context.Context) (bool, error) {
	var n int
	_, err := l.row(ctx, sqlUsed, nil, &n)
	return n == 0, err
}

// NoteBehind keeps in the ledger that it does not know something, as evidence from
// elsewhere shows, until a person goes on with it. See [Continuity.Behind] for the words.
func (l *Ledger) NoteBehind(ctx context.Context, what string) error {
	err := l.write(ctx, func(w *writer) error {
		w.exec(sqlSetBehind, what)
		w.mark.frozen = true
		return nil
	})
	if err == nil {
		l.found(func(c *Continuity) { c.Behind = what })
	}
	return err
}

// GoOn goes on with a ledger that is behind, as a person has decided. From now on it is
// another one, of which not everything is known; its mark is how far it has come.
func (l *Ledger) GoOn(ctx context.Context) error {
	if l.Continuity().Behind == "" {
		return nil
	}
	err := l.write(ctx, func(w *writer) error {
		w.row(sqlNewEpoch, nil, &w.now.Epoch)
		w.now.Run = ""
		if _, begun := w.runNumber(l.run); begun {
			w.now.Run = l.run
		}
		return nil
	})
	if err != nil {
		return err
	}
	var used bool
	err = l.submit(ctx, &job{sync: true, work: func(w *writer) error {
		w.mark.frozen, w.mark.proved = false, false
		used = identity{LedgerMark: w.now.LedgerMark}.used()
		return nil
	}})
	if err == nil {
		l.found(func(c *Continuity) { c.Behind, c.Unmarked = "", used })
	}
	return err
}

// ConfirmContinuity says that the account's whole list was compared with the ledger:
// whoever was invited without it is known. A ledger that is behind stays so, see
// [Ledger.GoOn].
func (l *Ledger) ConfirmContinuity(ctx context.Context) error {
	c := l.Continuity()
	if c.Behind != "" {
		return nil
	}
	err := l.write(ctx, func(w *writer) error {
		w.exec(sqlConfirm)
		return nil
	})
	if err != nil {
		return err
	}
	err = l.submit(ctx, &job{sync: true, work: func(w *writer) error {
		w.mark.proved = true
		return nil
	}})
	if err == nil {
		l.found(func(c *Continuity) { c.Restored, c.Unmarked = false, false })
	}
	return err
}

// found changes what is known of the ledger's continuity.
func (l *Ledger) found(change func(*Continuity)) {
	c := l.Continuity()
	change(&c)
	l.continuity.Store(&c)
}
