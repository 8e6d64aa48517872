package csvmap_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"bulkinvite/csvmap"
)

func TestWrongOptions(t *testing.T) {
	for _, o := range []csvmap.OpenOptions{
		{Encoding: "klingon"}, {Delimiter: "x"}, {Delimiter: "::"}, {Delimiter: "\""}, {Format: "pdf"}, {HeaderRow: -1}, {HeaderRow: 1 << 20},
	} {
		if _, err := csvmap.OpenWith("-", strings.NewReader("Name\nA\n"), o); err == nil {
			t.Errorf("%+v passed", o)
		} else if _, ok := errors.AsType[*csvmap.RulesError](err); !ok {
			t.Error(err)
		}
	}
	for _, name := range append(csvmap.Encodings(), "utf8", "latin1", "SJIS", "cp1252") {
		if _, err := csvmap.OpenWith("-", strings.NewReader("Name,Email\nA,b\n"), csvmap.OpenOptions{Encoding: name}); err != nil && !slices.Contains([]string{"UTF-16LE", "UTF-16BE"}, name) {
			t.Error(name, err)
		}
	}
}
