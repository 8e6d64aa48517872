package reports

import (
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with testdata/name, word for word.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

const (
	runID     = "01999999-0000-7000-8000-000000000002"
	earlierID = "01999999-0000-7000-8000-000000000001"
)

var night = time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)

// account is a run over a roster of rows rows that ended without trouble.
func account(rows int) batch.Account {
	return batch.Account{
		Run: batch.RunInfo{
			ID: runID, Started: night, Roster: "exports/employees.csv", Campaign: "default",
			Environment: "sandbox", APIURL: "https://api-sandbox.argyle.com/v2", Channel: csvmap.ByBoth, Version: "1.2.3",
		},
		Ended:        night.Add(75 * time.Second),
		Rows:         rows,
		RosterSHA256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		Posts:        5, Rate: 10,
		Planning: 1200 * time.Millisecond, Sending: 2 * time.Second,
		People: 1234, Ledger: "/var/lib/bulkinvite/sandbox/ledger.db",
		LedgerMark: batch.LedgerMark{Epoch: "5f0c1e", Attempts: 1200, Settlements: 1199, Decisions: 3, Aliases: 3000}, Checking: 40 * time.Millisecond,
	}
}

// person is a made-up recipient.
func person(n int) csvmap.Recipient {
	return csvmap.Recipient{
		EmployeeID: fmt.Sprintf("E%03d", n), FirstName: "Ada", LastName: fmt.Sprintf("Longfield %d", n),
		Email: fmt.Sprintf("ada%d@example.com", n), Phone: fmt.Sprintf("+121255501%02d", n%100),
	}
}

func invite(n int) batch.InviteRef {
	return batch.InviteRef{
		ID: fmt.Sprintf("inv-%d", n), URL: fmt.Sprintf("https://invite.example.com/%d", n),
		UserID: fmt.Sprintf("user-%d", n), Status: "sent", InvitedAt: night.Add(time.Duration(n) * 1500 * time.Millisecond),
	}
}

// raw is the roster's own text of a person's row.
func raw(r csvmap.Recipient) string {
	return r.EmployeeID + "," + r.FirstName + "," + r.LastName + "," + r.Email + "," + r.Phone
}

func row(line int, o batch.Outcome, findings ...batch.Finding) batch.Result {
	r := person(line)
	return batch.Result{Line: line, Outcome: o, Recipient: r, Findings: findings, RunID: runID, Raw: raw(r), New: true}
}

func finding(code, field, message string, owner batch.Owner) batch.Finding {
	return batch.Finding{Code: code, Field: field, Message: message, Owner: owner}
}

// seq turns rows into what the engine hands over.
func seq(rows []batch.Result) iter.Seq2[batch.Result, error] {
	return func(yield func(batch.Result, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// form is the form of a roster whose rows are those of raw.
func form() csvmap.Format {
	return csvmap.Format{Header: "Employee #,First Name,Last Name,Email,Cell", Delimiter: ',', Newline: "\r\n", Columns: 5}
}

// open makes the run's folder inside a temporary out folder.
func open(t testing.TB) *Folder {
	t.Helper()
	f, err := Open(filepath.Join(t.TempDir(), "out"), "exports/employees.csv", runID)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func read(t *testing.T, f *Folder, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(f.Path(), name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// names lists what is in a folder.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}
