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
	// The members of a gzip file are one text.
	bomb := gzipOf(t, "Name,Email\n") + strings.Repeat(gzipOf(t, strings.Repeat("x", 1<<20)), 65)
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
		{"bomb", bomb, "", "made to fill a disk"},
		{"zip as csv", zipped, "csv", "leave the format out"},
		{"csv as zip", two, "zip", "not in the format that was given (zip)"},
		{"csv as xlsx", two, "xlsx", "not in the format that was given (xlsx)"},
		{"zip as xlsx", zipped, "xlsx", "no Excel workbook"},
		{"gzip as zip", gzipped, "zip", "not in the format that was given (zip)"},
		{"zip as gzip", zipped, "csv.gz", "not in the format that was given (csv.gz)"},
		{"gzip with a bad header", "\x1f\x8b\x07" + gzipped[3:], "", "archive is damaged"},
		{"gzip with a bad text", gzipped[:20] + "\xff\xff\xff\xff" + gzipped[24:], "", "archive is damaged"},
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
