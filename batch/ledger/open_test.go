package ledger

import (
	"bufio"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/batch"
)

func TestFilesAreTheOwnersAlone(t *testing.T) {
	l := begun(t)
	placed(t, l, 1, batch.Sent)
	dir := filepath.Dir(l.Path())
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if info, err := os.Stat(d); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("folder: %v %v", info.Mode(), err)
		}
	}
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", e.Name(), info.Mode(), err)
		}
	}
}

// A process that died while it wrote a note has left half of it.
func TestHalfNotesAreSwept(t *testing.T) {
	l := begun(t)
	dir := filepath.Dir(l.Path())
	must(t, l.Close())
	for _, name := range []string{".lock.json17", ".other5"} {
		must(t, os.WriteFile(filepath.Join(dir, name), nil, 0o600))
	}
	must(t, open(t, dir).Close())
	left, err := filepath.Glob(filepath.Join(dir, ".*[0-9]"))
	must(t, err)
	if d := cmp.Diff([]string{filepath.Join(dir, ".other5")}, left); d != "" {
		t.Error(d)
	}
}

func TestReopenKeepsEverything(t *testing.T) {
	l := begun(t)
	placed(t, l, 1, batch.Sent)
	before := person(t, l, 1)
	must(t, l.Close())
	if d := cmp.Diff(before, person(t, open(t, filepath.Dir(l.Path())), 1)); d != "" {
		t.Error(d)
	}
}

// A machine may lose power after any commit: checkDurability is what stands
// between us and a SQLite that does not sync.
func TestDurabilityIsAsserted(t *testing.T) {
	l := begun(t)
	for query, want := range map[string]string{sqlSynchronous: "2", sqlJournalMode: "wal"} {
		var have string
		must(t, l.writer.conn.QueryRowContext(t.Context(), query).Scan(&have))
		if have != want {
			t.Errorf("%s is %s, want %s", query, have, want)
		}
	}
	must(t, l.Close())
	db, err := openWriter(l.Path())
	must(t, err)
	defer db.Close()
	must(t, checkDurability(t.Context(), db, l.Path()))
	_, err = db.Exec(`PRAGMA synchronous = NORMAL`)
	must(t, err)
	wantType[*StorageError](t, checkDurability(t.Context(), db, l.Path()))
}

func TestAtLeast(t *testing.T) {
	for version, want := range map[string]bool{
		"3.51.2": false, "3.51.3": true, "3.51.10": true, "3.54.1": true, "4.0": true, "3.9.9": false, "3.51": false,
	} {
		if atLeast(version, 3, 51, 3) != want {
			t.Errorf("%s: %v", version, !want)
		}
	}
}

func TestDamagedFiles(t *testing.T) {
	for name, damage := range map[string]func(path string) error{
		"empty":      func(path string) error { return os.Truncate(path, 0) },
		"cut off":    func(path string) error { return os.Truncate(path, 5*4096) },
		"no ledger":  func(path string) error { return os.WriteFile(path, []byte(strings.Repeat("a roster,", 999)), 0o600) },
		"zero pages": zeroPages,
		"only a wal": func(path string) error { return os.Rename(path, path+"-wal") },
		"other database": func(path string) error {
			return errors.Join(os.Remove(path), execFile(path, `CREATE TABLE songs (name TEXT)`))
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := begun(t)
			placed(t, l, 1, batch.Sent)
			must(t, l.Close())
			must(t, damage(l.Path()))
			_, err := Open(t.Context(), Options{Dir: filepath.Dir(l.Path()), Run: run})
			e := wantType[*CorruptError](t, err)
			if !strings.Contains(e.Error(), "put back a copy") || strings.Contains(e.Error(), "\n") {
				t.Errorf("message: %s", e)
			}
			if _, err := Open(t.Context(), Options{Dir: filepath.Dir(l.Path()), Run: run}); err == nil {
				t.Error("opened at the second try") // and the lock was freed
			}
		})
	}
}

func zeroPages(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	clear(text[info.Size()/4 : info.Size()/2])
	return os.WriteFile(path, text, 0o600)
}

func execFile(path, query string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	_, err = db.Exec(query)
	return errors.Join(err, db.Close())
}

func TestBigLedgersAreCheckedWhereItMatters(t *testing.T) {
	l := begun(t)
	placed(t, l, 1, batch.Sent)
	must(t, checkBig(t.Context(), l.read, l.Path()))
	must(t, l.Close())
	must(t, zeroPages(l.Path()))
	db, err := openReaders(l.Path())
	must(t, err)
	defer db.Close()
	wantType[*CorruptError](t, checkBig(t.Context(), db, l.Path()))
}

// Reading cannot bring a ledger of an earlier version up to date, a run can.
func TestOlderLedger(t *testing.T) {
	l := begun(t)
	must(t, l.Close())
	must(t, execFile(l.Path(), `PRAGMA user_version = 0`))
	_, err := Open(t.Context(), Options{Dir: filepath.Dir(l.Path()), Run: run, ReadOnly: true})
	if e := wantType[*OlderError](t, err); e.Have != 0 || e.Know != len(migrations()) {
		t.Errorf("%+v", e)
	}
}

func TestNewerLedger(t *testing.T) {
	l := begun(t)
	must(t, l.Close())
	must(t, execFile(l.Path(), `PRAGMA user_version = 99`))
	for _, readOnly := range []bool{false, true} {
		_, err := Open(t.Context(), Options{Dir: filepath.Dir(l.Path()), Run: run, ReadOnly: readOnly})
		if e := wantType[*NewerError](t, err); e.Have != 99 || e.Know != len(migrations()) {
			t.Errorf("%+v", e)
		}
	}
}

func TestCrashWhileCreating(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sandbox")
	must(t, os.MkdirAll(dir, 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "ledger.db.new"), []byte("half a led"), 0o600))
	open(t, dir)
}

func TestLockedInThisProcess(t *testing.T) {
	l := begun(t)
	_, err := Open(t.Context(), Options{Dir: filepath.Dir(l.Path()), Run: other})
	e := wantType[*LockedError](t, err)
	if d := cmp.Diff(&LockedError{RunID: run.ID, PID: os.Getpid(), Started: day}, e); d != "" {
		t.Error(d)
	}
	placed(t, l, 1, batch.Sent) // the holder goes on
	must(t, l.Close())
	open(t, filepath.Dir(l.Path()))
}

// Another process holds the ledger, is killed in the middle of a POST, and the
// next run takes over.
func TestLockedByAnotherProcess(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sandbox")
	holder := exec.Command(os.Args[0])
	holder.Env = append(os.Environ(), holdDir+"="+dir)
	in, err := holder.StdinPipe()
	must(t, err)
	defer in.Close()
	out, err := holder.StdoutPipe()
	must(t, err)
	must(t, holder.Start())
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "held <nil>\n" {
		t.Fatal(line, err)
	}
	_, err = Open(t.Context(), Options{Dir: dir, Run: run})
	if e := wantType[*LockedError](t, err); e.RunID != other.ID || e.PID != holder.Process.Pid || !e.Started.Equal(other.Started) {
		t.Errorf("%+v", e)
	}
	must(t, holder.Process.Kill())
	_ = holder.Wait()

	l := open(t, dir)
	must(t, l.BeginRun(t.Context(), run, nil))
	died, err := l.Unfinished(t.Context())
	must(t, err)
	if d := cmp.Diff([]batch.RunInfo{other}, died); d != "" {
		t.Error(d)
	}
	if n, err := l.Recover(t.Context()); n != 1 || err != nil {
		t.Errorf("recovered %d (%v), want 1", n, err)
	}
	if p := person(t, l, 7); p.State != batch.Unknown || p.Attempts != 1 {
		t.Errorf("%s after %d POSTs", p.State, p.Attempts)
	}
}

func TestReadOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sandbox")
	_, err := Open(t.Context(), Options{Dir: dir, Run: other, ReadOnly: true})
	want(t, err, fs.ErrNotExist)
	if _, err := os.Stat(dir); err == nil {
		t.Error("reading made a folder")
	}

	l := open(t, dir)
	must(t, l.BeginRun(t.Context(), run, nil))
	placed(t, l, 1, batch.Sent)
	readThrough(t, dir) // beside a run
	must(t, l.Close())
	before, err := os.ReadFile(l.Path())
	must(t, err)
	readThrough(t, dir) // and alone
	if after, err := os.ReadFile(l.Path()); err != nil || string(before) != string(after) {
		t.Error("reading changed the file", err)
	}
}

func readThrough(t *testing.T, dir string) {
	t.Helper()
	r, err := Open(t.Context(), Options{Dir: dir, Run: other, ReadOnly: true})
	must(t, err)
	if p := person(t, r, 1); p.State != batch.Sent {
		t.Errorf("state %s", p.State)
	}
	_, err = r.Claim(t.Context(), claim(2))
	want(t, err, ErrReadOnly)
	want(t, r.Settle(t.Context(), settled(batch.Attempt{ID: 1}, batch.Failed, 1)), ErrReadOnly)
	must(t, r.Close())
}
