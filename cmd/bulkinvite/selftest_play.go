package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// bench is where a trial takes place.
type bench struct {
	trial
	dir    string
	self   string // this program
	api    *trialAPI
	chance *rand.Rand
	killed int // runs that were killed
	lived  int // runs that came to their end
}

// set makes the bench of a trial in dir.
func (t trial) set(dir string) (*bench, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("the program does not find itself, to start itself: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "roster.csv"), t.roster(), 0o600); err != nil {
		return nil, err
	}
	api, err := serveTrial(t.seed, 2*t.people)
	return &bench{trial: t, dir: dir, self: self, api: api, chance: rand.New(rand.NewPCG(t.seed, 2))}, err
}

func (b *bench) close() error { return b.api.listener.Close() }

// roster is people who are made up.
func (t trial) roster() []byte {
	var text bytes.Buffer
	fmt.Fprintln(&text, "Employee ID,Name,Email")
	for i := range t.people {
		fmt.Fprintf(&text, "%d,Avery Sample,avery.%d@example.com\n", 7001+i, i)
	}
	return text.Bytes()
}

// mostRuns is how many runs, once nothing kills them, may be needed for everybody.
const mostRuns = 3

// play lets runs begin and kills them, and then lets runs live until everybody is
// invited. The error is why that did not come about.
func (b *bench) play(ctx context.Context) error {
	for range b.kills {
		if err := b.kill(ctx); err != nil {
			return err
		}
	}
	for range mostRuns {
		r := b.begin(ctx)
		err := r.wait()
		b.lived++
		if code := r.cmd.ProcessState.ExitCode(); err == nil || code != exitAttention && code != exitStopped {
			return r.explain(err)
		}
	}
	return fmt.Errorf("%d runs were not enough for everybody", mostRuns)
}

// kill lets a run begin and kills it at a moment of chance: when so many POSTs
// have arrived and the last of them is not answered, or some time after its start.
func (b *bench) kill(ctx context.Context) error {
	var arrived <-chan struct{}
	timer := time.NewTimer(longestTrial)
	defer timer.Stop()
	if b.chance.IntN(3) > 0 {
		arrived = b.api.arrived.more(1 + b.chance.IntN(max(1, b.people/(b.kills+1))))
	} else {
		timer.Reset(time.Duration(b.chance.Int64N(int64(250 * time.Millisecond))))
	}
	r := b.begin(ctx)
	ended := make(chan error, 1)
	go func() { ended <- r.wait() }()
	select {
	case <-arrived:
	case <-timer.C:
	case err := <-ended: // nothing was left to do
		b.lived++
		if code := r.cmd.ProcessState.ExitCode(); code == exitAttention || code == exitStopped {
			return nil
		}
		return r.explain(err)
	}
	_ = r.cmd.Process.Kill() // it may have ended by now
	<-ended
	if r.cmd.ProcessState.ExitCode() == -1 {
		b.killed++
	}
	return nil
}

// trialRun is a run that was begun.
type trialRun struct {
	cmd    *exec.Cmd
	stderr bytes.Buffer
	broken error // it could not be begun
}

// begin begins a run as a process of its own, which knows nothing of the
// operator's settings and credentials.
func (b *bench) begin(ctx context.Context) *trialRun {
	r := &trialRun{cmd: exec.CommandContext(ctx, b.self, "run", "roster.csv", "--quiet",
		"--api-url", b.api.listener.URL(), "--state", "state", "--out", "out",
		"--rate", "400", "--burst", "20", "--absent-after", absentAfter.String())}
	r.cmd.Dir = b.dir
	r.cmd.Env = []string{"HOME=" + b.dir, "TMPDIR=" + b.dir, keyIDName + "=selftest", secretName + "=selftest"}
	r.cmd.Stderr = &r.stderr
	r.broken = r.cmd.Start()
	return r
}

func (r *trialRun) wait() error {
	if r.broken != nil {
		return r.broken
	}
	return r.cmd.Wait()
}

// explain says why a run ended as it should not have, in the run's own words.
func (r *trialRun) explain(err error) error {
	if err == nil {
		return nil
	}
	lines := strings.Split(strings.TrimSpace(r.stderr.String()), "\n")
	if last := lines[len(lines)-1]; last != "" {
		return fmt.Errorf("a run ended with %w: %s", err, last)
	}
	return fmt.Errorf("a run ended with %w", err)
}
