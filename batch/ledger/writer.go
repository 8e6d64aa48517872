package ledger

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"slices"
	"sync"
	"time"

	"bulkinvite/batch"
)

// writer is the one goroutine that changes the ledger. It puts the jobs of many
// callers into one transaction, commits once, and answers everyone.
type writer struct {
	path string
	db   *sql.DB
	conn *sql.Conn
	jobs chan *job

	closing  chan struct{}
	stopping sync.Once // closes closing
	stopped  sync.WaitGroup

	// Of the goroutine alone.
	statements map[string]*sql.Stmt
	campaigns  map[string]int64
	runs       map[string]int64
	offsets    map[int64]batch.Offset // of runs, by number
	now        progress               // how far the ledger has come, with this transaction
	growth     map[int64]growth       // of the campaigns, in this transaction
	failed     error                  // the storage failure in this transaction
	broken     error                  // the first failed transaction: nothing is claimed after it
	mark       *markFile              // nil: none is kept
	place      place
	looked     time.Time // at the place
}

// job is one caller's change. An error that work returns is a refusal, and nothing
// is left of what it wrote. Storage failures are the writer's own to see; after one,
// whatever work returns is dropped.
type job struct {
	work  func(*writer) error
	claim bool // refused once a transaction has failed, or a file is not in its place
	sync  bool // the mark is synced before it is answered
	err   error
	done  chan struct{}
}

// maxGroup bounds a transaction, so that nobody waits long for the others.
const maxGroup = 256

// newWriter takes over db's one connection; run must be started.
func newWriter(ctx context.Context, db *sql.DB, path string) (*writer, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(storage(path, err), db.Close())
	}
	id, err := readIdentity(ctx, conn)
	if err != nil {
		return nil, errors.Join(storage(path, err), conn.Close(), db.Close())
	}
	w := &writer{
		path:       path,
		db:         db,
		conn:       conn,
		jobs:       make(chan *job),
		closing:    make(chan struct{}),
		statements: map[string]*sql.Stmt{},
		now:        progress{LedgerMark: id.LedgerMark},
		growth:     map[int64]growth{},
	}
	w.forget()
	return w, nil
}

// do hands a job to the writer and waits until it is durable or refused. ctx
// ends the wait for the writer's attention only: a job that was taken is
// answered truly, so nobody is told of a failure that became a durable claim.
func (w *writer) do(ctx context.Context, j *job) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j.done = make(chan struct{})
	select {
	case w.jobs <- j:
		<-j.done
		return j.err
	case <-ctx.Done():
		return ctx.Err()
	case <-w.closing:
		return ErrClosed
	}
}

func (w *writer) run() {
	for {
		select {
		case j := <-w.jobs:
			w.commit(w.gather(j))
		case <-w.closing:
			return
		}
	}
}

// gather takes who else is waiting by now: those who came during the last fsync,
// and those who are ready to run and will come, as long as there are more of them.
// So fewer fsyncs, and fewer copies of a page, serve them all: at 32 workers that
// saves 8% of the processor time.
func (w *writer) gather(first *job) []*job {
	group := w.waiting([]*job{first})
	for before := 1; before < len(group); {
		before = len(group)
		runtime.Gosched()
		group = w.waiting(group)
	}
	return group
}

// waiting adds those to a group who are waiting now.
func (w *writer) waiting(group []*job) []*job {
	for len(group) < maxGroup {
		select {
		case j := <-w.jobs:
			group = append(group, j)
		default:
			return group
		}
	}
	return group
}

// commit does a group's work in one transaction and answers everyone. When the
// transaction fails, everyone in the group gets the failure.
func (w *writer) commit(group []*job) {
	before := w.now
	w.look(group)
	w.failed = nil
	w.exec(sqlBegin)
	for _, j := range group {
		if w.failed != nil {
			break
		}
		if j.claim && w.broken != nil {
			j.err = w.broken
			continue
		}
		j.err = j.work(w)
	}
	for campaign, g := range w.growth {
		w.exec(sqlGrow, campaign, g.people, g.aliases, g.witnesses)
		w.now.Aliases += g.aliases
	}
	clear(w.growth)
	w.exec(sqlCommit)
	if w.failed != nil {
		w.now = before
		w.undo(group)
	} else {
		w.advance(group)
	}
	for _, j := range group {
		close(j.done)
	}
}

// lookAgain is for how long the files count as in their place: a look takes 12 µs.
const lookAgain = 5 * time.Millisecond

// look finds out, before anybody is claimed, whether the files are in their place.
func (w *writer) look(group []*job) {
	now := time.Now()
	claims := slices.ContainsFunc(group, func(j *job) bool { return j.claim })
	if w.broken == nil && claims && now.Sub(w.looked) >= lookAgain {
		w.broken, w.looked = w.place.check(), now
	}
}

// advance writes the mark of what is durable now. No POST begins without it.
func (w *writer) advance(group []*job) {
	if w.mark == nil {
		return
	}
	err := w.mark.advance(w.now)
	if slices.ContainsFunc(group, func(j *job) bool { return j.sync }) {
		err = errors.Join(err, w.mark.file.Sync())
	}
	if err == nil {
		return
	}
	if w.broken == nil {
		w.broken = storage(w.mark.file.Name(), err)
	}
	for _, j := range group {
		if j.claim && j.err == nil {
			j.err = w.broken
		}
	}
}

func (w *writer) undo(group []*job) {
	// SQLite may have rolled back by itself, and then this fails: all the same.
	_, _ = w.conn.ExecContext(context.Background(), sqlRollback)
	w.forget()
	if w.broken == nil {
		w.broken = w.failed
	}
	for _, j := range group {
		j.err = w.failed
	}
}

// forget drops the numbers learned in a transaction that did not last.
func (w *writer) forget() {
	w.campaigns = map[string]int64{}
	w.runs = map[string]int64{}
	w.offsets = map[int64]batch.Offset{}
}

// stop lets the goroutine do what it has taken, and ends it.
func (w *writer) stop() {
	w.stopping.Do(func() { close(w.closing) })
	w.stopped.Wait()
}

func (w *writer) close() error {
	w.stop()
	var errs []error
	for _, s := range w.statements {
		errs = append(errs, s.Close())
	}
	// Who reads at this moment would keep SQLite from folding the log into the file.
	_, err := w.conn.ExecContext(context.Background(), sqlCheckpoint)
	return errors.Join(append(errs, err, w.conn.Close(), w.db.Close())...)
}
