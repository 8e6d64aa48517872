package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"bulkinvite/batch/argyle/argylesim"
)

// examine runs doctor in process and returns its lines by check.
func examine(t *testing.T, env map[string]string, args ...string) (code int, lines map[string]string) {
	t.Helper()
	var out, errs bytes.Buffer
	p := program{
		stdin: strings.NewReader(""), stdout: &out, stderr: &errs, interrupt: newInterrupt(),
		env: func(name string) string { return env[name] },
	}
	code = p.exec(append([]string{"doctor"}, args...))
	if errs.Len() > 0 {
		t.Errorf("said %s", &errs)
	}
	lines = map[string]string{}
	for line := range strings.Lines(out.String()) {
		lines[strings.TrimSpace(line[6:19])] = strings.TrimSpace(line[:6]) + " " + strings.TrimSpace(line[19:])
	}
	if len(lines) != 9 {
		t.Errorf("printed\n%s", &out)
	}
	return code, lines
}

// visit examines a new machine whose API is h.
func visit(t *testing.T, h http.Handler) (code int, lines map[string]string) {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	dir := t.TempDir()
	return examine(t, map[string]string{keyIDName: "try", secretName: "try-it-out"},
		"--api-url", server.URL+"/v2", "--state", filepath.Join(dir, "state"), "--out", filepath.Join(dir, "out"))
}

func TestDoctorTriesTheKey(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		code   int
		want   string
	}{
		"401": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, `{"detail": "Invalid username/password."}`)
		}, exitError, `^FAIL the API does not accept the credentials: check ARGYLE_API_KEY_ID and ARGYLE_API_KEY_SECRET \(HTTP 401\)$`},
		"404":     {http.NotFound, exitError, `^FAIL the API URL leads nowhere: `},
		"no list": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }, exitError, `^FAIL the API's list of invites cannot be read$`},
		"429": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }, exitOK,
			`^warn cannot be tried: the API asked us to slow down \(HTTP 429\); look again in a minute, and whether something else uses the same key$`},
	} {
		code, lines := visit(t, c.answer)
		if code != c.code || !regexp.MustCompile(c.want).MatchString(lines["credentials"]) {
			t.Errorf("%s: exit code %d, %s", name, code, lines["credentials"])
		}
	}
}

// It asks one GET, whatever the account holds.
func TestDoctorSendsNothing(t *testing.T) {
	sim := argylesim.New(argylesim.Options{})
	if code, lines := visit(t, sim); code != exitOK {
		t.Errorf("exit code %d, %v", code, lines)
	}
	if asked := sim.Requests(); len(asked) != 1 || asked[0].Method != http.MethodGet {
		t.Errorf("asked %v", asked)
	}
}

func TestDoctorReadsTheClock(t *testing.T) {
	for apart, want := range map[time.Duration]string{
		0:                 "ok within 5s of the API's",
		-90 * time.Second: "warn this machine's clock is 1m30s ahead of the API's: have NTP set it, on most systems with 'timedatectl set-ntp true'",
		time.Hour:         "FAIL this machine's clock is 1h behind the API's, so that no time in a result can be trusted: have NTP set it, on most systems with 'timedatectl set-ntp true'",
	} {
		sim := argylesim.New(argylesim.Options{})
		code, lines := visit(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", time.Now().Add(apart).UTC().Format(http.TimeFormat))
			sim.ServeHTTP(w, r)
		}))
		if lines["clock"] != want || (code == exitOK) != (apart < skewTooMuch) {
			t.Errorf("%v: exit code %d, %s", apart, code, lines["clock"])
		}
	}
	for skew, want := range map[time.Duration]health{
		5400 * time.Millisecond: healthy, -6 * time.Second: unwell, 300 * time.Second: unwell, -301 * time.Second: broken,
	} {
		if got, text := judgeSkew(skew); got != want {
			t.Errorf("%v: %s, %s", skew, got, text)
		}
	}
}

func TestDoctorWantsRoom(t *testing.T) {
	for _, c := range []struct {
		ledger, results uint64
		want            string
	}{
		{1e9, 2e12, "ok 1.0 GB free for the ledger, 2.0 TB for the results"},
		{999e6, 2e12, "warn 999 MB free for the ledger, 2.0 TB for the results: make room before the disk is full"},
		{2e12, 99e6, "FAIL 2.0 TB free for the ledger, 99 MB for the results: make room, a run would soon fill the disk"},
	} {
		status, text := judgeRoom(c.ledger, c.results)
		if got := string(status) + " " + text; got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

// While a run sends, and after it was killed.
func TestDoctorSeesRuns(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{})
	s := newSite(t, a)
	run := s.underWay(a, 1)
	text := s.run(exitOK, "bulkinvite", "doctor").stdout.String()
	for _, want := range []string{
		`(?m)^warn  lock         held by run \S+ \(process \d+, started \S+\): another run is turned away until it has ended$`,
		`(?m)^ok    in doubt     nobody$`,
		`(?m)^ok    runs         `,
	} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	_ = run.cmd.Process.Kill()
	run.wants(-1)
	text = s.run(exitAttention, "bulkinvite", "doctor").stdout.String()
	for _, want := range []string{
		`(?m)^ok    lock         free$`,
		`(?m)^warn  in doubt     1 person, who may hold an invite or not: `,
		`(?m)^warn  runs         run \S+ \(started \S+\) died before it could report: the next run takes up what it left$`,
	} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	a.release()
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	if text = s.run(exitOK, "bulkinvite", "doctor").stdout.String(); strings.Contains(text, "warn") {
		t.Error(text)
	}
}
