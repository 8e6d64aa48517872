package reports_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bulkinvite/reports"
)

func TestSweep(t *testing.T) {
	const dead, alive = "0199-dead", "0199-alive"
	out := t.TempDir()
	for _, name := range []string{
		"roster-" + dead + "/.probe123", "roster-" + dead + "/.plan-9", "roster-" + dead + "/.summary.json5",
		"roster-" + dead + "/.results.csv77", "roster-" + dead + "/.results.csv.swp", "roster-" + dead + "/notes.txt",
		"roster-" + dead + "/.failed.csv", "other-" + dead + "/.failed.csv8",
		"roster-" + alive + "/.probe123", ".probe123", "file-" + dead,
	} {
		path := filepath.Join(out, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := reports.Sweep(out, dead); err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, pattern := range []string{"*", "*/*"} {
		found, err := filepath.Glob(filepath.Join(out, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			name, _ := filepath.Rel(out, path) // both begin with out
			left = append(left, name)
		}
	}
	want := []string{
		".probe123", "file-" + dead, "roster-" + alive, "roster-" + dead,
		"roster-" + alive + "/.probe123",
		"roster-" + dead + "/.failed.csv", "roster-" + dead + "/.results.csv.swp", "roster-" + dead + "/notes.txt",
	}
	if !slices.Equal(left, want) {
		t.Errorf("left\n%q, want\n%q", left, want)
	}
	if err := reports.Sweep(filepath.Join(out, "none"), dead); err != nil {
		t.Error(err)
	}
}
