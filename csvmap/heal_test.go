package csvmap_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

// A row whose form is odd is read where it can only be one thing; the rerun file
// then has it in its regular form, which is read the same.
func TestHealed(t *testing.T) {
	const (
		notes = "Employee ID,First Name,Last Name,Email,Note"
		first = "Note,Name,Email,Phone"
		ana   = "E1 Ana Lee ana@example.com"
	)
	tests := []struct{ header, row, want, raw string }{
		// Only cells at the end are lacking, and none that is needed.
		{notes, "E1,Ana,Lee,ana@example.com", ana, "E1,Ana,Lee,ana@example.com,"},
		{notes, "E1,Ana,Lee", "invalid short_row:0", ""},
		{notes, "E1,Ana,Lee,", "invalid missing_contact:0", ""}, // only the note is lacking: the address is blank
		{"Name,Email,Phone,Country,Department", "Ana Lee,ana@example.com", "Ana Lee ana@example.com", "Ana Lee,ana@example.com,,,"},
		{"Name,Email,Phone,Country,Department", "Ana Lee,,2125550123,US", "Ana Lee +12125550123", "Ana Lee,,2125550123,US,"},
		{"Email,Phone,Employee ID,Name", "ana@example.com,,E1", "invalid short_row:0", ""},
		{"Name,Email,Employee ID", "Ana Lee,ana@example.com", "Ana Lee ana@example.com", "Ana Lee,ana@example.com,"},
		{"Email,First Name,Note,Last Name", "ana@example.com,Ana,x", "invalid short_row:0", ""},

		// Stray quotes in a column that nobody uses.
		{notes, `E1,Ana,Lee,ana@example.com,6" pipe`, ana, `E1,Ana,Lee,ana@example.com,"6"" pipe"`},
		{notes, `E1,Ana,Lee,ana@example.com,"6" pipe"`, ana, `E1,Ana,Lee,ana@example.com,"6"" pipe"`},
		{notes, `"E1","Ana","Lee","ana@example.com","6" pipe"`, ana, `"E1","Ana","Lee","ana@example.com","6"" pipe"`},
		{notes, `"E1" ,"Ana" ,"Lee" , "ana@example.com","6" pipe"`, ana, `"E1","Ana","Lee","ana@example.com","6"" pipe"`},
		{notes, `E1,Ana,Lee,ana@example.com,"open`, ana, `E1,Ana,Lee,ana@example.com,"""open"`},
		{notes, `E1,Ana,Lee,ana@example.com,"`, ana, `E1,Ana,Lee,ana@example.com,""""`},
		{notes, `E1,Ana,Lee,ana@example.com,a ""b""`, ana, `E1,Ana,Lee,ana@example.com,"a """"b"""""`},
		{notes, `E1,Ana,Lee,ana@example.com,say "a, b"`, "invalid bad_quote:0", ""},
		{notes, `E1,Ana,Lee,6" pipe`, "invalid bad_quote:0", ""}, // the note is lacking, or an address with a quote
		{notes, `E1,A"na,Lee,ana@example.com,x`, "invalid bad_quote:0", ""},
		{notes, `E1,"Ana"s,Lee,ana@example.com,6" pipe`, "invalid bad_quote:0", ""},
		{notes, `E1,"Ana,Lee,ana@example.com,6" pipe`, "invalid bad_quote:0", ""},
		{first, `6" pipe,Ana Lee,ana@example.com,`, "Ana Lee ana@example.com", `"6"" pipe",Ana Lee,ana@example.com,`},
		{first, `"6" pipe",Ana Lee,ana@example.com,`, "Ana Lee ana@example.com", `"6"" pipe",Ana Lee,ana@example.com,`},
		{first, `"open,Ana Lee,ana@example.com,`, "Ana Lee ana@example.com", `"""open",Ana Lee,ana@example.com,`},

		// Blanks around quotes.
		{notes, `"E1", "Ana", "Lee", "ana@example.com", "x, y"`, ana, `"E1","Ana","Lee","ana@example.com","x, y"`},
		{notes, `"E1" ,"Ana"` + "\t" + `,"Lee"  ,"ana@example.com" ,"x" `, ana, `"E1","Ana","Lee","ana@example.com","x"`},
		{notes, ` "E1" , Ana, Lee,ana@example.com , ""`, ana, `"E1", Ana, Lee,ana@example.com ,""`},
		{notes, "\"E1\", \"Ana\", \"Lee\", \"ana@example.com\", \"x\r\ny\"", ana, "\"E1\",\"Ana\",\"Lee\",\"ana@example.com\",\"x\r\ny\""},
		{notes, `"E1", "Ana" "Maria", "Lee", "ana@example.com", "x"`, "invalid bad_quote:0", ""},

		// Excel's formula for a text.
		{notes, `="E1",="Ana",Lee,ana@example.com,=""`, ana, `="E1",="Ana",Lee,ana@example.com,=""`},
		{notes, `"=""E1""",Ana,Lee,ana@example.com,"=""a""""b"""`, ana, `"=""E1""",Ana,Lee,ana@example.com,"=""a""""b"""`},
		{notes, `="E1", ="Ana" ,"=""Lee""",ana@example.com,`, ana, `="E1",="Ana","=""Lee""",ana@example.com,`},
		{notes, `="E1",Ana,Lee,="ana@example.com"`, ana, `="E1",Ana,Lee,="ana@example.com",`},

		// Whatever stands where nobody looks.
		{notes, "E1,Ana,Lee,ana@example.com,a\x00\x07\x1f\x7f\xed\xa0\xbd\xffb", ana, "E1,Ana,Lee,ana@example.com,a\x00\x07\x1f\x7f\xed\xa0\xbd\xffb"},
		{notes, "E1,Ana,Lee,ana@example.com,\uFFFD\u200b\u2028", ana, "E1,Ana,Lee,ana@example.com,\uFFFD\u200b\u2028"},
		{notes, "E1,A\x07na,Lee,ana@example.com,", "invalid bad_value:2", ""},
		{"Note,Name,Email,note,Note", "a,Ana Lee,ana@example.com,b,c", "Ana Lee ana@example.com", "a,Ana Lee,ana@example.com,b,c"},
	}
	for _, tt := range tests {
		for _, end := range []string{"\n", "\r\n"} {
			text := tt.header + end + tt.row + end
			if !strings.Contains(tt.header, "Phone") {
				text += "E9,Bo,Ray,bo@example.com,x" + end
			}
			roster := open(t, text)
			row := rows(t, roster)[0]
			got := strings.TrimPrefix(verdict(checker(t, roster, csvmap.Rules{}), row), "2 ")
			if got != tt.want || tt.raw != "" && row.Raw != tt.raw {
				t.Errorf("%q: %s, raw %q, want %s, raw %q", tt.row, got, row.Raw, tt.want, tt.raw)
			}
			again := open(t, csvmap.RerunFile(t, roster.Format(), []csvmap.Row{row}, csvmap.Marks{Run: "r1", Outcome: "failed"}))
			same := rows(t, again)[0]
			if diff := cmp.Diff(row.Cells, same.Cells); diff != "" || same.Raw != row.Raw || (same.Malformed == nil) != (row.Malformed == nil) {
				t.Errorf("%q came back as %+v: %s", tt.row, same, diff)
			}
		}
	}
}

// What the mapping uses is no column that nobody uses.
func TestHealedByMapping(t *testing.T) {
	const text = "Name,Email,Note,Status\nAna Lee,ana@example.com,6\" pipe,Active\nBo Ray,bo@example.com,bo,\"A\"ctive\n"
	for mapping, want := range map[string]string{
		"":                                      "2 Ana Lee ana@example.com,3 Bo Ray bo@example.com",
		"columns: {Note: external_id}":          "2 invalid bad_quote:0,3 Bo Ray bo@example.com",
		"templates: {flow_id: '{Note}'}":        "2 invalid bad_quote:0,3 Bo Ray bo@example.com",
		"filter: Status in (Active)":            "2 Ana Lee ana@example.com,3 invalid bad_quote:0",
		"columns: {Email: ignore, Note: email}": "2 invalid bad_quote:0,3 invalid invalid_email:3",
	} {
		if got := strings.Join(verdicts(t, mapped(t, text, mapping)), ","); got != want {
			t.Errorf("%s: %s, want %s", mapping, got, want)
		}
	}
}

// A mapping cannot name a column whose name another one has, but may leave both
// out.
func TestMappingOfDoubleColumns(t *testing.T) {
	const text = "Name,Email,Note,Note\nAna Lee,ana@example.com,a,b\n"
	if got := verdicts(t, mapped(t, text, "columns: {Note: ignore}")); got[0] != "2 Ana Lee ana@example.com" {
		t.Error(got)
	}
	for _, by := range []string{"columns: {Note: external_id}", "templates: {external_id: '{Note}'}", "filter: Note == a"} {
		if err := open(t, text).Map(mapping(t, by)); err == nil || !strings.Contains(err.Error(), `the column "Note" twice (columns 3 and 4)`) {
			t.Errorf("%s: %v", by, err)
		}
	}
	roster := open(t, text)
	draft, err := roster.Draft(rows(t, roster))
	if err != nil || strings.Contains(draft.Text, `"Note"`) {
		t.Error(draft.Text, err)
	}
}

// A last line without an end is no whole row when it has fewer cells than the
// header, though it would do if it were one; a Ctrl-Z is an end.
func TestShortRowAtTheEnd(t *testing.T) {
	const start = "Name,Email,Phone,Note\nAna Lee,ana@example.com,,\n"
	for last, want := range map[string]string{
		"Bo Ray,bo@example.co":              "cut off",
		"Bo Ray,bo@example.com,\"x":         "cut off",
		"Bo Ray,bo@example.com,,\"x":        "cut off",
		"Bo Ray,bo@example.com,,":           "3 Bo Ray bo@example.com",
		"Bo Ray,bo@example.com\n":           "3 Bo Ray bo@example.com",
		"Bo Ray,bo@example.com\x1a":         "3 Bo Ray bo@example.com",
		"Bo Ray,bo@example.com\r\n\x1a":     "3 Bo Ray bo@example.com|4 skipped empty_row",
		"Bo Ray,bo@example.com\n\x1a\x1a\n": "3 Bo Ray bo@example.com|4 skipped empty_row",
		"Bo Ray,bo@example.com\n\x00\x00":   "3 Bo Ray bo@example.com|4 skipped empty_row",
	} {
		all, err := readAll(t, start+last, csvmap.OpenOptions{})
		if want == "cut off" {
			if !is[*csvmap.PartialError](err) {
				t.Errorf("%q: %v", last, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", last, err)
			continue
		}
		check := checker(t, open(t, start+last), csvmap.Rules{})
		got := []string{}
		for _, row := range all[1:] {
			got = append(got, verdict(check, row))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", last, got, want)
		}
	}
}

// A list with controls in a column of every row is a list all the same.
func TestControlsInEveryRow(t *testing.T) {
	text := "Name,Email,Tags\n" + strings.Repeat("Ana Lee,ana@example.com,a\x1fb\x00\x00\x00\n", 100)
	for _, got := range verdicts(t, openWith(t, text, csvmap.OpenOptions{})) {
		if !strings.HasSuffix(got, "Ana Lee ana@example.com") {
			t.Fatal(got)
		}
	}
}
