package reports

import (
	"strings"
	"testing"
	"unicode/utf8"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// text is the summary as a person reads it, in the folder of a usual machine.
func text(t *testing.T, s Summary) string {
	t.Helper()
	s.Folder = "out/employees-" + runID
	var b strings.Builder
	if err := s.Text(&b); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		command := strings.HasPrefix(strings.TrimSpace(line), "bulkinvite ")
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > width && !command {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	return b.String()
}

// nightOf is a run by its rows, as the table below writes it.
type nightOf struct {
	results []batch.Result
	change  func(*batch.Account)
}

func times(n int, r batch.Result) []batch.Result {
	list := make([]batch.Result, n)
	for i := range list {
		list[i] = r
		list[i].Line += i
	}
	return list
}

func known(rows []batch.Result) []batch.Result {
	for i := range rows {
		rows[i].New = false
	}
	return rows
}

func concat(parts ...[]batch.Result) []batch.Result {
	var all []batch.Result
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

var (
	badEmail  = finding(string(csvmap.InvalidEmail), "email", "no dot in the domain", batch.HR)
	badPhone  = finding(string(csvmap.InvalidPhone), "phone_number", "too short", batch.HR)
	shared    = finding(batch.CodeContactShared, "email", "as on line 7", batch.HR)
	refused   = finding(batch.CodeRefused, "", "HTTP 401", batch.IT)
	notSent   = finding(batch.CodeNotSent, "", "no route", batch.IT)
	timeout   = finding("timeout", "", "no answer", batch.IT)
	oops      = finding("server_error", "", "HTTP 502", batch.API)
	twice     = finding(batch.CodeDuplicate, "", "the same person as line 2", batch.Nobody)
	dead      = finding(batch.CodeInviteRevoked, "", "the link was revoked", batch.HR)
	untouched = finding(batch.CodeNotAttempted, "", "the run stopped", batch.Nobody)
	wouldSend = finding(batch.CodeWouldSend, "", "would be sent", batch.Nobody)
	novel     = finding("brand_new", "", "something new", "")
)

// nights are the mails that people get. Read them when you change them.
func nights() map[string]nightOf {
	invited := row(2, batch.OutcomeSent)
	earlier := row(100, batch.OutcomeAlreadyInvited)
	revoked := row(200, batch.OutcomeAlreadyInvited, dead)
	revoked.Invite.Status = batch.StatusRevoked
	return map[string]nightOf{
		"nothing.txt": {
			results: concat(times(12345, earlier), times(1, row(2, batch.OutcomeDuplicate, twice))),
			change:  func(a *batch.Account) { a.Posts, a.Sending, a.People = 0, 0, 12345 },
		},
		"clean.txt": {results: concat(times(12, invited), times(99, earlier))},
		"mend.txt": {results: concat(times(12, invited), times(99, earlier),
			known(times(3, row(200, batch.OutcomeInvalid, badEmail))), times(2, row(206, batch.OutcomeInvalid, badEmail)),
			known(times(1, row(210, batch.OutcomeInvalid, badEmail, badPhone))), times(1, row(211, batch.OutcomeFailed, notSent)))},
		"revoked.txt":   {results: concat(times(12, invited), times(98, earlier), times(1, revoked), known(times(1, revoked)))},
		"nobody.txt":    {results: concat(times(3, earlier), times(1, row(300, batch.OutcomeConflict, shared)))},
		"sendagain.txt": {results: concat(times(1, invited), times(2, row(300, batch.OutcomeFailed, notSent)))},
		"doubt.txt": {
			results: concat(times(1, invited), times(1, row(3, batch.OutcomeUnknown, timeout)), times(2, row(8, batch.OutcomeUnknown, oops)), times(1, row(20, batch.OutcomeInvalid, novel))),
			change:  func(a *batch.Account) { a.Doubts = make([]batch.Doubt, 4); a.Throttled = 3 },
		},
		"refused.txt": {
			results: concat(times(1, row(2, batch.OutcomeFailed, refused)), times(88, row(3, batch.OutcomeNotAttempted, untouched))),
			change: func(a *batch.Account) {
				a.Stop = batch.Stop{Reason: batch.StopRefused, Message: "Argyle does not accept the API key (HTTP 401): check ARGYLE_API_KEY_ID and ARGYLE_API_KEY_SECRET and whether the key belongs to the sandbox."}
			},
		},
		"held.txt": {
			results: times(500, row(2, batch.OutcomeNotAttempted, untouched)),
			change: func(a *batch.Account) {
				a.Posts = 0
				a.Stop = batch.Stop{Reason: batch.StopHeld, Message: "Another API key than last time: confirm with --yes that it belongs to the same Argyle account."}
			},
		},
		"dryrun.txt": {
			results: concat(times(12, row(2, batch.OutcomeNotAttempted, wouldSend)), times(99, earlier), times(1, row(90, batch.OutcomeInvalid, badPhone))),
			change: func(a *batch.Account) {
				a.Run.DryRun, a.Posts, a.Ended = true, 0, a.Run.Started.Add(1234*1e6)
			},
		},
		"simulated.txt": {
			results: concat(times(12, invited), times(1, row(90, batch.OutcomeInvalid, badPhone))),
			change: func(a *batch.Account) {
				a.Run.Environment, a.Run.Roster, a.Run.Rerun = "simulated", "-", earlierID
			},
		},
		"unbalanced.txt": {results: times(2, invited), change: func(a *batch.Account) { a.Rows = 3 }},
	}
}

func TestText(t *testing.T) {
	for name, n := range nights() {
		t.Run(name, func(t *testing.T) {
			acc := account(len(n.results))
			if n.change != nil {
				n.change(&acc)
			}
			s, _ := open(t).Write(acc, seq(n.results), form()) // one night is unbalanced on purpose
			golden(t, name, text(t, s))
		})
	}
}

func TestNamesOfOthersAreMadePrintable(t *testing.T) {
	s := Summary{Folder: "out/it's here", Files: Files{Failed: "failed.csv"}, Run: RunPart{Roster: "a\x1b[31m\nb.csv"}}
	got := plain(t, s)
	if strings.ContainsAny(got, "\x1b") || !strings.Contains(got, "a [31m b.csv") {
		t.Errorf("the roster's name is printed raw:\n%s", got)
	}
	if want := `bulkinvite run 'out/it'\''s here/failed.csv'`; !strings.Contains(got, want) {
		t.Errorf("no command %s in:\n%s", want, got)
	}
}

func plain(t *testing.T, s Summary) string {
	t.Helper()
	var b strings.Builder
	if err := s.Text(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000", -100: "-100"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %s, want %s", n, got, want)
		}
	}
}

// The field is named where two groups read the same without it, and only there.
func TestGroupsAreToldApart(t *testing.T) {
	rows := []batch.Result{
		row(2, batch.OutcomeInvalid, finding("too_long", "external_id", "too long", batch.HR)),
		row(3, batch.OutcomeInvalid, finding("too_long", "employee_id", "too long", batch.HR)),
		row(4, batch.OutcomeInvalid, finding("bad_value", "email", "odd", batch.HR)),
	}
	s, err := Summarize(account(len(rows)), seq(rows))
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(text(t, s)), " ")
	for _, want := range []string{"(line 2; too_long, external_id)", "(line 3; too_long, employee_id)", "(line 4; bad_value)"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
