package reports

import (
	"io"

	"bulkinvite/batch"
)

// resultsHeader names the columns of results.csv: a contract with whoever reads it.
const resultsHeader = "line,outcome,employee_id,first_name,last_name,email,phone_number,external_id," +
	"invite_id,invite_url,user_id,invite_status,invited_at,attempts,http_status," +
	"error_code,error_field,error_message,owner,run_id\n"

// resultWriter writes the rows of results.csv.
type resultWriter struct {
	w io.Writer
	record
}

// newResultWriter writes the header at once.
func newResultWriter(w io.Writer) (*resultWriter, error) {
	_, err := io.WriteString(w, resultsHeader)
	return &resultWriter{w: w}, err
}

// write adds one row. Attempts and status are empty when 0.
func (w *resultWriter) write(r *batch.Result, found joined) error {
	w.number(r.Line)
	w.text(string(r.Outcome))
	w.text(r.Recipient.EmployeeID)
	w.text(r.Recipient.FirstName)
	w.text(r.Recipient.LastName)
	w.text(r.Recipient.Email)
	w.text(r.Recipient.Phone)
	w.text(r.Recipient.ExternalID)
	w.text(r.Invite.ID)
	w.text(r.Invite.URL)
	w.text(r.Invite.UserID)
	w.text(r.Invite.Status)
	w.time(r.Invite.InvitedAt)
	w.number(r.Attempts)
	w.number(r.HTTP)
	w.text(found.codes)
	w.text(found.fields)
	w.text(found.messages)
	w.text(string(found.owner))
	w.text(r.RunID)
	return w.writeTo(w.w)
}
