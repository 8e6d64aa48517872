package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"bulkinvite/reports"
)

// site is a folder in which the real program is run, each time as a process of
// its own: an empty home, the key of a test, and BULKINVITE_* variables.
type site struct {
	t   *testing.T
	dir string
	env []string
}

// newSite makes a site whose invites go to a. TestMain has put the program,
// which is the test binary under another name, into the PATH.
func newSite(t *testing.T, a *api, env ...string) *site {
	t.Helper()
	dir := t.TempDir()
	return &site{t, dir, append([]string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + dir, "GORACE=" + promptExit,
		keyIDName + "=try",
		secretName + "=try-it-out",
		"BULKINVITE_API_URL=" + a.url,
		"BULKINVITE_STATE=state",
		"BULKINVITE_RATE=1000",
		"BULKINVITE_BURST=50",
	}, env...)}
}

func (s *site) path(name string) string { return filepath.Join(s.dir, name) }

func (s *site) write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(s.path(name), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) read(name string) string {
	s.t.Helper()
	text, err := os.ReadFile(s.path(name))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

// entries are the names in a folder; none where there is no such folder.
func (s *site) entries(name string) []string {
	s.t.Helper()
	found, err := filepath.Glob(filepath.Join(s.path(name), "*"))
	if err != nil {
		s.t.Fatal(err)
	}
	for i := range found {
		found[i] = filepath.Base(found[i])
	}
	return found
}

// ledger is the path of the one ledger in the site.
func (s *site) ledger() string {
	s.t.Helper()
	found, err := filepath.Glob(s.path("state/*/ledger.db"))
	if err != nil || len(found) != 1 {
		s.t.Fatalf("ledgers: %v, %v", found, err)
	}
	return found[0]
}

// row is a line of results.csv, or of another file, by column.
type row map[string]string

func (s *site) rows(name string) []row {
	s.t.Helper()
	records, err := csv.NewReader(strings.NewReader(s.read(name))).ReadAll()
	if err != nil || len(records) == 0 {
		s.t.Fatalf("%s: %d records, %v", name, len(records), err)
	}
	rows := make([]row, len(records)-1)
	for i, record := range records[1:] {
		rows[i] = row{}
		for column, cell := range record {
			rows[i][records[0][column]] = cell
		}
	}
	return rows
}

// summary is that of the last finished run; its buckets add up.
func (s *site) summary() reports.Summary {
	s.t.Helper()
	summary, err := reports.ReadSummary(s.path("out/latest/summary.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	sum := 0
	for _, n := range summary.Buckets {
		sum += n
	}
	if sum != summary.Rows {
		s.t.Errorf("the buckets add up to %d of %d rows: %v", sum, summary.Rows, summary.Buckets)
	}
	return summary
}

// child is a process that was started in a site.
type child struct {
	t              *testing.T
	cmd            *exec.Cmd
	stdout, stderr bytes.Buffer
	ended          chan struct{} // closed when it has ended and all it wrote is here
}

// tooLong is when a process that does not end is killed: the test has failed then.
const tooLong = 5 * time.Minute

// start starts a command line, such as bulkinvite run roster.csv.
func (s *site) start(args ...string) *child { return s.startReading(nil, args...) }

func (s *site) startReading(stdin *os.File, args ...string) *child {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), tooLong)
	c := &child{t: s.t, cmd: exec.CommandContext(ctx, args[0], args[1:]...), ended: make(chan struct{})}
	c.cmd.Dir, c.cmd.Env = s.dir, s.env
	if stdin != nil {
		c.cmd.Stdin = stdin
	}
	c.cmd.Stdout, c.cmd.Stderr = &c.stdout, &c.stderr
	if err := c.cmd.Start(); err != nil {
		cancel()
		s.t.Fatal(err)
	}
	go func() {
		defer close(c.ended)
		defer cancel()
		_ = c.cmd.Wait() // ProcessState tells
	}()
	s.t.Cleanup(func() {
		cancel()
		<-c.ended
	})
	return c
}

// underWay begins a run over staff(people) that is held up with its first POST.
func (s *site) underWay(a *api, people int) *child {
	s.t.Helper()
	s.write("roster.csv", staff(people))
	a.hold()
	arrived := a.arrived.more(1)
	c := s.start("bulkinvite", "run", "roster.csv")
	<-arrived
	return c
}

// run runs a command line to its end and wants an exit code.
func (s *site) run(code int, args ...string) *child {
	s.t.Helper()
	c := s.start(args...)
	c.wants(code)
	return c
}

// wants waits for the end and an exit code; -1 is an end by SIGKILL.
func (c *child) wants(code int) {
	c.t.Helper()
	<-c.ended
	if got := c.cmd.ProcessState.ExitCode(); got != code {
		c.t.Fatalf("%v: %v, want exit code %d\n%s%s", c.cmd.Args, c.cmd.ProcessState, code, &c.stdout, &c.stderr)
	}
}

// said is what was written to standard error apart from the log.
func (c *child) said() string {
	var lines strings.Builder
	for line := range strings.Lines(c.stderr.String()) {
		if !strings.HasPrefix(line, "{") {
			lines.WriteString(line)
		}
	}
	return lines.String()
}

// killAt waits for the end, which is SIGKILL's when now comes first.
func (c *child) killAt(now <-chan struct{}) {
	select {
	case <-now:
		_ = c.cmd.Process.Kill()
	case <-c.ended:
	}
	<-c.ended
}

func (c *child) signal(s syscall.Signal) {
	c.t.Helper()
	if err := c.cmd.Process.Signal(s); err != nil {
		c.t.Fatal(err)
	}
}

// insist sends a signal again and again until the process is gone: two that come
// together may count as one.
func (c *child) insist(s syscall.Signal) {
	c.t.Helper()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for {
		_ = c.cmd.Process.Signal(s) // fails when it is gone
		select {
		case <-c.ended:
			return
		case <-again.C:
		}
	}
}

// areaCodes with a hundred fictional numbers each.
var areaCodes = []int{
	201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228,
}

// staff is a roster of n people, at most 2,000, on the lines from 2 on.
func staff(n int) string {
	var text strings.Builder
	text.WriteString("Employee ID,Name,Work Email,Mobile Phone\n")
	for i := range n {
		fmt.Fprintf(&text, "%d,Avery Sample,avery.%d@example.com,%d-555-01%02d\n", 7001+i, i, areaCodes[i/100], i%100)
	}
	return text.String()
}
