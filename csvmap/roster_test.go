package csvmap_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"bulkinvite/csvmap"
)

func TestOpenRefuses(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", "is empty"},
		{"blank lines", "\n\r\n", "is empty"},
		{"only a BOM", "\xef\xbb\xbf", "is empty"},
		{"xls", "\xd0\xcf\x11\xe0rest", "old Excel workbook"},
		{"locked xlsx", "\xd0\xcf\x11\xe0" + strings.Repeat(".", 200_000) + utf16LE("EncryptedPackage"), "Excel workbook with a password"},
		{"pdf", "%PDF-1.7\n", "PDF"},
		{"web page", "\xef\xbb\xbf\r\n<HTML><table>", "web page"},
		{"7-Zip", "7z\xbc\xaf\x27\x1c", "7-Zip"},
		{"UTF-32", "\xff\xfe\x00\x00N\x00\x00\x00", "UTF-32"},
		{"binary", strings.Repeat("\x00\x01\x02a", 40), "binary"},
		{"NUL in the header", "Name\x00,Email\nA,a@example.com\n", "NUL"},
		{"too many columns", "Name,Email" + strings.Repeat(",x", 16_383) + "\n", "16385 columns"},
		{"bad quote", "Name,\"Email\"x\nA,a@example.com\n", "header cannot be read"},
		{"header twice", "Name,Email,Notes,email\n", `the column "email" twice`},
		{"two columns for one field", "Name,Email,E-Mail\n", `the columns "Email" and "E-Mail" both mean email`},
		{"unknown template field", "Name,Email,override_invite_template.email.colour\n", "override_invite_template.email.colour is no field"},
		{"empty part", "Name,Email,dds_config..a\n", "empty part"},
		{"value and object", "Name,Email,dds_config.a,dds_config.a.b\n", "is part of"},
		{"only marks", "bulkinvite_run,bulkinvite_raw\n", "no columns of the roster's own"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := openAndCheck(tt.text)
			broken, ok := errors.AsType[*csvmap.RosterError](err)
			if !ok || !strings.Contains(err.Error(), tt.want) || broken.Path != "standard input" {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestOpenFile(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{dir: "is a folder", filepath.Join(dir, "none.csv"): "no such file"} {
		_, err := csvmap.Open(path, nil)
		if _, ok := errors.AsType[*csvmap.RosterError](err); !ok || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	text := "\xef\xbb\xbfName;Work Email\r\nAda Longfield;ada@example.com\r\n"
	path := filepath.Join(dir, "roster.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	roster, err := csvmap.Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := rows(t, roster)
	want := []csvmap.Row{{
		Line: 2, Offset: 17, Raw: "Ada Longfield;ada@example.com",
		Cells: []string{"Ada Longfield", "ada@example.com"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if sum := sha256.Sum256([]byte(text)); roster.SHA256() != hex.EncodeToString(sum[:]) {
		t.Error("wrong SHA-256")
	}
	format := csvmap.Format{Header: "Name;Work Email", Delimiter: ';', Newline: "\r\n", BOM: true, Columns: 2}
	if diff := cmp.Diff(format, roster.Format()); diff != "" {
		t.Error(diff)
	}
	columns := []csvmap.Column{{1, "Name", csvmap.FullName, csvmap.ByAlias, ""}, {2, "Work Email", csvmap.Email, csvmap.ByAlias, ""}}
	if diff := cmp.Diff(columns, roster.Columns()); diff != "" {
		t.Error(diff)
	}
	if err := roster.Close(); err != nil {
		t.Error(err)
	}
}

func TestHeaderOnly(t *testing.T) {
	for _, err := range open(t, "Name,Email\n\n").Rows(t.Context()) {
		if broken, ok := errors.AsType[*csvmap.RosterError](err); !ok || !strings.Contains(broken.Message, "no rows") {
			t.Error(err)
		}
		return
	}
	t.Error("no error")
}

func TestReadErrorInTheMiddle(t *testing.T) {
	cause := errors.New("broken disk")
	start := "Name,Email\n" + strings.Repeat("A,a@example.com\n", 10_000)
	roster, err := csvmap.Open("-", io.MultiReader(strings.NewReader(start), iotest.ErrReader(cause)))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, err = range roster.Rows(t.Context()) {
		if err == nil {
			n++
		}
	}
	broken, ok := errors.AsType[*csvmap.RosterError](err)
	if !ok || !errors.Is(err, cause) || broken.Line != 10_002 || n != 10_000 {
		t.Errorf("%v after %d rows", err, n)
	}
}

// Whatever ends the range, the goroutine behind it ends too.
func TestRowsLeaveNothingBehind(t *testing.T) {
	text := "Name,Email\n" + strings.Repeat("A,a@example.com\n", 5_000)
	t.Run("break", func(t *testing.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for range 20 {
			for range open(t, text).Rows(t.Context()) {
				break
			}
		}
	})
	t.Run("cancel", func(t *testing.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		why, n := errors.New("stop"), 0
		var last error
		for _, last = range open(t, text).Rows(ctx) {
			n++
			cancel(why)
		}
		if !errors.Is(last, why) || n == 5_001 {
			t.Errorf("%v after %d pairs", last, n)
		}
	})
	t.Run("panic", func(t *testing.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		defer func() { _ = recover() }()
		for range open(t, text).Rows(t.Context()) {
			panic("in the loop")
		}
	})
}
