package ledger

import (
	"os"
	"path/filepath"
	"testing"

	"bulkinvite/batch"
)

// A ledger that was put back from an old copy does not know the latest run.
func TestBehind(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sandbox")
	openRun := func(info batch.RunInfo) *Ledger {
		l, err := Open(t.Context(), Options{Dir: dir, Run: info})
		must(t, err)
		return l
	}
	behind := func(l *Ledger, want string) {
		t.Helper()
		got, err := l.Behind(t.Context())
		must(t, err)
		if got != want {
			t.Errorf("behind %q, want %q", got, want)
		}
	}
	fresh := func(l *Ledger, want bool) {
		t.Helper()
		got, err := l.Fresh(t.Context())
		must(t, err)
		if got != want {
			t.Errorf("fresh %t, want %t", got, want)
		}
	}
	first := openRun(run)
	behind(first, "")
	fresh(first, true)
	must(t, first.BeginRun(t.Context(), run, nil))
	must(t, first.NoteRun(run.ID))
	behind(first, "")
	fresh(first, true) // a run alone knows nobody
	must(t, first.SkipStranger(t.Context(), "default", email(9), "operator", day))
	fresh(first, true)
	placed(t, first, 1, batch.Sent)
	fresh(first, false)
	must(t, first.Close())
	old, err := os.ReadFile(filepath.Join(dir, FileName))
	must(t, err)

	second := openRun(other)
	fresh(second, false)
	must(t, second.BeginRun(t.Context(), other, nil))
	must(t, second.NoteRun(other.ID))
	must(t, second.Close())

	must(t, os.WriteFile(filepath.Join(dir, FileName), old, 0o600))
	copied := openRun(batch.RunInfo{ID: "third"})
	behind(copied, other.ID)
	held := batch.RunInfo{ID: "third", Started: day, Campaign: "default"}
	must(t, copied.BeginRun(t.Context(), held, nil))
	behind(copied, other.ID) // a run that is held changes nothing
	must(t, copied.Close())

	must(t, os.Remove(filepath.Join(dir, FileName)))
	lost := openRun(batch.RunInfo{ID: "fourth"})
	fresh(lost, true)
	behind(lost, other.ID)
	must(t, lost.Close())
}
