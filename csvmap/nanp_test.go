package csvmap

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"
)

// TestFirstFourDigitsDecide proves what nanp rests on: outside of deepAreas, no
// pattern that the library asks about a number of ten digits looks behind the
// fourth one in a way that matters.
func TestFirstFourDigitsDecide(t *testing.T) {
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		t.Fatal(err)
	}
	patterns := make(map[string]bool)
	for _, m := range all.GetMetadata() {
		if m.GetCountryCode() != 1 {
			continue
		}
		for _, kind := range []*phonenumbers.PhoneNumberDesc{
			m.GetGeneralDesc(), m.GetFixedLine(), m.GetMobile(), m.GetTollFree(), m.GetPremiumRate(), m.GetSharedCost(),
			m.GetPersonalNumber(), m.GetVoip(), m.GetPager(), m.GetUan(), m.GetVoicemail(),
		} {
			patterns[kind.GetNationalNumberPattern()] = true
		}
		if m.GetLeadingDigits() != "" {
			patterns[`(?:`+m.GetLeadingDigits()+`)\d*`] = true
		}
	}
	if len(patterns) < 50 {
		t.Fatal("only", len(patterns), "patterns")
	}
	for pattern := range patterns {
		a := compile(t, pattern)
		a.walk(a.closure(nil, uint32(a.prog.Start)), "", func(first string, states []uint32) {
			always, never := a.decided(states, 6)
			if !always && !never && !strings.Contains(deepAreas, first[:3]) {
				t.Errorf("%s is not decided by %s", pattern, first)
			}
		})
	}
}

// automaton runs a pattern over digits, all its states at once.
type automaton struct {
	prog *syntax.Prog
	memo map[string][2]bool
}

func compile(t *testing.T, pattern string) *automaton {
	t.Helper()
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		t.Fatal(err)
	}
	return &automaton{prog, make(map[string][2]bool)}
}

// closure adds state, and all that are reached from it without a digit.
func (a *automaton) closure(states []uint32, state uint32) []uint32 {
	if slices.Contains(states, state) {
		return states
	}
	states = append(states, state)
	switch inst := a.prog.Inst[state]; inst.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		states = a.closure(a.closure(states, inst.Out), inst.Arg)
	case syntax.InstCapture, syntax.InstNop:
		states = a.closure(states, inst.Out)
	case syntax.InstEmptyWidth:
		panic("an assertion inside of a pattern")
	}
	return states
}

func (a *automaton) step(states []uint32, digit rune) []uint32 {
	var next []uint32
	for _, state := range states {
		switch inst := a.prog.Inst[state]; inst.Op {
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			if inst.MatchRune(digit) {
				next = a.closure(next, inst.Out)
			}
		}
	}
	slices.Sort(next)
	return next
}

// walk visits the states behind each four digits that lead anywhere.
func (a *automaton) walk(states []uint32, first string, visit func(string, []uint32)) {
	if len(first) == 4 {
		visit(first, states)
		return
	}
	for digit := '0'; digit <= '9'; digit++ {
		if next := a.step(states, digit); len(next) > 0 {
			a.walk(next, first+string(digit), visit)
		}
	}
}

// decided says what n more digits can do: match whatever they are, or never.
func (a *automaton) decided(states []uint32, n int) (always, never bool) {
	if n == 0 {
		matches := slices.ContainsFunc(states, func(s uint32) bool { return a.prog.Inst[s].Op == syntax.InstMatch })
		return matches, !matches
	}
	if len(states) == 0 {
		return false, true
	}
	key := fmt.Sprint(n, states)
	if known, ok := a.memo[key]; ok {
		return known[0], known[1]
	}
	always, never = true, true
	for digit := '0'; digit <= '9'; digit++ {
		all, none := a.decided(a.step(states, digit), n-1)
		always, never = always && all, never && none
	}
	a.memo[key] = [2]bool{always, never}
	return always, never
}

// Four digits out of all parts of the plan, with others behind them that change.
func TestNANPAgreesOnAreas(t *testing.T) {
	n, taken := new(nanp), 0
	for first := 2000; first <= 9999; first += 7 {
		text := fmt.Sprintf("%04d%06d", first, first*7919%1_000_000)
		got, ok := n.read(text, true)
		if !ok {
			continue
		}
		taken++
		if want := valid(text, "US"); got != want {
			t.Errorf("%s: %q, the library says %q", text, got, want)
		}
	}
	if taken < 400 {
		t.Errorf("only %d were taken", taken)
	}
}

// Every spelling that nanp takes, in every region of the plan, and with + also
// outside of it.
func TestNANPAgreesOnSpellings(t *testing.T) {
	var regions []string
	for region := range phonenumbers.GetSupportedRegions() {
		if phonenumbers.IsNANPACountry(region) {
			regions = append(regions, region)
		}
	}
	slices.Sort(regions)
	inside := len(regions)
	regions = append(regions, "DE", "GB", "IT", "MX", "RU", "BR")
	n := new(nanp)
	taken := 0
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.IntRange(0, len(regions)-1).Draw(t, "region")
		national := at < inside
		text := rapid.OneOf(
			rapid.StringMatching(`(\+?1[ .-]?)?\(?[2-9][0-9]{2}\)?[ .-]{0,2}[2-9][0-9]{2}[ .-]?[0-9]{4}`),
			rapid.StringMatching(`\+?[0-9 .()-]{10,18}`),
			rapid.StringMatching(`[+]?[01]?[0-9]{10}(\.0)?`),
		).Draw(t, "text")
		got, ok := n.read(text, national)
		if !ok {
			return
		}
		taken++
		if want := valid(text, regions[at]); got != want {
			t.Fatalf("%q in %s: %q, the library says %q", text, regions[at], got, want)
		}
		bare, mended, damage := undamage(text)
		if bare != text || mended != nil || damage != "" || notOneNumber(text) != "" {
			t.Fatalf("%q is damaged", text)
		}
		number, err := phonenumbers.Parse(text, regions[at])
		if err != nil {
			t.Fatal(err)
		}
		if e164, lost, complaint := newPhones(regions[at]).vouch(text, regions[at], number); e164 != got || lost != "" || complaint != "" {
			t.Fatalf("%q lost %q, %s", text, lost, complaint)
		}
	})
	if taken == 0 {
		t.Error("nothing was taken")
	}
}

func TestNANPAllocatesNothing(t *testing.T) {
	p := newPhones("US")
	for _, text := range []string{"+12125550123", "nothing"} {
		p.nanp.read(text, true)
		if n := testing.AllocsPerRun(100, func() { p.nanp.read(text, true) }); n != 0 {
			t.Errorf("%v allocations", n)
		}
	}
}
