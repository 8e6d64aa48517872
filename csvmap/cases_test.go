package csvmap_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

// Rosters that went wrong once, with what a careful person makes of each row: the
// ID, the name, the contacts, and the codes of what was found.
func TestCases(t *testing.T) {
	tests := map[string]string{
		"dayforce.csv":                "1001|Ana|Lee||p1@example.com|+12125550123|",
		"dial-code-column.csv":        "|Ana|Lee|||+447712345678|",
		"entities.csv":                "E1|Ana|O'Neil||p1@example.com||html_entity\nE2|Zoë|Lee||p2@example.com||html_entity\nE3|Ana|O'Brien||p3@example.com||html_entity",
		"error-in-name.csv":           "bad_name\nbad_name bad_name\nbad_name",
		"google-contacts.csv":         "|Ana|Lee||p1@example.com|+12125550123|",
		"gworkspace.csv":              "1001|Ana|Lee||p1@example.com|+12125550123|",
		"hash-na.csv":                 "E1|Ana|Lee||p1@example.com||no_value\nE2|Ana|Lee|||+12125550124|no_value",
		"manager-email.csv":           "1001|Ana|Lee||ana.lee@example.com||",
		"mobile-no-and-home.csv":      "1001|Ana|Lee|||+12125550123|",
		"mojibake.csv":                "bad_name bad_name",
		"mononym.csv":                 "E1|||Suharto|p1@example.com||\nE2|||Madonna|p2@example.com||",
		"name-beside-first-name.csv":  "|Ana|Lee||p1@example.com||",
		"no-id-recognised-night1.csv": "1|Ana|Lee||ana.lee@example.com||",
		"no-id-recognised-night2.csv": "1|Ana|Lee||alee@example.com||",
		"official-and-personal.csv":   "1001|Ana|Lee||ana.lee@example.com||",
		"phone-and-mobile.csv":        "|Ana|Lee||p1@example.com|+12125550123|",
		"sf-email-information.csv":    "1|Ana|Lee||s@example.com||",
		"x-date-name.xlsx":            "bad_name",
		"x-error.xlsx":                "bad_name\n2|Bob|Ray|||+12125550123|no_value",
		"x-formula-nocache.xlsx":      "no_result",
		"x-hyperlink.xlsx": "7|Ana|Lee||p1@example.com|+12125550123|\n8|Bob|Ray||p2@example.com|+12125550124|\n" +
			"invalid_email\n10|Di|Eve||p4@example.com|+12125550120|",
		"na-phone.csv": strings.Join([]string{
			"E1|Ana|Lee||p1@example.com||no_value", "E2|Ana|Lee||p2@example.com||no_value", "E3|Ana|Lee||p3@example.com||no_value",
			"E4|Ana|Lee||p4@example.com||no_value", "E5|Ana|Lee||p5@example.com||no_value", "E6|Ana|Lee||p6@example.com||no_value", "E7|Ana|Lee||p7@example.com||no_value",
		}, "\n"),
	}
	files, err := filepath.Glob("testdata/cases/*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			roster, err := csvmap.Open(file, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer roster.Close()
			want, known := tests[filepath.Base(file)]
			if got := judged(t, roster); !known || got != want {
				t.Error(cmp.Diff(want, got))
			}
		})
	}
}

// judged tells in short what became of each row.
func judged(t *testing.T, roster *csvmap.Roster) string {
	t.Helper()
	c := checker(t, roster, csvmap.Rules{})
	var lines []string
	for _, row := range rows(t, roster) {
		r, found := c.CheckAll(row)
		var codes []string
		for _, p := range append(found.Problems, found.Warnings...) {
			codes = append(codes, string(p.Code))
		}
		line := strings.Join([]string{r.EmployeeID, r.FirstName, r.LastName, r.FullName, r.Email, r.Phone, strings.Join(codes, " ")}, "|")
		if len(found.Problems) > 0 {
			line = strings.Join(codes, " ")
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
