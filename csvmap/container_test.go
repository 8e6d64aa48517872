package csvmap_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bulkinvite/csvmap"
)

func gzipOf(t testing.TB, texts ...string) string {
	t.Helper()
	var file bytes.Buffer
	for _, text := range texts {
		w := gzip.NewWriter(&file)
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return file.String()
}

const two = "Name,Email\nJosé,a@example.com\nB,b@example.com\n"

// The same roster in every wrapping, from a file and from standard input.
func TestContainers(t *testing.T) {
	sheet := book(t, func(f *excelize.File) {
		fill(t, f, "Sheet1", [][]any{{"Name", "Email"}, {"José", "a@example.com"}, {"B", "b@example.com"}})
	})
	latin := coded(t, "Windows-1252", two)
	tests := []struct{ name, file, format, encoding string }{
		{"csv", two, "csv", "UTF-8"},
		{"csv.gz", gzipOf(t, two), "csv.gz", "UTF-8"},
		{"csv.gz in pieces", gzipOf(t, two[:20], two[20:]), "csv.gz", "UTF-8"},
		{"csv.gz in Windows-1252", gzipOf(t, latin), "csv.gz", "Windows-1252"},
		{"zip", zipOf(t, "a/", "", "a/roster.csv", two, "__MACOSX/a/._roster.csv", "x", ".DS_Store", "x"), "zip", "UTF-8"},
		{"zip in Windows-1252", zipOf(t, `a\b.csv`, latin), "zip", "Windows-1252"},
		{"zip of a path that leads out", zipOf(t, "../../b.csv", two), "zip", "UTF-8"},
		{"xlsx", sheet, "xlsx", ""},
		{"zip of xlsx", zipOf(t, "roster.xlsx", sheet), "zip", ""},
	}
	for _, tt := range tests {
		path := filepath.Join(t.TempDir(), "roster.xls") // a name is only a name
		if err := os.WriteFile(path, []byte(tt.file), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, o := range []csvmap.OpenOptions{{}, {Format: tt.format}, {Encoding: "", AllowPartial: true}} {
			for _, from := range []string{path, "-"} {
				t.Run(tt.name+" from "+filepath.Base(from)+" as "+o.Format, func(t *testing.T) {
					roster, err := csvmap.OpenWith(from, strings.NewReader(tt.file), o)
					if err != nil {
						t.Fatal(err)
					}
					defer roster.Close()
					want := []string{"2 José|a@example.com", "3 B|b@example.com"}
					if diff := cmp.Diff(want, describe(rows(t, roster))); diff != "" {
						t.Error(diff)
					}
					if got := roster.Detected(); got.Format != tt.format || got.Encoding != tt.encoding {
						t.Errorf("%+v", got)
					}
					if sum := sha256.Sum256([]byte(tt.file)); roster.SHA256() != hex.EncodeToString(sum[:]) {
						t.Error("wrong SHA-256")
					}
				})
			}
		}
	}
}

func TestContainersRefused(t *testing.T) {
	zipped, gzipped := zipOf(t, "roster.csv", two), gzipOf(t, two)
	bomb := "Name,Email\n" + strings.Repeat("x", 80<<20)
	locked := []byte(zipped)
	for _, header := range []struct {
		magic string
		flags int
	}{{"PK\x03\x04", 6}, {"PK\x01\x02", 8}} {
		locked[bytes.Index(locked, []byte(header.magic))+header.flags] |= 1
	}
	tests := []struct{ name, file, format, want string }{
		{"no file", zipOf(t), "", "without a file"},
		{"two files", zipOf(t, "a.csv", two, "b.csv", two), "", "archive of 2 files"},
		{"locked", string(locked), "", "password"},
		{"zip in a zip", zipOf(t, "a.zip", zipped), "", "archive within the archive"},
		{"gzip in a zip", zipOf(t, "a.csv.gz", gzipped), "", "holds a gzip archive within"},
		{"zip in a gzip", gzipOf(t, zipped), "", "within the archive"},
		{"PDF in a zip", zipOf(t, "a.pdf", "%PDF-1.7"), "", "holds a PDF document within"},
		{"bomb", gzipOf(t, bomb), "", "made to fill a disk"},
		{"bomb in a zip", zipOf(t, "a.csv", bomb), "", "made to fill a disk"},
		{"zip as csv", zipped, "csv", "leave --format out"},
		{"csv as zip", two, "zip", "not what --format says (zip)"},
		{"csv as xlsx", two, "xlsx", "not what --format says (xlsx)"},
		{"zip as xlsx", zipped, "xlsx", "no Excel workbook"},
		{"gzip as zip", gzipped, "zip", "not what --format says (zip)"},
		{"zip as gzip", zipped, "csv.gz", "not what --format says (csv.gz)"},
		{"gzip with a bad header", "\x1f\x8b\x07" + gzipped[3:], "", "cannot be read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			roster, err := csvmap.OpenWith("-", strings.NewReader(tt.file), csvmap.OpenOptions{Format: tt.format})
			if err == nil {
				defer roster.Close()
				for _, err = range roster.Rows(t.Context()) {
				}
			}
			if _, ok := errors.AsType[*csvmap.RosterError](err); !ok || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

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
