package ledger

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"bulkinvite/batch"
)

// A process is killed, and its log is cut or a bit of it flips: the ledger is behind, or it
// has everything that anybody was told of.
func TestLogOfAKilledProcess(t *testing.T) {
	l := begun(t)
	for n := range 30 {
		placed(t, l, n, batch.Sent)
	}
	must(t, l.SkipStranger(t.Context(), "default", email(99), "operator", day))
	told, err := l.Mark(t.Context())
	must(t, err)
	dead := map[string][]byte{} // as SIGKILL leaves it
	for _, name := range []string{FileName, FileName + "-wal", markName} {
		dead[name], err = os.ReadFile(filepath.Join(filepath.Dir(l.Path()), name))
		must(t, err)
	}
	lost := 0
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "sandbox")
		must(t, err)
		log := bytes.Clone(dead[FileName+"-wal"])
		log = log[:rapid.IntRange(0, len(log)).Draw(rt, "length")]
		if len(log) > 0 && rapid.Bool().Draw(rt, "flip") {
			log[rapid.IntRange(0, len(log)-1).Draw(rt, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(rt, "bit")
		}
		must(t, os.WriteFile(filepath.Join(dir, FileName), dead[FileName], 0o600))
		must(t, os.WriteFile(filepath.Join(dir, FileName+"-wal"), log, 0o600))
		must(t, os.WriteFile(filepath.Join(dir, markName), dead[markName], 0o600))
		back, err := Open(t.Context(), Options{Dir: dir, Run: other})
		must(t, err)
		defer back.Close()
		have, err := back.Mark(t.Context())
		must(t, err)
		c := back.Continuity()
		if (c.Behind != "") != (have != told) || !c.Unclean {
			rt.Fatalf("%+v: has %+v, and people were told of %+v", c, have, told)
		}
		if c.Behind != "" {
			lost++
		}
	})
	if lost == 0 {
		t.Error("nothing was ever lost")
	}
}
