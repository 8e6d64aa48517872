package reports

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// leftover is the name of a file in the making: a probe, the plan, and the run's
// files before they get their real names.
var leftover = regexp.MustCompile(`^\.(probe|plan-|(results|failed|remaining|in_doubt)\.csv|summary\.json)[0-9]+$`)

// Sweep removes what the run runID left half made in out, and its folder when
// nothing else is in it. The run must be dead. Files of other names stay, and so
// does whatever lies elsewhere.
func Sweep(out, runID string) error {
	entries, err := os.ReadDir(out)
	if err != nil {
		return ignore(err, fs.ErrNotExist)
	}
	var failed error
	for _, e := range entries {
		if e.IsDir() && strings.HasSuffix(e.Name(), "-"+fileSafe(runID)) {
			failed = errors.Join(failed, sweepFolder(filepath.Join(out, e.Name())))
		}
	}
	return failed
}

func sweepFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Type().IsRegular() && leftover.MatchString(e.Name()) {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return (&Folder{path: dir}).Abandon()
}

func ignore(err, harmless error) error {
	if errors.Is(err, harmless) {
		return nil
	}
	return err
}
