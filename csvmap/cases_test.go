package csvmap_test

import (
	"fmt"
	"path/filepath"
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
		})
	}
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
	"space-quote.csv": {
		"2 E1|Ana|Lee||p1@example.com||",
		"3 E2|Bo|Ray, Jr||p2@example.com||",
	},
	"unused-0x1f.csv":      {"2 E99|Bo|Ray||q@example.com||"},
	"unused-NUL.csv":       {"2 E99|Bo|Ray||q@example.com||"},
	"unused-bad-quote.csv": {"2 E99|Bo|Ray||q@example.com||"},
	"unused-bell.csv":      {"2 E99|Bo|Ray||q@example.com||"},
	"x-date-name.xlsx":     {"2 invalid bad_name:2"},
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
