package reports

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOpenMakesAPrivateEmptyFolder(t *testing.T) {
	out := filepath.Join(t.TempDir(), "deep", "out")
	f, err := Open(out, "exports/employees.csv", runID)
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(out, "employees-"+runID); f.Path() != want {
		t.Errorf("path is %s, want %s", f.Path(), want)
	}
	for _, dir := range []string{out, f.Path()} {
		if mode := stat(t, dir).Mode(); mode.Perm() != 0o700 {
			t.Errorf("%s has mode %v, want 0700", dir, mode)
		}
	}
	if left := names(t, f.Path()); len(left) > 0 {
		t.Errorf("the new folder holds %v", left)
	}
}

func stat(t *testing.T, path string) os.FileInfo {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func TestRosterNamesAreMadeFileSafe(t *testing.T) {
	for roster, want := range map[string]string{
		"-":                           "stdin",
		"employees.csv":               "employees",
		"/srv/hr/List 2026.xlsx":      "List_2026",
		"roster.csv.gz":               "roster",
		"Übersicht.csv":               "Übersicht",
		"noextension":                 "noextension",
		".csv":                        "roster",
		"..":                          "roster",
		"/":                           "_",
		"-rf *;$(x).csv":              "rf_____x_",
		"bad\xffbytes.csv":            "bad_bytes",
		strings.Repeat("é", 100):      strings.Repeat("é", 60),
		"a" + strings.Repeat("é", 99): "a" + strings.Repeat("é", 59),
	} {
		if got := rosterName(roster); got != want {
			t.Errorf("rosterName(%q) = %q, want %q", roster, got, want)
		}
	}
}

func TestOpenFindsTrouble(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(file, "r.csv", runID)
	if !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("a file as the out folder gave %v", err)
	}
	want := "the results cannot be written to " + file + ": not a directory; choose another folder with --out, or mend this one"
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Error(diff)
	}
	if _, ok := errors.AsType[*FolderError](err); !ok {
		t.Errorf("%T is not a *FolderError", err)
	}

	if _, err := Open(dir, "r.csv", runID); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, "r.csv", runID); !errors.Is(err, os.ErrExist) {
		t.Errorf("a second folder for the same run gave %v", err)
	}
}

func TestOpenRefusesAReadOnlyOut(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	out := t.TempDir()
	if err := os.Chmod(out, 0o500); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(out, "r.csv", runID); !errors.Is(err, os.ErrPermission) {
		t.Errorf("a read-only out folder gave %v", err)
	}
}

func TestAbandonRemovesOnlyAnEmptyFolder(t *testing.T) {
	f := open(t)
	kept := filepath.Join(f.Path(), "note.txt")
	if err := os.WriteFile(kept, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Abandon(); err != nil {
		t.Fatal(err)
	}
	stat(t, kept)

	if err := os.Remove(kept); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing left, which is fine
		if err := f.Abandon(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(f.Path()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
}

func TestLatestIsARelativeLinkThatMoves(t *testing.T) {
	out := t.TempDir()
	for _, id := range []string{earlierID, runID} {
		f, err := Open(out, "employees.csv", id)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(account(0), seq(nil), form()); err != nil {
			t.Fatal(err)
		}
		target, err := os.Readlink(filepath.Join(out, "latest"))
		if err != nil {
			t.Fatal(err)
		}
		if want := "employees-" + id; target != want {
			t.Errorf("latest leads to %s, want %s", target, want)
		}
	}
	want := []string{"employees-" + earlierID, "employees-" + runID, "latest"}
	if diff := cmp.Diff(want, names(t, out)); diff != "" {
		t.Error(diff)
	}
}

func TestLatestIsATextFileWhereThereAreNoLinks(t *testing.T) {
	f := open(t)
	if err := f.pointLatest(func(string, string) error { return syscall.EPERM }); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(f.out, "latest"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "employees-" + runID + "\n"; string(got) != want {
		t.Errorf("latest holds %q, want %q", got, want)
	}
}

func TestLatestNeverReplacesAFolder(t *testing.T) {
	f := open(t)
	name := filepath.Join(f.out, "latest")
	if err := os.Mkdir(name, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := f.Write(account(0), seq(nil), form())
	if e, ok := errors.AsType[*FolderError](err); !ok || e.Path != name {
		t.Errorf("error is %v", err)
	}
	stat(t, filepath.Join(f.Path(), "results.csv"))
}
