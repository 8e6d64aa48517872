package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"bulkinvite/batch"
	"bulkinvite/batch/ledger"
)

func (p program) doctorCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "doctor",
		GroupID: groupTool,
		Short:   "Look whether all is well for the next run",
		Long: `doctor looks at everything that a run needs, one line each: the credentials, which
are tried with a GET, the clocks, the folders and the room on their disks, the ledger
and its lock, people in doubt, and runs that died. It sends nothing, changes nothing,
and does not wait for a run.

A line begins with ok, warn or FAIL, and says what to do. The exit code is 1 when
something fails, 3 when people are in doubt, and otherwise 0.`,
		Example: "  bulkinvite doctor --env production",
		Args:    noArguments,
	}
	p.addSettings(cmd, "campaign", "timeout", "out", "state", "env", "api-url", "simulate", "json")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		return p.doctor(cmd.Context(), s)
	}
	return cmd
}

// health is how something is.
type health string

// From the best to the worst.
const (
	healthy health = "ok"
	unwell  health = "warn" // a run can begin, but a person should know
	broken  health = "FAIL" // a run would fail, or be held
)

// finding is what one check has found.
type finding struct {
	Check   string `json:"check"`
	Health  health `json:"status"`
	Message string `json:"message"` // what is, and what to do about it
}

// findingsJSON is what doctor --json prints.
type findingsJSON struct {
	Schema   int       `json:"schema"`
	Checks   []finding `json:"checks"`
	ExitCode int       `json:"exit_code"`
}

// patient is what the checks are about.
type patient struct {
	settings Settings
	env      func(string) string

	ledger    *ledger.Ledger // nil: there is none yet, or it cannot be read
	unread    error          // why it cannot be read
	holder    ledger.Holder  // of the run lock, where locked
	locked    bool
	lockError error
	api       answer
	inDoubt   int // people, without those whom a run is sending to
}

// close frees what was opened for reading.
func (p *patient) close() {
	if p.ledger != nil {
		_ = p.ledger.Close() // it was only read: its close can lose nothing
	}
}

func (p program) doctor(ctx context.Context, s Settings) error {
	patient := &patient{settings: s, env: p.env}
	defer patient.close()
	patient.openLedger(ctx)
	var all []finding
	for _, c := range []struct {
		name  string
		check func(context.Context) (health, string)
	}{
		{"credentials", patient.credentials},
		{"clock", patient.clock},
		{"state", patient.state},
		{"out", patient.out},
		{"disk", patient.disk},
		{"ledger", patient.whole},
		{"lock", patient.lock},
		{"in doubt", patient.doubt},
		{"runs", patient.runs},
	} {
		status, message := c.check(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		all = append(all, finding{c.name, status, message})
		if s.JSON {
			continue
		}
		// One by one: the answer of the API may take its time.
		if _, err := fmt.Fprintf(p.stdout, "%-4s  %-11s  %s\n", status, c.name, message); err != nil {
			return fmt.Errorf("what was found cannot be printed: %w", err)
		}
	}
	code := patient.exitCode(all)
	if s.JSON {
		if _, err := fmt.Fprintf(p.stdout, "%s\n", asJSON(findingsJSON{1, all, code})); err != nil {
			return fmt.Errorf("what was found cannot be printed: %w", err)
		}
	}
	if code == exitOK {
		return nil
	}
	return Status(code)
}

func (p *patient) exitCode(all []finding) int {
	for _, f := range all {
		if f.Health == broken {
			return exitError
		}
	}
	if p.inDoubt > 0 {
		return exitAttention
	}
	return exitOK
}

// account is the client of the API alone, without a ledger and its lock.
func (p *patient) account(key Credentials) (*access, error) {
	a := &access{settings: p.settings, info: batch.RunInfo{Version: version()}}
	return a, a.openClient(key)
}
