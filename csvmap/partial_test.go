package csvmap_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bulkinvite/csvmap"
)

var epoch = time.Unix(0, 0)

// cutTests are rosters that are not all there; more is what a run that goes on
// has to say of their rows.
func cutTests(t *testing.T) []struct {
	name, file, more string
} {
	rest := strings.Repeat("B,b@example.com\n", 4<<10)
	gzipped, late := gzipOf(t, two), gzipOf(t, two+rest+two[11:])
	return []struct{ name, file, more string }{
		{"ragged last line", "Name,Email\nA,a@example.com\nB", "3 short_row"},
		{"quote in the last line", "Name,Email\nA,a@example.com\n\"B,b", "3 unclosed_quote"},
		{"quote over lines", "Name,Email\nA,a@example.com\n\"B\nb", "3 unclosed_quote,4 short_row"},
		{"within a character", "Name,Email\nA,a@example.com\nB,\xc3", "3 cut_row"},
		{"at a block's end", "Name,Email\n" + strings.Repeat("A,a@example.com\n", 255) + "B,b@e", ""},
		{"UTF-16", "\xff\xfe" + utf16LE("Name,Email\nA,a@example.com\nB,b@exa") + "m", "3 cut_row"},
		{"gzip without its end", gzipped[:len(gzipped)-8], ""},
		{"gzip without its text", gzipped[:12], "-"},
		{"gzip without its header", gzipped[:5], "-"},
		{"gzip in the middle", late[:len(late)*9/10], "* cut_row"},
		{"zip", zipOf(t, "a.csv", two)[:60], "-"},
	}
}

// What is not all there is held, unless somebody says that it will do.
func TestPartial(t *testing.T) {
	for _, tt := range cutTests(t) {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readAll(t, tt.file, csvmap.OpenOptions{})
			partial, ok := errors.AsType[*csvmap.PartialError](err)
			if !ok || !strings.Contains(err.Error(), "cut off") || partial.Path != "standard input" {
				t.Fatalf("%T %v", err, err)
			}
			all, err := readAll(t, tt.file, csvmap.OpenOptions{AllowPartial: true})
			if tt.more == "-" {
				if _, ok := errors.AsType[*csvmap.RosterError](err); !ok {
					t.Errorf("%T %v", err, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var odd []string
			for _, row := range all {
				if row.Malformed != nil {
					odd = append(odd, strings.TrimSpace(describe([]csvmap.Row{row})[0]))
				}
			}
			got := strings.Join(odd, ",")
			if _, end, ok := strings.Cut(tt.more, "*"); ok && strings.HasSuffix(got, end) {
				got = tt.more
			}
			if got != tt.more {
				t.Errorf("%q, want %q", got, tt.more)
			}
		})
	}
}

func readAll(t *testing.T, text string, o csvmap.OpenOptions) (all []csvmap.Row, err error) {
	t.Helper()
	roster, err := csvmap.OpenWith("-", strings.NewReader(text), o)
	if err != nil {
		return nil, err
	}
	defer roster.Close()
	for row, err := range roster.Rows(t.Context()) {
		if err != nil {
			return all, err
		}
		all = append(all, row)
	}
	return all, nil
}

// What people leave off at the end of a file is no cut.
func TestNotPartial(t *testing.T) {
	for name, text := range map[string]string{
		"last line without an end": "Name,Email\nA,a@example.com\nB,b@example.com",
		"a total without an end":   "Name,Email\nA,a@example.com\nTotal: 1",
		"only one line has an end": "Name,Email\nA,a@example.com",
		"short row with an end":    "Name,Email\nA,a@example.com\nB\n",
		"long row without an end":  "Name,Email\nA,a@example.com\nB,b@example.com,x",
		"bad quote without an end": "Name,Email\nA,a@example.com\nB\"B,b@example.com",
		"a whole block":            "Name,Email\n" + strings.Repeat("A,a@example.com\n", 255) + "B,bb\n",
		"UTF-16":                   "\xff\xfe" + utf16LE("Name,Email\nA,a@example.com\nB,b@example.com"),
	} {
		if _, err := readAll(t, text, csvmap.OpenOptions{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A gzip stream whose sum is wrong is damaged, and goes nowhere.
func TestDamagedGzip(t *testing.T) {
	file := []byte(gzipOf(t, two))
	file[len(file)-6] ^= 1
	if _, err := readAll(t, string(file), csvmap.OpenOptions{}); !is[*csvmap.PartialError](err) {
		t.Errorf("%T %v", err, err)
	}
	if _, err := readAll(t, string(file), csvmap.OpenOptions{AllowPartial: true}); !is[*csvmap.RosterError](err) {
		t.Errorf("%T %v", err, err)
	}
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// A roster that grows, shrinks or is touched while it is read is held.
func TestChangedWhileRead(t *testing.T) {
	text := "Name,Email\n" + strings.Repeat("A,a@example.com\n", 20_000)
	for name, change := range map[string]func(path string) error{
		"grows": func(path string) error {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			_, err = f.WriteString("B,b@example.com\n")
			return errors.Join(err, f.Close())
		},
		"shrinks": func(path string) error { return os.Truncate(path, 11+16*9_000) },
		"touched": func(path string) error { return os.Chtimes(path, epoch, epoch) },
	} {
		for _, allowed := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "roster.csv")
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				roster, err := csvmap.OpenWith(path, nil, csvmap.OpenOptions{AllowPartial: allowed})
				if err != nil {
					t.Fatal(err)
				}
				defer roster.Close()
				if err := change(path); err != nil {
					t.Fatal(err)
				}
				for _, err = range roster.Rows(t.Context()) {
				}
				if is[*csvmap.PartialError](err) == allowed || err != nil && !strings.Contains(err.Error(), "while it was read") {
					t.Errorf("%v", err)
				}
			})
		}
	}
	t.Run("replaced", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "roster.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		roster, err := csvmap.Open(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer roster.Close()
		if err := errors.Join(os.WriteFile(path+".new", []byte(two), 0o600), os.Rename(path+".new", path)); err != nil {
			t.Fatal(err)
		}
		if got := len(rows(t, roster)); got != 20_000 {
			t.Errorf("%d rows", got)
		}
	})
}
