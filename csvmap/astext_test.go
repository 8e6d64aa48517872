package csvmap_test

import (
	"testing"

	"pgregory.net/rapid"

	"bulkinvite/csvmap"
)

// Whatever a spreadsheet would bend is guarded, and comes back as it was.
func TestGuardText(t *testing.T) {
	for _, cell := range []string{
		"00123", "+12125550123", "=1", "2026-01-31", "1/2", "12345678901", "1E5", "MAR01", "June 5, 2026", "Jan-5", "TRUE", "false", "5%",
		"$5", "(123)", ".5", " 7", "'00123", "''=1", "@x", "-1", "１２", "12 Main St", "3.0",
	} {
		if got := csvmap.GuardText(cell); got != "'"+cell || csvmap.UnguardText(got) != cell {
			t.Errorf("%q became %q", cell, got)
		}
	}
	for _, cell := range []string{"", " ", "0", "7", "2125550123", "Ada", "E0017", "O'Neil", "'tis", "ada@example.com", "May", "山田"} {
		if got := csvmap.GuardText(cell); got != cell || csvmap.UnguardText(got) != cell {
			t.Errorf("%q became %q", cell, got)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		cell := rapid.OneOf(rapid.String(), rapid.StringMatching(`'{0,3}[ =+0-9A-Za-z.,/-]{0,8}`)).Draw(rt, "cell")
		if got := csvmap.UnguardText(csvmap.GuardText(cell)); got != cell {
			rt.Fatalf("%q came back as %q", cell, got)
		}
	})
}
