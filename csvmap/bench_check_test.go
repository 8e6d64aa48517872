package csvmap_test

import (
	"fmt"
	"strings"
	"testing"

	"bulkinvite/csvmap"
)

// BenchmarkCheck is the cost of the rules by themselves, for numbers in the
// usual spellings from all over the country, and for what has to be mended.
func BenchmarkCheck(b *testing.B) {
	spellings := map[string]string{
		"E164":     "+1%d555%04d",
		"digits":   "%d555%04d",
		"usual":    "(%d) 555-%04d",
		"decimals": "%d555%04d.0",
		"British":  "+44 20 7%d %04d",
	}
	areas := []int{202, 206, 212, 305, 312, 404, 415, 503, 512, 602, 617, 702, 713, 801, 813, 919}
	for name, spelling := range spellings {
		var text strings.Builder
		text.WriteString("Employee ID,First Name,Last Name,Work Email,Mobile Phone,Department\n")
		for i := range 2000 {
			fmt.Fprintf(&text, "E%07d,Ada,Longfield,ada.longfield%d@example.com,"+spelling+",Sales\n", i, i, areas[i%len(areas)], 100+i%100)
		}
		roster := open(b, text.String())
		c, all := checker(b, roster, csvmap.Rules{}), rows(b, roster)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, problems := c.Check(all[i%len(all)]); problems != nil {
					b.Fatal(problems)
				}
			}
		})
	}
}
