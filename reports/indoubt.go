package reports

import (
	"io"

	"bulkinvite/batch"
)

// doubtsHeader names the columns of in_doubt.csv.
const doubtsHeader = "key,employee_id,first_name,last_name,full_name,email,phone_number," +
	"campaign,run_id,line,attempted_at,ended_at,http_status," +
	"error_code,error_message,request_written\n"

// writeDoubts writes everyone who is in doubt, with the evidence.
func writeDoubts(w io.Writer, doubts []batch.Doubt) error {
	if _, err := io.WriteString(w, doubtsHeader); err != nil {
		return err
	}
	var line record
	for _, d := range doubts {
		line.doubt(d)
		if err := line.writeTo(w); err != nil {
			return err
		}
	}
	return nil
}

func (r *record) doubt(d batch.Doubt) {
	found := evidence(d)
	attempted := d.Last.Started
	if attempted.IsZero() {
		attempted = d.Claimed // the run died: the claim is the last that is known
	}
	r.text(d.Key)
	r.text(d.Recipient.EmployeeID)
	r.text(d.Recipient.FirstName)
	r.text(d.Recipient.LastName)
	r.text(d.Recipient.FullName)
	r.text(d.Recipient.Email)
	r.text(d.Recipient.Phone)
	r.text(d.Campaign)
	r.text(d.RunID)
	r.number(d.Line)
	r.time(attempted)
	r.time(d.Last.Ended)
	r.number(d.Last.HTTP)
	r.text(found.codes)
	r.text(withOpen(found.messages, d.Open))
	r.text(written(d.Last.Written))
}

// evidence is what is known of the attempt. A run that died left no findings:
// then that is the evidence.
func evidence(d batch.Doubt) joined {
	if d.Last.Ended.IsZero() && len(d.Last.Findings) == 0 {
		return joined{codes: batch.CodeDied, messages: "the run ended before it could record an answer"}
	}
	return join(d.Last.Findings)
}

// withOpen adds why it is still open.
func withOpen(messages, open string) string {
	if open == "" {
		return messages
	}
	return messages + "; still open: " + open
}

// written is honest about what is known: that nothing was written, it is not.
func written(whole bool) string {
	if whole {
		return "yes"
	}
	return "not known"
}
