package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What somebody else could change or put elsewhere is not trusted, nor what lies below
// it or is reached over it.
func TestTrust(t *testing.T) {
	t.Parallel()
	const stranger = 4711
	for _, test := range []struct {
		name  string
		make  func(t *testing.T, dir string) (path string)
		owner bool   // needs root, to give something away
		trial string // of --simulate; "" as want
		want  string // of the error; "" none
	}{
		{name: "ours", make: func(t *testing.T, dir string) string { return mkdir(t, dir, "a", 0o755) }},
		{name: "not there yet", make: func(_ *testing.T, dir string) string { return filepath.Join(dir, "b/c/d") }},
		{name: "writable by the group", make: func(t *testing.T, dir string) string { return mkdir(t, dir, "a", 0o775) }, trial: "a: can be", want: "a: can be written to by other users"},
		{name: "below a folder of all", make: func(t *testing.T, dir string) string { return mkdir(t, mkdir(t, dir, "a", 0o777), "b", 0o700) }, want: "a: can be written to by other users"},
		{name: "below a sticky one", make: func(t *testing.T, dir string) string {
			return mkdir(t, mkdir(t, dir, "a", 0o777|os.ModeSticky), "b", 0o700)
		}},
		{name: "a sticky one itself", make: func(t *testing.T, dir string) string { return mkdir(t, dir, "a", 0o777|os.ModeSticky) }, trial: "a: can", want: "a: can be written"},
		{name: "over a link of ours", make: func(t *testing.T, dir string) string {
			return link(t, mkdir(t, dir, "a", 0o700), filepath.Join(dir, "to"))
		}},
		{name: "over a link to what is open", make: func(t *testing.T, dir string) string {
			return filepath.Join(link(t, mkdir(t, dir, "a", 0o777), filepath.Join(dir, "to")), "b")
		}, want: "a: can be written"},
		{name: "in a circle", make: func(t *testing.T, dir string) string {
			return link(t, filepath.Join(dir, "to"), filepath.Join(dir, "to"))
		}, trial: "too many links", want: "too many links"},
		{name: "another's", owner: true, make: func(t *testing.T, dir string) string { return give(t, mkdir(t, dir, "a", 0o755), stranger) }, trial: "a: belongs", want: "a: belongs to another user (4711)"},
		{name: "below another's", owner: true, make: func(t *testing.T, dir string) string {
			return mkdir(t, give(t, mkdir(t, dir, "a", 0o755), stranger), "b", 0o700)
		}, want: "a: belongs to another user (4711)"},
		{name: "over another's link", owner: true, make: func(t *testing.T, dir string) string {
			return give(t, link(t, mkdir(t, dir, "a", 0o700), filepath.Join(dir, "to")), stranger)
		}, trial: "to: is a link", want: "to: is a link that another user (4711) has made"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.owner && os.Geteuid() != 0 {
				t.Skip("only root can give a file away")
			}
			dir, err := filepath.EvalSymlinks(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			path := test.make(t, dir)
			for trial, want := range map[bool]string{false: test.want, true: test.trial} {
				switch err := trustFolder(path, trial); {
				case want == "" && err != nil:
					t.Errorf("trial %v: %v", trial, err)
				case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
					t.Errorf("trial %v: %v, want %q", trial, err, want)
				}
			}
		})
	}
}

func mkdir(t *testing.T, dir, name string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil { // whatever the umask
		t.Fatal(err)
	}
	return path
}

func link(t *testing.T, to, path string) string {
	t.Helper()
	if err := os.Symlink(to, path); err != nil {
		t.Fatal(err)
	}
	return path
}

func give(t *testing.T, path string, owner int) string {
	t.Helper()
	if err := os.Lchown(path, owner, -1); err != nil {
		t.Fatal(err)
	}
	return path
}
