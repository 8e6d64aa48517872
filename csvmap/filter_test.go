package csvmap

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// keeps reports whether a filter keeps a row of these cells, whose columns are A,
// B, C … in order.
func keeps(t testing.TB, filter string, cells ...string) bool {
	t.Helper()
	tree, complaint := parseFilter(filter)
	if complaint != "" {
		t.Fatalf("%s: %s", filter, complaint)
	}
	test, err := tree.bind(func(name string) (int, error) { return int(name[0] - 'A'), nil })
	if err != nil {
		t.Fatal(err)
	}
	return test(cells)
}

func TestFilter(t *testing.T) {
	cells := []string{" Act\u200bive\u00a0", "on leave", "", "U\u0308nter \"x\""}
	for filter, want := range map[string]bool{
		`A == active`:                          true,
		`A == "ACTIVE "`:                       true,
		`A != active`:                          false,
		`"A" == 'active'`:                      true,
		`A in (x, "Active")`:                   true,
		`A NOT IN (x, y)`:                      true,
		`B == "on leave"`:                      true,
		`C == ""`:                              true,
		`C != ''`:                              false,
		`D == "ünter \"x\""`:                   true,
		`D == 'ünter "x"'`:                     true,
		`A == x || A == active && B == y`:      false,
		`A == active || A == active && B == y`: true,
		`(A == active || A == x) && B == y`:    false,
		`((A == active))&&(B!=y)`:              true,
		`A == in && B == x || A == active`:     true,
		`A in (not, in, active)`:               true,
		`A == ad@example.com || B == +1-2.5`:   false,
		strings.Repeat("(", 50) + "A==active" + strings.Repeat(")", 50): true,
	} {
		if got := keeps(t, filter, cells...); got != want {
			t.Errorf("%s is %v", filter, got)
		}
	}
}

func TestFilterComplaints(t *testing.T) {
	for filter, want := range map[string]string{
		``:                        `at character 1: expected a column, found the end`,
		`Status`:                  `at character 7: expected ==, !=, in or not in behind the column "Status", found the end`,
		`Status = Active`:         `at character 8: expected ==, !=, in or not in behind the column "Status", found "="; two texts are compared with ==`,
		`Job Status == Active`:    `at character 5: expected ==, !=, in or not in behind the column "Job", found "Status"; what has spaces goes into quotes`,
		`Status == On leave`:      `at character 14: expected && or ||, or the end, found "leave"; what has spaces goes into quotes`,
		`Status == `:              `at character 11: expected a text, found the end`,
		`Status == "Active`:       `at character 11: the quote is never closed`,
		`Status in Active`:        `at character 11: expected (, found "Active"`,
		`Status in ()`:            `at character 12: expected a text, found ")"`,
		`Status in (a b)`:         `at character 14: expected ), found "b"`,
		`Status not == a`:         `at character 12: expected in, found "=="`,
		`(Größe == a`:             `at character 12: expected ), found the end`,
		`Status == a &`:           `at character 13: expected && or ||, or the end, found "&"`,
		`Status == a )`:           `at character 13: expected && or ||, or the end, found ")"`,
		`Mail == a a@example.com`: `found (withheld)`,
		strings.Repeat("(", 51):   `more than 50 parentheses are open`,
	} {
		if _, got := parseFilter(filter); !strings.Contains(got, want) {
			t.Errorf("%s\ngot  %s\nwant %s", filter, got, want)
		}
	}
}

// A filter that is put together of parts says what the parts say.
func TestFilterMeansItsParts(t *testing.T) {
	value := rapid.SampledFrom([]string{"a", "b", "on leave", "in", `q"\'`, ""})
	quotedBy := rapid.SampledFrom([]string{`"`, `'`})
	rapid.Check(t, func(rt *rapid.T) {
		cells := rapid.SliceOfN(value, 3, 3).Draw(rt, "cells")
		text := func() (string, string) {
			v, q := value.Draw(rt, "value"), quotedBy.Draw(rt, "quote")
			return v, q + strings.NewReplacer(`\`, `\\`, q, `\`+q).Replace(v) + q
		}
		var make func(depth int) (string, bool)
		make = func(depth int) (string, bool) {
			kinds := 6
			if depth == 0 {
				kinds = 4
			}
			column := rapid.IntRange(0, 2).Draw(rt, "column")
			name := string(rune('A' + column))
			v, q := text()
			w, p := text()
			same := cells[column] == v
			switch rapid.IntRange(0, kinds-1).Draw(rt, "kind") {
			case 0:
				return name + "==" + q, same
			case 1:
				return name + " != " + q, !same
			case 2:
				return fmt.Sprintf("%s in (%s,%s)", name, q, p), same || cells[column] == w
			case 3:
				return fmt.Sprintf("%s not in ( %s )", name, q), !same
			case 4:
				l, lv := make(depth - 1)
				r, rv := make(depth - 1)
				return "(" + l + ") && (" + r + ")", lv && rv
			default:
				l, lv := make(depth - 1)
				r, rv := make(depth - 1)
				return "(" + l + " || " + r + ")", lv || rv
			}
		}
		filter, want := make(3)
		if got := keeps(t, filter, cells...); got != want {
			rt.Fatalf("%s of %q is %v", filter, cells, got)
		}
	})
}

func FuzzFilter(f *testing.F) {
	for _, seed := range []string{`Status == "Active"`, `(A in (a, 'b c') || !B) && "C" not in (x)`, "\xff", `a=="\`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tree, complaint := parseFilter(text)
		switch {
		case complaint == "" && tree == nil, complaint != "" && tree != nil:
			t.Fatal("neither a condition nor a complaint, or both")
		case strings.ContainsAny(complaint, "\r\n"):
			t.Fatalf("%q", complaint)
		case tree != nil:
			test, _ := tree.bind(func(string) (int, error) { return 0, nil })
			test([]string{text})
		}
	})
}
