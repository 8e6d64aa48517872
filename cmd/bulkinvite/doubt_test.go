package main

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/batch/ledger"
)

// listened is an API whose GETs can be waited for.
func listened(t *testing.T, o argylesim.Options) (a *api, gets *count) {
	t.Helper()
	a, gets = newAPI(t, o), newCount()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.ServeHTTP(w, r)
		if r.Method == http.MethodGet {
			gets.add()
		}
	}))
	t.Cleanup(func() { a.release(); server.Close() })
	a.url = server.URL + "/v2"
	return a, gets
}

// A wrong command line is one line that says what is wrong, before the ledger is
// looked at.
func TestWrongCommandLines(t *testing.T) {
	const needsKey = "needs one KEY: an employee ID, an e-mail address, a phone number, or a handle in quotes such as '#7'; see "
	const exactly = "settle needs exactly one of --sent ID, --resend and --skip; see 'bulkinvite settle --help'"
	for _, test := range []struct {
		line []string
		want string
	}{
		{[]string{"settle", "--resend"}, "settle " + needsKey + "'bulkinvite settle --help'"},
		{[]string{"settle", "71", "72", "--resend"}, "settle " + needsKey},
		{[]string{"skip", " "}, "skip " + needsKey},
		{[]string{"unskip", "a\tb"}, "the KEY is too long, or holds a character that cannot be seen; type it anew"},
		{[]string{"skip", strings.Repeat("7", 300)}, "the KEY is too long"},
		{[]string{"settle", "71"}, exactly},
		{[]string{"settle", "71", "--resend", "--skip"}, exactly},
		{[]string{"settle", "71", "--skip", "--sent", "x"}, exactly},
		{[]string{"settle", "71", "--resend", "--offline"}, "offline goes with --sent only"},
		{[]string{"settle", "71", "--sent", ""}, "sent: must be the ID of an invite"},
		{[]string{"settle", "71", "--sent", "https://invite.example.com/x"}, "sent: must be the ID of an invite, as the Argyle Console shows it, and not its link (from --sent)"},
		{[]string{"unknown", "everybody"}, "unknown takes no arguments"},
		{[]string{"unknown", "--campaign", "a b"}, "campaign: must be"},
		{[]string{"reconcile", "now"}, "reconcile takes no arguments"},
		{[]string{"reconcile", "--absent-after", "soon"}, "absent-after: must be"},
		{[]string{"skip", "71", "--region", "XX", "--simulate", "--state", t.TempDir()}, `region: "XX" is no region`},
		{[]string{"skip", "nobody@nowhere", "--simulate", "--state", t.TempDir()}, "the KEY is neither a valid e-mail address nor a valid phone number; correct it"},
		{[]string{"skip", "#99", "--simulate", "--state", t.TempDir()}, "nobody in campaign default has that handle; 'bulkinvite unknown' lists "},
	} {
		code, stderr := execute(nil, io.Discard, newInterrupt(), test.line...)
		if code != exitUsage || !strings.HasPrefix(stderr, "bulkinvite: "+test.want) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%q: exit code %d, %q", test.line, code, stderr)
		}
	}
}

// While a run holds the ledger, nobody else changes it, and anybody can look.
func TestOneHoldsTheLedger(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{})
	s := newSite(t, a)
	run := s.underWay(a, 1)
	for _, command := range []string{
		"reconcile", "settle 7001 --resend", "settle 7001 --sent x --offline", "settle 7001 --sent x",
		"skip 7001", "skip stranger@example.com", "unskip 7001",
	} {
		c := s.run(exitLocked, strings.Fields("bulkinvite "+command)...)
		if line := c.said(); !strings.HasPrefix(line, "bulkinvite: run ") || !strings.Contains(line, "holds the ledger; wait") || strings.Count(line, "\n") != 1 {
			t.Errorf("%s: %q", command, line)
		}
	}
	c := s.run(exitAttention, "bulkinvite", "unknown")
	if text := c.stdout.String(); !strings.Contains(text, "7001, since ") || !strings.Contains(text, "a run is sending to them at this moment, or was cut off (sending)") {
		t.Error(text)
	}
	c = s.run(exitAttention, "bulkinvite", "unknown", "--json")
	if text := c.stdout.String(); !strings.Contains(text, `"state":"sending",`) || !strings.Contains(text, `"ended":null,`) {
		t.Error(text)
	}
	a.release()
	run.wants(exitOK)
	s.run(exitOK, "bulkinvite", "unknown")
}

// A run that was killed while it sent, and whose invite was created all the same:
// the reconciliation finds it, and says nothing twice.
func TestReconcileFindsWhatAKilledRunSent(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{})
	s := newSite(t, a)
	killWhileSending(s, a)
	c := s.run(exitAttention, "bulkinvite", "unknown")
	if !strings.Contains(c.stdout.String(), "7001, since ") {
		t.Error(c.stdout.String())
	}
	c = s.run(exitOK, "bulkinvite", "reconcile")
	if text := c.stdout.String(); !strings.HasPrefix(text, "1 invite read, nothing sent. Of the people in doubt: 1 with an invite, 0 provably ") {
		t.Error(text)
	}
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	if r := s.rows("out/latest/results.csv")[0]; r["outcome"] != "already_invited" || r["invite_id"] != a.Invites()[0].ID || r["invite_url"] == "" {
		t.Errorf("%v", r)
	}
	if a.Count() != 1 {
		t.Errorf("%d invites", a.Count())
	}
}

// killWhileSending leaves 7001, the only one on the roster, claimed by a run that
// is dead, with an invite at the API.
func killWhileSending(s *site, a *api) {
	s.t.Helper()
	answered := a.left.more(1)
	run := s.underWay(a, 1)
	_ = run.cmd.Process.Kill()
	run.wants(-1)
	a.release()
	<-answered
}

// An operator who knows can settle what a killed run left, without a reconciliation.
func TestSettleWhatAKilledRunLeft(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{})
	s := newSite(t, a)
	killWhileSending(s, a)
	id := a.Invites()[0].ID
	c := s.run(exitOK, "bulkinvite", "settle", "7001", "--sent", id)
	if !strings.HasPrefix(c.stdout.String(), "7001 holds invite "+id+": ") || c.said() != "" {
		t.Errorf("%s%s", &c.stdout, c.said())
	}
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	r := s.rows("out/latest/results.csv")[0]
	if r["outcome"] != "already_invited" || r["invite_id"] != id || r["user_id"] == "" || r["invite_status"] != "sent" || r["invited_at"] == "" || a.Count() != 1 {
		t.Errorf("%d invites, %v", a.Count(), r)
	}
}

// Settle, reconcile and run at the same moment: each does its work or says that
// the ledger is held, and nobody is invited twice.
func TestAllAtTheSameMoment(t *testing.T) {
	t.Parallel()
	const people = 8
	after := argylesim.ErrAfter // in doubt, with an invite
	a := newAPI(t, argylesim.Options{Script: []argylesim.Fault{after, after, after, after}})
	s := newSite(t, a, "BULKINVITE_NO_WAIT=true", "BULKINVITE_CONCURRENCY=1")
	killWhileSending(s, a)
	s.write("roster.csv", staff(people))
	for range 2 {
		all := []*child{
			s.start("bulkinvite", "run", "roster.csv"),
			s.start("bulkinvite", "settle", "7001", "--sent", a.Invites()[0].ID),
			s.start("bulkinvite", "reconcile"),
			s.start("bulkinvite", "skip", "9998"),
			s.start("bulkinvite", "unknown"),
		}
		for _, c := range all {
			<-c.ended
			switch code := c.cmd.ProcessState.ExitCode(); code {
			case exitOK, exitAttention, exitLocked, exitUsage: // usage: settled by somebody else already
			default:
				t.Errorf("%v: exit code %d\n%s", c.cmd.Args, code, c.said())
			}
			if strings.Count(c.said(), "\n") > 1 {
				t.Errorf("%v said %s", c.cmd.Args, c.said())
			}
		}
	}
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	if twice := a.Twice(); len(twice) > 0 || a.Count() != people {
		t.Errorf("%d invites, twice: %v", a.Count(), twice)
	}
	if n := checkNobodyTwice(s, a, people); n != 0 {
		t.Errorf("%d in doubt", n)
	}
}

// Stopped while it waits for the proof, a reconciliation tells what it has done.
func TestReconcileIsStopped(t *testing.T) {
	t.Parallel()
	a, gets := listened(t, argylesim.Options{Script: []argylesim.Fault{argylesim.None, argylesim.ErrBefore}})
	s := newSite(t, a, "BULKINVITE_CONCURRENCY=1")
	s.write("roster.csv", staff(2))
	s.run(exitAttention, "bulkinvite", "run", "--no-wait", "roster.csv")
	asked := gets.more(1)
	c := s.start("bulkinvite", "reconcile")
	<-asked
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	c.wants(exitTerminated)
	if text := c.stdout.String(); !strings.Contains(text, "nothing sent. Of the people in doubt: 0 with an invite, 0 provably without one") {
		t.Errorf("it printed %s", text)
	}
	if c.said() != "bulkinvite: stopped by SIGTERM\n" {
		t.Errorf("it said %s", c.said())
	}
	s.run(exitAttention, "bulkinvite", "unknown")
}

// An API that refuses to list its invites settles nobody, and that is one line.
func TestReconcileIsRefused(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{Script: []argylesim.Fault{argylesim.ErrBefore}})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		a.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	a.url = server.URL + "/v2"
	s := newSite(t, a)
	s.write("roster.csv", staff(1))
	s.run(exitStopped, "bulkinvite", "run", "--no-wait", "roster.csv") // nobody knows whom the account has invited
	s.run(exitAttention, "bulkinvite", "run", "--no-wait", "--account-check", "never", "roster.csv")
	c := s.run(exitStopped, "bulkinvite", "reconcile")
	if line := c.said(); !strings.HasPrefix(line, "bulkinvite: nobody in doubt could be settled: the list of invites could not be read to its end: ") ||
		strings.Count(line, "\n") != 1 || strings.Contains(line, "127.0.0.1") {
		t.Errorf("it said %s", line)
	}
	if !strings.Contains(c.stdout.String(), "0 provably without one, whom the next run may invite, 1 still in doubt.") {
		t.Error(c.stdout.String())
	}
	s.run(exitAttention, "bulkinvite", "unknown")
}

// Decisions that cannot be made are a wrong use; an API that does not answer is
// a reason to stop.
func TestExitCodesOfDecisions(t *testing.T) {
	for err, want := range map[error]int{
		&ledger.WrongStateError{Decision: ledger.DecideSkip, State: batch.Sent}: exitUsage,
		&StoppedError{"the API is away"}:                                        exitStopped,
		errors.Join(&StoppedError{"the API is away"}, nil):                      exitStopped,
	} {
		if got := exitCode(err); got != want {
			t.Errorf("%v: exit code %d, want %d", err, got, want)
		}
	}
}
