package csvmap_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

// What the columns that are used leave open, the others may tell, and the header,
// and the way the lines end; what nobody uses holds nobody.
func TestEvidence(t *testing.T) {
	const ana = "2 Ana Lee ana@example.com"
	tests := []struct {
		name, encoding, text string
		want                 []string
	}{
		{"signs that nobody uses", "Windows-1252", "Name,Email,Note\nAna Lee,ana@example.com,’ € “x” ® … ½ ° ß\n", []string{ana}},
		{"a sign that is half of a letter elsewhere", "Windows-1252", "Name,Email,Note\nAna Lee,ana@example.com,50° ß\n", []string{ana}},
		{"signs where they belong", "Windows-1252", "Name,Email,Note\nAnn O’Brien–Lee,ann@example.com,\n", []string{"2 Ann O’Brien–Lee ann@example.com"}},
		{"a blank that is none", "Windows-1252", "Name,Email,Phone\nAna\u00a0Lee,ana@example.com,(212)\u00a0555-0123\n", []string{ana + " +12125550123"}},
		{"a header, and nothing else", "MacRoman", "Prénom,Nom de famille,E-mail\nAna,Lee,ana@example.com\n", []string{ana}},
		{"a header in Windows-1252", "Windows-1252", "Prénom;Nom de famille;Numéro de téléphone;N°\nAna;Lee;2125550123;°\n", []string{"2 Ana Lee +12125550123"}},
		{"a city tells", "MacRoman", "Name,Email,City\nJules Foà,jules@example.com,Montréal\n", []string{"2 Jules Foà jules@example.com"}},
		{"all in capitals", "Windows-1252", "Name,Email\nJOSÉ MUÑOZ GARCÍA,j@example.com\n", []string{"2 JOSÉ MUÑOZ GARCÍA j@example.com"}},
		{"all in small letters", "Windows-1252", "Name,Email\nélodie martin,e@example.com\n", []string{"2 élodie martin e@example.com"}},
		{"capitals but for the accents", "Windows-1252", "Name,Email\nMUñOZ,m@example.com\n", []string{"2 MUñOZ m@example.com"}},
		{"an old Mac", "MacRoman", "Name,Email\rSören Björk,s@example.com\r", []string{"2 Sören Björk s@example.com"}},
		{"a Mac with new line ends", "MacRoman", "Name,Email\nSören Björk,s@example.com\n", []string{"2 Sören Björk s@example.com"}},
		{"a Mac's letters that look like UTF-8", "MacRoman", "Name,Email\nAna L’Écuyer,a@example.com\nGio Lacôte,g@example.com\n", []string{"2 Ana L’Écuyer a@example.com", "3 Gio Lacôte g@example.com"}},
		{"in Shift-JIS, a backslash in a letter", "Shift-JIS", "Name,Email\nソノ子 表,s@example.com\n", []string{"2 ソノ子 表 s@example.com"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			roster := openWith(t, coded(t, tt.encoding, tt.text), csvmap.OpenOptions{})
			if diff := cmp.Diff(tt.want, verdicts(t, roster)); diff != "" {
				t.Error(diff)
			}
			if got := roster.Detected(); got.Encoding != tt.encoding || len(notesOf(roster)) != 1 {
				t.Errorf("%+v", got)
			}
		})
	}
}

// In a list whose encoding is clear, a row is held that is in another one.
func TestRowsInAnotherEncoding(t *testing.T) {
	const header = "Name,Email\n"
	tests := []struct {
		name, text, encoding string
		want                 []string
	}{
		{
			"most are in Windows-1252",
			header + coded(t, "Windows-1252", "José Muñoz,j@example.com\nZoë Côté,z@example.com\n") + "André Peña,a@example.com\n" + coded(t, "MacRoman", "María Núñez,m@example.com\n"),
			"Windows-1252",
			[]string{"2 José Muñoz j@example.com", "3 Zoë Côté z@example.com", "4 invalid unclear_letters:1", "5 invalid unclear_letters:1"},
		},
		{
			"most are in UTF-8", header + "José Muñoz,j@example.com\nZoë Côté,z@example.com\n" + coded(t, "Windows-1252", "André Peña,a@example.com\n"), "UTF-8",
			[]string{"2 José Muñoz j@example.com", "3 Zoë Côté z@example.com", "4 invalid bad_value:1"},
		},
		{
			"one and one", header + "José Muñoz,j@example.com\n" + coded(t, "Windows-1252", "André Peña,a@example.com\n"), "UTF-8",
			[]string{"2 José Muñoz j@example.com", "3 invalid bad_value:1"},
		},
		{
			"the other one is in a note", "Name,Email,Note\nJosé Muñoz,j@example.com,\nAna Lee,ana@example.com,\xe9\n", "UTF-8",
			[]string{"2 José Muñoz j@example.com", "3 Ana Lee ana@example.com"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			roster := openWith(t, tt.text, csvmap.OpenOptions{})
			if diff := cmp.Diff(tt.want, verdicts(t, roster)); diff != "" || roster.Detected().Encoding != tt.encoding {
				t.Error(roster.Detected(), diff)
			}
		})
	}
}

// doubtful is a list of one name that could be in two encodings: Õnne in Mac Roman is
// Ínne in Windows-1252.
const doubtful = "Name,Email,Status\nAda Longfield,ada@example.com,Active\n\xcdnne Lee,onne@example.com,Active\nBo Ray,bo@example.com,Activ\xe9\n"

// A cell that may read otherwise holds its row, and shows how it was read; the
// file for HR asks again until somebody says the encoding, or saves it as UTF-8.
func TestUnclearLetters(t *testing.T) {
	want := []string{"2 Ada Longfield ada@example.com", "3 invalid unclear_letters:1", "4 Bo Ray bo@example.com"}
	roster := openWith(t, doubtful, csvmap.OpenOptions{})
	check := checker(t, roster, csvmap.Rules{})
	all := rows(t, roster)
	got := []string{verdict(check, all[0]), verdict(check, all[1]), verdict(check, all[2])}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	_, problems := check.Check(all[1])
	if p := problems[0]; p.Reading != `\u00cdnne Lee` && p.Reading != `\u00d5nne Lee` || !strings.Contains(p.Message, "--encoding ") || strings.Contains(p.Message, "nne") {
		t.Errorf("%+v", p)
	}
	file := csvmap.RerunFile(t, roster.Format(), all[1:2], csvmap.Marks{Run: "r1", Code: "unclear_letters"})
	if got := verdicts(t, openWith(t, file, csvmap.OpenOptions{})); got[0] != "2 invalid unclear_letters:1" {
		t.Error(got)
	}
	if got := verdicts(t, openWith(t, file, csvmap.OpenOptions{Encoding: "macroman"})); got[0] != "2 Õnne Lee onne@example.com" {
		t.Error(got)
	}
	saved := "\xef\xbb\xbf" + strings.ReplaceAll(file, "\xcd", "Õ")
	if got := verdicts(t, openWith(t, saved, csvmap.OpenOptions{})); got[0] != "2 Õnne Lee onne@example.com" {
		t.Error(got)
	}
}

// A filter leaves nobody out by a cell that may read otherwise.
func TestUnclearFilter(t *testing.T) {
	roster := openWith(t, doubtful, csvmap.OpenOptions{})
	if err := roster.Map(mapping(t, "filter: Status == Active")); err != nil {
		t.Fatal(err)
	}
	want := []string{"2 Ada Longfield ada@example.com", "3 invalid unclear_letters:1", "4 invalid unclear_letters:3"}
	if diff := cmp.Diff(want, verdicts(t, roster)); diff != "" {
		t.Error(diff)
	}
}

// The encoding of the last time settles a doubt, but does not go before what the
// letters say.
func TestRecallEncoding(t *testing.T) {
	header, end, _ := strings.Cut(doubtful, "\n")
	late := header + "\n" + strings.Repeat("Ada Longfield,ada@example.com,Active\n", 5_000) + end
	clear := "Name,Email\n" + coded(t, "Windows-1252", "José Muñoz,j@example.com\n")
	for usual, want := range map[string]string{"MacRoman": "Õnne Lee", "Windows-1252": "Ínne Lee", "UTF-8": "", "": "", "Shift-JIS": ""} {
		for text, line := range map[string]int{doubtful: 1, late: 5_001} {
			roster, err := openWith(t, text, csvmap.OpenOptions{}).RecallEncoding(usual)
			if err != nil {
				t.Fatal(err)
			}
			all, err := readThrough(t, roster)
			if err != nil {
				if roster, err = roster.Retry(err); err != nil {
					t.Fatal(err)
				}
				all = rows(t, roster)
			}
			r, problems := checker(t, roster, csvmap.Rules{}).Check(all[line])
			if len(problems) == 0 && r.Name() != want || (len(problems) == 0) != (want != "") {
				t.Errorf("%q: %q, %v", usual, r.Name(), problems)
			}
			if sure := roster.Remember().Encoding; (want != "") != (sure == usual && usual != "") {
				t.Errorf("%q: remembered as %q", usual, sure)
			}
		}
		roster, err := openWith(t, clear, csvmap.OpenOptions{}).RecallEncoding(usual)
		if err != nil {
			t.Fatal(err)
		}
		if got := verdicts(t, roster); got[0] != "2 José Muñoz j@example.com" {
			t.Errorf("%q: %q", usual, got)
		}
	}
}

// What nobody uses tells nothing of later nights.
func TestUnusedSignsAreNotRemembered(t *testing.T) {
	roster := openWith(t, coded(t, "Windows-1252", "Name,Email,Note\nAna Lee,ana@example.com,50° ß\n"), csvmap.OpenOptions{})
	if got := roster.Remember().Encoding; got != "" {
		t.Errorf("remembered as %q", got)
	}
}

func readThrough(t *testing.T, roster *csvmap.Roster) (all []csvmap.Row, err error) {
	t.Helper()
	for row, err := range roster.Rows(t.Context()) {
		if err != nil {
			return all, err
		}
		all = append(all, row)
	}
	return all, nil
}
