package reports

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unicode"
)

// latest is the name in the out folder that leads to the last finished run.
const latest = "latest"

// Folder is where one run's files go: OUT/<roster>-<run id>/.
type Folder struct {
	// Signal is the number of the signal that stopped the run, 2 or 15; 0 for
	// none. Set it before Write: it decides the exit code in summary.json.
	Signal int

	out  string // what --out names
	path string
}

// FolderError says why the run's files cannot be written.
type FolderError struct {
	Path string
	Err  error
}

func (e *FolderError) Error() string {
	return fmt.Sprintf("the results cannot be written to %s: %v; choose another folder with --out, or mend this one",
		e.Path, cause(e.Err))
}

func (e *FolderError) Unwrap() error { return e.Err }

// cause strips the path that the operating system repeats in its errors.
func cause(err error) error {
	if errno, ok := errors.AsType[syscall.Errno](err); ok {
		return errno
	}
	return err
}

// Open makes the folder for the run runID over roster ("-" is standard input)
// inside out, which is made too where it is missing, and proves that it can be
// written. The error is a *[FolderError]; nothing of the folder is left then.
func Open(out, roster, runID string) (*Folder, error) {
	f := &Folder{out: out, path: filepath.Join(out, rosterName(roster)+"-"+fileSafe(runID))}
	if err := os.MkdirAll(out, 0o700); err != nil {
		return nil, &FolderError{out, err}
	}
	if info, err := os.Lstat(filepath.Join(out, latest)); err == nil && info.IsDir() {
		return nil, &FolderError{filepath.Join(out, latest), errLatest}
	}
	if err := os.Mkdir(f.path, 0o700); err != nil {
		return nil, &FolderError{f.path, err}
	}
	if err := probe(f.path); err != nil {
		_ = f.Abandon() // the first error is the one to tell
		return nil, &FolderError{f.path, err}
	}
	return f, nil
}

// errLatest is found before the run, not after it.
var errLatest = errors.New("a folder stands where the link to the latest run belongs")

// Path is the folder's path: out as it was given, and the folder's name.
func (f *Folder) Path() string { return f.path }

// Abandon removes the folder when nothing has been written to it, as after a run
// that was held or refused before anything was done.
func (f *Folder) Abandon() error {
	err := os.Remove(f.path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist) { // gone already, or not empty
		return nil
	}
	return err
}

// probe writes a file and removes it again. A page of bytes is written, since a
// full disk still lets an empty file be made.
func probe(dir string) error {
	file, err := os.CreateTemp(dir, ".probe")
	if err != nil {
		return err
	}
	_, err = file.Write(make([]byte, 4096))
	return errors.Join(err, file.Sync(), file.Close(), os.Remove(file.Name()))
}

// rosterName is the roster's file name without folders and extensions.
func rosterName(roster string) string {
	if roster == "-" {
		return "stdin"
	}
	name := strings.TrimSuffix(filepath.Base(roster), ".gz")
	name = fileSafe(strings.TrimSuffix(name, filepath.Ext(name)))
	if name == "" {
		return "roster"
	}
	return name
}

// maxName keeps the folder's name below the 255 bytes that file systems allow.
const maxName = 120

// fileSafe keeps letters, digits, dots, dashes and underscores of name, at most
// maxName bytes; it never starts with a dot or a dash.
func fileSafe(name string) string {
	safe := strings.Map(func(r rune) rune {
		if r != unicode.ReplacementChar && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-", r)) {
			return r
		}
		return '_'
	}, name)
	safe = strings.TrimLeft(safe, ".-")
	if len(safe) > maxName {
		safe = strings.ToValidUTF8(safe[:maxName], "")
	}
	return safe
}
