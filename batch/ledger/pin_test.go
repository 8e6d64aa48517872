package ledger

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// modernc.org/sqlite is only right with the very modernc.org/libc that its own
// go.mod names. Both are read from the module cache; nothing is fetched.
func TestLibcIsTheOneThatSQLiteNames(t *testing.T) {
	list := func(format, module string) string {
		cmd := exec.Command("go", "list", "-m", "-f", format, module)
		cmd.Env = append(os.Environ(), "GOPROXY=off")
		text, err := cmd.Output()
		if err != nil {
			t.Skipf("no go command or module cache here: %v", err)
		}
		return strings.TrimSpace(string(text))
	}
	text, err := os.ReadFile(list("{{.GoMod}}", "modernc.org/sqlite"))
	must(t, err)
	named := regexp.MustCompile(`(?m)^\s*(?:require )?modernc\.org/libc (\S+)`).FindSubmatch(text)
	if named == nil {
		t.Fatal("modernc.org/sqlite names no libc any more")
	}
	if have := list("{{.Version}}", "modernc.org/libc"); have != string(named[1]) {
		t.Errorf("go.mod has modernc.org/libc %s, and modernc.org/sqlite wants %s", have, named[1])
	}
}
