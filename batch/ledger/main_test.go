package ledger

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// holdDir tells the test binary to hold the ledger in that folder, as another
// process, until its standard input ends.
const holdDir = "LEDGER_TEST_HOLD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(holdDir); dir != "" {
		hold(dir)
	}
	// Each check of a property makes a ledger and syncs it at every step.
	// -rapid.checks on the command line asks for more.
	if err := flag.Set("rapid.checks", "10"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

// hold opens a ledger, begins a run, claims a person and stays.
func hold(dir string) {
	ctx := context.Background()
	l, err := Open(ctx, Options{Dir: dir, Run: other})
	if err == nil {
		err = l.BeginRun(ctx, other, nil)
	}
	if err == nil {
		c := claim(7)
		c.RunID = other.ID
		_, err = l.Claim(ctx, c)
	}
	fmt.Println("held", err)
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

var (
	day   = time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	run   = batch.RunInfo{ID: "0193-run", Started: day, Campaign: "default", Environment: "sandbox"}
	other = batch.RunInfo{ID: "0193-other", Started: day.Add(-time.Hour), Campaign: "default", Environment: "sandbox"}
)

func open(t testing.TB, dir string) *Ledger {
	t.Helper()
	l, err := Open(t.Context(), Options{Dir: dir, Run: run, Now: func() time.Time { return day }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// begun is a new ledger with a run.
func begun(t testing.TB) *Ledger {
	t.Helper()
	l := open(t, filepath.Join(t.TempDir(), "state", "sandbox"))
	must(t, l.BeginRun(t.Context(), run, nil))
	return l
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want(t testing.TB, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Fatalf("error %v, want %v", err, target)
	}
}

func wantType[E error](t testing.TB, err error) E {
	t.Helper()
	e, ok := errors.AsType[E](err)
	if !ok {
		t.Fatalf("error %v, want a %T", err, e)
	}
	return e
}

func digest(n int) csvmap.Digest {
	return csvmap.Recipient{ExternalID: fmt.Sprint(n)}.Body()
}

func email(n int) batch.Alias {
	return batch.Alias{Kind: batch.ByEmail, Value: fmt.Sprintf("person%d@example.com", n)}
}

func employeeIDOf(n int) batch.Alias {
	return batch.Alias{Kind: batch.ByEmployeeID, Value: fmt.Sprint("e", n)}
}

// claim is somebody new, number n.
func claim(n int) batch.Claim {
	return batch.Claim{
		Campaign: "default", RunID: run.ID, Line: n + 2,
		Aliases: []batch.Alias{email(n), employeeIDOf(n)},
		Recipient: csvmap.Recipient{
			EmployeeID: fmt.Sprintf("00E%d", n), FirstName: "Ada", LastName: fmt.Sprint("Example", n),
			Email: email(n).Value, Phone: "+12125550123", ExternalID: "group",
		},
		Name: fmt.Sprint("ada example", n), Row: digest(n), Body: digest(1000 + n), At: day,
	}
}

func invite(n int) batch.InviteRef {
	return batch.InviteRef{
		ID: fmt.Sprint("invite-", n), URL: fmt.Sprint("https://invites.example.com/", n), UserID: fmt.Sprint("user-", n),
		Status: "sent", InvitedAt: day.Add(time.Second),
	}
}

func settled(a batch.Attempt, state batch.State, n int) batch.Settlement {
	s := batch.Settlement{
		AttemptID: a.ID, RunID: run.ID, State: state, By: "send", HTTP: 200, Written: true,
		Started: day.Add(time.Millisecond), Ended: day.Add(time.Second),
	}
	if state == batch.Sent {
		s.Invite = invite(n)
	} else {
		s.Findings = []batch.Finding{{Code: "api", Field: "email", Message: "refused", Owner: batch.HR}}
	}
	return s
}

// person reads somebody by the e-mail of number n.
func person(t testing.TB, l *Ledger, n int) batch.Person {
	t.Helper()
	found, err := l.ByAlias(t.Context(), "default", []batch.Alias{email(n)})
	must(t, err)
	return found[email(n)]
}

// placed is person number n, brought into a state.
func placed(t testing.TB, l *Ledger, n int, state batch.State) batch.Attempt {
	t.Helper()
	a, err := l.Claim(t.Context(), claim(n))
	must(t, err)
	switch state {
	case batch.Sending:
	case batch.Skipped: // no transition leads there yet
		must(t, l.Settle(t.Context(), settled(a, batch.Failed, n)))
		must(t, l.write(t.Context(), func(w *writer) error {
			w.exec(`UPDATE people SET state = 'skipped' WHERE id = ?`, a.PersonID)
			return nil
		}))
	default:
		must(t, l.Settle(t.Context(), settled(a, state, n)))
	}
	return a
}
