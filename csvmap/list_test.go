package csvmap_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkinvite/csvmap"
)

// held lists the lines that are held for a slip in their domain.
func held(t *testing.T, roster *csvmap.Roster, rules csvmap.Rules) string {
	t.Helper()
	c := checker(t, roster, rules)
	var lines []string
	for _, row := range rows(t, roster) {
		_, found := c.CheckAll(row)
		for _, p := range found.Problems {
			if p.Code == csvmap.LikelyTypo {
				lines = append(lines, fmt.Sprint(p.Line))
			}
		}
	}
	return strings.Join(lines, " ")
}

// addressed is a roster with so many people at each domain, in this order.
func addressed(people ...any) string {
	text := "Name,Email\n"
	n := 0
	for i := 0; i < len(people); i += 2 {
		for range people[i].(int) {
			text += fmt.Sprintf("Ada %d,ada%d@%s\n", n, n, people[i+1])
			n++
		}
	}
	return text
}

func TestLikelyTypos(t *testing.T) {
	tests := []struct{ name, roster, want string }{
		{"a common one", addressed(1, "gmail.con", 1, "gmail.com", 1, "yahooo.com", 1, "example.com"), "2 4"},
		{"one letter from the list's own", addressed(9, "example.com", 1, "exmaple.com", 1, "exampl.com", 1, "example.co", 1, "example.org", 1, "other.example"), "11 12 13"},
		{"in a list of three", addressed(2, "example.com", 1, "examlpe.com"), "4"},
		{"no domain is the list's own", addressed(1, "example.com", 1, "exmaple.com"), ""},
		{"a first night at a domain that looks like a slip", addressed(40, "gmaill.com"), ""},
		{"a sister company", addressed(30, "acme-us.com", 10, "acme-uk.com"), ""},
		{"plants", addressed(30, "plant1.example.com", 1, "plant2.example.com"), ""},
		{"a common domain beside the list's own", addressed(30, "aon.com", 1, "aol.com"), ""},
		{"an ending that there is not", addressed(30, "example.con"), strings.Trim(fmt.Sprint(upTo(2, 31)), "[]")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := held(t, open(t, tt.roster), csvmap.Rules{}); got != tt.want {
				t.Errorf("held %s, want %s", got, tt.want)
			}
			if got := held(t, open(t, tt.roster), csvmap.Rules{SendDoubtful: true, Strict: true}); got != "" {
				t.Errorf("held %s though somebody has looked", got)
			}
		})
	}
}

func upTo(from, to int) (all []int) {
	for i := from; i <= to; i++ {
		all = append(all, i)
	}
	return all
}

// A file that is sorted by company has its sister's people far below the first rows.
func TestTyposOfALongFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roster.csv")
	text := addressed(5000, "acme-us.com", 1, "acmee-us.com", 3000, "acme-uk.com", 1, "acme-su.com")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	roster, err := csvmap.Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer roster.Close()
	if got := held(t, roster, csvmap.Rules{}); got != "5002 8003" {
		t.Errorf("held %s", got)
	}
}

// The rows of a rerun file are judged by the list that they come from.
func TestRecall(t *testing.T) {
	roster := open(t, "Name,First Name,Reach\nLee,Ana,ana@example.com\nRay,Bo,bo@example.com\nDay,Cy,cy@exmaple.com\n")
	list := checker(t, roster, csvmap.Rules{}).List()
	again := open(t, "Name,First Name,Reach\nDay,Cy,cy@exmaple.com\nAnn,Ann,reach me\n")
	again.Recall(list)
	if err := again.Map(nil); err != nil {
		t.Fatal(err)
	}
	c := checker(t, again, csvmap.Rules{})
	all := rows(t, again)
	if _, found := c.CheckAll(all[0]); len(found.Problems) != 1 || found.Problems[0].Code != csvmap.LikelyTypo {
		t.Errorf("%+v", found)
	}
	if r, found := c.CheckAll(all[1]); len(found.Problems) != 1 || found.Problems[0].Code != csvmap.InvalidEmail || r.LastName != "Ann" {
		t.Errorf("%+v %+v", r, found)
	}
}

// Of two columns of one name, the rerun of a few rows takes the one that the run took.
func TestRecallColumnsOfOneName(t *testing.T) {
	list := checker(t, open(t, "Name,Email,Email\nAna Lee,,ana@example.com\n"), csvmap.Rules{}).List()
	again := open(t, "Name,Email,Email\nBo Ray,x,\n")
	again.Recall(list)
	if err := again.Map(nil); err != nil {
		t.Fatal(err)
	}
	if columns := again.Columns(); columns[1].Field != "" || columns[2].Field != csvmap.Email {
		t.Errorf("%+v", columns)
	}
}
