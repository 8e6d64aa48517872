package ledger

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkinvite/batch"
)

// A file of the ledger that is deleted or replaced while a run goes on: nothing more is
// claimed, and the run does not end as if all were well.
func TestFilesThatAreReplaced(t *testing.T) {
	remove := os.Remove
	replace := func(path string) error { return os.Rename(path+".other", path) }
	for _, name := range []string{FileName, FileName + "-wal", FileName + "-shm", "lock"} {
		for how, change := range map[string]func(string) error{"deleted": remove, "replaced": replace} {
			t.Run(name+" "+how, func(t *testing.T) {
				l := begun(t)
				a := placed(t, l, 1, batch.Sending)
				must(t, l.InPlace())
				path := filepath.Join(filepath.Dir(l.Path()), name)
				must(t, os.WriteFile(path+".other", nil, 0o600))
				must(t, change(path))
				var err error
				for n := 2; err == nil && n < 10_000; n++ { // it looks again after some milliseconds
					_, err = l.Claim(t.Context(), claim(n))
				}
				if e := wantType[*StorageError](t, err); !strings.Contains(e.Reason, "deleted or replaced while a run was using it") {
					t.Error(e)
				}
				wantType[*StorageError](t, l.InPlace())
				if err := l.Settle(t.Context(), settled(a, batch.Sent, 1)); err != nil {
					t.Errorf("what was sent is not recorded: %v", err)
				}
				wantType[*StorageError](t, l.Close())
				l.close = func() error { return nil } // for the test's own
			})
		}
	}
}

// A run whose ledger was deleted keeps what it knows, and that can be put back.
func TestRescue(t *testing.T) {
	l := begun(t)
	dir := filepath.Dir(l.Path())
	placed(t, l, 1, batch.Sent)
	a := placed(t, l, 2, batch.Sending)
	must(t, os.RemoveAll(dir))
	must(t, l.Settle(t.Context(), settled(a, batch.Unknown, 2)))
	err := l.Close()
	if !strings.Contains(err.Error(), "'bulkinvite restore' puts it back") {
		t.Error(err)
	}
	l.close = func() error { return nil }
	kept, err := filepath.Glob(filepath.Join(dir, "ledger-rescued-*.db"))
	if err != nil || len(kept) != 1 {
		t.Fatal(kept, err)
	}
	done, err := Restore(t.Context(), Options{Dir: dir, Run: run}, kept[0])
	must(t, err)
	if done.People["default"] != 2 || done.Aside != "" {
		t.Errorf("%+v", done)
	}
	back := open(t, dir)
	if person(t, back, 1).State != batch.Sent || person(t, back, 2).State != batch.Unknown {
		t.Error("not what it was")
	}
}

// A ledger with another name could be used by two runs at once.
func TestLinksAreRefused(t *testing.T) {
	for name, link := range map[string]func(path, dir string) error{
		"names (hard links)": func(path, dir string) error { return os.Link(path, filepath.Join(dir, "other.db")) },
		"a symbolic link": func(path, dir string) error {
			if err := os.Rename(path, filepath.Join(dir, "other.db")); err != nil {
				return err
			}
			return os.Symlink("other.db", path)
		},
	} {
		dir := used(t, 1)
		must(t, link(filepath.Join(dir, FileName), dir))
		for _, readOnly := range []bool{false, true} {
			_, err := Open(t.Context(), Options{Dir: dir, Run: other, ReadOnly: readOnly})
			if e := wantType[*StorageError](t, err); !strings.Contains(e.Reason, name) {
				t.Error(e)
			}
		}
	}
}
