package batch_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// trial is a night in which the answers for two people are lost: one holds an invite and
// the other does not. What the list is like decides what can be said of them.
type trial struct {
	name  string
	setup apiSetup
	found bool   // who holds one is found
	sent  bool   // who holds none is proved absent and sent to again
	why   string // what is said of whoever stays in doubt; "" where nobody does
}

func tweak(turn func(*argylesim.Options)) apiSetup { return apiSetup{Tweak: turn} }

func trials() []trial {
	const unreadable, masked = "cannot be read", "nobody can be looked up in it"
	all := []trial{
		{"nothing special", apiSetup{}, true, true, ""},
		{"a Date header 11 minutes ahead", apiSetup{Lag: 11 * time.Minute, Skew: 11 * time.Minute}, true, true, ""},
		{"a Date header 11 minutes behind", apiSetup{Lag: -11 * time.Minute, Skew: -11 * time.Minute}, true, true, ""},
		{"no Date header", apiSetup{NoDate: true, Skew: -20 * time.Minute}, true, true, ""},
		{"masked e-mail addresses", tweak(func(o *argylesim.Options) { o.Emails = "masked" }), false, true, ""},
		{"masked contacts", tweak(func(o *argylesim.Options) { o.Emails, o.Phones = "masked", "masked" }), false, false, "contact or name is hidden"},
		{"no contacts", tweak(func(o *argylesim.Options) { o.Emails, o.Phones = "null", "null" }), false, false, "contact or name is hidden"},
		{"no names", tweak(func(o *argylesim.Options) { o.Names = "null" }), true, false, masked},
		{"masked names", tweak(func(o *argylesim.Options) { o.Names = "masked" }), false, false, masked},
		{"names and addresses in capitals", tweak(func(o *argylesim.Options) { o.Names, o.Emails = "upper", "upper" }), true, true, ""},
		{"numbers as they are written there", tweak(func(o *argylesim.Options) { o.Phones = "national" }), true, true, ""},
		{"addresses with names", tweak(func(o *argylesim.Options) { o.Emails = "named" }), true, true, ""},
		{"contacts as links", tweak(func(o *argylesim.Options) { o.Emails, o.Phones = "link", "link" }), true, true, ""},
		{"contacts as somebody types them", tweak(func(o *argylesim.Options) { o.Emails, o.Phones = "careless", "careless" }), true, true, ""},
		{"a cursor and nothing else", tweak(func(o *argylesim.Options) { o.BareNext = true }), true, true, ""},
		{"invites made late", tweak(func(o *argylesim.Options) { o.LostLater = 2 * time.Minute }), true, false, "--absent-after is too short"},
		{"invites seen late", apiSetup{Visible: 4 * time.Minute}, false, false, "no invite that the ledger knows"},
		{"some invites seen late", apiSetup{Visible: 2 * time.Minute}, true, true, ""},
		{"invites seen a little late", apiSetup{Visible: time.Minute}, true, true, ""},
	}
	for _, form := range argylesim.TimeForms {
		t := trial{"times as " + string(form), tweak(func(o *argylesim.Options) { o.Times = form }), true, true, ""}
		if slices.Contains([]argylesim.TimeForm{"local", "null", "unix", "text"}, form) {
			t.found, t.sent, t.why = false, false, unreadable
		}
		all = append(all, t)
	}
	for _, order := range argylesim.ListOrders {
		all = append(all, trial{"order " + string(order), apiSetup{Order: order, Page: 2, Cursors: argylesim.Moving}, true, true, ""})
	}
	return all
}

func TestWhateverTheListIsLike(t *testing.T) {
	for _, test := range trials() {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				a := newAPI(t, test.setup)
				s := newSite(t, a, usual())
				s.tune.Workers = 1
				a.trouble([]argylesim.Fault{argylesim.None, argylesim.None, argylesim.Lost, argylesim.Reset}, nil)
				p := s.start(0)
				defer p.end()
				got, err := p.run(t.Context(), rosterOf(staff(1, 2, 3, 4), true))
				if err != nil {
					t.Fatal(err)
				}
				if twice := a.Twice(); len(twice) > 0 {
					t.Errorf("twice: %v", twice)
				}
				if found := got.results[2].Outcome == batch.OutcomeSent; found != test.found {
					t.Errorf("who holds an invite is %s", got.results[2].Outcome)
				}
				if sent := got.results[3].Outcome == batch.OutcomeSent; sent != test.sent {
					t.Errorf("who holds none is %s", got.results[3].Outcome)
				}
				if test.why != "" && !p.told(test.why) {
					t.Errorf("it does not say %q but %q", test.why, strings.Join(p.said, "; "))
				}
			})
		})
	}
}
