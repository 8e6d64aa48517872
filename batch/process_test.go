package batch_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle"
	"bulkinvite/batch/ledger"
	"bulkinvite/csvmap"
	"bulkinvite/ratelimit"
	"bulkinvite/reports"
)

// process is one run of the program, with everything that it holds open. It can
// die: from then on nothing that it does reaches the ledger or the API.
type process struct {
	t       testing.TB
	info    batch.RunInfo
	ledger  *ledger.Ledger
	client  *argyle.Client
	engine  batch.Engine
	said    []string // what it told the person at the screen
	warned  []string // one at a time
	spool   string   // folder
	rules   csvmap.Rules
	life    context.Context
	kill    context.CancelCauseFunc
	mu      sync.Mutex
	steps   int  // left to live, when it is mortal
	mortal  bool // it dies after steps
	checks  bool // it looks at the account before it sends
	also    string
	hidden  string
	stale   bool
	rule    batch.OutsideRule
	planned *batch.Plan
	clock   *batch.Clock
}

// site is what a process finds when it starts.
type site struct {
	t     testing.TB
	api   *api
	state string // the ledger's folder
	tune  tuning
	runs  int
	// Of the next runs.
	campaign string
	wall     func() time.Time // this machine's clock; nil: the bubble's
	check    bool             // the account is looked at before anything is sent
	also     string           // who sends to people whom the account has invited otherwise
	hidden   string           // who goes by what the list shows, though it hides something
	stale    bool             // something speaks against the ledger
	rule     batch.OutsideRule
	rules    csvmap.Rules
}

// tuning is how a run is set up.
type tuning struct {
	Rate        float64
	Burst       int
	Workers     int
	Timeout     time.Duration
	AbsentAfter time.Duration
	GiveUpAfter time.Duration
	NoWait      bool
}

// usual is a set-up for small tests.
func usual() tuning {
	return tuning{
		Rate: 20, Burst: 1, Workers: 4, Timeout: 30 * time.Second,
		AbsentAfter: 3 * time.Minute, GiveUpAfter: 10 * time.Minute,
	}
}

// scratch is a folder in memory, where the system has one: these tests commit
// many thousand times, and durability has tests of its own.
func scratch(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "bulkinvite-*")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func newSite(t testing.TB, a *api, tune tuning) *site {
	return &site{t: t, api: a, state: filepath.Join(scratch(t), "state"), tune: tune, campaign: "default", check: true}
}

// start opens everything as the program does. With steps above 0 the process
// dies after so many steps.
func (s *site) start(steps int) *process {
	s.t.Helper()
	s.runs++
	p := &process{
		t: s.t, spool: filepath.Dir(s.state), rules: s.rules, steps: steps, mortal: steps > 0, checks: s.check, also: s.also, hidden: s.hidden, stale: s.stale, rule: s.rule,
		info: batch.RunInfo{ID: fmt.Sprint("run-", s.runs), Started: time.Now(), Campaign: s.campaign, Environment: "sandbox"},
	}
	p.life, p.kill = context.WithCancelCause(context.Background())
	p.clock = batch.NewClock(s.wall)
	p.info.Started = p.clock.Now()
	var err error
	if p.ledger, err = ledger.Open(p.life, ledger.Options{Dir: s.state, Run: p.info}); err != nil {
		s.t.Fatal(err)
	}
	if _, err := p.ledger.Recover(p.life); err != nil {
		s.t.Fatal(err)
	}
	if err := p.ledger.BeginRun(p.life, p.info, nil); err != nil {
		s.t.Fatal(err)
	}
	s.bury(p)
	p.client = s.api.client(s.t, s.tune.Timeout)
	p.engine = p.newEngine(s.tune)
	return p
}

// bury records the end of runs that died, as the program does at its start.
func (s *site) bury(p *process) {
	dead, err := p.ledger.Unfinished(p.life)
	for _, run := range dead {
		err = errors.Join(err, p.ledger.EndRun(p.life, run.ID, p.clock.Now(), -1))
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// copyState copies the ledger's folder.
func (s *site) copyState(t testing.TB) string {
	t.Helper()
	to := filepath.Join(filepath.Dir(s.state), fmt.Sprint("copy-", s.runs))
	if err := os.CopyFS(to, os.DirFS(s.state)); err != nil {
		t.Fatal(err)
	}
	return to
}

func (p *process) newEngine(tune tuning) batch.Engine {
	limiter := ratelimit.New(tune.Rate, tune.Burst)
	return batch.Engine{
		Courier: batch.Courier{
			Book: mortalBook{p.ledger, p}, Sender: mortalSender{p}, Lister: mortalLister{p}, Limiter: limiter,
			Clock: p.clock, RunID: p.info.ID, Campaign: p.info.Campaign,
			Concurrency: tune.Workers, GiveUpAfter: tune.GiveUpAfter,
			Warn: func(message string) { p.warned = append(p.warned, message) },
		},
		Reconciler: batch.Reconciler{
			List:    batch.List{Lister: batch.RosterLister{Lister: mortalLister{p}, Region: p.rules.Region, Shared: p.rules.Shared}, Limiter: limiter},
			Archive: mortalArchive{p.ledger, p}, Clock: p.clock,
			RunID: p.info.ID, AbsentAfter: tune.AbsentAfter,
		},
		Find:   p.ledger,
		NoWait: tune.NoWait,
		Tell:   func(message string) { p.said = append(p.said, message) },
	}
}

// end closes what the process holds; the system does so for a dead one.
func (p *process) end() {
	p.t.Helper()
	p.kill(errDead)
	p.client.Close()
	if p.planned != nil {
		_ = p.planned.Close()
	}
	if err := p.ledger.Close(); err != nil {
		p.t.Error(err)
	}
}

// told reports whether the process said something with these words.
func (p *process) told(words string) bool {
	return strings.Contains(strings.Join(p.said, "\n"), words)
}

// account is what a run that lived to its end says of itself.
type account struct {
	results  []batch.Result
	summary  reports.Summary
	delivery batch.Delivery
	doubts   []batch.Doubt
}

// run does the main job over a roster. ctx is the operator's. A process that died
// gives no account, and neither does one that was stopped before its plan was made.
func (p *process) run(ctx context.Context, roster string) (*account, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer context.AfterFunc(p.life, func() { cancel(errDead) })()
	defer cancel(nil)
	err := p.engine.SettleEarlier(ctx)
	if err == nil {
		err = p.plan(ctx, roster)
	}
	if ctx.Err() != nil || p.dead() {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	stop, err := p.checkAccount(ctx)
	if p.dead() {
		return nil, nil
	}
	if ctx.Err() != nil {
		stop, err = batch.StopOf(ctx), nil
	}
	delivery := batch.Delivery{Stop: stop}
	if err == nil && stop == nil {
		delivery, err = p.engine.Send(ctx, p.planned)
	}
	if p.dead() {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	if err := p.planned.Learn(ctx, p.ledger); err != nil {
		return nil, err
	}
	if err := p.planned.Ask(ctx, p.ledger, p.ledger, p.info.ID, p.clock.Now()); err != nil {
		return nil, err
	}
	return p.report(ctx, delivery)
}

// checkAccount compares the plan with the account's list, as the program does.
func (p *process) checkAccount(ctx context.Context) (*batch.Stop, error) {
	if !p.checks {
		return nil, nil
	}
	r := p.engine.Reconciler
	fresh, err := p.ledger.Fresh(ctx)
	if err != nil {
		return nil, err
	}
	return batch.AccountCheck{
		List: r.List, Archive: r.Archive, Clock: r.Clock, RunID: r.RunID, AbsentAfter: r.AbsentAfter, Proved: !fresh && !p.stale, Also: p.also, Hidden: p.hidden, Rule: p.rule,
	}.Check(ctx, p.planned)
}

func (p *process) plan(ctx context.Context, roster string) (err error) {
	file, err := csvmap.Open("-", strings.NewReader(roster))
	if err != nil {
		return err
	}
	defer file.Close()
	check, err := file.Checker(p.rules)
	if err != nil {
		return err
	}
	p.planned, err = batch.MakePlan(ctx, batch.Roster{Rows: file.Rows, Check: check}, p.ledger,
		batch.PlanOptions{Campaign: p.info.Campaign, Dir: p.spool})
	return err
}

func (p *process) report(ctx context.Context, d batch.Delivery) (*account, error) {
	a := &account{delivery: d}
	merge := batch.Merge{Find: p.ledger, RunID: p.info.ID, Delivery: d}
	p.compare(ctx, merge)
	merged := merge.Results(ctx, p.planned)
	for r, err := range batch.MarkNew(ctx, merged, p.ledger, p.info) {
		if err != nil {
			return nil, err
		}
		a.results = append(a.results, r)
	}
	var err error
	if a.doubts, err = p.ledger.Doubts(ctx, ""); err != nil {
		return nil, err
	}
	sums := batch.Account{Run: p.info, Rows: p.planned.Rows, Ended: time.Now(), Doubts: a.doubts}
	if d.Stop != nil {
		sums.Stop = *d.Stop
	}
	a.summary, err = reports.Summarize(sums, func(yield func(batch.Result, error) bool) {
		for _, r := range a.results {
			if !yield(r, nil) {
				return
			}
		}
	})
	if err != nil {
		return nil, err
	}
	return a, p.ledger.EndRun(ctx, p.info.ID, time.Now(), a.summary.ExitCode)
}

// compare wants the report to say of everybody who is found by the cells what it says
// when they are found by alias.
func (p *process) compare(ctx context.Context, merge batch.Merge) {
	p.t.Helper()
	quick := slices.Collect(results(merge.Results(ctx, p.planned)))
	merge.Find = byAliasOnly{p.ledger}
	unseen := cmpopts.IgnoreFields(batch.InviteRef{}, "CreatedAt") // no report says it
	if d := cmp.Diff(slices.Collect(results(merge.Results(ctx, p.planned))), quick, unseen); d != "" {
		p.t.Errorf("by alias (-) and by the cells (+):\n%s", d)
	}
}

// results are those before the first error.
func results(all iter.Seq2[batch.Result, error]) iter.Seq[batch.Result] {
	return func(yield func(batch.Result) bool) {
		for r, err := range all {
			if err != nil || !yield(r) {
				return
			}
		}
	}
}

// byAliasOnly is a ledger that knows nobody by the cells of their row.
type byAliasOnly struct{ *ledger.Ledger }

func (byAliasOnly) ByFingerprint(context.Context, string, []csvmap.Digest, func(int) string) (map[csvmap.Digest]batch.Invited, error) {
	return nil, nil
}

// contains is strings.Contains for an obstacle or a message; "" is in "" only.
func contains(text, part string) bool {
	return strings.Contains(text, part) && (part != "" || text == "")
}
