package ledger

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bulkinvite/batch"
)

// openRun opens the ledger in dir for a run, which is not begun yet.
func openRun(t testing.TB, dir, id string) *Ledger {
	t.Helper()
	l, err := Open(t.Context(), Options{Dir: dir, Run: batch.RunInfo{ID: id, Started: day, Campaign: "default"}})
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// copied is what a file holds now; put puts it back.
func copied(t testing.TB, path string) (put func()) {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	return func() { must(t, os.WriteFile(path, text, 0o600)) }
}

func wantContinuity(t testing.TB, l *Ledger, want Continuity) {
	t.Helper()
	if d := cmp.Diff(want, l.Continuity()); d != "" {
		t.Error(d)
	}
}

// used is a folder with a ledger that has sent to people 1 to n, by run.
func used(t testing.TB, n int) (dir string) {
	t.Helper()
	l := begun(t)
	for i := range n {
		placed(t, l, i+1, batch.Sent)
	}
	must(t, l.Close())
	return filepath.Dir(l.Path())
}

func TestContinuityOfUsualNights(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sandbox")
	for n := range 3 {
		l := openRun(t, dir, fmt.Sprint("night-", n))
		wantContinuity(t, l, Continuity{})
		info := run
		info.ID = l.run
		must(t, l.BeginRun(t.Context(), info, nil))
		c := claim(n)
		c.RunID = l.run
		_, err := l.Claim(t.Context(), c)
		must(t, err)
		must(t, l.EndRun(t.Context(), l.run, day, 0))
		readOnly, err := Open(t.Context(), Options{Dir: dir, ReadOnly: true}) // somebody looks at it meanwhile
		must(t, err)
		must(t, l.Close())
		must(t, readOnly.Close())
		readOnly, err = Open(t.Context(), Options{Dir: dir, ReadOnly: true})
		must(t, err)
		wantContinuity(t, readOnly, Continuity{})
		must(t, readOnly.Close())
	}
}

// A ledger that was put back from before a run, from the middle of one, or is new where
// there was one, is behind its mark; and it stays so until a person goes on with it.
func TestBehind(t *testing.T) {
	const during = "does not know 2 attempts, which came after it"
	for name, test := range map[string]struct {
		take func(t *testing.T, l *Ledger) (put func())
		want string
	}{
		"before the run": {func(_ *testing.T, _ *Ledger) func() { return func() {} }, "does not know run " + other.ID + ", which came after it"},
		"during the run": {func(t *testing.T, l *Ledger) func() {
			path := filepath.Join(t.TempDir(), "copy")
			_, err := l.writer.conn.ExecContext(t.Context(), `VACUUM INTO ?`, path)
			must(t, err)
			return func() { must(t, os.Rename(path, l.Path())) }
		}, during},
		"gone": {func(t *testing.T, l *Ledger) func() {
			return func() { must(t, os.Remove(l.Path())) }
		}, "does not know run " + other.ID + ", which came after it"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := used(t, 3)
			path := filepath.Join(dir, FileName)
			putOld := copied(t, path)
			l := openRun(t, dir, other.ID)
			must(t, l.BeginRun(t.Context(), other, nil))
			put := test.take(t, l)
			placed(t, l, 4, batch.Sent)
			placed(t, l, 5, batch.Sent)
			must(t, l.Close())

			putOld()
			put()
			if name != "gone" {
				readOnly, err := Open(t.Context(), Options{Dir: dir, ReadOnly: true})
				must(t, err)
				if c := readOnly.Continuity(); c.Behind != test.want {
					t.Errorf("%+v", c)
				}
				must(t, readOnly.Close())
			}
			for range 2 { // a run that is held makes it no better
				l = openRun(t, dir, "third")
				if c := l.Continuity(); c.Behind != test.want || c.Proved() {
					t.Errorf("%+v", c)
				}
				must(t, l.ConfirmContinuity(t.Context())) // nor does the account's list
				must(t, l.Close())
			}
			l = openRun(t, dir, "fourth")
			must(t, l.GoOn(t.Context()))
			fresh, err := l.Fresh(t.Context())
			must(t, err)
			known := !fresh
			wantContinuity(t, l, Continuity{Unmarked: known})
			must(t, l.Close())
			l = openRun(t, dir, "fifth")
			wantContinuity(t, l, Continuity{Unmarked: known})
			must(t, l.ConfirmContinuity(t.Context()))
			wantContinuity(t, l, Continuity{})
			must(t, l.Close())
			wantContinuity(t, openRun(t, dir, "sixth"), Continuity{})
		})
	}
}

// What is recovered and recorded by a ledger that is behind does not let it catch up.
func TestBehindDoesNotCatchUp(t *testing.T) {
	dir := used(t, 0)
	l := openRun(t, dir, other.ID)
	must(t, l.BeginRun(t.Context(), other, nil))
	a := placed(t, l, 1, batch.Sending)
	path := filepath.Join(t.TempDir(), "copy")
	_, err := l.writer.conn.ExecContext(t.Context(), `VACUUM INTO ?`, path)
	must(t, err)
	must(t, l.Settle(t.Context(), settled(a, batch.Sent, 1)))
	must(t, l.Close())

	must(t, os.Rename(path, l.Path()))
	const want = "does not know 1 outcome of an attempt, which came after it"
	for range 2 {
		l = openRun(t, dir, "third")
		if c := l.Continuity(); c.Behind != want {
			t.Errorf("%+v", c)
		}
		_, err := l.Recover(t.Context()) // another outcome in its place
		must(t, err)
		must(t, l.Close())
	}
}

// The latest ledger, put back in the place of an old copy, is not behind.
func TestLatestLedgerPutBack(t *testing.T) {
	dir := used(t, 2)
	putOld := copied(t, filepath.Join(dir, FileName))
	l := openRun(t, dir, other.ID)
	placed(t, l, 3, batch.Sent)
	must(t, l.Close())
	putLatest := copied(t, l.Path())

	putOld()
	l = openRun(t, dir, "third")
	if c := l.Continuity(); c.Behind != "does not know 1 attempt, which came after it" {
		t.Errorf("%+v", c)
	}
	must(t, l.Close())
	putLatest()
	wantContinuity(t, openRun(t, dir, "fourth"), Continuity{Unclean: true})
}

// A decision or an alias that a copy does not know counts as much as an attempt.
func TestBehindByDecisionsAndAliases(t *testing.T) {
	for want, more := range map[string]func(t *testing.T, l *Ledger){
		"1 decision about a person": func(t *testing.T, l *Ledger) {
			must(t, l.SkipStranger(t.Context(), "default", email(9), "operator", day))
		},
		"1 contact or ID": func(t *testing.T, l *Ledger) {
			must(t, l.Learn(t.Context(), "default", []batch.Lesson{{PersonID: 1, Aliases: []batch.Alias{email(9)}}}))
		},
	} {
		dir := used(t, 1)
		put := copied(t, filepath.Join(dir, FileName))
		l := openRun(t, dir, other.ID)
		more(t, l)
		must(t, l.Close())
		put()
		if c := openRun(t, dir, "third").Continuity(); c.Behind != "does not know "+want+", which came after it" {
			t.Errorf("%+v", c)
		}
	}
}

// Evidence from elsewhere is kept in the ledger.
func TestNoteBehind(t *testing.T) {
	dir := used(t, 1)
	l := openRun(t, dir, other.ID)
	must(t, l.NoteBehind(t.Context(), Lacking("run 7")))
	placed(t, l, 2, batch.Sent)
	must(t, l.Close())
	wantContinuity(t, openRun(t, dir, "third"), Continuity{Behind: "does not know run 7, which came after it"})
}

func TestUnmarked(t *testing.T) {
	dir := used(t, 1)
	must(t, os.Remove(filepath.Join(dir, markName)))
	l := openRun(t, dir, other.ID)
	wantContinuity(t, l, Continuity{Unmarked: true, Unclean: true})
	placed(t, l, 2, batch.Sent)
	must(t, l.Close())
	l = openRun(t, dir, "third") // that it has a mark by now proves nothing
	wantContinuity(t, l, Continuity{Unmarked: true})
	must(t, l.ConfirmContinuity(t.Context()))
	must(t, l.Close())
	wantContinuity(t, openRun(t, dir, "fourth"), Continuity{})

	// The ledger of another folder, which has come further than the mark.
	elsewhere := used(t, 3)
	put := copied(t, filepath.Join(elsewhere, FileName))
	text, err := os.ReadFile(filepath.Join(dir, markName))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(elsewhere, markName), text, 0o600))
	put()
	wantContinuity(t, openRun(t, elsewhere, "fifth"), Continuity{Unmarked: true, Unclean: true})
}

// Whatever became of the file since the last one who wrote: it is not as it was left.
func TestUnclean(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"touched": func(path string) error { return os.Chtimes(path, day, day) },
		"written anew": func(path string) error {
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if err := os.WriteFile(path, text, 0o600); err != nil {
				return err
			}
			return os.Chtimes(path, info.ModTime(), info.ModTime())
		},
		"a log beside it": func(path string) error { return os.WriteFile(path+"-wal", []byte("x"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := used(t, 1)
			must(t, change(filepath.Join(dir, FileName)))
			l := openRun(t, dir, other.ID)
			wantContinuity(t, l, Continuity{Unclean: true})
			if l.Checked() == 0 {
				t.Error("not checked")
			}
			must(t, l.Close())
			wantContinuity(t, openRun(t, dir, "third"), Continuity{})
		})
	}
}

// Whoever is told that a claim is durable finds it in the mark, whatever becomes of the
// process then.
func TestMarkComesBeforeTheAnswer(t *testing.T) {
	l := begun(t)
	dir := filepath.Dir(l.Path())
	for n := range 20 {
		a := placed(t, l, n, batch.Sending)
		m, err := readMark(dir)
		must(t, err)
		if m.Attempts != a.ID || m.Aliases != 2*a.ID || m.Run != run.ID || m.Clean != nil {
			t.Fatalf("%+v after %+v", m, a)
		}
		must(t, l.Settle(t.Context(), settled(a, batch.Sent, n)))
		if m, err = readMark(dir); err != nil || m.Settlements != int64(n+1) {
			t.Fatalf("%+v, %v", m, err)
		}
	}
	now, err := l.Mark(t.Context())
	must(t, err)
	m, err := readMark(dir)
	must(t, err)
	if d := cmp.Diff(now, m.LedgerMark); d != "" {
		t.Error(d)
	}
}

// A mark that cannot be written is not a mark: nothing more is claimed.
func TestMarkThatCannotBeWritten(t *testing.T) {
	l := begun(t)
	a := placed(t, l, 1, batch.Sending)
	must(t, l.writer.mark.file.Close())
	_, err := l.Claim(t.Context(), claim(2))
	wantType[*StorageError](t, err)
	must(t, l.Settle(t.Context(), settled(a, batch.Sent, 1))) // what was sent is still recorded
	_, err = l.Claim(t.Context(), claim(3))
	wantType[*StorageError](t, err)
	if err := l.Close(); err == nil {
		t.Error("closed as if all were well")
	}
	l.close = func() error { return nil } // for the test's own
}

// A mark that was cut, or of which a part is wrong, makes no ledger look behind, and no
// ledger that is behind look well.
func TestBrokenMark(t *testing.T) {
	dir := used(t, 5)
	path := filepath.Join(dir, markName)
	whole, err := os.ReadFile(path)
	must(t, err)
	db, err := openReaders(filepath.Join(dir, FileName))
	must(t, err)
	defer db.Close()
	id, err := readIdentity(t.Context(), db)
	must(t, err)
	rapid.Check(t, func(rt *rapid.T) {
		text := append([]byte(nil), whole[:rapid.IntRange(0, len(whole)).Draw(rt, "length")]...)
		for range rapid.IntRange(0, 3).Draw(rt, "flips") {
			if len(text) > 0 {
				text[rapid.IntRange(0, len(text)-1).Draw(rt, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(rt, "bit")
			}
		}
		must(t, os.WriteFile(path, text, 0o600))
		stood, err := readMark(dir)
		must(t, err)
		c, err := id.compare(context.Background(), db, stood)
		must(t, err)
		if c.Behind != "" || c.Unmarked != (stood == nil) {
			rt.Fatalf("%+v", c)
		}
		less := id
		less.Attempts -= 3
		c, err = less.compare(context.Background(), db, stood)
		must(t, err)
		if c.Behind == "" && !c.Unmarked {
			rt.Fatalf("%+v of a ledger that lacks three attempts, by %+v", c, stood)
		}
	})
}

func TestLost(t *testing.T) {
	dir := used(t, 1)
	must(t, os.Remove(filepath.Join(dir, FileName)))
	what, err := Lost(dir)
	must(t, err)
	if !strings.HasPrefix(what, "does not know run "+run.ID) {
		t.Error(what)
	}
	what, err = Lost(t.TempDir())
	must(t, err)
	if what != "" {
		t.Error(what)
	}
}
