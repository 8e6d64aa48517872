package csvmap_test

import (
	"testing"

	"bulkinvite/csvmap"
)

func TestFingerprint(t *testing.T) {
	const row = "Ada,ada@example.com,7,note\n"
	sum := func(header, row string, rules csvmap.Rules) csvmap.Digest {
		roster := open(t, header+"\n"+row)
		return checker(t, roster, rules).Fingerprint(rows(t, roster)[0])
	}
	const header = "Name,Email,Employee ID,Notes"
	flow, err := csvmap.ParseDefaults(map[string]any{"flow_id": "8DRRA4XC"})
	if err != nil {
		t.Fatal(err)
	}
	base := sum(header, row, csvmap.Rules{})
	same := []csvmap.Digest{
		sum(header, "Ada,ada@example.com,7,another note\n", csvmap.Rules{}),
		sum(header, row, csvmap.Rules{Region: "us", Channel: csvmap.ByBoth}),
		sum("Employee #,Dept,Full Name,E-Mail", "7,,Ada,ada@example.com\n", csvmap.Rules{}),
	}
	for i, other := range same {
		if other != base {
			t.Error("should be the same:", i)
		}
	}
	seen := map[csvmap.Digest]bool{base: true, {}: true}
	for i, other := range []csvmap.Digest{
		sum(header, "Ada,ada@example.com7,,note\n", csvmap.Rules{}),
		sum(header, "Ada ,ada@example.com,7,note\n", csvmap.Rules{}),
		sum("Name,Email,External ID,Notes", row, csvmap.Rules{}),
		sum(header, row, csvmap.Rules{Region: "DE"}),
		sum(header, row, csvmap.Rules{Channel: csvmap.ByEmail}),
		sum(header, row, csvmap.Rules{Defaults: flow}),
	} {
		if seen[other] {
			t.Error("should differ:", i)
		}
		seen[other] = true
	}
	if !sum(header, "\"\n", csvmap.Rules{}).IsZero() {
		t.Error("a malformed row has a fingerprint")
	}
}

func TestFingerprintAllocatesNothing(t *testing.T) {
	roster := open(t, "Name,Email\nAda Longfield,ada@example.com\n")
	c, row := checker(t, roster, csvmap.Rules{}), rows(t, roster)[0]
	if n := testing.AllocsPerRun(100, func() { c.Fingerprint(row) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
