package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// place is the files that a run relies on, as they were when it opened them. Where one is
// not at its path any more, somebody has deleted or replaced it: what is written goes
// nowhere, or another run can begin beside this one.
type place struct{ files []fixture }

type fixture struct {
	what, path string
	info       fs.FileInfo
}

// add takes in a file that is there now.
func (p *place) add(what, path string) error {
	info, err := os.Stat(path)
	if err == nil {
		p.files = append(p.files, fixture{what, path, info})
	}
	return err
}

// check is a *[StorageError] where a file is not the one that it was.
func (p *place) check() error {
	for _, f := range p.files {
		switch now, err := os.Stat(f.path); {
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return storage(f.path, err)
		case err != nil || !os.SameFile(f.info, now):
			return &StorageError{Path: f.path, Err: fs.ErrNotExist, Reason: f.what +
				" was deleted or replaced while a run was using it: nothing more is sent; find out what did that before the next run"}
		}
	}
	return nil
}

// lost reports whether the ledger itself is not the one that it was.
func (p *place) lost(path string) bool {
	for _, f := range p.files {
		if f.path == path {
			now, err := os.Stat(path)
			return errors.Is(err, fs.ErrNotExist) || err == nil && !os.SameFile(f.info, now)
		}
	}
	return false
}

// refuseLinks refuses a ledger that goes by more than one name: a run by the other one
// would have another lock.
func refuseLinks(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return storage(path, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return &StorageError{Path: path, Reason: "the ledger is a symbolic link, so that two runs could use it at once; " +
			"put the file itself here, or name its folder with --state"}
	case links(info) > 1:
		return &StorageError{Path: path, Reason: fmt.Sprintf("the ledger has %d names (hard links), so that two runs could use it at once; "+
			"delete the others, or make this one a file of its own: copy it, and rename the copy to its name", links(info))}
	}
	return nil
}
