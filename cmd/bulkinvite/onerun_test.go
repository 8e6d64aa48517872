package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// A setting of one run can be typed only, whatever the other layers say of it.
func TestSettingsOfOneRun(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	new(Settings).flags().VisitAll(func(f *pflag.Flag) {
		if !isOneRun(f) {
			return
		}
		told++
		if !strings.Contains(string(readme), "| `--"+f.Name+"` | flag only |") {
			t.Errorf("the README does not say that --%s is a flag only", f.Name)
		}
		if !strings.Contains(rootLong(), " --"+f.Name) {
			t.Errorf("the help does not list --%s", f.Name)
		}
		want := f.Name + ": an answer to one run; as a setting it would answer every night: give --" + f.Name + " on the command line (from "
		for _, text := range []string{"true", "false"} {
			_, inFile := load(t, strings.ReplaceAll(f.Name, "-", "_")+": "+text+"\n", nil, "--"+f.Name)
			_, inEnvironment := load(t, "", map[string]string{variable(f.Name): text}, "--"+f.Name)
			for _, err := range []error{inFile, inEnvironment} {
				if exitCode(err) != exitUsage || !strings.HasPrefix(err.Error(), want) {
					t.Errorf("%v, want %s", err, want)
				}
			}
		}
		if s, err := load(t, "", map[string]string{variable(f.Name): ""}, "--"+f.Name); err != nil || s.given[f.Name].Source != FromFlag {
			t.Errorf("--%s: %v", f.Name, err)
		}
	})
	if told < 5 {
		t.Errorf("%d settings of one run", told)
	}
}
