package main

import (
	"bytes"
	"database/sql"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// A ledger that is not as the program left it stops a run before its first POST:
// one line, exit code 1, and not a byte of it is changed.
func (r released) ledgerDamaged(t *testing.T) {
	t.Parallel()
	const damaged = `^bulkinvite: state/127\.0\.0\.1-\d+/ledger\.db: the ledger is (damaged|empty); put back a copy of it from a backup, ` +
		`and do not delete it to start over: people could be invited twice\n$`
	none := strings.Replace(damaged, "the ledger is (damaged|empty)", "the file is no ledger", 1)
	for name, test := range map[string]struct {
		damage func(t *testing.T, path string)
		line   string
	}{
		"random bytes in the middle": {noise, damaged},
		"the second half is gone":    {cutTo(2), damaged},
		"nearly all is gone":         {cutTo(100), damaged},
		"nothing is left":            {overwrite(""), strings.Replace(damaged, "the ledger is (damaged|empty)", "(the ledger is empty|the file is no ledger)", 1)},
		"another file":               {overwrite(staff(3)), none},
		"a database of others":       {statements("PRAGMA application_id = 1"), none},
		"of a newer bulkinvite": {statements("PRAGMA user_version = 99"),
			`^bulkinvite: the ledger has version 99 and this bulkinvite knows versions up to \d+; use the newer bulkinvite that wrote it\n$`},
	} {
		t.Run(name, func(t *testing.T) {
			const people = 60
			a := newAPI(t, argylesim.Options{NoLog: true})
			s := r.site(t, a)
			s.write("roster.csv", staff(people)+"8000,Avery Sample,avery@@example.com,\n")
			s.run(exitAttention, "bulkinvite", "run", "roster.csv")
			test.damage(t, s.ledger())
			before := fileText(t, s.ledger())

			s.write("roster.csv", staff(people+40))
			for command, line := range map[string]string{
				"run roster.csv":            test.line,
				"plan roster.csv":           test.line,
				"run out/latest/failed.csv": `^bulkinvite: .*ledger.*\n$`,
			} {
				args := append([]string{"bulkinvite"}, strings.Fields(command)...)
				c := s.run(exitError, append(args, "--out", "damaged")...)
				if !regexp.MustCompile(line).MatchString(c.stderr.String()) || c.stdout.Len() > 0 {
					t.Errorf("%s printed %q %q", command, &c.stdout, &c.stderr)
				}
			}
			if a.Count() != people || len(s.entries("damaged")) > 0 {
				t.Errorf("%d invites, want %d; files %v", a.Count(), people, s.entries("damaged"))
			}
			if !bytes.Equal(before, fileText(t, s.ledger())) {
				t.Error("the ledger was changed")
			}
		})
	}
}

// Any page of the ledger may be hit: the run either stops before its first POST
// or the page held nothing, and then nobody is invited twice.
func (r released) ledgerDamagedAnywhere(t *testing.T) {
	t.Parallel()
	const people, page = 60, 4096
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := r.site(t, a)
	s.write("roster.csv", staff(people))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	s.write("roster.csv", staff(people+1)) // one is new
	path := s.ledger()
	whole := fileText(t, path)

	random := chance(t)
	for range 12 {
		hit := bytes.Clone(whole)
		at := random.IntN(len(whole)/page) * page
		scramble(hit[at:at+page], random)
		rewrite(t, path, hit)
		c := s.start("bulkinvite", "run", "roster.csv")
		<-c.ended
		switch code := c.cmd.ProcessState.ExitCode(); {
		case code == exitError && a.Count() == people && strings.Count(c.said(), "\n") == 1:
		case code == exitOK && len(a.Twice()) == 0:
			return // it was sent: the copy of the ledger is too old from here on
		default:
			t.Fatalf("page %d: exit code %d, %d invites, %s%s", at/page, code, a.Count(), &c.stdout, &c.stderr)
		}
	}
}

// A bit that flips in what people are known by makes nobody new, and nobody somebody
// else: the run says that the ledger is damaged, or nothing comes of it. The rows have
// changed since, so that people are looked for by that.
func (r released) bitsFlipped(t *testing.T) {
	t.Parallel()
	const people, page = 60, 4096
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := r.site(t, a)
	s.write("roster.csv", staff(people))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	s.write("roster.csv", strings.ReplaceAll(staff(people), "Avery Sample", "Avery T. Sample"))
	path := s.ledger()
	whole := fileText(t, path)
	var aliases []int // pages of an index that hold the addresses
	for at := 0; at < len(whole); at += page {
		if kind := whole[at]; (kind == 2 || kind == 10) && bytes.Contains(whole[at:at+page], []byte("avery.")) {
			aliases = append(aliases, at)
		}
	}
	if len(aliases) == 0 {
		t.Fatal("no page of aliases")
	}
	random := chance(t)
	damaged := 0
	for range 16 {
		hit := bytes.Clone(whole)
		at := aliases[random.IntN(len(aliases))] + random.IntN(page)
		hit[at] ^= 1 << random.IntN(8)
		rewrite(t, path, hit)
		c := s.start("bulkinvite", "run", "roster.csv")
		<-c.ended
		switch code := c.cmd.ProcessState.ExitCode(); {
		case code == exitError && strings.Contains(c.said(), "the ledger is damaged") && strings.Count(c.said(), "\n") == 1:
			damaged++
		case code != exitOK:
			t.Fatalf("bit at %d: exit code %d, %s%s", at, code, &c.stdout, &c.stderr)
		}
		if a.Count() != people {
			t.Fatalf("bit at %d: %d invites for %d people", at, a.Count(), people)
		}
	}
	if damaged == 0 {
		t.Error("no flip was noticed")
	}
}

func scramble(text []byte, r *rand.Rand) {
	for i := range text {
		text[i] = byte(r.Uint32())
	}
}

func noise(t *testing.T, path string) {
	text := fileText(t, path)
	middle := len(text) / 2 / 4096 * 4096
	scramble(text[middle:middle+4096], rand.New(rand.NewPCG(1, 2)))
	rewrite(t, path, text)
}

func cutTo(part int) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		text := fileText(t, path)
		rewrite(t, path, text[:len(text)/part])
	}
}

func overwrite(text string) func(*testing.T, string) {
	return func(t *testing.T, path string) { rewrite(t, path, []byte(text)) }
}

func statements(text string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.ExecContext(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
}

func fileText(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func rewrite(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}
