package csvmap_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gocarina/gocsv"

	"bulkinvite/csvmap"
)

const benchRows = 100_000

// benchRoster writes rows of 8 columns, about 95 bytes each, one cell quoted.
func benchRoster(b *testing.B) string {
	b.Helper()
	var text strings.Builder
	text.WriteString("Employee ID,First Name,Last Name,Work Email,Mobile Phone,Department,Location,Start Date\n")
	for i := range benchRows {
		fmt.Fprintf(&text, "E%07d,Ada%d,Longfield,ada.longfield%d@example.com,+1212555%04d,\"Sales, East\",New York,2026-01-%02d\n",
			i, i, i, 100+i%100, 1+i%28)
	}
	path := filepath.Join(b.TempDir(), "roster.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

func perRow(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchRows, "ns/row")
}

type bareRow struct {
	EmployeeID string `csv:"Employee ID"`
	FirstName  string `csv:"First Name"`
	LastName   string `csv:"Last Name"`
	Email      string `csv:"Work Email"`
	Phone      string `csv:"Mobile Phone"`
	Department string `csv:"Department"`
	Location   string `csv:"Location"`
	Start      string `csv:"Start Date"`
}

// BenchmarkBareGocsv is the yardstick: gocsv alone, into a struct.
func BenchmarkBareGocsv(b *testing.B) {
	path := benchRoster(b)
	b.ReportAllocs()
	for b.Loop() {
		file, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		rows, ended := make(chan bareRow, 256), make(chan error, 1)
		go func() { ended <- gocsv.UnmarshalToChan(file, rows) }()
		n := 0
		for range rows {
			n++
		}
		if err := <-ended; err != nil || n != benchRows {
			b.Fatal(n, err)
		}
		_ = file.Close()
	}
	perRow(b)
}

func benchEach(b *testing.B, each func(*csvmap.Checker, csvmap.Row)) {
	path := benchRoster(b)
	b.ReportAllocs()
	for b.Loop() {
		roster, err := csvmap.Open(path, nil)
		if err != nil {
			b.Fatal(err)
		}
		checker, err := roster.Checker(csvmap.Rules{})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for row, err := range roster.Rows(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
			each(checker, row)
			n++
		}
		if n != benchRows {
			b.Fatal(n)
		}
		_ = roster.Close()
	}
	perRow(b)
}

func BenchmarkRows(b *testing.B) { benchEach(b, func(*csvmap.Checker, csvmap.Row) {}) }

func BenchmarkRowsFingerprint(b *testing.B) {
	benchEach(b, func(c *csvmap.Checker, row csvmap.Row) { c.Fingerprint(row) })
}

func BenchmarkRowsCheck(b *testing.B) {
	benchEach(b, func(c *csvmap.Checker, row csvmap.Row) {
		if _, problems := c.Check(row); problems != nil {
			b.Fatal(problems[0])
		}
	})
}
