package main

import (
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
	"bulkinvite/reports"
)

func TestKeysAreReadAsARosterIs(t *testing.T) {
	id := func(v string) batch.Alias { return batch.Alias{Kind: batch.ByEmployeeID, Value: v} }
	phone := func(v string) batch.Alias { return batch.Alias{Kind: batch.ByPhone, Value: v} }
	email := func(v string) batch.Alias { return batch.Alias{Kind: batch.ByEmail, Value: v} }
	for _, test := range []struct {
		key, region string
		all         []batch.Alias
		stranger    batch.Alias // zero: refused
	}{
		{"00E7", "US", []batch.Alias{id("e7")}, id("e7")},
		{" e7 ", "US", []batch.Alias{id("e7")}, id("e7")},
		{"E 7", "US", []batch.Alias{id("e7")}, id("e7")},
		{"Avery@Example.com", "US", []batch.Alias{id("averyexamplecom"), email("avery@example.com")}, email("avery@example.com")},
		{"avery@b\u00fccher.example", "US", []batch.Alias{id("averyb\u00fccherexample"), email("avery@xn--bcher-kva.example")}, email("avery@xn--bcher-kva.example")},
		{"avery@nowhere", "US", []batch.Alias{id("averynowhere")}, batch.Alias{}},
		{"2125550123", "US", []batch.Alias{id("2125550123"), phone("+12125550123")}, id("2125550123")},
		{"212-555-0123", "US", []batch.Alias{id("212-555-123"), phone("+12125550123")}, phone("+12125550123")},
		{"+1 (212) 555 0123", "DE", []batch.Alias{id("1-212-555-123"), phone("+12125550123")}, phone("+12125550123")},
		{"030 123456", "DE", []batch.Alias{id("30-123456"), phone("+4930123456")}, phone("+4930123456")},
		{"030 123456", "US", []batch.Alias{id("30-123456")}, id("30-123456")},
		{"+12", "US", []batch.Alias{id("12")}, batch.Alias{}},
		{"#7", "US", []batch.Alias{}, batch.Alias{}},
		{"ACME:007", "US", []batch.Alias{id("acme:7")}, id("acme:7")},
		{"TBD", "US", []batch.Alias{}, batch.Alias{}},
		{"-1", "US", []batch.Alias{id("1")}, id("1")},
		{`a,"b`, "US", []batch.Alias{id("ab")}, id("ab")},
	} {
		s := Settings{Region: test.region, Campaign: "default"}
		all, err := s.aliases(test.key)
		if d := cmp.Diff(test.all, all); err != nil || d != "" {
			t.Errorf("%q: %v %s", test.key, err, d)
		}
		stranger, err := s.strangerAlias(test.key)
		if stranger != test.stranger || (err != nil) != (test.stranger == batch.Alias{}) || err != nil && exitCode(err) != exitUsage {
			t.Errorf("%q of a stranger: %+v, %v", test.key, stranger, err)
		}
	}
}

// No contact comes to a screen, also where it was taken for an employee ID.
func TestWhatADoubtIsCalled(t *testing.T) {
	for _, test := range []struct {
		key  string
		r    csvmap.Recipient
		want string
	}{
		{"00E7", csvmap.Recipient{EmployeeID: "00E7", Email: "a@example.com"}, "00E7"},
		{"E 7", csvmap.Recipient{EmployeeID: "E 7"}, "E 7"},
		{"a@example.com", csvmap.Recipient{Email: "a@example.com"}, "#5"},
		{"A@Example.com", csvmap.Recipient{EmployeeID: "A@Example.com", Email: "a@example.com"}, "#5"},
		{"+12125550123", csvmap.Recipient{Phone: "+12125550123"}, "#5"},
		{"2125550123", csvmap.Recipient{EmployeeID: "2125550123", Phone: "+12125550123"}, "#5"},
		{"0123", csvmap.Recipient{EmployeeID: "0123", Phone: "+12125550123"}, "0123"},
		{"-7", csvmap.Recipient{EmployeeID: "-7"}, "#5"},
		{"7\x1b[2J", csvmap.Recipient{EmployeeID: "7\x1b[2J"}, "#5"},
		{"", csvmap.Recipient{}, "#5"},
	} {
		if got := doubtKey(batch.Doubt{PersonID: 5, Key: test.key, Recipient: test.r}); got != test.want {
			t.Errorf("%q is called %q, want %q", test.key, got, test.want)
		}
	}
}

func TestHandles(t *testing.T) {
	for key, want := range map[string]int64{"#7": 7, "#12": 12, "7": 0, "#": 0, "#0": 0, "#-1": 0, "#1x": 0, "##1": 0} {
		if id, ok := parseHandle(key); ok != (want > 0) || ok && id != want {
			t.Errorf("%q: %d, %t", key, id, ok)
		}
	}
	if text := handle(7); text != "#7" || reports.ShellWord(text) != "'#7'" {
		t.Errorf("%s", text)
	}
}

// The commands that are shown lead to the ledger that was looked at.
func TestPlaceWords(t *testing.T) {
	config := filepath.Join(t.TempDir(), "c.yaml")
	if err := os.WriteFile(config, []byte("simulate: true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := program{env: func(string) string { return "" }}
	for _, test := range []struct {
		typed []string
		want  string
	}{
		{nil, ""},
		{[]string{"--simulate", "--json"}, " --simulate"},
		{[]string{"--simulate=false"}, " --simulate=false"},
		{[]string{"--env", "production", "--state", "/srv/my state"}, " --state '/srv/my state' --env production"},
		{[]string{"--config", config}, " --config " + config},
		{[]string{"--config", config, "--simulate=false"}, " --config " + config + " --simulate=false"},
		{[]string{"--config=" + config, "--api-url=http://127.0.0.1:1/v2", "--campaign", "spring"}, " --config " + config + " --api-url http://127.0.0.1:1/v2"},
	} {
		cmd := p.unknownCommand()
		cmd.RunE = func(cmd *cobra.Command, _ []string) error {
			s, err := loadSettings(cmd, p.env)
			if err != nil {
				t.Error(err)
			}
			if got := s.placeWords(); got != test.want {
				t.Errorf("%v: %q, want %q", test.typed, got, test.want)
			}
			return nil
		}
		cmd.SetArgs(test.typed)
		if err := cmd.Execute(); err != nil {
			t.Error(err)
		}
	}
}

func TestOperator(t *testing.T) {
	me, err := user.Current()
	if err != nil {
		t.Skip("this machine has no users")
	}
	for sudo, want := range map[string]string{"": me.Username, me.Username: me.Username, "carol": me.Username + " (sudo by carol)"} {
		p := program{env: func(name string) string { return map[string]string{"SUDO_USER": sudo}[name] }}
		if got := p.operator(); got != want || strings.TrimSpace(got) == "" {
			t.Errorf("SUDO_USER %q: %q, want %q", sudo, got, want)
		}
	}
}
