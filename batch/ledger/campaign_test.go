package ledger

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// A campaign is the same one whatever the case of its name, and the first spelling
// counts.
func TestCampaignsWithoutCase(t *testing.T) {
	ctx := t.Context()
	l := begun(t)
	placed(t, l, 1, batch.Sent)
	c := claim(1)
	c.Campaign = "DEFAULT"
	_, err := l.Claim(ctx, c)
	want(t, err, batch.ErrNotClaimable)
	c = claim(2)
	c.Campaign = "Default"
	_, err = l.Claim(ctx, c)
	must(t, err)
	must(t, l.RememberHeader(ctx, "deFault", "roster.csv", run.ID, csvmap.RememberedHeader{Columns: []csvmap.RememberedColumn{{Header: "Name"}}}))
	for _, name := range []string{"default", "Default", "DEFAULT"} {
		if spelled, err := l.Spelling(ctx, name); spelled != "default" || err != nil {
			t.Errorf("%s: %s, %v", name, spelled, err)
		}
		if people, err := l.People(ctx, name); people != 2 || err != nil {
			t.Errorf("%s: %d people, %v", name, people, err)
		}
		if doubts, err := l.Doubts(ctx, name); len(doubts) != 1 || err != nil {
			t.Errorf("%s: %d in doubt, %v", name, len(doubts), err)
		}
		if found, err := l.ByAlias(ctx, name, []batch.Alias{email(1)}); len(found) != 1 || err != nil {
			t.Errorf("%s: %v, %v", name, found, err)
		}
		if found, err := l.ByFingerprint(ctx, name, []csvmap.Digest{digest(1)}, nil); len(found) != 1 || err != nil {
			t.Errorf("%s: %v, %v", name, found, err)
		}
		if header, _, err := l.Header(ctx, name, "roster.csv"); len(header.Columns) != 1 || err != nil {
			t.Errorf("%s: %v, %v", name, header, err)
		}
		if _, known, err := l.Person(ctx, name, 1); !known || err != nil {
			t.Errorf("%s: %t, %v", name, known, err)
		}
	}
	if spelled, err := l.Spelling(ctx, "Spring"); spelled != "Spring" || err != nil {
		t.Error(spelled, err)
	}
}

// Only campaigns with somebody are known.
func TestCampaigns(t *testing.T) {
	ctx := t.Context()
	l := begun(t)
	if all, err := l.Campaigns(ctx); len(all) != 0 || err != nil {
		t.Error(all, err)
	}
	must(t, l.SkipStranger(ctx, "spring", email(1), "alice", day))
	placed(t, l, 1, batch.Sent)
	placed(t, l, 2, batch.Sent)
	all, err := l.Campaigns(ctx)
	must(t, err)
	if d := cmp.Diff([]batch.Campaign{{Name: "default", People: 2}, {Name: "spring", People: 1}}, all); d != "" {
		t.Error(d)
	}
}

// A ledger of before may have campaigns that differ in case only: each keeps its people.
func TestCampaignsOfBefore(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	version := 0
	for _, script := range migrations() {
		if strings.Contains(script, "campaigns_by_name") {
			break
		}
		version++
		must(t, execFile(path, script))
	}
	must(t, execFile(path, `INSERT INTO campaigns (name, people) VALUES ('default', 2), ('spring', 1), ('Default', 1), ('DEFAULT', 3)`))
	must(t, execFile(path, fmt.Sprintf(`PRAGMA user_version = %d`, version)))
	must(t, os.Chmod(path, 0o600))
	l := open(t, dir)
	all, err := l.Campaigns(t.Context())
	must(t, err)
	if d := cmp.Diff([]batch.Campaign{
		{Name: "DEFAULT-4", People: 3}, {Name: "default", People: 2}, {Name: "Default-3", People: 1}, {Name: "spring", People: 1},
	}, all); d != "" {
		t.Error(d)
	}
}
