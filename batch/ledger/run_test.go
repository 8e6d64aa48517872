package ledger

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

func TestKey(t *testing.T) {
	one, two := HashKey("key-one"), HashKey("key-two")
	if len(one) != len("sha256:")+32 || !strings.HasPrefix(one, "sha256:") || one == two {
		t.Errorf("hashes %s, %s", one, two)
	}
	l := begun(t)
	for _, any := range []string{one, two} {
		must(t, l.CheckKey(t.Context(), any))
	}
	must(t, l.BindKey(t.Context(), one))
	must(t, l.BindKey(t.Context(), one))
	must(t, l.CheckKey(t.Context(), one))
	e := wantType[*OtherKeyError](t, l.CheckKey(t.Context(), two))
	if d := cmp.Diff(&OtherKeyError{Bound: one, Given: two}, e); d != "" {
		t.Error(d)
	}
	must(t, l.BindKey(t.Context(), two))
	must(t, l.CheckKey(t.Context(), two))
	wantType[*OtherKeyError](t, l.CheckKey(t.Context(), one))
}

func TestRuns(t *testing.T) {
	ctx := t.Context()
	l := open(t, t.TempDir())
	_, _, err := l.LastRun(ctx, "default")
	want(t, err, ErrNoRun)
	want(t, l.EndRun(ctx, other.ID, day, 0), ErrNoRun)

	must(t, l.BeginRun(ctx, other, []byte(`{"channel":"email"}`)))
	must(t, l.BeginRun(ctx, run, nil))
	if l.BeginRun(ctx, run, nil) == nil {
		t.Error("begun twice")
	}
	died, err := l.Unfinished(ctx)
	must(t, err)
	if d := cmp.Diff([]batch.RunInfo{other}, died); d != "" {
		t.Error(d)
	}
	must(t, l.EndRun(ctx, other.ID, day, 3))
	if died, err := l.Unfinished(ctx); err != nil || len(died) != 0 {
		t.Error("unfinished:", died, err)
	}
	info, settings, err := l.LastRun(ctx, "default")
	must(t, err)
	if d := cmp.Diff(other, info); d != "" || string(settings) != `{"channel":"email"}` {
		t.Error(d, string(settings))
	}
	_, _, err = l.LastRun(ctx, "spring")
	want(t, err, ErrNoRun)
}

func TestFindRun(t *testing.T) {
	state := filepath.Join(t.TempDir(), "st[a]te?")
	_, _, err := FindRun(t.Context(), state, run.ID)
	want(t, err, ErrNoRun)
	open(t, filepath.Join(state, "sandbox"))
	l := open(t, filepath.Join(state, "simulated"))
	must(t, l.BeginRun(t.Context(), run, []byte(`{"region":"US"}`)))
	info, settings, err := FindRun(t.Context(), state, run.ID)
	must(t, err)
	if d := cmp.Diff(run, info); d != "" || string(settings) != `{"region":"US"}` {
		t.Error(d, string(settings))
	}
	_, _, err = FindRun(t.Context(), state, "nobody's")
	want(t, err, ErrNoRun)
	placed(t, l, 1, batch.Sent) // looking dropped no lock of ours
}

func TestNotice(t *testing.T) {
	ctx := t.Context()
	l := begun(t)
	keys := []csvmap.Digest{digest(1), digest(2)}
	notice := func(runID string, at time.Time, want ...bool) {
		t.Helper()
		known, err := l.Notice(ctx, "default", runID, keys, at)
		must(t, err)
		if d := cmp.Diff(want, known); d != "" {
			t.Error(d)
		}
	}
	notice("first", day, false, false)
	notice("first", day, false, false) // the same run again
	keys = append(keys, digest(3))
	notice("second", day.Add(24*time.Hour), true, true, false)
	keys = keys[:1]
	notice("third", day.Add(90*24*time.Hour), true)

	later := batch.RunInfo{ID: "later", Started: day.Add(92 * 24 * time.Hour), Campaign: "default"}
	must(t, l.BeginRun(ctx, later, nil)) // forgets what only the first two saw
	keys = []csvmap.Digest{digest(1), digest(2), digest(3)}
	notice("later", later.Started, true, false, false)
}

func TestNoticeReadOnly(t *testing.T) {
	l := begun(t)
	keys := []csvmap.Digest{digest(1), digest(2)}
	_, err := l.Notice(t.Context(), "default", "first", keys[:1], day)
	must(t, err)
	r, err := Open(t.Context(), Options{Dir: filepath.Dir(l.Path()), ReadOnly: true})
	must(t, err)
	defer r.Close()
	for range 2 {
		known, err := r.Notice(t.Context(), "default", "plan", keys, day)
		must(t, err)
		if d := cmp.Diff([]bool{true, false}, known); d != "" {
			t.Error(d)
		}
	}
}

func TestDoubts(t *testing.T) {
	ctx := t.Context()
	l := begun(t)
	placed(t, l, 1, batch.Sent)
	unknown := placed(t, l, 2, batch.Unknown)
	failed := placed(t, l, 3, batch.Failed)
	c := claim(3)
	c.PersonID = failed.PersonID
	sending, err := l.Claim(ctx, c)
	must(t, err)
	spring := claim(4)
	spring.Campaign = "spring"
	_, err = l.Claim(ctx, spring)
	must(t, err)

	doubts, err := l.Doubts(ctx, "default")
	must(t, err)
	doubt := func(n int, a batch.Attempt) batch.Doubt {
		r := claim(n).Recipient
		return batch.Doubt{Campaign: "default", PersonID: a.PersonID, Key: r.EmployeeID, Recipient: r, Attempt: a.ID, RunID: run.ID, Line: n + 2, Claimed: day}
	}
	expect := []batch.Doubt{doubt(2, unknown), doubt(3, sending)}
	expect[0].Last = settled(unknown, batch.Unknown, 2)
	if d := cmp.Diff(expect, doubts); d != "" {
		t.Error(d)
	}

	if n, err := l.Recover(ctx); n != 2 || err != nil { // in both campaigns
		t.Errorf("recovered %d (%v), want 2", n, err)
	}
	if n, err := l.Recover(ctx); n != 0 || err != nil {
		t.Errorf("recovered %d (%v) again", n, err)
	}
	doubts, err = l.Doubts(ctx, "default")
	must(t, err)
	expect[1].Last = batch.Settlement{
		AttemptID: sending.ID, RunID: run.ID, State: batch.Unknown, By: "recover",
		Findings: []batch.Finding{died()}, Ended: day,
	}
	if d := cmp.Diff(expect, doubts); d != "" {
		t.Error(d)
	}
}

func TestHeaders(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	ctx := t.Context()
	first := csvmap.RememberedHeader{Columns: []csvmap.RememberedColumn{{Header: "Name", Field: csvmap.FullName}, {Header: "Badge"}}}
	second := csvmap.RememberedHeader{Encoding: "MacRoman", Columns: []csvmap.RememberedColumn{{Header: "Work Email", Field: csvmap.Email}}}
	if header, run, err := l.Header(ctx, "default", "roster.csv"); header.Columns != nil || run != "" || err != nil {
		t.Fatal(header, err)
	}
	must(t, l.RememberHeader(ctx, "default", "roster.csv", "run-1", first))
	must(t, l.RememberHeader(ctx, "other", "roster.csv", "run-1", first))
	must(t, l.RememberHeader(ctx, "default", "roster.csv", "run-2", second))
	must(t, l.Close())
	l = open(t, dir)
	by := map[string]string{"default": "run-2", "other": "run-1"}
	for campaign, want := range map[string]csvmap.RememberedHeader{"default": second, "other": first, "third": {}} {
		header, run, err := l.Header(ctx, campaign, "roster.csv")
		if err != nil || header.Encoding != want.Encoding || !slices.Equal(header.Columns, want.Columns) || run != by[campaign] {
			t.Errorf("%s: %v by %q, %v", campaign, header, run, err)
		}
	}
}

func TestOrigin(t *testing.T) {
	l := open(t, t.TempDir())
	ctx := t.Context()
	for _, r := range []struct {
		id, roster, rerun string
		exit              int
	}{
		{"held", "roster.csv", "", 5}, {"again", "out/remaining.csv", "held", 5}, {"sent", "out/remaining.csv", "again", 3},
		{"later", "out/failed.csv", "sent", 5}, {"orphan", "out/failed.csv", "of another ledger", 3},
	} {
		must(t, l.BeginRun(ctx, batch.RunInfo{ID: r.id, Started: day, Campaign: "default", Roster: r.roster, Rerun: r.rerun}, nil))
		must(t, l.EndRun(ctx, r.id, day, r.exit))
	}
	for id, want := range map[string][2]string{
		"held": {"roster.csv", ""}, "again": {"roster.csv", ""}, "sent": {"roster.csv", "sent"},
		"later": {"roster.csv", "sent"}, "orphan": {"", ""}, "nobody": {"", ""},
	} {
		if path, unheld, err := l.Origin(ctx, id); path != want[0] || unheld != want[1] || err != nil {
			t.Errorf("%s: %s, %s, %v", id, path, unheld, err)
		}
	}
}
