package reports

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

func TestSafe(t *testing.T) {
	for cell, want := range map[string]string{
		"":                  "",
		"Ada":               "Ada",
		"=1+1":              "'=1+1",
		"+1 212 555 0123":   "'+1 212 555 0123",
		"+12125550123":      "+12125550123",
		"+":                 "'+",
		"+1234567890123456": "'+1234567890123456",
		"-2":                "'-2",
		"@SUM(A1)":          "'@SUM(A1)",
		"\t=1":              "'\t=1",
		"\r=1":              "'\r=1",
		"\n=1":              "'\n=1",
		"＝1":                "'＝1",
		"＋1":                "'＋1",
		"－1":                "'－1",
		"＠x":                "'＠x",
		"Émile":             "Émile",
		"a=b":               "a=b",
		"\xff":              "\xff",
	} {
		if got := safe(cell); got != want {
			t.Errorf("safe(%q) = %q, want %q", cell, got, want)
		}
	}
}

var (
	dangerous = regexp.MustCompile(`\A[=+\-@\t\r\n＝＋－＠]`)
	e164      = regexp.MustCompile(`\A\+[0-9]{1,15}\z`)
)

// Whatever a roster or the API puts into a row, no cell of results.csv or
// in_doubt.csv is a formula.
func TestNoCellIsAFormula(t *testing.T) {
	out := t.TempDir()
	ids := 0
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.OneOf(
			rapid.StringMatching(`[=+\-@\t\r\n＝＋－＠'" ,;]{0,2}[A-Za-z0-9()]{0,4}`),
			rapid.StringMatching(`\+[0-9]{1,16}`),
			rapid.String(),
		)
		draw := func() string { return text.Draw(rt, "cell") }
		ids++
		f, err := Open(out, "r.csv", strings.Repeat("i", ids%100+1)+draw())
		if err != nil {
			rt.Fatal(err)
		}
		defer func() {
			if err := os.RemoveAll(f.Path()); err != nil {
				rt.Error(err)
			}
		}()
		who := csvmap.Recipient{
			EmployeeID: draw(), FirstName: draw(), LastName: draw(), FullName: draw(),
			Email: draw(), Phone: draw(), ExternalID: draw(),
		}
		found := []batch.Finding{{Code: draw(), Field: draw(), Message: draw()}, {Code: draw(), Field: draw(), Message: draw()}}
		r := batch.Result{
			Line: 2, Outcome: batch.OutcomeUnknown, Recipient: who, RunID: draw(), Findings: found[:rapid.IntRange(0, 2).Draw(rt, "findings")],
			Invite: batch.InviteRef{ID: draw(), URL: draw(), UserID: draw(), Status: draw()},
		}
		acc := account(1)
		acc.Doubts = []batch.Doubt{{Campaign: draw(), Key: draw(), Recipient: who, RunID: draw(), Last: batch.Settlement{Findings: found}}}
		if _, err := f.Write(acc, seq([]batch.Result{r}), form()); err != nil {
			rt.Fatal(err)
		}
		for _, name := range []string{resultsFile, doubtsFile} {
			for _, cell := range cells(rt, filepath.Join(f.Path(), name)) {
				if dangerous.MatchString(cell) && !e164.MatchString(cell) {
					rt.Errorf("%s has the cell %q", name, cell)
				}
			}
		}
	})
}

func cells(t *rapid.T, path string) []string {
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range records {
		all = append(all, r...)
	}
	return all
}
