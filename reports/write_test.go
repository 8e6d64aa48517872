package reports

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// mixed is a run in which everything happens once.
func mixed() (batch.Account, []batch.Result) {
	sent := row(2, batch.OutcomeSent)
	sent.Invite, sent.Attempts, sent.HTTP = invite(2), 1, 200

	earlier := row(3, batch.OutcomeAlreadyInvited, finding(batch.CodeContactMoved, "email", "invited on 2026-11-01 under another e-mail address", batch.Nobody))
	earlier.Invite, earlier.RunID, earlier.Attempts, earlier.HTTP = invite(3), earlierID, 1, 200

	duplicate := row(4, batch.OutcomeDuplicate, finding(batch.CodeDuplicate, "", "the same person as line 2", batch.Nobody))
	skipped := row(5, batch.OutcomeSkipped, finding(batch.CodeDoNotInvite, "", "an operator said: do not invite", batch.Nobody))

	invalid := row(6, batch.OutcomeInvalid,
		finding(string(csvmap.InvalidEmail), "email", "the e-mail address has no dot in its domain", batch.HR),
		finding(string(csvmap.InvalidPhone), "phone_number", "too few digits for a number in the US", batch.HR))
	invalid.Recipient.Email, invalid.Recipient.Phone = "ada@localhost", "555-01"
	invalid.Raw = raw(invalid.Recipient)

	broken := row(7, batch.OutcomeInvalid, finding(string(csvmap.BadQuote), "", "a quotation mark stands in the middle of a cell", batch.HR))
	broken.Recipient, broken.Raw, broken.Malformed, broken.New = csvmap.Recipient{}, `E007,Ada,Long"field,ada@example.com,`, true, false

	conflict := row(8, batch.OutcomeConflict, finding(batch.CodeContactShared, "email", "the same e-mail address as line 9, but another person", batch.HR))
	rejected := row(9, batch.OutcomeRejected, finding(batch.CodeRejected, "email", "=Enter a valid email address.", batch.HR))
	rejected.Attempts, rejected.HTTP = 2, 400
	failed := row(10, batch.OutcomeFailed, finding(batch.CodeNotSent, "", "no connection could be made; check the network", batch.IT))
	unknown := row(11, batch.OutcomeUnknown, finding("timeout", "", "no answer within 30 s", batch.IT))
	unknown.Attempts = 1
	rest := row(12, batch.OutcomeNotAttempted, finding(batch.CodeNotAttempted, "", "the run was stopped", batch.Nobody))

	rows := []batch.Result{sent, earlier, duplicate, skipped, invalid, broken, conflict, rejected, failed, unknown, rest}
	acc := account(len(rows))
	acc.Stop = batch.Stop{Reason: batch.StopSignal, Message: "The operator stopped the run with Ctrl-C."}
	acc.Doubts = []batch.Doubt{
		{
			Campaign: "default", Key: "E011", Recipient: unknown.Recipient, RunID: runID, Line: 11,
			Claimed: night.Add(time.Second),
			Last: batch.Settlement{
				HTTP: 502, Findings: unknown.Findings, Written: true,
				Started: night.Add(2 * time.Second), Ended: night.Add(32 * time.Second),
			},
		},
		{
			Campaign: "default", Key: "gil@example.org", RunID: earlierID, Line: 77, Claimed: night.Add(-24 * time.Hour),
			Recipient: csvmap.Recipient{FullName: "Gil Ohm", Email: "gil@example.org"},
		},
	}
	return acc, rows
}

func TestWriteMixed(t *testing.T) {
	f := open(t)
	f.Signal = 2
	acc, rows := mixed()
	s, err := f.Write(acc, seq(rows), form())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"failed.csv", "in_doubt.csv", "remaining.csv", "results.csv", "summary.json"}
	if diff := cmp.Diff(want, names(t, f.Path())); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	for _, name := range want {
		if mode := stat(t, filepath.Join(f.Path(), name)).Mode(); mode != 0o600 {
			t.Errorf("%s has mode %v, want 0600", name, mode)
		}
		if name != summaryFile {
			golden(t, "mixed."+name, read(t, f, name))
		}
	}

	again, err := ReadSummary(filepath.Join(f.Path(), summaryFile))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, again, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("summary.json is not the summary (-returned +read):\n%s", diff)
	}
	golden(t, "mixed.summary.json", summaryJSON(t, s))
	golden(t, "mixed.txt", text(t, s))
}

// summaryJSON is the JSON without what differs between machines.
func summaryJSON(t *testing.T, s Summary) string {
	t.Helper()
	if s.Versions.Go != runtime.Version() {
		t.Errorf("the Go version is %q", s.Versions.Go)
	}
	s.Versions.Go, s.Folder = "go1.26", "out/"+filepath.Base(s.Folder)
	var b page
	if err := s.JSON(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriteLeavesOutWhatNobodyNeeds(t *testing.T) {
	f := open(t)
	s, err := f.Write(account(1), seq([]batch.Result{row(2, batch.OutcomeAlreadyInvited)}), form())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"results.csv", "summary.json"}, names(t, f.Path())); diff != "" {
		t.Error(diff)
	}
	if want := (Files{Results: "results.csv", Summary: "summary.json"}); s.Files != want {
		t.Errorf("files are %+v, want %+v", s.Files, want)
	}
	if s.ExitCode != 0 {
		t.Errorf("exit code %d, want 0", s.ExitCode)
	}
}

func TestDryRunLeavesNoRemaining(t *testing.T) {
	f := open(t)
	acc := account(2)
	acc.Run.DryRun = true
	s, err := f.Write(acc, seq([]batch.Result{
		row(2, batch.OutcomeNotAttempted, finding(batch.CodeWouldSend, "", "would be sent", batch.Nobody)),
		row(3, batch.OutcomeInvalid, finding(string(csvmap.MissingName), "", "no name", batch.HR)),
	}), form())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"failed.csv", "results.csv", "summary.json"}, names(t, f.Path())); diff != "" {
		t.Error(diff)
	}
	if s.WouldSend != 1 || len(s.Groups) != 1 {
		t.Errorf("%d would be sent, groups %+v", s.WouldSend, s.Groups)
	}
}

func TestAnErrorMidwayLeavesNoFile(t *testing.T) {
	f := open(t)
	broken := errors.New("the spool cannot be read")
	_, err := f.Write(account(3), func(yield func(batch.Result, error) bool) {
		if yield(row(2, batch.OutcomeFailed), nil) && yield(row(3, batch.OutcomeNotAttempted), nil) {
			yield(batch.Result{}, broken)
		}
	}, form())
	if !errors.Is(err, broken) {
		t.Errorf("error is %v", err)
	}
	if left := names(t, f.Path()); len(left) > 0 {
		t.Errorf("the folder holds %v", left)
	}
	if _, err := os.Lstat(filepath.Join(f.out, "latest")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("latest was made: %v", err)
	}
}

// A file is seen under its name only when it is whole: while rows are coming in,
// nothing is there but temporary names.
func TestNothingIsThereBeforeTheEnd(t *testing.T) {
	f := open(t)
	_, err := f.Write(account(2), func(yield func(batch.Result, error) bool) {
		for line := 2; line < 4; line++ {
			if !yield(row(line, batch.OutcomeFailed), nil) {
				return
			}
			for _, name := range names(t, f.Path()) {
				if name[0] != '.' {
					t.Errorf("%s is there before the last row", name)
				}
			}
		}
	}, form())
	if err != nil {
		t.Fatal(err)
	}
}

func TestAFolderThatIsGoneIsAFolderError(t *testing.T) {
	f := open(t)
	if err := os.Remove(f.Path()); err != nil {
		t.Fatal(err)
	}
	_, err := f.Write(account(0), seq(nil), form())
	if _, ok := errors.AsType[*FolderError](err); !ok || !errors.Is(err, syscall.ENOENT) {
		t.Errorf("error is %v", err)
	}
}

func TestUnbalanced(t *testing.T) {
	for name, rows := range map[string][]batch.Result{
		"a row too few":      {row(2, batch.OutcomeSent)},
		"no such outcome":    {row(2, batch.OutcomeSent), row(3, "vanished")},
		"one row twice more": {row(2, batch.OutcomeSent), row(2, batch.OutcomeSent), row(3, batch.OutcomeSent)},
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t)
			s, err := f.Write(account(2), seq(rows), form())
			unbalanced, ok := errors.AsType[*UnbalancedError](err)
			if !ok {
				t.Fatalf("error is %v", err)
			}
			if unbalanced.Rows != 2 || unbalanced.Buckets == 2 {
				t.Errorf("error is %+v", *unbalanced)
			}
			if s.ExitCode != 1 {
				t.Errorf("exit code %d, want 1", s.ExitCode)
			}
			if diff := cmp.Diff([]string{"results.csv", "summary.json"}, names(t, f.Path())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadSummaryRefusesWhatItCannotRead(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"newer.json": `{"schema": 2}`, "none.json": `rows`} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadSummary(path); err == nil {
			t.Errorf("%s was read", name)
		}
	}
	if _, err := ReadSummary(filepath.Join(dir, "missing.json")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing summary gave %v", err)
	}
}
