package batch_test

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"bulkinvite/batch/argyle/argylesim"
)

// event is something that others do with the account.
type event struct {
	Page int // before this page of a reading; 0: before the run
	Kind string
	Who  int // console: whom they invite; else: which invite
}

const (
	resend  = "resend"  // an invite is sent once more
	revoke  = "revoke"  // an invite's link is killed
	console = "console" // somebody is invited in the Console
)

func drawEvent(t *rapid.T) event {
	return event{
		Page: rapid.SampledFrom([]int{0, 0, 1, 2, 3}).Draw(t, "page"),
		Kind: rapid.SampledFrom([]string{resend, resend, revoke, console}).Draw(t, "kind"),
		Who:  rapid.IntRange(0, 9).Draw(t, "who"),
	}
}

// stranger is an invite that somebody made in the Console.
type strange struct {
	email, phone string
	at           time.Time // by the bubble's clock
}

// happen lets the events of a page happen, each once.
func (p *story) happen(page int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pending = slices.DeleteFunc(p.pending, func(e event) bool {
		if e.Page != page {
			return false
		}
		p.cause(e)
		return true
	})
}

func (p *story) cause(e event) {
	invites := p.api.Invites()
	switch e.Kind {
	case console:
		r := line{Who: e.Who}.recipient()
		if _, err := p.api.CreateOutside(map[string]any{"full_name": r.Name(), "email": r.Email, "phone_number": r.Phone}, time.Time{}); err != nil {
			p.t.Error(err)
		}
		p.strangers = append(p.strangers, strange{r.Email, r.Phone, time.Now()})
		p.unclear = true
	case resend:
		if len(invites) > 0 {
			_ = p.api.Resend(invites[e.Who%len(invites)].ID)
		}
	case revoke:
		if len(invites) > 0 {
			_ = p.api.Revoke(invites[e.Who%len(invites)].ID)
			p.unclear = true
		}
	}
}

// checkStrangers wants nobody to be invited whom the account had invited before the run
// began, and who could be seen there.
func (p *story) checkStrangers(began time.Time) {
	for _, s := range p.strangers {
		if !s.at.Add(p.API.Visible).Before(began) {
			continue
		}
		for _, v := range p.api.Invites() {
			ours := v.ExternalID != "" && !p.made(v).Before(began)
			if ours && (v.Email == s.email || v.Phone == s.phone) {
				p.breaks("run %d: somebody was invited whom the account had invited already", p.site.runs)
			}
		}
	}
}

// made is when an invite was created, by the bubble's clock.
func (p *story) made(v argylesim.Invite) time.Time {
	return v.CreatedAt.Add(p.API.Lag - p.API.Skew + time.Millisecond)
}
