package reports

import (
	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// pass is the one pass over the results: each row goes to results.csv, to the
// counts, and to its rerun file where it has one.
type pass struct {
	set       *fileSet
	tally     *tally
	results   *resultWriter
	failed    *rerunWriter
	remaining *rerunWriter
	dryRun    bool
}

func startPass(set *fileSet, acc batch.Account, form csvmap.Format) (*pass, error) {
	file, err := set.create(resultsFile)
	if err != nil {
		return nil, err
	}
	results, err := newResultWriter(file)
	if err != nil {
		return nil, err
	}
	answers := form
	answers.Answers = true
	return &pass{
		set:       set,
		tally:     newTally(),
		results:   results,
		failed:    &rerunWriter{set: set, name: string(batch.FailedFile), run: acc.Run.ID, form: answers},
		remaining: &rerunWriter{set: set, name: string(batch.RemainingFile), run: acc.Run.ID, form: form},
		dryRun:    acc.Run.DryRun,
	}, nil
}

func (p *pass) take(r *batch.Result) error {
	p.tally.add(r)
	found := join(r.Findings)
	if err := p.results.write(r, found); err != nil {
		return err
	}
	switch r.Outcome.Rerun() {
	case batch.FailedFile:
		return p.failed.write(r, found)
	case batch.RemainingFile:
		if !p.dryRun { // a dry run attempts nothing: the roster itself remains
			return p.remaining.write(r, found)
		}
	}
	return nil
}

// finish publishes the files and says which there are. The summary is not
// written yet, but named.
func (p *pass) finish(doubts []batch.Doubt) (Files, error) {
	files := Files{Results: resultsFile, Failed: p.failed.used(), Remaining: p.remaining.used(), Summary: summaryFile}
	for _, flush := range []func() error{p.failed.flush, p.remaining.flush} {
		if err := flush(); err != nil {
			return files, err
		}
	}
	if len(doubts) > 0 {
		file, err := p.set.create(doubtsFile)
		if err != nil {
			return files, err
		}
		if err := writeDoubts(file, doubts); err != nil {
			return files, err
		}
		files.InDoubt = doubtsFile
	}
	return files, p.set.publish()
}
