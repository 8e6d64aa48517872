package csvmap_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

// The lines that hold nobody are skipped wherever they stand, by tables of three
// shapes; whoever might be somebody is a row to mend.
func TestSieve(t *testing.T) {
	const (
		byID    = "Employee ID,First Name,Last Name,Work Email,Mobile Phone"
		byName  = "Name,Email,Salary"
		byEmail = "Email,Name,Department"
	)
	tests := []struct{ header, line, want string }{
		{byID, "# page 2", "remark_line"},
		{byID, "# page 2,,,,", "remark_line"},
		{byID, "Page 1 of 3", "remark_line"},
		{byID, "Seite 2 von 3,,,,", "remark_line"},
		{byID, "Página 2", "remark_line"},
		{byID, "Page 2,,,,11/30/2026", "remark_line"},
		{byID, "- 2 -", "row"},
		{byID, "--------", "remark_line"},
		{byID, "-----,-----,-----,-----,-----", "remark_line"},
		{byID, "=====;=====", "remark_line"},
		{byID, "*** End of Report ***", "remark_line"},
		{byID, "\"*** End of Report, 2 rows ***\"", "remark_line"},
		{byID, "*** Ende des Berichts ***,,,,", "remark_line"},
		{byID, "End of file", "remark_line"},
		{byID, "EOF", "remark_line"},
		{byID, "<EOF>,,,,", "remark_line"},
		{byID, "Confidential - Longfield Foods", "remark_line"},
		{byID, "Longfield Foods - for internal use only", "remark_line"},
		{byID, "Report generated 2026-11-30 06:00 by jsmith", "remark_line"},
		{byID, "Printed on: 11/30/2026,,,,", "remark_line"},
		{byID, "Report Date:,11/30/2026", "remark_line"},
		{byID, "© 2026 Longfield Foods. Copyright.", "remark_line"},
		{byID, "For any questions ask hr@example.com please", "remark_line"},
		{byID, "Contact: hr@example.com", "remark_line"},
		{byID, "(2 rows affected)", "total_line"},
		{byID, "2 rows selected.", "total_line"},
		{byID, "Total employees: 120", "total_line"},
		{byID, "Total,,,,120", "total_line"},
		{byID, "TOTAL,,,,", "total_line"},
		{byID, "Grand total:,120,,,", "total_line"},
		{byID, "TRAILER,000120", "total_line"},
		{byID, "Anzahl: 120", "total_line"},
		{byID, ",,,,", "empty_row"},
		{byID, " ,\t, ,\u00a0,", "empty_row"},
		{byID, "\"\",\"\",\"\",\"\",\"\"", "empty_row"},
		{byID, "\u200b,,,,", "empty_row"},
		{byID, ",,,,,,,", "empty_row"},
		{byID, "\f", "empty_row"},
		{byID, "\x1a", "empty_row"},
		{byID, "\x00\x00\x00", "empty_row"},
		{byID, "\f" + byID, "header_again"},
		{byID, "\xef\xbb\xbf" + byID, "header_again"},
		{byID, "EMPLOYEE ID, First Name ,last name,Work Email,\"Mobile Phone\"", "header_again"},

		{byID, "E5,,,,", "row"},
		{byID, "5,,,,", "row"},
		{byID, "E5", "row"},
		{byID, "SUM-001,,,,", "row"},
		{byID, "PAGE-5,,,,", "row"},
		{byID, "EMP 0012,,,,", "row"},
		{byID, "Ana Lee,,,,", "row"},
		{byID, "Ana Lee", "row"},
		{byID, "Total,Ann,,,", "row"},
		{byID, "Total,,Page,,", "row"},
		{byID, "105,Suma,,,", "row"},
		{byID, ",Suma,,,", "row"},
		{byID, ",Page,,,", "row"},
		{byID, ",End,Report,,", "row"},
		{byID, "Report,,,x@example.com,", "row"},
		{byID, "# page 2,,,x@example.com,", "row"},
		{byID, "--------,,,,212-555-0123", "row"},
		{byID, "Total,,,,(212) 555-0123", "row"},
		{byID, "Ana Lee <ana@example.com>", "row"},
		{byID, "ana@example.com", "row"},
		{byID, "*** ana@example.com ***", "row"},
		{byID, "+1 (212) 555-0123", "row"},
		{byID, ",,,x,", "row"},

		{byName, "# page 2", "remark_line"},
		{byName, "# page 2,,", "remark_line"},
		{byName, "# Ana Lee,,", "row"},
		{byName, "Page 1 of 3,,", "remark_line"},
		{byName, "Page 2,,", "remark_line"},
		{byName, "Larry Page,,", "row"},
		{byName, "Page,,", "row"},
		{byName, "*** End of Report ***,,", "remark_line"},
		{byName, "--- Ana Lee ---,,", "row"},
		{byName, "End of Report,,", "row"},
		{byName, "-----,-----,-----", "remark_line"},
		{byName, "Suma Rao,suma.rao.example.com,", "row"},
		{byName, "Suma Rao,,120", "row"},
		{byName, "Suma Rao,,", "row"},
		{byName, "Suma,,", "row"},
		{byName, "Suma,none,120", "row"},
		{byName, "Suma,,120", "total_line"},
		{byName, "Total employees,,12", "total_line"},
		{byName, "Number of employees: 12,,", "total_line"},
		{byName, "Total Lee,,12", "row"},
		{byID, "Number of active employees,120", "total_line"},
		{byName, "Total: 5,,", "total_line"},
		{byName, "120 records", "total_line"},
		{byName, "Grand total,,1234.50", "total_line"},
		{byName, "Count Basie,,", "row"},
		{byName, "Count,basie@example.com,", "row"},
		{byName, ",,", "empty_row"},
		{byName, ",,5000", "row"},
		{byName, "Name,EMAIL,Salary", "header_again"},

		{byEmail, "*** End of Report ***,,", "remark_line"},
		{byEmail, "Page 2,,", "remark_line"},
		{byEmail, "Total,,12", "total_line"},
		{byEmail, "Questions? hr@example.com,,", "row"},
		{byEmail, ",,Ana Lee", "row"},
		{byEmail, ",,Report Writer", "row"},
		{byEmail, ",Total,", "row"},
		{byEmail, ",Total,12", "total_line"},
	}
	people := map[string]string{
		byID: "E%,Ana,Lee,a%@example.com,", byName: "Ana Lee,a%@example.com,50000", byEmail: "a%@example.com,Ana Lee,Legal",
	}
	for _, tt := range tests {
		person := func(n string) string { return strings.ReplaceAll(people[tt.header], "%", n) + "\n" }
		for place, text := range map[string]string{
			"first":  tt.header + "\n" + tt.line + "\n" + person("1") + person("2"),
			"middle": tt.header + "\n" + person("1") + tt.line + "\n" + person("2"),
			"last":   tt.header + "\n" + person("1") + person("2") + tt.line + "\n",
		} {
			all := rows(t, openWith(t, text, csvmap.OpenOptions{Delimiter: "comma"}))
			got := []string{}
			for _, row := range all {
				switch {
				case row.Skip != nil:
					got = append(got, string(row.Skip.Code))
				case row.Malformed == nil && len(row.Cells) > 2 && strings.Contains(row.Raw, "a1@") || strings.Contains(row.Raw, "a2@"):
				default:
					got = append(got, "row")
				}
			}
			if diff := cmp.Diff([]string{tt.want}, got); diff != "" || len(all) != 3 {
				t.Errorf("%q %s under %q: %s", tt.line, place, tt.header, diff)
			}
		}
	}
}

// A footer goes on below its first line, in lines of their own without any
// delimiter; a row of the table ends it.
func TestFooters(t *testing.T) {
	text := "Employee ID,First Name,Last Name,Email\nE1,Ana,Lee,ana@example.com\nLongfield Foods\n*** End of Report ***\n" +
		"Longfield Foods\nHuman Resources, 2nd floor\nCharge,,,\nAna Lee,,,\nLongfield Foods\n"
	want := []string{
		"2 E1 Ana Lee ana@example.com", "3 invalid short_row:0", "4 skipped remark_line", "5 skipped remark_line",
		"6 invalid short_row:0", "7 invalid missing_name:0 missing_contact:0", "8 invalid missing_name:0 missing_contact:0",
		"9 invalid short_row:0",
	}
	if diff := cmp.Diff(want, verdicts(t, openWith(t, text, csvmap.OpenOptions{}))); diff != "" {
		t.Error(diff)
	}
}

// A line above the header is a title, unless somebody's address stands in it.
func TestAboveTheHeader(t *testing.T) {
	text := "Roster of Longfield Foods\nContact: hr@example.com\nAna Lee,ana@example.com\nName,Email,Phone\nBo Ray,bo@example.com,\n"
	roster := openWith(t, text, csvmap.OpenOptions{})
	all := rows(t, roster)
	var got []string
	for _, row := range all {
		got = append(got, verdict(checker(t, roster, csvmap.Rules{}), row))
	}
	want := []string{"1 skipped title_line", "2 skipped title_line", "3 invalid above_header:0", "5 Bo Ray bo@example.com"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	again := openWith(t, csvmap.RerunFile(t, roster.Format(), all[2:3], csvmap.Marks{Run: "r1", Outcome: "invalid"}), csvmap.OpenOptions{})
	if got := rows(t, again); len(got) != 1 || code(got[0]) != csvmap.AboveHeader || got[0].Raw != all[2].Raw {
		t.Errorf("%+v", got)
	}
}
