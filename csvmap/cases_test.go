package csvmap_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

// verdicts says what becomes of each row of a list: whom it is sent to, or why it
// is skipped, or what is wrong with it, with the column where there is one.
func verdicts(t testing.TB, roster *csvmap.Roster) []string {
	t.Helper()
	check := checker(t, roster, csvmap.Rules{})
	var all []string
	for _, row := range rows(t, roster) {
		all = append(all, verdict(check, row))
	}
	return all
}

func verdict(check *csvmap.Checker, row csvmap.Row) string {
	if row.Skip != nil {
		return fmt.Sprintf("%d skipped %s", row.Line, row.Skip.Code)
	}
	r, problems := check.Check(row)
	if len(problems) > 0 {
		var codes []string
		for _, p := range problems {
			codes = append(codes, fmt.Sprintf("%s:%d", p.Code, p.Column))
		}
		return fmt.Sprintf("%d invalid %s", row.Line, strings.Join(codes, " "))
	}
	return strings.Join(strings.Fields(fmt.Sprintln(row.Line, r.EmployeeID, r.Name(), r.Email, r.Phone)), " ")
}

// Rosters that went wrong once, with what a careful person makes of each row.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*")
	if err != nil || len(files) != len(cases) {
		t.Error(len(files), "files,", len(cases), "answers,", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			roster, err := csvmap.Open(file, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer roster.Close()
			want, known := cases[filepath.Base(file)]
			if diff := cmp.Diff(want, judged(t, roster)); !known || diff != "" {
				t.Error(diff)
			}
			if got := roster.Detected(); strings.HasPrefix(filepath.Base(file), "cp1252") && (got.Encoding != "Windows-1252" || len(notesOf(roster)) != 1) {
				t.Errorf("%+v", got)
			}
		})
	}
}

// notesOf are the notes on a roster, but for the one that no column is the ID.
func notesOf(roster *csvmap.Roster) []string {
	return slices.DeleteFunc(roster.Detected().Notes, func(note string) bool { return strings.HasPrefix(note, "no column is the employee ID") })
}

// judged is verdicts with the parts of names and the codes of warnings.
func judged(t *testing.T, roster *csvmap.Roster) []string {
	t.Helper()
	c := checker(t, roster, csvmap.Rules{})
	var lines []string
	for _, row := range rows(t, roster) {
		line := verdict(c, row)
		if r, found := c.CheckAll(row); row.Skip == nil && len(found.Problems) == 0 {
			var codes []string
			for _, p := range found.Warnings {
				codes = append(codes, string(p.Code))
			}
			line = fmt.Sprint(row.Line, " ", strings.Join([]string{r.EmployeeID, r.FirstName, r.LastName, r.FullName, r.Email, r.Phone, strings.Join(codes, " ")}, "|"))
		}
		lines = append(lines, line)
	}
	return lines
}

// cases is the right answer, by file: the line, the ID, the name in its parts, the
// contacts, and the codes of warnings.
var cases = map[string][]string{
	"blank-below-header.csv": {
		"2 skipped empty_row",
		"3 E1|Ana|Lee||p1@example.com||",
	},
	"blank-rows-mid.csv": {
		"2 E1|Ana|Lee||p1@example.com||",
		"3 skipped empty_row",
		"4 skipped empty_row",
		"5 E2|Ana|Lee||p2@example.com||",
		"6 skipped empty_row",
		"7 skipped empty_row",
	},
	"bom-mid-file.csv": {
		"2 E1|Ana|Lee||p1@example.com||",
		"3 skipped header_again",
		"4 E2|Ana|Lee||p2@example.com||",
	},
	"cp1252-one-lopez.csv": {
		"2 E0|Ana0|Lee0||p0@example.com||",
		"3 E1|Ana1|Lee1||p1@example.com||",
		"4 E2|Ana2|Lee2||p2@example.com||",
		"5 E3|Ana3|Lee3||p3@example.com||",
		"6 E4|Ana4|Lee4||p4@example.com||",
		"7 E5|Ana5|Lee5||p5@example.com||",
		"8 E6|Ana6|Lee6||p6@example.com||",
		"9 E7|Ana7|Lee7||p7@example.com||",
		"10 E8|Ana8|Lee8||p8@example.com||",
		"11 E9|Ana9|Lee9||p9@example.com||",
		"12 E10|Ana10|Lee10||p10@example.com||",
		"13 E11|Ana11|Lee11||p11@example.com||",
		"14 E12|Ana12|Lee12||p12@example.com||",
		"15 E13|Ana13|Lee13||p13@example.com||",
		"16 E14|Ana14|Lee14||p14@example.com||",
		"17 E15|Ana15|Lee15||p15@example.com||",
		"18 E16|Ana16|Lee16||p16@example.com||",
		"19 E17|Ana17|Lee17||p17@example.com||",
		"20 E18|Ana18|Lee18||p18@example.com||",
		"21 E19|Ana19|Lee19||p19@example.com||",
		"22 E99|Bo|López||q@example.com||",
	},
	"cp1252-one-row.csv": {"2 E1|José|Núñez–Œuvre||p1@example.com||"},
	"ctrl-z.csv": {
		"2 E1|Ana|Lee||p1@example.com||",
		"3 E2|Ana|Lee||p2@example.com||",
		"4 skipped empty_row",
	},
	"dayforce.csv":          {"2 1001|Ana|Lee||p1@example.com|+12125550123|"},
	"dial-code-column.csv":  {"2 |Ana|Lee|||+447712345678|"},
	"dup-header-unused.csv": {"2 |Ana|Lee||p1@example.com||"},
	"entities.csv": {
		"2 E1|Ana|O'Neil||p1@example.com||html_entity",
		"3 E2|Zoë|Lee||p2@example.com||html_entity",
		"4 E3|Ana|O'Brien||p3@example.com||html_entity",
	},
	"error-in-name.csv": {
		"2 invalid bad_name:2",
		"3 invalid bad_name:2 bad_name:3",
		"4 invalid bad_name:2",
	},
	"excel-text-formula.csv": {
		"2 00123|Ana|Lee||p1@example.com|+12125550123|",
		"3 00124|Bob|Ray||p2@example.com||",
	},
	"footer-eof.csv": {
		"2 E1|Ana|Lee||p1@example.com||",
		"3 E2|Ana|Lee||p2@example.com||",
		"5 skipped remark_line",
		"6 skipped remark_line",
		"7 skipped remark_line",
	},
	"google-contacts.csv": {"2 |Ana|Lee||p1@example.com|+12125550123|"},
	"gworkspace.csv":      {"2 1001|Ana|Lee||p1@example.com|+12125550123|"},
	"hash-na.csv": {
		"2 E1|Ana|Lee||p1@example.com||no_value",
		"3 E2|Ana|Lee|||+12125550124|no_value",
	},
	"last-row-suma.csv": {
		"2 |||Ana Lee|p1@example.com||",
		"3 invalid invalid_email:2",
	},
	"manager-email.csv":      {"2 1001|Ana|Lee||ana.lee@example.com||"},
	"mobile-no-and-home.csv": {"2 1001|Ana|Lee|||+12125550123|"},
	"mojibake.csv":           {"2 invalid bad_name:2 bad_name:3"},
	"mononym.csv": {
		"2 E1|||Suharto|p1@example.com||",
		"3 E2|||Madonna|p2@example.com||",
	},
	"na-phone.csv": {
		"2 E1|Ana|Lee||p1@example.com||no_value",
		"3 E2|Ana|Lee||p2@example.com||no_value",
		"4 E3|Ana|Lee||p3@example.com||no_value",
		"5 E4|Ana|Lee||p4@example.com||no_value",
		"6 E5|Ana|Lee||p5@example.com||no_value",
		"7 E6|Ana|Lee||p6@example.com||no_value",
		"8 E7|Ana|Lee||p7@example.com||no_value",
	},
	"name-beside-first-name.csv":  {"2 |Ana|Lee||p1@example.com||"},
	"no-id-recognised-night1.csv": {"2 1|Ana|Lee||ana.lee@example.com||"},
	"no-id-recognised-night2.csv": {"2 1|Ana|Lee||alee@example.com||"},
	"official-and-personal.csv":   {"2 1001|Ana|Lee||ana.lee@example.com||"},
	"phone-and-mobile.csv":        {"2 |Ana|Lee||p1@example.com|+12125550123|"},
	"quote-space-behind.csv":      {"2 E1|Ana|Lee||p1@example.com||"},
	"sf-email-information.csv":    {"2 1|Ana|Lee||s@example.com||"},
	"short-rows.csv": {
		"2 |Ana|Lee||p1@example.com||",
		"3 |Bob|Ray||p2@example.com||",
		"4 |Cy|Day||p3@example.com|+12125550123|",
	},
	"sp-coordinates.csv": {
		"2 E1|Ana|Lee||p1@example.com||",
		"3 E2|Bo|Ray||p2@example.com||",
	},
	"space-quote.csv": {
		"2 E1|Ana|Lee||p1@example.com||",
		"3 E2|Bo|Ray, Jr||p2@example.com||",
	},
	"unused-0x1f.csv":           {"2 E99|Bo|Ray||q@example.com||"},
	"unused-NUL.csv":            {"2 E99|Bo|Ray||q@example.com||"},
	"unused-bad-quote.csv":      {"2 E99|Bo|Ray||q@example.com||"},
	"unused-bell.csv":           {"2 E99|Bo|Ray||q@example.com||"},
	"unused-lone-surrogate.csv": {"2 E99|Bo|Ray||q@example.com||"},
	"x-date-name.xlsx":          {"2 invalid bad_name:2"},
	"x-error.xlsx": {
		"2 invalid bad_name:2",
		"3 2|Bob|Ray|||+12125550123|no_value",
	},
	"x-formula-nocache.xlsx": {"2 invalid no_result:4"},
	"x-hyperlink.xlsx": {
		"2 7|Ana|Lee||p1@example.com|+12125550123|",
		"3 8|Bob|Ray||p2@example.com|+12125550124|",
		"4 invalid invalid_email:4",
		"5 10|Di|Eve||p4@example.com|+12125550120|",
	},
}
