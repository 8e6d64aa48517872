package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bulkinvite/batch/argyle"
	"bulkinvite/csvmap"
)

// load reads settings the way a command does: from this file, environment and
// command line.
func load(t *testing.T, file string, env map[string]string, args ...string) (Settings, error) {
	t.Helper()
	p := program{env: func(name string) string { return env[name] }}
	cmd := &cobra.Command{Use: "test", SilenceErrors: true, SilenceUsage: true}
	cmd.SetFlagErrorFunc(flagError)
	p.addSettings(cmd, everySetting()...)
	if file != "" {
		path := filepath.Join(t.TempDir(), "config.yaml")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--config", path)
	}
	var s Settings
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		s, err = loadSettings(cmd, p.env)
		return err
	}
	cmd.SetArgs(append([]string{}, args...))
	return s, cmd.Execute()
}

func TestSettingsDefaults(t *testing.T) {
	got, err := load(t, "", map[string]string{"HOME": "/home/hr"})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.given) != 0 {
		t.Errorf("given: %v, want none", got.given)
	}
	want := map[string]any{
		"campaign": "default", "channel": csvmap.ByBoth, "region": "US", "rate": 10.0, "burst": 1,
		"concurrency": 16, "timeout": 30 * time.Second, "out": "out",
		"state": "/home/hr/.local/state/bulkinvite", "env": "sandbox", "simulate": false,
	}
	have := map[string]any{
		"campaign": got.Campaign, "channel": got.Channel, "region": got.Region, "rate": got.Rate, "burst": got.Burst,
		"concurrency": got.Concurrency, "timeout": got.Timeout, "out": got.Out,
		"state": got.State, "env": got.Env, "simulate": got.Simulate,
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}

func TestSettingsLayers(t *testing.T) {
	file := "rate: 1\nburst: 2\ncampaign: 0010\ntimeout: 1m\n"
	env := map[string]string{"BULKINVITE_RATE": "3", "BULKINVITE_BURST": "4", "BULKINVITE_RETRY_REJECTED": "true"}
	s, err := load(t, file, env, "--rate", "5")
	if err != nil {
		t.Fatal(err)
	}
	if s.Rate != 5 || s.Burst != 4 || s.Campaign != "0010" || s.Timeout != time.Minute || !s.RetryRejected {
		t.Errorf("wrong layer: %+v", s)
	}
	for name, want := range map[string]string{
		"rate":     " (from --rate)",
		"burst":    " (from BULKINVITE_BURST)",
		"campaign": "config.yaml:3)",
		"out":      "",
	} {
		from, _ := s.Given(name)
		if !strings.HasSuffix(from.String(), want) || (want == "") != (from.String() == "") {
			t.Errorf("%s: origin %q, want %q", name, from, want)
		}
	}
}

func TestSettingsAPI(t *testing.T) {
	const local = "http://127.0.0.1:8080/v2"
	for _, test := range []struct {
		name, file  string
		env         map[string]string
		args        []string
		url, folder string
	}{
		{name: "default", url: argyle.SandboxURL, folder: "sandbox"},
		{name: "production", args: []string{"--env=production"}, url: argyle.ProductionURL, folder: "production"},
		{name: "url", args: []string{"--api-url", local}, url: local, folder: "127.0.0.1-8080"},
		{name: "production's url", args: []string{"--api-url", argyle.ProductionURL}, url: argyle.ProductionURL, folder: "production"},
		{name: "simulate", args: []string{"--simulate"}, url: "", folder: "simulated"},
		{name: "simulate beats the file", file: "env: production\n", args: []string{"--simulate"}, url: "", folder: "simulated"},
		{name: "the file beats nothing", file: "simulate: true\n", args: []string{"--env=production"}, url: argyle.ProductionURL, folder: "production"},
		{name: "environment beats file", file: "api_url: https://proxy.example.com/v2\n", env: map[string]string{"BULKINVITE_ENV": "sandbox"}, url: argyle.SandboxURL, folder: "sandbox"},
		{name: "no simulate", args: []string{"--simulate=false", "--env=production"}, url: argyle.ProductionURL, folder: "production"},
	} {
		t.Run(test.name, func(t *testing.T) {
			env := map[string]string{"XDG_STATE_HOME": "/state"}
			for k, v := range test.env {
				env[k] = v
			}
			s, err := load(t, test.file, env, test.args...)
			if err != nil {
				t.Fatal(err)
			}
			folder, err := s.stateFolder()
			if err != nil {
				t.Fatal(err)
			}
			if s.apiURL() != test.url || folder != "/state/bulkinvite/"+test.folder {
				t.Errorf("url %q, folder %q", s.apiURL(), folder)
			}
		})
	}
}

func TestSettingsRefused(t *testing.T) {
	for _, test := range []struct {
		name, file string
		env        map[string]string
		args       []string
		want       string
	}{
		{name: "zero rate", env: map[string]string{"BULKINVITE_RATE": "0"}, want: "rate: must be more than 0 (from BULKINVITE_RATE)"},
		{name: "a weaker layer", env: map[string]string{"BULKINVITE_RATE": "x"}, args: []string{"--rate=1"}, want: "(from BULKINVITE_RATE)"},
		{name: "not a number", args: []string{"--rate=NaN"}, want: "rate: must be a number of requests a second, such as 10 or 0.5 (from --rate)"},
		{name: "over the limit", args: []string{"--rate=51"}, want: "rate: must be at most 50, Argyle's limit (from --rate)"},
		{name: "burst", args: []string{"--burst=0"}, want: "burst: must be at least 1 (from --burst)"},
		{name: "negative in a file", file: "burst: -5\n", want: "burst: must be at least 1 (from "},
		{name: "concurrency", args: []string{"--concurrency=1001"}, want: "concurrency: must be at most 1000 (from --concurrency)"},
		{name: "half a request", args: []string{"--concurrency=1.5"}, want: "concurrency: must be a whole number"},
		{name: "no unit", args: []string{"--timeout=30"}, want: "timeout: must be a time with its unit, such as 30s or 2m (from --timeout)"},
		{name: "too long", args: []string{"--timeout=11m"}, want: "timeout: must be from 1s to 10m (from --timeout)"},
		{name: "campaign", args: []string{"--campaign=../x"}, want: "campaign: must be 1 to 64 letters, digits, dots, dashes or underscores"},
		{name: "long campaign", args: []string{"--campaign=" + strings.Repeat("x", 65)}, want: "campaign: must be 1 to 64"},
		{name: "env", args: []string{"--env=staging"}, want: "env: must be sandbox or production (from --env)"},
		{name: "no url", args: []string{"--api-url=nowhere"}, want: "api-url: must be a URL with its version, such as http://127.0.0.1:8080/v2 (from --api-url)"},
		{name: "empty out", args: []string{"--out="}, want: "out: must not be empty (from --out)"},
		{name: "two APIs", args: []string{"--env=sandbox", "--api-url=http://127.0.0.1/v2"}, want: "env and api-url contradict each other: give one of them (from --api-url)"},
		{name: "two APIs with simulate", args: []string{"--env=sandbox", "--simulate"}, want: "env and simulate contradict each other: give one of them (from --simulate)"},
		{name: "two APIs in a file", file: "env: sandbox\nsimulate: true\n", want: "env and simulate contradict each other"},
		{name: "dashes in a file", file: "api-url: http://127.0.0.1/v2\n", want: "api-url: there is no such setting"},
		{name: "config in a file", file: "config: x.yaml\n", want: "config: there is no such setting"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := load(t, test.file, test.env, test.args...)
			if err == nil {
				err = s.checkRate()
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %v, want %q", err, test.want)
			}
			if code := exitCode(err); code != exitUsage {
				t.Errorf("exit code %d, want %d", code, exitUsage)
			}
		})
	}
}

// Above Argyle's published limit is allowed where the API is not Argyle's.
func TestSettingsFastSimulator(t *testing.T) {
	for _, api := range []string{"--simulate", "--api-url=http://127.0.0.1:8080/v2"} {
		s, err := load(t, "", nil, "--rate=5000", api)
		if err == nil {
			err = s.checkRate()
		}
		if err != nil {
			t.Errorf("%s: %v", api, err)
		}
	}
}

func TestSettingsWithoutHome(t *testing.T) {
	s, err := load(t, "", nil, "--simulate")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.stateFolder(); exitCode(err) != exitUsage {
		t.Errorf("error %v, want a usage error", err)
	}
}

// FuzzConfig: whatever stands in a configuration file, the program refuses it
// with one line or takes it.
func FuzzConfig(f *testing.F) {
	for _, seed := range []string{
		"rate: 1\n", "rate: [1\n", "defaults: {a: 1}\n", "a: &x 1\nb: *x\n", "<<: *x\n", "? x\n: y\n",
		"- 1\n", "\t", "rate: !!str 1\n", "rate: |\n  1\n", "a: 1\n---\nb: 1\n", "\x00\xff", "null: 1\n", "{rate: 1}", "shared_contacts: [a@example.com, 1]\n", "shared_contacts:\n  - x: 1\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := load(t, text, nil)
		if err == nil {
			return
		}
		if line := errorLine(err); strings.Count(line, "\n") > 0 || exitCode(err) != exitUsage {
			t.Errorf("exit code %d, line %q", exitCode(err), line)
		}
	})
}

func everySetting() []string {
	var names []string
	flags := new(Settings).flags()
	flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}
