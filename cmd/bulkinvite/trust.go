package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"bulkinvite/reports"
)

// The machine is shared. A folder or a file is trusted when nobody but its owner and
// root can put another one in its place, or write to it, as ssh judges its own: each
// part of its path is ours or root's, and group and others cannot write to it. A folder
// that only lets people remove what is theirs (sticky, as /tmp is) may stand above it.

// TrustError says why a path is not used, and what to do.
type TrustError struct {
	Path   string // the part that is not trusted
	Reason string
}

func (e *TrustError) Error() string { return e.Path + ": " + e.Reason }

// bareTrust is why the file at path is not trusted, for whoever names it already.
func bareTrust(path string, err error) error {
	t, ok := errors.AsType[*TrustError](err)
	if abs, _ := filepath.Abs(path); ok && t.Path == abs {
		return errors.New(t.Reason)
	}
	return bare(err)
}

// maxLinks bounds a path that leads over links.
const maxLinks = 40

// trustFolder refuses a folder that is not ours alone. What is missing will be ours.
// A trial keeps nothing that matters: there only the folder itself counts.
func trustFolder(path string, trial bool) error {
	t := trust{last: func(p string, info fs.FileInfo) error { return ours(p, info, true) }}
	if trial {
		t.above = func(string, fs.FileInfo) error { return nil }
	}
	return t.walk(path)
}

// trustFile refuses a file whose text somebody else could have written.
func trustFile(path string) error {
	return trust{last: func(p string, info fs.FileInfo) error { return ours(p, info, true) }}.walk(path)
}

// trust judges the parts of a path: folders and links above, and the last one. A nil
// above is the usual judgement.
type trust struct {
	above, last func(path string, info fs.FileInfo) error
}

func (t trust) walk(path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	if t.above == nil {
		t.above = func(p string, info fs.FileInfo) error { return ours(p, info, info.Mode()&fs.ModeSticky == 0) }
	}
	at, rest := string(filepath.Separator), parts(path)
	for links := 0; ; {
		info, err := os.Lstat(at)
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR): // whoever uses it will say so
			return nil
		case err != nil:
			return err
		case info.Mode()&fs.ModeSymlink != 0:
			if links++; links > maxLinks {
				return &TrustError{at, "leads over too many links"}
			}
			if err := ourLink(at, info); err != nil {
				return err
			}
			to, err := os.Readlink(at)
			if err != nil {
				return err
			}
			if !filepath.IsAbs(to) {
				to = filepath.Join(filepath.Dir(at), to)
			}
			at, rest = string(filepath.Separator), append(parts(to), rest...)
			continue
		case len(rest) == 0:
			return t.last(at, info)
		default:
			if err := t.above(at, info); err != nil {
				return err
			}
		}
		at, rest = filepath.Join(at, rest[0]), rest[1:]
	}
}

func parts(path string) []string {
	return strings.FieldsFunc(filepath.Clean(path), func(r rune) bool { return r == filepath.Separator })
}

// ours refuses what another user owns and, where writable counts, what group or others
// can write to.
func ours(path string, info fs.FileInfo, writable bool) error {
	if owner, known := ownerOf(info); known && owner != 0 && owner != os.Geteuid() {
		return &TrustError{path, fmt.Sprintf("belongs to another user (%d), who could change what is in it: use a place of your own", owner)}
	}
	if writable && info.Mode().Perm()&0o022 != 0 {
		return &TrustError{path, "can be written to by other users, who could change what is in it: type 'chmod go-w " + reports.ShellWord(path) + "'"}
	}
	return nil
}

func ourLink(path string, info fs.FileInfo) error {
	if owner, known := ownerOf(info); known && owner != 0 && owner != os.Geteuid() {
		return &TrustError{path, fmt.Sprintf("is a link that another user (%d) has made: name the place itself", owner)}
	}
	return nil
}
