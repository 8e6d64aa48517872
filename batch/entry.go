package batch

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"bulkinvite/csvmap"
)

// entry is one row of the plan: what a run is going to do with it, or what has
// been decided already. Outcome "" means: to be sent.
type entry struct {
	Line      int
	Outcome   Outcome
	Malformed bool
	Rival     bool   // its phone number is somebody else's
	Fresh     bool   // valid, and not known by its cells: it may teach the ledger something
	Renamed   bool   // the person was not known by this name
	Primary   rowRef // of a duplicate: the earlier row; noRow else
	PersonID  int64  // as the ledger had it when the plan was made; 0: nobody
	IDFrom    int64  // who has had the employee ID that HR says is this person's; 0: nobody
	Recipient csvmap.Recipient
	Raw       string
	Row       csvmap.Digest // fingerprint of the mapped cells
	Invite    InviteRef
	Attempts  int
	HTTP      int
	RunID     string
	Findings  []Finding
	Warnings  []Finding // of a valid row: it goes its way all the same
	Others    []other   // of a conflict that HR can answer: whom the row may be
	Refused   string    // why an answer about it does not count; not kept
}

// rest is the seldom part of an entry, kept as JSON.
type rest struct {
	FlowItems []string       `json:",omitempty"`
	DDSConfig map[string]any `json:",omitempty"`
	Template  map[string]any `json:",omitempty"`
	Findings  []Finding      `json:",omitempty"`
	Warnings  []Finding      `json:",omitempty"`
	Others    []other        `json:",omitempty"`
}

var errSpool = errors.New("the plan's spool file is damaged")

// texts lists the entry's texts in the order in which they are written.
func (e *entry) texts() [18]*string {
	r, i := &e.Recipient, &e.Invite
	return [...]*string{
		(*string)(&e.Outcome), &e.Raw, &e.RunID,
		&r.EmployeeID, &r.FirstName, &r.LastName, &r.FullName, &r.Email, &r.Phone, &r.UnsentEmail, &r.UnsentPhone,
		&r.ExternalID, &r.FlowID, &r.Company,
		&i.ID, &i.URL, &i.UserID, &i.Status,
	}
}

// appendTo writes e behind buf in the spool's form.
func (e *entry) appendTo(buf []byte) ([]byte, error) {
	for _, n := range [...]uint64{
		uint64(e.Line), uint64(e.Primary), uint64(e.PersonID), uint64(e.IDFrom), uint64(e.Attempts), uint64(e.HTTP),
		flag(e.Malformed), flag(e.Fresh), flag(e.Renamed), flag(e.Rival),
		flag(e.Recipient.EmailShared), flag(e.Recipient.PhoneShared),
	} {
		buf = binary.AppendUvarint(buf, n)
	}
	buf = binary.AppendVarint(buf, unixMilli(e.Invite.InvitedAt))
	buf = append(buf, e.Row[:]...)
	for _, s := range e.texts() {
		buf = appendText(buf, *s)
	}
	r := rest{e.Recipient.FlowItems, e.Recipient.DDSConfig, e.Recipient.Template, e.Findings, e.Warnings, e.Others}
	if r.FlowItems == nil && r.DDSConfig == nil && r.Template == nil && r.Findings == nil && r.Warnings == nil && r.Others == nil {
		return appendText(buf, ""), nil
	}
	text, err := json.Marshal(r)
	return appendText(buf, string(text)), err
}

// parse reads what appendTo wrote.
func (e *entry) parse(buf []byte) error {
	d := decoder{buf: buf, all: string(buf)}
	e.Line, e.Primary, e.PersonID, e.IDFrom = int(d.number()), rowRef(d.number()), int64(d.number()), int64(d.number())
	e.Attempts, e.HTTP = int(d.number()), int(d.number())
	e.Malformed, e.Fresh, e.Renamed, e.Rival = d.number() == 1, d.number() == 1, d.number() == 1, d.number() == 1
	e.Recipient.EmailShared, e.Recipient.PhoneShared = d.number() == 1, d.number() == 1
	e.Invite.InvitedAt = fromUnixMilli(d.signed())
	copy(e.Row[:], d.bytes(len(e.Row)))
	for _, s := range e.texts() {
		*s = d.text()
	}
	tail := d.text()
	if d.bad {
		return errSpool
	}
	if tail == "" {
		return nil
	}
	var r rest
	tailIn := json.NewDecoder(strings.NewReader(tail))
	tailIn.UseNumber() // an account number is longer than a float64 is exact
	if err := tailIn.Decode(&r); err != nil {
		return errSpool
	}
	e.Recipient.FlowItems, e.Recipient.DDSConfig, e.Recipient.Template = r.FlowItems, r.DDSConfig, r.Template
	e.Findings, e.Warnings, e.Others = r.Findings, r.Warnings, r.Others
	return nil
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

func unixMilli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromUnixMilli(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func appendText(buf []byte, s string) []byte {
	return append(binary.AppendUvarint(buf, uint64(len(s))), s...)
}

// decoder takes values off the front of buf; bad is set when one is missing. Its
// texts are parts of one string, so that an entry costs one allocation.
type decoder struct {
	buf []byte
	all string // what buf was at first
	bad bool
}

func (d *decoder) number() uint64 {
	n, size := binary.Uvarint(d.buf)
	d.skip(size)
	return n
}

func (d *decoder) signed() int64 {
	n, size := binary.Varint(d.buf)
	d.skip(size)
	return n
}

func (d *decoder) skip(size int) {
	if size <= 0 {
		d.bad, d.buf = true, nil
		return
	}
	d.buf = d.buf[size:]
}

func (d *decoder) bytes(n int) []byte {
	if n > len(d.buf) {
		d.bad, d.buf = true, nil
		return nil
	}
	taken := d.buf[:n]
	d.buf = d.buf[n:]
	return taken
}

func (d *decoder) text() string {
	size := int(min(d.number(), 1<<31))
	from := len(d.all) - len(d.buf)
	if d.bytes(size); d.bad {
		return ""
	}
	return d.all[from : from+size]
}
