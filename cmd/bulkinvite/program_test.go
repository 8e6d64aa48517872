package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

// execute runs a command line in process, with what it reads and where it prints.
func execute(stdin io.Reader, stdout io.Writer, i *Interrupt, args ...string) (code int, stderr string) {
	var errs bytes.Buffer
	p := program{stdin: stdin, stdout: stdout, stderr: &errs, env: func(string) string { return "" }, interrupt: i}
	return p.exec(args), errs.String()
}

// longRoster has n rows, every one with a problem.
func longRoster(n int) io.Reader {
	var text strings.Builder
	text.WriteString("First Name,Last Name,Email\n")
	for i := range n {
		fmt.Fprintf(&text, "Avery,Longfield,avery.%d\n", i)
	}
	return strings.NewReader(text.String())
}

func TestSignalEndsACommand(t *testing.T) {
	for signal, want := range map[syscall.Signal]struct {
		code int
		line string
	}{
		syscall.SIGINT:  {130, "bulkinvite: stopped by SIGINT\n"},
		syscall.SIGTERM: {143, "bulkinvite: stopped by SIGTERM\n"},
	} {
		i := newInterrupt()
		i.stop(received(signal))
		code, stderr := execute(longRoster(10_000), io.Discard, i, "validate", "-")
		if code != want.code || stderr != want.line {
			t.Errorf("%v: exit code %d, %q", signal, code, stderr)
		}
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestOutputThatCannotBeWritten(t *testing.T) {
	for _, rows := range []int{1, 10_000} {
		for _, form := range []string{"--json=false", "--json"} {
			code, stderr := execute(longRoster(rows), brokenPipe{}, newInterrupt(), "validate", "-", form)
			if want := "bulkinvite: the list of problems cannot be written: broken pipe\n"; code != exitError || stderr != want {
				t.Errorf("%d rows, %s: exit code %d, %q", rows, form, code, stderr)
			}
		}
	}
}

// The list is whole and in order, whatever its length.
func TestValidateJSONStreams(t *testing.T) {
	const rows = 20_000
	var out bytes.Buffer
	if code, stderr := execute(longRoster(rows), &out, newInterrupt(), "validate", "-", "--json"); code != exitAttention {
		t.Fatalf("exit code %d, %s", code, stderr)
	}
	var got struct {
		Roster   string
		Problems []jsonProblem
		Rows     int
		BadRows  int `json:"bad_rows"`
		Counts   []jsonCount
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Roster != "-" || got.Rows != rows || got.BadRows != rows || len(got.Problems) != rows {
		t.Fatalf("%d rows, %d bad, %d problems", got.Rows, got.BadRows, len(got.Problems))
	}
	for i, p := range got.Problems {
		if p.Line != i+2 || p.Column != 3 || p.Code != csvmap.InvalidEmail || p.Message == "" {
			t.Fatalf("problem %d: %+v", i, p)
		}
	}
	if want := []jsonCount{{csvmap.InvalidEmail, csvmap.Email, false, rows}}; !cmp.Equal(got.Counts, want) {
		t.Errorf("counts: %+v", got.Counts)
	}
}
