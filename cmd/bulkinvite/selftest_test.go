package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"bulkinvite/batch/argyle/argylesim"
)

// A trial that went wrong says so, and why.
func TestSelftestSeesWhatIsWrong(t *testing.T) {
	b := &bench{trial: trial{people: 2}, dir: t.TempDir(), killed: 1, api: &trialAPI{Server: argylesim.New(argylesim.Options{})}}
	for range 2 {
		r := httptest.NewRequest(http.MethodPost, "/v2/invites", strings.NewReader(`{"full_name": "Avery Sample", "email": "avery@example.com"}`))
		r.SetBasicAuth("try", "try-it-out")
		r.Header.Set("Content-Type", "application/json")
		b.api.ServeHTTP(httptest.NewRecorder(), r)
	}
	want := func(p proof, health health, text string) {
		t.Helper()
		if p.health != health || !strings.HasPrefix(p.text, text) {
			t.Errorf("%s %s, want %s %s", p.health, p.text, health, text)
		}
	}
	all := b.proofs(t.Context(), errors.New("the disk is full"))
	want(all[0], broken, "the runs did not come to their end: the disk is full")
	want(all[1], broken, "1 person invited twice: 2 people, 1 kill, 0 faults, 2 invites at the simulator")
	want(all[2], broken, "there are no results: no such file or directory")
	want(all[3], broken, "there is no ledger")

	out := filepath.Join(b.dir, "out", "latest")
	if err := os.MkdirAll(out, 0o700); err != nil {
		t.Fatal(err)
	}
	id := b.api.Invites()[0].ID
	rows := fmt.Sprintf("email,invite_id\navery@example.com,%s\navery@example.com,%s\n", id, id)
	if err := os.WriteFile(filepath.Join(out, "results.csv"), []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	want(b.nobodyLost(), broken, "people were lost: 1 of 2 rows of the results have an invite that exists")
}

// Stopped by a signal, it kills its runs and removes its folder.
func TestSelftestIsStopped(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{})
	s := newSite(t, a)
	c := s.start("bulkinvite", "selftest", "--people", "2000", "--kills", "50")
	begun := func() bool {
		found, err := filepath.Glob(s.path("bulkinvite-selftest-*/out/*"))
		return err == nil && len(found) > 0
	}
	for look := time.NewTicker(5 * time.Millisecond); !begun(); {
		select {
		case <-c.ended:
			t.Fatalf("ended early\n%s%s", &c.stdout, &c.stderr)
		case <-look.C:
		}
	}
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	c.wants(exitTerminated)
	if left := s.entries("."); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	if a.Count() > 0 {
		t.Errorf("%d invites at another API", a.Count())
	}
}
