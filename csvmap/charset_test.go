package csvmap_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkinvite/csvmap"
)

// A roster may begin with a hundred thousand rows in ASCII, and go on in another
// encoding.
func TestEncodingFoundLate(t *testing.T) {
	ascii := func(rows int) string { return "Name,Email\n" + strings.Repeat("Ada Longfield,ada@example.com\n", rows) }
	start, near := ascii(100_000), ascii(5_000) // both beyond what is looked at to open a roster
	for name, tt := range map[string]struct {
		start, end string
		want       string
		last       string // verdict on the last row
	}{
		"Windows-1252":   {start, "Jos\xe9 Mu\xf1oz,j@example.com\n", "Windows-1252", "100002 José Muñoz j@example.com"},
		"broken UTF-8":   {near + strings.Repeat("José,j@example.com\n", 20), "Jos\xe9,j@example.com\n", "UTF-8", "5022 invalid bad_value:1"},
		"nobody's guess": {near, "\x81\x8d\xfd\x9d\x81,j@example.com\n", "Windows-1252", "5002 invalid unclear_letters:1"},
	} {
		for _, from := range []string{"a file", "standard input"} {
			t.Run(name+" from "+from, func(t *testing.T) {
				path, text := "-", tt.start+tt.end
				if from == "a file" {
					path = filepath.Join(t.TempDir(), "roster.csv")
					if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				roster, err := csvmap.Open(path, strings.NewReader(text))
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = roster.Close() }()
				n, err := 0, error(nil)
				for _, err = range roster.Rows(t.Context()) {
					n++
				}
				wrong, ok := errors.AsType[*csvmap.EncodingError](err)
				if _, broken := errors.AsType[*csvmap.RosterError](err); !ok || !broken {
					t.Fatalf("%v after %d rows", err, n)
				}
				again, err := roster.Retry(err)
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = again.Close() }()
				if got := again.Detected(); got.Encoding != tt.want || len(notesOf(again)) != 1 {
					t.Errorf("%+v", got)
				}
				check := checker(t, again, csvmap.Rules{})
				all := rows(t, again)
				last := all[len(all)-1]
				if len(all) != n || last.Line != wrong.Line || verdict(check, last) != tt.last || wrong.Line != n+1 {
					t.Errorf("%d rows, %d before, the last is %+v", len(all), n, last)
				}
			})
		}
	}
}

func TestRetryKeepsOtherErrors(t *testing.T) {
	roster, broken := open(t, "Name\nA\n"), errors.New("broken")
	for _, err := range []error{nil, broken, &csvmap.RosterError{}} {
		if again, got := roster.Retry(err); again != nil || !errors.Is(got, err) {
			t.Error(again, got)
		}
	}
}
