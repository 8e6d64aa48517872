package ledger

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/batch"
)

// reader opens the ledger in dir as backup does.
func reader(t testing.TB, dir string) *Ledger {
	t.Helper()
	l, err := Open(t.Context(), Options{Dir: dir, ReadOnly: true})
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func backedUp(t testing.TB, dir string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "backup.db")
	_, err := reader(t, dir).Backup(t.Context(), file)
	must(t, err)
	return file
}

// A backup that is made during a run is one moment of it.
func TestBackupDuringARun(t *testing.T) {
	l := begun(t)
	var run sync.WaitGroup
	run.Go(func() {
		for n := range 150 {
			a, err := l.Claim(t.Context(), claim(n))
			if err == nil {
				err = l.Settle(t.Context(), settled(a, batch.Sent, n))
			}
			if err != nil {
				t.Error(err)
			}
		}
	})
	for range 3 {
		file := filepath.Join(t.TempDir(), "backup.db")
		held, err := reader(t, filepath.Dir(l.Path())).Backup(t.Context(), file)
		must(t, err)
		if m := held.Mark; int64(held.People["default"]) != m.Attempts || m.Attempts-m.Settlements > 1 || held.LastRun.ID != "0193-run" {
			t.Errorf("%+v", held)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Error(info.Mode(), err)
		}
		names, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*"))
		must(t, err)
		if d := cmp.Diff([]string{file}, names); d != "" {
			t.Error(d)
		}
	}
	run.Wait()
}

func TestBackupRefuses(t *testing.T) {
	dir := used(t, 1)
	l := reader(t, dir)
	there := filepath.Join(t.TempDir(), "there")
	must(t, os.WriteFile(there, []byte("mine"), 0o600))
	_, err := l.Backup(t.Context(), there)
	wantType[*BackupError](t, err)
	want(t, err, fs.ErrExist)
	if text, err := os.ReadFile(there); err != nil || string(text) != "mine" {
		t.Error("overwritten", err)
	}
	_, err = l.Backup(t.Context(), filepath.Join(t.TempDir(), "no", "folder"))
	if e := wantType[*BackupError](t, err); !strings.Contains(e.Error(), "no such file or directory") {
		t.Error(e)
	}
}

// A ledger that is damaged has no backup made of it.
func TestBackupOfADamagedLedger(t *testing.T) {
	dir := used(t, 1)
	must(t, execFile(filepath.Join(dir, FileName), `UPDATE aliases SET person_id = 1, witness = witness + 1`))
	file := filepath.Join(t.TempDir(), "backup.db")
	l := &Ledger{path: filepath.Join(dir, FileName)}
	var err error
	l.read, err = openReaders(l.path)
	must(t, err)
	defer l.read.Close()
	_, err = l.Backup(t.Context(), file)
	wantType[*CorruptError](t, err)
	if names, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*")); err != nil || len(names) > 0 {
		t.Error(names, err)
	}
}

func TestRestore(t *testing.T) {
	dir := used(t, 2)
	file := backedUp(t, dir)
	l := openRun(t, dir, other.ID)
	must(t, l.BeginRun(t.Context(), other, nil))
	placed(t, l, 3, batch.Sent)
	before, err := l.Mark(t.Context())
	must(t, err)
	must(t, l.Close())

	done, err := Restore(t.Context(), Options{Dir: dir, Run: run}, file)
	must(t, err)
	if done.People["default"] != 2 || done.LastRun.ID != run.ID {
		t.Errorf("%+v", done)
	}
	back := openRun(t, dir, "third")
	wantContinuity(t, back, Continuity{Restored: true, Unmarked: true})
	if person(t, back, 3).ID != 0 || person(t, back, 2).State != batch.Sent {
		t.Error("it is not the one of the backup")
	}
	now, err := back.Mark(t.Context())
	must(t, err)
	if now.Epoch == before.Epoch || now.Attempts != 2 {
		t.Errorf("%+v, and was %+v", now, before)
	}
	placed(t, back, 4, batch.Sent)
	must(t, back.Close())
	back = openRun(t, dir, "fourth") // another run makes it no more certain
	wantContinuity(t, back, Continuity{Restored: true, Unmarked: true})
	must(t, back.ConfirmContinuity(t.Context()))
	must(t, back.Close())
	wantContinuity(t, openRun(t, dir, "fifth"), Continuity{})

	aside, err := openDB(done.Aside, readingDead, 1)
	must(t, err)
	defer aside.Close()
	held, err := contentsOf(t.Context(), aside)
	must(t, err)
	if held.People["default"] != 3 || held.Mark != before {
		t.Errorf("%+v", held)
	}
	if info, err := os.Stat(filepath.Join(dir, FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
}

// Whatever stands there: a copy of the folder with its log, or a ledger that is damaged,
// or its log alone.
func TestRestoreInPlaceOfAnything(t *testing.T) {
	dir := used(t, 2)
	file := backedUp(t, dir)
	for name, make := range map[string]func(path string) error{
		"nothing":   func(string) error { return nil },
		"no ledger": func(path string) error { return os.WriteFile(path, []byte("a roster"), 0o600) },
		"a log":     func(path string) error { return os.WriteFile(path+"-wal", []byte("a log"), 0o600) },
		"both": func(path string) error {
			return errors.Join(os.WriteFile(path, []byte("a roster"), 0o600), os.WriteFile(path+"-wal", []byte("a log"), 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "sandbox")
			must(t, os.MkdirAll(dir, 0o700))
			must(t, make(filepath.Join(dir, FileName)))
			done, err := Restore(t.Context(), Options{Dir: dir, Run: run}, file)
			must(t, err)
			if (done.Aside == "") != (name == "nothing") {
				t.Errorf("%+v", done)
			}
			if person(t, open(t, dir), 2).State != batch.Sent {
				t.Error("it is not the one of the backup")
			}
		})
	}
}

// The log of a copy that was made by hand is a part of it.
func TestRestoreWithItsLog(t *testing.T) {
	l := begun(t)
	placed(t, l, 1, batch.Sent)
	elsewhere := t.TempDir()
	for _, name := range []string{FileName, FileName + "-wal"} {
		text, err := os.ReadFile(filepath.Join(filepath.Dir(l.Path()), name))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(elsewhere, name), text, 0o600))
	}
	dir := filepath.Join(t.TempDir(), "sandbox")
	done, err := Restore(t.Context(), Options{Dir: dir, Run: run}, filepath.Join(elsewhere, FileName))
	must(t, err)
	if done.People["default"] != 1 {
		t.Errorf("%+v", done)
	}
}

func TestRestoreRefuses(t *testing.T) {
	dir := used(t, 1)
	path := filepath.Join(dir, FileName)
	file := backedUp(t, dir)
	text := filepath.Join(t.TempDir(), "text")
	must(t, os.WriteFile(text, []byte(strings.Repeat("a roster,", 999)), 0o600))
	cut := filepath.Join(t.TempDir(), "cut")
	whole, err := os.ReadFile(file)
	must(t, err)
	must(t, os.WriteFile(cut, whole[:len(whole)/2], 0o600))
	wrong := backedUp(t, dir)
	must(t, execFile(wrong, `UPDATE campaigns SET people = 7`))
	before, err := os.ReadFile(path)
	must(t, err)
	for reason, c := range map[string]struct {
		file string
		run  batch.RunInfo
	}{
		"there is no such file":             {filepath.Join(dir, "none"), run},
		"that is the ledger itself":         {path, run},
		"the file is no ledger":             {text, run},
		"the copy is damaged":               {cut, run},
		"the copy is damaged; use another":  {wrong, run},
		"it is a copy of the ledger of san": {file, batch.RunInfo{Environment: "production"}},
	} {
		_, err := Restore(t.Context(), Options{Dir: dir, Run: c.run}, c.file)
		if e := wantType[*BackupError](t, err); !strings.HasPrefix(e.Reason, reason) {
			t.Errorf("%s: %v", reason, err)
		}
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Error("the ledger was changed", err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "ledger*"))
	must(t, err)
	if d := cmp.Diff([]string{path, path + "-shm", path + "-wal"}, names); d != "" { // readers were there
		t.Error(d)
	}
	l := openRun(t, dir, other.ID)
	_, err = Restore(t.Context(), Options{Dir: dir, Run: run}, file)
	wantType[*LockedError](t, err)
	must(t, l.Close())
}
