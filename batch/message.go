package batch

import (
	"cmp"
	"slices"
	"strings"

	"bulkinvite/csvmap"
)

// Message is what people are sent, as far as it can differ from row to row.
type Message struct {
	Template string         `json:"template"` // flow_id; "" for the account's default
	Channel  csvmap.Channel `json:"channel"`
	Sender   string         `json:"sender"` // in whose name the e-mail comes, where the request says so; "" for the template's
}

// MessageOf is the message that a request leads to.
func MessageOf(r csvmap.Recipient) Message {
	m := Message{Template: short(r.FlowID), Channel: csvmap.ByBoth, Sender: short(r.Sender())}
	switch {
	case r.Phone == "":
		m.Channel = csvmap.ByEmail
	case r.Email == "":
		m.Channel = csvmap.BySMS
	}
	return m
}

// mostMessages bounds how many kinds of messages are told apart: a roster may name a
// template for each row.
const mostMessages = 20

// Messages counts people by the message that they are sent. Beyond mostMessages they
// count under the zero Message.
type Messages map[Message]int

// Add counts one.
func (m Messages) Add(r csvmap.Recipient) {
	key := MessageOf(r)
	if _, known := m[key]; !known && len(m) >= mostMessages {
		key = Message{}
	}
	m[key]++
}

// Sorted lists the messages, the most frequent first, and the rest last.
func (m Messages) Sorted() []Message {
	all := make([]Message, 0, len(m))
	for k := range m {
		all = append(all, k)
	}
	slices.SortFunc(all, func(a, b Message) int {
		return cmp.Or(
			cmp.Compare(isOthers(a), isOthers(b)), cmp.Compare(m[b], m[a]),
			strings.Compare(a.Template, b.Template), cmp.Compare(a.Channel, b.Channel), strings.Compare(a.Sender, b.Sender),
		)
	})
	return all
}

func isOthers(m Message) int {
	if m == (Message{}) {
		return 1
	}
	return 0
}

// Words say what the message is, for whoever is about to send it.
func (m Message) Words() string {
	if m == (Message{}) {
		return "other templates"
	}
	words := "no template named"
	if m.Template != "" {
		words = "template " + m.Template
	}
	switch m.Channel {
	case csvmap.ByEmail:
		words += ", by e-mail"
	case csvmap.BySMS:
		words += ", by SMS"
	case csvmap.ByBoth:
		words += ", by e-mail and SMS"
	}
	if m.Sender != "" {
		words += `, in the name of "` + m.Sender + `"`
	}
	return words
}

// short cuts a value that a roster names; the longest template IDs have 8 characters.
func short(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}
