package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// behindWords is what a run says that is held because its ledger is behind.
var behindWords = regexp.MustCompile(`does not know (run \S+|\d+ [a-z ]+), which came after it: it is an old copy, or has lost what was written last, and people could be invited twice; put back the latest ledger`)

// wantHeld wants a run to be held because its ledger is behind, and again, and nobody to
// be invited; with --fresh it goes on.
func (s *site) wantHeld(a *api) {
	s.t.Helper()
	before := a.Count()
	for range 2 {
		c := s.run(exitHeld, "bulkinvite", "run", "--no-wait", "roster.csv")
		if text := strings.Join(strings.Fields(c.stdout.String()), " "); !behindWords.MatchString(text) || a.Count() != before {
			s.t.Fatalf("%d invites after %d\n%s", a.Count(), before, text)
		}
	}
}

// folder is where the site's ledger is.
func (s *site) folder() string { return filepath.Dir(s.ledger()) }

// A copy that was made in the middle of a run, put back after it.
func TestCopyOfTheMiddleOfARun(t *testing.T) {
	t.Parallel()
	const people = 100
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := newSite(t, a)
	s.write("roster.csv", staff(1))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	run := s.underWay(a, people)
	s.run(exitOK, "bulkinvite", "backup", "middle.db")
	a.release()
	run.wants(exitOK)

	rewrite(t, s.ledger(), fileText(t, s.path("middle.db")))
	s.write("roster.csv", staff(people+1))
	s.wantHeld(a)
	// The copy knows who was on their way, not who came next: that is what the operator is told.
	if c := s.run(exitError, "bulkinvite", "doctor"); !strings.Contains(c.stdout.String(), "\nFAIL  ledger ") {
		t.Error(&c.stdout)
	}
}

// killed leaves a ledger of a first night of 20 people, and of a run over 300 that was
// killed in its middle.
func killed(t *testing.T) (*api, *site) {
	t.Helper()
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := newSite(t, a, "BULKINVITE_CONCURRENCY=4")
	s.write("roster.csv", staff(20))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	s.write("roster.csv", staff(300))
	enough := a.left.more(80)
	c := s.start("bulkinvite", "run", "roster.csv")
	c.killAt(enough)
	c.wants(-1)
	return a, s
}

// The log of a run that was killed is gone, or a part of it, or one bit of it: the run is
// held where anything was lost, and whatever comes of it, nobody is invited twice.
func TestLogThatIsLost(t *testing.T) {
	t.Parallel()
	a, s := killed(t)
	folder := s.folder()
	whole := map[string][]byte{}
	for _, name := range s.entries(strings.TrimPrefix(folder, s.dir+"/")) {
		whole[name] = fileText(t, filepath.Join(folder, name))
	}
	const wal = "ledger.db-wal"
	random := chance(t)
	held, before := 0, a.Count()
	for i := range 14 {
		for name, text := range whole {
			rewrite(t, filepath.Join(folder, name), text)
		}
		if err := os.Remove(filepath.Join(folder, "ledger.db-shm")); err != nil {
			t.Fatal(err)
		}
		log := bytes.Clone(whole[wal])
		switch at := random.IntN(len(log)); {
		case i == 0:
			log = nil
		case i%2 == 0:
			log = log[:at]
		default:
			log[at] ^= 1 << random.IntN(8)
		}
		rewrite(t, filepath.Join(folder, wal), log)

		c := s.start("bulkinvite", "run", "--no-wait", "roster.csv")
		<-c.ended
		switch code := c.cmd.ProcessState.ExitCode(); {
		case code == exitHeld && behindWords.MatchString(strings.Join(strings.Fields(c.stdout.String()), " ")) && a.Count() == before:
			held++
		case code == exitOK || code == exitAttention: // nothing of the claims was lost
			if twice := a.Twice(); len(twice) > 0 {
				t.Fatalf("invited twice: %v", twice)
			}
			return // from here on the copy is too old
		default:
			t.Fatalf("exit code %d, %d invites after %d\n%s%s", code, a.Count(), before, &c.stdout, &c.stderr)
		}
	}
	t.Logf("%d of 14 were held", held)
}

// Nothing is lost of a run that is only killed.
func TestKilledRunIsNotBehind(t *testing.T) {
	t.Parallel()
	a, s := killed(t)
	s.run(exitOK, "bulkinvite", "run", "--absent-after", "1s", "roster.csv")
	if checkNobodyTwice(s, a, 300) > 0 || a.Count() != 300 {
		t.Errorf("%d invites", a.Count())
	}
}

// wantCompared wants a run to be held because the account has invites for so many that the
// ledger does not know, and everybody to be invited once when these were adopted.
func (s *site) wantCompared(a *api, forgotten, people int) {
	s.t.Helper()
	before := a.Count()
	s.write("roster.csv", staff(people))
	text := strings.Join(strings.Fields(s.run(exitHeld, "bulkinvite", "run", "--no-wait", "roster.csv").stdout.String()), " ")
	if !strings.Contains(text, fmt.Sprintf("The account has invites already for %d of the ", forgotten)) || a.Count() != before {
		s.t.Fatalf("%d invites after %d\n%s", a.Count(), before, text)
	}
	s.run(exitOK, "bulkinvite", "adopt")
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	if checkNobodyTwice(s, a, people) > 0 || a.Count() != people {
		s.t.Errorf("%d invites for %d people", a.Count(), people)
	}
	if c := s.run(exitOK, "bulkinvite", "doctor"); strings.Contains(c.stdout.String(), "warn") {
		s.t.Error(&c.stdout)
	}
}

// Of a run that was killed only the database survives, with nothing beside it: that is
// not proved to be the latest one, and the account tells whom it has forgotten.
func TestOnlyTheDatabaseSurvives(t *testing.T) {
	t.Parallel()
	a, s := killed(t)
	for _, name := range []string{"ledger.db-wal", "ledger.db-shm", "mark", "lock", "lock.json"} {
		if err := os.Remove(filepath.Join(s.folder(), name)); err != nil {
			t.Fatal(err)
		}
	}
	c := s.start("bulkinvite", "doctor")
	<-c.ended
	if !strings.Contains(c.stdout.String(), "\nwarn  ledger       undamaged, ") || !strings.Contains(c.stdout.String(), "but nothing beside it proves that it is the latest one") {
		t.Error(&c.stdout)
	}
	s.wantCompared(a, a.Count()-20, 300)
}

// The backup of the night before, put back by restore: the account tells whom it has
// forgotten.
func TestRestoredLedgerIsCompared(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := newSite(t, a)
	s.write("roster.csv", staff(20))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	s.run(exitOK, "bulkinvite", "backup", "first.db")
	s.write("roster.csv", staff(60))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	s.run(exitOK, "bulkinvite", "restore", "first.db")
	s.wantCompared(a, 40, 61)
}

// Everything was put back from the night before, results too, with its times: nothing
// speaks against the ledger but that its file was put there.
func TestEverythingPutBack(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := newSite(t, a)
	s.write("roster.csv", staff(20))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	s.shell("mkdir night; cp -a state out night/")
	s.write("roster.csv", staff(60))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	s.shell("cp -a night/. .; rm -rf night")
	s.wantCompared(a, 40, 61)
}

// A ledger that is linked into a second state folder, and two runs at once.
func TestLinkedLedger(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := newSite(t, a)
	s.write("roster.csv", staff(5))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	s.write("roster.csv", staff(50))
	second := filepath.Join(s.dir, "second", filepath.Base(s.folder()))
	if err := os.MkdirAll(second, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, link := range map[string]func(from, to string) error{"names (hard links)": os.Link, "a symbolic link": os.Symlink} {
		other := filepath.Join(second, "ledger.db")
		if err := link(s.ledger(), other); err != nil {
			t.Fatal(err)
		}
		runs := []*child{s.start("bulkinvite", "run", "--state", "second", "--out", "other", "roster.csv")}
		if name != "a symbolic link" {
			runs = append(runs, s.start("bulkinvite", "run", "roster.csv"))
		}
		for _, c := range runs {
			c.wants(exitError)
			if said := c.said(); !strings.Contains(said, name) || strings.Count(said, "\n") != 1 {
				t.Errorf("said %q", said)
			}
		}
		if err := os.Remove(other); err != nil {
			t.Fatal(err)
		}
	}
	if a.Count() != 5 {
		t.Errorf("%d invites for 5 people", a.Count())
	}
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	checkNobodyTwice(s, a, 50)
}

// Somebody deletes or replaces a file of the ledger while a run goes on: it claims nobody
// else, ends with exit code 1 and one sentence, and what it knew can be put back.
func TestLedgerDeletedDuringARun(t *testing.T) {
	t.Parallel()
	const people, concurrency = 120, 4
	for _, name := range []string{"ledger.db", "ledger.db-wal", "lock", ""} {
		for _, how := range []string{"deleted", "replaced"} {
			if name == "" && how == "replaced" { // the whole folder
				continue
			}
			t.Run(fmt.Sprint(name, " ", how), func(t *testing.T) {
				t.Parallel()
				a := newAPI(t, argylesim.Options{NoLog: true})
				s := newSite(t, a, fmt.Sprint("BULKINVITE_CONCURRENCY=", concurrency))
				run := s.underWay(a, people)
				folder := s.folder()
				path := filepath.Join(folder, name)
				if err := os.RemoveAll(path); err != nil {
					t.Fatal(err)
				}
				if how == "replaced" {
					rewrite(t, path, nil)
				}
				a.release()
				run.wants(exitError)
				said := run.said()
				if !strings.Contains(said, "was deleted or replaced while a run was using it: nothing more is sent") || strings.Count(said, "\n") != 1 {
					t.Errorf("said %q", said)
				}
				if sent := a.Count(); sent == 0 || sent > 4*concurrency {
					t.Errorf("%d invites", sent)
				}
				if n := len(s.rows("out/latest/results.csv")); n != people {
					t.Errorf("%d rows in results.csv", n)
				}
				s.putBack(folder, name, how)
				s.run(exitOK, "bulkinvite", "run", "--absent-after", "1s", "roster.csv")
				if checkNobodyTwice(s, a, people) > 0 || a.Count() != people {
					t.Errorf("%d invites for %d people", a.Count(), people)
				}
			})
		}
	}
}

// putBack does what the program has said: it puts back what it has kept of a ledger that
// was deleted or replaced.
func (s *site) putBack(folder, name, how string) {
	s.t.Helper()
	kept, err := filepath.Glob(filepath.Join(folder, "ledger-rescued-*.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	if lost := name == "ledger.db" || name == ""; !lost {
		if len(kept) > 0 {
			s.t.Errorf("kept %v though the ledger was there", kept)
		}
		if name == "ledger.db-wal" && how == "replaced" { // as the message says: by hand
			_ = os.Remove(filepath.Join(folder, name))
		}
		return
	}
	if len(kept) != 1 {
		s.t.Fatalf("kept %v", kept)
	}
	s.run(exitOK, "bulkinvite", "restore", kept[0])
}

// Whoever deletes the lock of a run lets a second one begin beside it: the first one goes
// no further, and nobody is invited twice.
func TestSecondRunBesideTheFirst(t *testing.T) {
	t.Parallel()
	const people = 200
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := newSite(t, a, "BULKINVITE_CONCURRENCY=4", "BULKINVITE_NO_WAIT=true")
	first := s.underWay(a, people)
	if err := os.Remove(filepath.Join(s.folder(), "lock")); err != nil {
		t.Fatal(err)
	}
	arrived := a.arrived.more(1)
	second := s.start("bulkinvite", "run", "--out", "second", "roster.csv")
	<-arrived
	a.release()
	first.wants(exitError)
	<-second.ended
	if twice := a.Twice(); len(twice) > 0 {
		t.Errorf("invited twice: %v", twice)
	}
	s.run(exitOK, "bulkinvite", "run", "--no-wait=false", "--absent-after", "1s", "roster.csv")
	if checkNobodyTwice(s, a, people) > 0 || a.Count() != people {
		t.Errorf("%d invites for %d people", a.Count(), people)
	}
}
