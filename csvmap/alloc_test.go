package csvmap_test

import (
	"fmt"
	"strings"
	"testing"

	"bulkinvite/csvmap"
)

// A usual night reads a million rows and checks a few of them; a first night
// checks all. What a row costs in allocations holds on any machine, however busy.
func TestAllocationsOfARow(t *testing.T) {
	const n = 10_000
	var text strings.Builder
	text.WriteString("Employee ID,First Name,Last Name,Work Email,Mobile Phone,Department,Location,Start Date\n")
	for i := range n {
		fmt.Fprintf(&text, "E%07d,Ada%d,Longfield,ada.longfield%d@example.com,(212) 555-01%02d,\"Sales, East\",New York,2026-01-%02d\n",
			i, i, i, i%100, 1+i%28)
	}
	tests := []struct {
		name string
		most float64
		each func(*csvmap.Checker, csvmap.Row)
	}{
		{"read", 9, func(*csvmap.Checker, csvmap.Row) {}},
		{"read and recognised", 9, func(c *csvmap.Checker, row csvmap.Row) { c.Fingerprint(row) }},
		{"read and checked", 11, func(c *csvmap.Checker, row csvmap.Row) {
			if _, problems := c.Check(row); problems != nil {
				t.Error(problems[0])
			}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			allocs := testing.AllocsPerRun(3, func() {
				roster := open(t, text.String())
				c := checker(t, roster, csvmap.Rules{})
				for _, row := range rows(t, roster) {
					test.each(c, row)
				}
			}) / n
			if allocs > test.most {
				t.Errorf("%.2f allocations a row, at most %v are allowed", allocs, test.most)
			}
		})
	}
}
