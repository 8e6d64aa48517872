package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/batch/ledger"
)

// proof is what a trial has shown, as a sentence.
type proof struct {
	health health
	text   string
}

func proved(format string, args ...any) proof { return proof{healthy, fmt.Sprintf(format, args...)} }

func refuted(format string, args ...any) proof { return proof{broken, fmt.Sprintf(format, args...)} }

// proofs counts what the trial has left. failure is why it did not come to its
// end; nil when it did.
func (b *bench) proofs(ctx context.Context, failure error) []proof {
	var all []proof
	if failure != nil {
		all = append(all, refuted("the runs did not come to their end: %v", failure))
	}
	return append(all, b.nobodyTwice(), b.nobodyLost(), b.ledgerSurvived(ctx), b.durable())
}

func (b *bench) nobodyTwice() proof {
	held := b.api.Count()
	what := fmt.Sprintf("%s, %s, %s, %s at the simulator",
		peopleOf(b.people), plural(b.killed, "kill"), plural(b.api.faults, "fault"), plural(held, "invite"))
	if twice := b.api.Twice(); len(twice) > 0 || held > b.people {
		return refuted("%s invited twice: %s", peopleOf(len(twice)), what)
	}
	return proved("nobody was invited twice: %s", what)
}

// nobodyLost compares the results with what the API holds.
func (b *bench) nobodyLost() proof {
	held := map[string]argylesim.Invite{}
	for _, v := range b.api.Invites() {
		held[v.ID] = v
	}
	rows, err := b.results()
	if err != nil {
		return refuted("there are no results: %v", err)
	}
	right := 0
	for _, r := range rows {
		if v := held[r.invite]; r.email != "" && v.Email == r.email {
			right++
			delete(held, r.invite)
		}
	}
	if right != b.people || len(rows) != b.people {
		return refuted("people were lost: %d of %d rows of the results have an invite that exists", right, b.people)
	}
	return proved("nobody was lost: every row of the results has the ID of an invite that exists and is theirs")
}

// result is a row of results.csv.
type result struct{ email, invite string }

func (b *bench) results() ([]result, error) {
	file, err := os.Open(filepath.Join(b.dir, "out", "latest", "results.csv"))
	if err != nil {
		return nil, bare(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	records, err := csv.NewReader(file).ReadAll()
	if err != nil || len(records) == 0 {
		return nil, errors.Join(err, errors.New("the file is empty"))
	}
	email, invite := slices.Index(records[0], "email"), slices.Index(records[0], "invite_id")
	if email < 0 || invite < 0 {
		return nil, errors.New("the file has not the columns that it should have")
	}
	var all []result
	for _, r := range records[1:] {
		all = append(all, result{r[email], r[invite]})
	}
	return all, nil
}

func (b *bench) ledgerSurvived(ctx context.Context) proof {
	found, err := filepath.Glob(filepath.Join(b.dir, "state", "*", "ledger.db"))
	if err != nil || len(found) != 1 {
		return refuted("there is no ledger")
	}
	l, err := ledger.Open(ctx, ledger.Options{Dir: filepath.Dir(found[0]), ReadOnly: true})
	if err != nil {
		return refuted("the ledger did not survive: %v", err)
	}
	defer func() { _ = l.Close() }() // it was only read
	people, err := l.People(ctx, "default")
	doubts, err2 := l.Doubts(ctx, "")
	died, err3 := l.Unfinished(ctx)
	if err := errors.Join(err, err2, err3); err != nil {
		return refuted("the ledger did not survive: %v", err)
	}
	if people != b.people || len(doubts) > 0 || len(died) > 0 {
		return refuted("the ledger does not tell the truth: it knows %s of %d, has %d in doubt and %d runs without an end", peopleOf(people), b.people, len(doubts), len(died))
	}
	return proved("the ledger survived %s: undamaged, knows %s, has nobody in doubt, and each run has its end in it",
		plural(b.killed, "kill"), peopleOf(people))
}

// syncs is how often the disk is measured.
const syncs = 21

// quickest is below what any disk takes to write something for good.
const quickest = 20 * time.Microsecond

// durable measures how long the disk takes to write something for good.
func (b *bench) durable() proof {
	took, err := measureSync(b.dir)
	if err != nil {
		return refuted("the disk cannot be measured: %v", bare(err))
	}
	ms := float64(took.Microseconds()) / 1000
	if took < quickest {
		return proof{unwell, fmt.Sprintf("the disk says after %.3f ms that it has written something for good, which no disk can: a power cut may lose what it says it has", ms)}
	}
	return proved("durable: the ledger's disk takes %.1f ms to write something for good (fsync, median of %d)", ms, syncs)
}

// measureSync is the median time of an fsync after a page was written.
func measureSync(dir string) (time.Duration, error) {
	file, err := os.CreateTemp(dir, "sync")
	if err != nil {
		return 0, err
	}
	defer func() { _, _ = file.Close(), os.Remove(file.Name()) }() // its contents are of no use
	var times []time.Duration
	for range syncs {
		if _, err := file.Write(make([]byte, 4096)); err != nil {
			return 0, err
		}
		began := time.Now()
		if err := file.Sync(); err != nil {
			return 0, err
		}
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	return times[len(times)/2], nil
}
