package main

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts run the real program as a process of its own.
//
// Most tests wait for processes, and those for each other: more of them at once
// than there are processors.
func TestMain(m *testing.M) {
	if err := flag.Set("test.parallel", "6"); err != nil {
		panic(err)
	}
	testscript.Main(m, map[string]func(){"bulkinvite": main})
}

// promptExit tells the race detector, in GORACE, not to wait a second for late
// races at the end of each of the hundreds of processes.
const promptExit = "atexit_sleep_ms=0"

// concurrent are the scripts in which a program sends, settles and reports: under
// the race detector they have it in the program, too. It makes every start ten times
// slower, so that the other scripts, which look at words and files, use the program
// as it is released.
var concurrent = []string{"run", "rerun", "answers", "reconcile", "adopt", "shared", "selftest"}

// TestScripts runs the scripts in testdata, each in an empty folder with an empty
// home. Beside testscript's own commands they have those of scriptCommands.
func TestScripts(t *testing.T) {
	t.Parallel()
	plain := ""
	if raceDetector() {
		plain = filepath.Dir(build(t)) + string(filepath.ListSeparator)
	}
	binary, err := os.Executable() // a file that is certainly no roster
	if err != nil {
		t.Fatal(err)
	}
	samples, err := filepath.Abs(filepath.Join("..", "..", "samples"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                scriptCommands,
		Setup: func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, "home")
			env.Setenv("HOME", home)
			env.Setenv("GORACE", promptExit)
			if !slices.Contains(concurrent, strings.TrimPrefix(filepath.Base(env.WorkDir), "script-")) {
				env.Setenv("PATH", plain+env.Getenv("PATH"))
			}
			env.Setenv("BINARY", binary)
			env.Setenv("SAMPLES", samples)
			env.Setenv("CASES", filepath.Join(filepath.Dir(samples), "csvmap", "testdata", "cases"))
			env.Values[processesKey{}] = processes{}
			return os.Mkdir(home, 0o700)
		},
	})
}
