package ledger

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestHolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sandbox")
	nobody := func() {
		t.Helper()
		if h, held, err := FindHolder(dir); held || err != nil {
			t.Errorf("%+v, %t, %v", h, held, err)
		}
	}
	nobody()
	info := run
	info.Started = time.Now()
	l, err := Open(t.Context(), Options{Dir: dir, Run: info})
	must(t, err)
	h, held, err := FindHolder(dir)
	must(t, err)
	if !held || !h.Started.Equal(info.Started) || !h.Alive || h.PID != os.Getpid() || h.RunID != run.ID {
		t.Errorf("%+v, %t", h, held)
	}
	version, err := l.Version(t.Context())
	if err != nil || version != len(migrations()) {
		t.Errorf("version %d, %v", version, err)
	}
	must(t, l.Close())
	nobody()
}

// The note of a process that died stays; its number may be another one's by now.
func TestDeadHolder(t *testing.T) {
	dead := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^$")
	must(t, dead.Run())
	for name, c := range map[string]struct {
		pid     int
		started time.Time
		alive   bool
	}{
		"gone":                     {dead.Process.Pid, time.Now(), false},
		"this process":             {os.Getpid(), time.Now(), true},
		"another since a restart":  {os.Getpid(), time.Now().Add(-24 * time.Hour), false},
		"somebody else's":          {1, time.Now(), true},
		"no process at all":        {0, time.Now(), false},
		"not one but all of a set": {-1, time.Now(), false},
	} {
		dir := t.TempDir()
		note, err := json.Marshal(holder{RunID: "x", PID: c.pid, Started: c.started})
		must(t, err)
		must(t, os.WriteFile(filepath.Join(dir, "lock.json"), note, 0o600))
		h, held, err := FindHolder(dir)
		must(t, err)
		if d := cmp.Diff(Holder{"x", c.pid, c.started.Round(0), c.alive}, h); d != "" || !held {
			t.Errorf("%s: %t %s", name, held, d)
		}
	}
}

func TestHolderNoteCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "lock.json"), []byte("{"), 0o600))
	_, held, err := FindHolder(dir)
	if e := wantType[*StorageError](t, err); held || e.Path != dir {
		t.Errorf("%t, %v", held, e)
	}
}
