package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"
)

// trial is what selftest can be told.
type trial struct {
	people int
	kills  int
	seed   uint64 // 0: another one each time
	keep   bool
}

func (p program) selftestCommand() *cobra.Command {
	t := trial{people: 300, kills: 4}
	cmd := &cobra.Command{
		Use:     "selftest",
		GroupID: groupTool,
		Short:   "Prove on this machine that nobody is invited twice and nobody is lost",
		Long: `selftest does the whole job on this machine with people who are made up: a simulator
of the API loses answers, breaks connections and answers with errors, and the runs are
killed with SIGKILL in the middle of their work and begun again, until everybody is
invited. Then it counts, and says line by line what that has proved. It takes about
fifteen seconds. No message leaves the machine, and no key is needed.

The ledger of the test is made beside the real one, on the same disk, and removed at
the end.`,
		Example: "  bulkinvite selftest",
		Args:    noArguments,
	}
	p.addSettings(cmd, "state")
	f := cmd.Flags()
	add(f, &t.people, parseTrialPeople, "people", "`people` who are made up, from 10 to 2000")
	add(f, &t.kills, parseKills, "kills", "`runs` that are killed, at most 50")
	add(f, &t.seed, parseSeed, "seed", "`number` that chance begins with, to see the same faults again")
	add(f, &t.keep, parseToggle, "keep", "keep the folder of the test")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		for t.seed == 0 {
			t.seed = rand.Uint64() >> 11 // which a spreadsheet and a person can copy
		}
		return p.selftest(cmd.Context(), s, t)
	}
	return cmd
}

// parseTrialPeople takes enough people that somebody is invited at once: without
// an invite that the ledger knows, nobody's absence can be proved.
func parseTrialPeople(text string) (int, error) { return between(text, 10, 2000) }

func parseKills(text string) (int, error) { return between(text, 0, 50) }

func parseSeed(text string) (uint64, error) {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, errors.New("must be a whole number")
	}
	return n, nil
}

// longestTrial is when a trial has failed because it does not come to its end.
const longestTrial = 2 * time.Minute

func (p program) selftest(ctx context.Context, s Settings, t trial) (err error) {
	dir, err := trialFolder(s.State)
	if err != nil {
		return err
	}
	if !t.keep {
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	fmt.Fprintf(p.stderr, "selftest: %s, %s, seed %d, in %s\n", peopleOf(t.people), plural(t.kills, "kill"), t.seed, dir)
	limited, cancel := context.WithTimeout(ctx, longestTrial)
	defer cancel()
	bench, err := t.set(dir)
	if err != nil {
		return err
	}
	failure := bench.play(limited)
	if err := errors.Join(bench.close(), ctx.Err()); err != nil {
		return err
	}
	if limited.Err() != nil {
		failure = fmt.Errorf("they took longer than %s", plainDuration(longestTrial))
	}
	proofs := bench.proofs(ctx, failure)
	return p.printProofs(proofs, t)
}

// trialFolder makes a folder on the disk that the real ledger is on, or would be.
func trialFolder(state string) (string, error) {
	if state == "" {
		state = os.TempDir()
	}
	near, err := nearest(state)
	if err == nil {
		near, err = filepath.Abs(near)
	}
	dir := ""
	if err == nil {
		dir, err = os.MkdirTemp(near, "bulkinvite-selftest-")
	}
	if err != nil {
		return "", fmt.Errorf("there is no room for the test in %s: %w; choose another folder with --state", state, bare(err))
	}
	return dir, nil
}

func (p program) printProofs(proofs []proof, t trial) error {
	failed := false
	for _, proof := range proofs {
		if proof.health == broken {
			failed = true
		}
		if _, err := fmt.Fprintf(p.stdout, "%-4s  %s\n", proof.health, proof.text); err != nil {
			return fmt.Errorf("the result cannot be printed: %w", err)
		}
	}
	if failed {
		fmt.Fprintf(p.stdout, "Let this machine send to nobody before that is mended. To see it again: bulkinvite selftest --people %d --kills %d --seed %d --keep\n",
			t.people, t.kills, t.seed)
		return Status(exitError)
	}
	fmt.Fprintln(p.stdout, "This machine can be trusted with a real night.")
	return nil
}
