package ledger

import (
	"context"
	"database/sql"
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// The writer's statements run to their end whatever becomes of the caller's
// context. Once one has failed the transaction is lost, and the others do nothing.

// exec runs a statement and returns the number of rows that it changed.
func (w *writer) exec(query string, args ...any) int64 {
	changed, _, err := w.change(query, args)
	w.fail(err)
	return changed
}

// execUnique is exec for a statement that may break a UNIQUE: taken says that it
// did, and changed nothing.
func (w *writer) execUnique(query string, args ...any) (changed int64, taken bool) {
	changed, _, err := w.change(query, args)
	if e, ok := errors.AsType[*sqlite.Error](err); ok && e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE {
		return 0, true
	}
	w.fail(err)
	return changed, false
}

// insert runs a statement that adds a row and returns the row's number.
func (w *writer) insert(query string, args ...any) int64 {
	_, id, err := w.change(query, args)
	w.fail(err)
	return id
}

// change runs a statement: how many rows it changed, and the number of the last
// one that it added. It does nothing when the transaction is lost.
func (w *writer) change(query string, args []any) (changed, id int64, err error) {
	s := w.prepare(query)
	if s == nil {
		return 0, 0, nil
	}
	result, err := s.ExecContext(context.Background(), args...)
	if err != nil {
		return 0, 0, err
	}
	changed, changedErr := result.RowsAffected()
	id, idErr := result.LastInsertId()
	return changed, id, errors.Join(changedErr, idErr)
}

// row reads at most one row into dest and reports whether there was one.
func (w *writer) row(query string, args []any, dest ...any) bool {
	s := w.prepare(query)
	if s == nil {
		return false
	}
	err := s.QueryRowContext(context.Background(), args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false
	}
	w.fail(err)
	return err == nil
}

// prepare compiles a statement once. It returns nil when the transaction is lost.
func (w *writer) prepare(query string) *sql.Stmt {
	if w.failed != nil {
		return nil
	}
	if s, ok := w.statements[query]; ok {
		return s
	}
	s, err := w.conn.PrepareContext(context.Background(), query)
	if err != nil {
		w.fail(err)
		return nil
	}
	w.statements[query] = s
	return s
}

func (w *writer) fail(err error) {
	if err != nil && w.failed == nil {
		w.failed = storage(w.path, err)
	}
}

// campaign returns a campaign's number, and gives it one when it has none.
func (w *writer) campaign(name string) int64 {
	if id, ok := w.campaigns[name]; ok {
		return id
	}
	var id int64
	if w.row(sqlCampaign, []any{name}, &id) || w.row(sqlAddCampaign, []any{name}, &id) {
		w.campaigns[name] = id
	}
	return id
}

// runNumber returns a run's number, and false when the run was never begun.
func (w *writer) runNumber(id string) (int64, bool) {
	if n, ok := w.runs[id]; ok {
		return n, true
	}
	var n int64
	ok := w.row(sqlRunNumber, []any{id}, &n)
	if ok {
		w.runs[id] = n
	}
	return n, ok
}
