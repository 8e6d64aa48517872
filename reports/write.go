package reports

import (
	"iter"
	"path/filepath"

	"github.com/google/renameio/v2"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// The names of the files; the rerun files have theirs from batch.
const (
	resultsFile = "results.csv"
	doubtsFile  = "in_doubt.csv"
	summaryFile = "summary.json"
)

// Write writes the run's files from its results, which it takes once, in roster
// order, and points OUT/latest to the folder. form is the roster's own form, for
// the rerun files.
//
// An error in results ends it with that error and no file is written. A disk
// that cannot be written is a *[FolderError]. When the buckets do not add up the
// error is an *[UnbalancedError]: files and summary are complete all the same.
func (f *Folder) Write(acc batch.Account, results iter.Seq2[batch.Result, error], form csvmap.Format) (Summary, error) {
	set := &fileSet{dir: f.path}
	defer set.discard()
	p, err := startPass(set, acc, form)
	if err != nil {
		return Summary{}, &FolderError{f.path, err}
	}
	for r, err := range results {
		if err != nil {
			return Summary{}, err
		}
		if err := p.take(&r); err != nil {
			return Summary{}, &FolderError{f.path, err}
		}
	}
	s, err := f.finish(p, acc)
	if err != nil {
		return s, &FolderError{f.path, err}
	}
	if err := f.pointLatest(renameio.Symlink); err != nil {
		return s, &FolderError{filepath.Join(f.out, latest), err}
	}
	if !s.balanced() {
		return s, &UnbalancedError{s.Rows, s.counted()}
	}
	return s, nil
}

// finish publishes the rows' files, then the summary that speaks of them.
func (f *Folder) finish(p *pass, acc batch.Account) (Summary, error) {
	files, err := p.finish(acc.Doubts)
	if err != nil {
		return Summary{}, err
	}
	s := summarize(acc, p.tally)
	s.Files, s.Folder = files, f.path
	s.ExitCode = ExitCode(s, f.Signal)
	return s, writeSummary(f.path, s)
}

func writeSummary(dir string, s Summary) error {
	set := &fileSet{dir: dir}
	defer set.discard()
	file, err := set.create(summaryFile)
	if err != nil {
		return err
	}
	if err := s.JSON(file); err != nil {
		return err
	}
	return set.publish()
}

// Summarize is the summary of a run without files: a dry run.
func Summarize(acc batch.Account, results iter.Seq2[batch.Result, error]) (Summary, error) {
	t := newTally()
	for r, err := range results {
		if err != nil {
			return Summary{}, err
		}
		t.add(&r)
	}
	s := summarize(acc, t)
	s.ExitCode = ExitCode(s, 0)
	if !s.balanced() {
		return s, &UnbalancedError{s.Rows, s.counted()}
	}
	return s, nil
}
