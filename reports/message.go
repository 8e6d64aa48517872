package reports

// mostMessages is how many kinds of messages the text names.
const mostMessages = 5

// writeMessages says what was sent, or would be.
func (s Summary) writeMessages(p *page) {
	label, rest := "Message", 0
	for i, m := range s.Messages {
		if i >= mostMessages {
			rest += m.People
			continue
		}
		p.line("  %-12s %s: %s", label, Printable(m.Words()), plural(m.People, "person", "people"))
		label = ""
	}
	if rest > 0 {
		p.line("  %-12s others: %s (summary.json names them)", "", plural(rest, "person", "people"))
	}
}
