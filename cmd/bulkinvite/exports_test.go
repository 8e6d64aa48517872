package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestExports runs each sample of a known export as it is, against the
// simulator, and compares what its columns were taken for and what became of
// its rows with the golden file beside it.
func TestExports(t *testing.T) {
	t.Parallel()
	samples, err := filepath.Glob("../../samples/exports/*.csv")
	if err != nil || len(samples) < 11 {
		t.Fatal(len(samples), err)
	}
	for _, sample := range samples {
		t.Run(filepath.Base(sample), func(t *testing.T) {
			got := describeColumns(t, sample) + describeRun(t, sample)
			golden := strings.TrimSuffix(sample, ".csv") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// describeColumns says what each column was taken for, "-" for nothing.
func describeColumns(t *testing.T, sample string) string {
	t.Helper()
	roster, err := csvmap.Open(sample, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer roster.Close()
	var text strings.Builder
	for _, column := range roster.Columns() {
		field := string(column.Field)
		if field == "" {
			field = "-"
		}
		fmt.Fprintf(&text, "%-16s %s\n", field, column.Header)
	}
	return text.String()
}

// describeRun says what the roster was taken for and what became of each row.
func describeRun(t *testing.T, sample string) string {
	t.Helper()
	dir := t.TempDir()
	var out bytes.Buffer
	code, stderr := execute(nil, &out, newInterrupt(), "run", "--simulate", "--quiet", "--json", "--rate", "1000",
		"--out", filepath.Join(dir, "out"), "--state", filepath.Join(dir, "state"), sample)
	var summary struct {
		ReadAs string   `json:"roster_read_as"`
		Notes  []string `json:"roster_notes"`
	}
	if err := json.Unmarshal(out.Bytes(), &summary); err != nil {
		t.Fatal(err, stderr)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "\nexit code %d\nread as %s\n%s\n\n", code, summary.ReadAs, strings.Join(summary.Notes, "\n"))
	results, err := os.Open(filepath.Join(dir, "out", "latest", "results.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer results.Close()
	rows := csv.NewReader(results)
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return text.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		// line, outcome, employee_id, first_name, last_name, email, phone_number, and error_code
		text.WriteString(strings.Join(append(row[:7:7], row[15]), " | ") + "\n")
	}
}
