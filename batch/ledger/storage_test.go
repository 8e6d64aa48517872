package ledger

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkinvite/batch"
)

// A SQLite that may not grow its file answers as on a full disk.
func TestFullDisk(t *testing.T) {
	l := begun(t)
	a := placed(t, l, 0, batch.Sending)
	pragma(t, l, `PRAGMA max_page_count = 1`) // SQLite raises it to the present size
	var err error
	for n := 1; err == nil && n < 1000; n++ {
		_, err = l.Claim(t.Context(), claim(n))
	}
	e := wantType[*StorageError](t, err)
	if !strings.Contains(e.Error(), "disk is full") || strings.Contains(e.Error(), "\n") {
		t.Errorf("message: %s", e)
	}
	pragma(t, l, `PRAGMA max_page_count = 1000000`)
	_, err = l.Claim(t.Context(), claim(2000))
	wantType[*StorageError](t, err)
	must(t, l.Settle(t.Context(), settled(a, batch.Sent, 0))) // what was sent is still recorded
}

func TestFailedTransactionFailsEveryone(t *testing.T) {
	l := begun(t)
	must(t, l.Close())
	db, err := openWriter(l.path)
	must(t, err)
	w, err := newWriter(t.Context(), db, l.path) // this test commits in its place
	must(t, err)
	defer w.close()

	group := make([]*job, 3)
	for n := range group {
		group[n] = &job{claim: true, done: make(chan struct{}), work: func(w *writer) error {
			if n == 1 {
				w.exec(`INSERT INTO people (id) VALUES (1)`) // not a row that the schema takes
			}
			_, err := w.claim(claim(n))
			return err
		}}
	}
	w.commit(group)
	for _, j := range group {
		<-j.done
		wantType[*StorageError](t, j.err)
	}
	var people int
	if w.failed = nil; !w.row(`SELECT count(*) FROM people`, nil, &people) || people != 0 {
		t.Errorf("%d people, want none", people)
	}
	late := &job{claim: true, done: make(chan struct{}), work: func(*writer) error { return nil }}
	w.commit([]*job{late})
	wantType[*StorageError](t, late.err)
}

func TestReadOnlyDisk(t *testing.T) {
	l := begun(t)
	pragma(t, l, `PRAGMA query_only = 1`)
	_, err := l.Claim(t.Context(), claim(1))
	if e := wantType[*StorageError](t, err); !strings.Contains(e.Error(), "read-only") {
		t.Errorf("message: %s", e)
	}
}

func TestFolderThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o600))
	for _, dir := range []string{file, filepath.Join(file, "sandbox")} {
		_, err := Open(t.Context(), Options{Dir: dir, Run: run})
		if e := wantType[*StorageError](t, err); !strings.Contains(e.Error(), "in the way") {
			t.Errorf("message: %s", e)
		}
	}
}

func TestFolderThatMayNotBeWritten(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	parent := t.TempDir()
	must(t, os.Chmod(parent, 0o500))
	_, err := Open(t.Context(), Options{Dir: filepath.Join(parent, "sandbox"), Run: run})
	wantType[*StorageError](t, err)
}

func TestAppendOnly(t *testing.T) {
	l := begun(t)
	placed(t, l, 1, batch.Sent)
	must(t, l.Close())
	db, err := openWriter(l.path)
	must(t, err)
	defer db.Close()
	for _, query := range []string{
		`UPDATE attempts SET line = 9`, `DELETE FROM attempts`,
		`UPDATE settlements SET by = 'me'`, `DELETE FROM settlements`,
	} {
		if _, err := db.Exec(query); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", query, err)
		}
	}
}

func TestClosed(t *testing.T) {
	l := begun(t)
	must(t, l.Close())
	must(t, l.Close())
	_, err := l.Claim(t.Context(), claim(1))
	want(t, err, ErrClosed)
}

func pragma(t *testing.T, l *Ledger, text string) {
	t.Helper()
	_, err := l.writer.conn.ExecContext(context.Background(), text)
	must(t, err)
}
