package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"bulkinvite/batch/argyle/argylesim"
)

// What others wrote reaches no screen, no mail and no log as it is: not from headers,
// file names, flags, paths or the API.
func TestNothingActsOnTheScreen(t *testing.T) {
	t.Parallel()
	// Colours and titles, C1, what turns the text's direction round, what cannot be seen.
	const hostile = "\x1b[31m\x1b]0;x\x07\u009b2J\u202eevil\u200b\U000e0041\r"
	name := strings.NewReplacer("\x00", "", "/", "").Replace(hostile)
	api := newAPI(t, argylesim.Options{Choose: func(int, string) argylesim.Fault { return argylesim.BadData }})
	s := newSite(t, api)
	s.write(name+".csv", "ID,Name,Email,Nick"+hostile+"\n7001,Avery Sample,avery@example.com,x\n7002,Blake Sample,nowhere"+hostile+",y\n7003,"+hostile+",casey@example.com,z\n")
	s.write("roster.csv", "ID,Name,Email\n7001,Avery Sample,avery@example.com\n")
	s.write("twice.csv", "ID,Name,Email"+hostile+",Email"+hostile+"\n7001,Avery Sample,avery@example.com,x\n")
	s.write("map.yaml", "columns:\n  \""+"Nick\\e[31m"+"\": full_name\n  Email: nonsense\\e\n")
	for _, args := range [][]string{
		{"validate", name + ".csv"}, {"validate", "--json", name + ".csv"}, {"validate", "twice.csv"},
		{"map", name + ".csv"}, {"map", "--json", name + ".csv"}, {"plan", name + ".csv"}, {"plan", "--json", name + ".csv"},
		{"run", name + ".csv"}, {"run", "--json", name + ".csv"}, {"run", name + ".csv"},
		{"run", "--campaign", hostile, "roster.csv"}, {"run", "--state", hostile, "roster.csv"}, {"run", "--out", hostile, "roster.csv"},
		{"run", "--env", hostile, "roster.csv"}, {"run", "--map", hostile, "roster.csv"}, {"run", "--config", hostile, "roster.csv"},
		{"run", "--map", "map.yaml", "roster.csv"}, {"run", "--rate", hostile, "roster.csv"}, {"run", "--" + hostile, "roster.csv"},
		{"run", "--api-url", "http://" + hostile, "roster.csv"}, {"run", "--sheet", hostile, "roster.csv"},
		{"run", "--delimiter", hostile, "roster.csv"}, {"run", "--encoding", hostile, "roster.csv"},
		{hostile}, {"settle", hostile, "--skip"}, {"skip", hostile}, {"unskip", hostile}, {"adopt", "--only", hostile},
		{"unknown", "--campaign", hostile}, {"doctor", "--state", hostile}, {"backup", hostile}, {"restore", hostile}, {"unknown"}, {"doctor"}, {"reconcile"},
	} {
		cmd := exec.CommandContext(t.Context(), "bulkinvite", args...)
		cmd.Dir, cmd.Env = s.dir, s.env
		out, _ := cmd.CombinedOutput() // most of them fail, as they should
		wantPlain(t, strings.Join(args[:1], " "), string(out))
	}
	for _, file := range []string{"out/latest/summary.json"} {
		wantPlain(t, file, s.read(file))
	}
	if _, err := os.Stat(s.path("out/latest/results.csv")); err != nil {
		t.Error(err)
	}
}

func wantPlain(t *testing.T, what, text string) {
	t.Helper()
	if text == "" {
		t.Errorf("%s says nothing", what)
	}
	if !utf8.ValidString(text) {
		t.Errorf("%s: no UTF-8: %q", what, text)
	}
	for i, r := range text {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
			t.Errorf("%s: %U in %q", what, r, text[max(0, i-40):min(len(text), i+40)])
			return
		}
	}
}
