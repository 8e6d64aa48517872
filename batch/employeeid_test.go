package batch

import (
	"testing"

	"pgregory.net/rapid"
)

func TestFoldEmployeeID(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "7": "7", "007": "7", "000": "0", "70": "70", " 7 ": "7", "'007": "7", "7.0": "7", "7,00": "7", "７": "7",
		"A-12": "a12", "E7": "e7", "e-007": "e7", "E 07": "e7", "e_7": "e7", "00a": "a", "00E7": "e7", "0-12": "0-12", "X1001ABCD": "x1001abcd",
		"1-10": "1-10", "11-0": "11-0", "1/010": "1-10", "1,000": "1-0", "1.5": "1-5", "N\u00ba 7": "no7", "-": "",
	} {
		if got := foldEmployeeID(in); got != want {
			t.Errorf("foldEmployeeID(%q) = %q, want %q", in, got, want)
		}
	}
}

// A company is a part of the ID, and whoever has another name in another company is
// somebody else.
func TestContradict(t *testing.T) {
	acme, beta, bare := pairID("007", "ACME, Inc."), pairID("7", "Beta"), pairID("7", "")
	if acme != "acmeinc:7" || pairID("", "ACME") != "" || pairID("7", "-") != "7" {
		t.Error(acme)
	}
	for _, test := range []struct {
		a, b       string
		fits, want bool
	}{
		{acme, acme, false, false},
		{acme, bare, false, false},
		{acme, beta, false, true},
		{acme, beta, true, false},
		{acme, pairID("8", "ACME Inc"), true, true},
		{bare, "", false, false},
	} {
		if got := contradict(test.a, test.b, test.fits); got != test.want {
			t.Errorf("%q and %q, names fit %v: %v", test.a, test.b, test.fits, got)
		}
	}
}

func TestFoldEmployeeIDProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.StringMatching(`[A-Ca-c0-2 '/.,-]{0,8}`).Draw(t, "id")
		folded := foldEmployeeID(id)
		if again := foldEmployeeID(folded); again != folded {
			t.Fatalf("%q is %q, and then %q", id, folded, again)
		}
	})
}
