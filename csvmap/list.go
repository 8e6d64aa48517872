package csvmap

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// List is what is found out of a list as a whole, and is kept with its run: the
// rows of a rerun file are too few, and too odd, to find it out again. It has a JSON
// form.
type List struct {
	Columns map[string]Field `json:"columns,omitempty"` // what they were taken for, by columnKeys
	Domain  string           `json:"domain,omitempty"`  // that most e-mail addresses have; "" for none
	Own     []string         `json:"own,omitempty"`     // domains that look like slips, and are none: many have them
}

// columns is nil where nothing is known.
func (l *List) columns() map[string]Field {
	if l == nil {
		return nil
	}
	return l.Columns
}

// Recall says what the list is as a whole, as the run found that wrote the rerun file
// which the roster is. Call it before Map and Checker.
func (r *Roster) Recall(l List) { r.before = &l }

// List says what the roster is as a whole, to be kept with its run.
func (c *Checker) List() List { return c.list }

// look finds that out, by the roster's first rows and by parts of the rest.
func (c *Checker) look(r *Roster) List {
	if r.before != nil {
		return *r.before
	}
	l := List{Columns: make(map[string]Field, len(r.columns))}
	for i, key := range columnKeys(r.columns) {
		l.Columns[key] = r.columns[i].Field
	}
	head := domains{}
	for _, row := range r.sample.rows {
		head.count(strings.ToLower(c.email.cell(row)))
	}
	if l.Domain = head.most(); endsWrongly(l.Domain) {
		l.Domain = ""
	}
	everywhere := r.scatter()
	for domain, n := range head {
		everywhere[domain] = max(everywhere[domain], n)
	}
	all := everywhere.all()
	for domain, n := range everywhere {
		if n >= fewest && 50*n >= all && !endsWrongly(domain) && l.slip(domain) != "" {
			l.Own = append(l.Own, domain)
		}
	}
	slices.Sort(l.Own)
	return l
}

// columnKeys tells columns apart by their headers, and those of one name by their
// order.
func columnKeys(columns []Column) []string {
	keys := make([]string, len(columns))
	seen := make(map[string]int)
	for i, c := range columns {
		keys[i] = foldHeader(c.Header)
		if seen[keys[i]]++; seen[keys[i]] > 1 {
			keys[i] += " #" + strconv.Itoa(seen[keys[i]])
		}
	}
	return keys
}

// slip says that a domain looks like a slip of a common one, or of the one that most
// of the list has, in words that follow the address's name; "" when it does not.
func (l *List) slip(domain string) string {
	switch {
	case domain == l.Domain, slices.Contains(l.Own, domain):
		return ""
	case l.Domain != "" && !commonDomains[domain] && oneSlip(domain, l.Domain) && !differsInDigit(domain, l.Domain):
		return "has a domain that looks like a slip of the one that most of the list has"
	}
	return domainSlip(domain)
}

// domains counts addresses by their domain.
type domains map[string]int

// mostDomains is how many domains are counted; a list with more has no common one.
const mostDomains = 10_000

// count counts the addresses in a text in lower case.
func (d domains) count(text string) {
	for {
		_, rest, found := strings.Cut(text, "@")
		if !found {
			return
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.' && r != '-' })
		domain := rest
		if end >= 0 {
			domain = rest[:end]
		}
		if _, known := d[domain]; (known || len(d) < mostDomains) && isPlainDomain(domain) {
			d[strings.Clone(domain)]++
		}
		text = rest[len(domain):]
	}
}

// all is how many addresses were counted.
func (d domains) all() int {
	all := 0
	for _, n := range d {
		all += n
	}
	return all
}

// most is the domain that more than half of the addresses have, and two at least;
// "" for none.
func (d domains) most() string {
	all := d.all()
	for domain, n := range d {
		if n > 1 && 2*n > all {
			return domain
		}
	}
	return ""
}

// How the rest of a file is looked at: so many parts of so many bytes.
const (
	scattered     = 64
	scatteredSize = 4 << 10
)

// scatter counts the addresses in parts of the roster that lie evenly apart, where it
// is a file that can be read at any place: a list that is sorted by company begins
// with one domain. An address at the edge of a part does not count.
func (r *Roster) scatter() domains {
	d := domains{}
	if r.source.file == nil || r.detected.Format != formatCSV || strings.HasPrefix(r.detected.Encoding, "UTF-16") {
		return d
	}
	size := r.source.opened.Size()
	part := make([]byte, scatteredSize)
	for at := int64(0); at < size; at += max(size/scattered, scatteredSize) {
		n, _ := r.source.ReadAt(part, at) // what cannot be read is told when the rows are
		whole := part[:n]
		if from, to := bytes.IndexAny(whole, "\r\n"), bytes.LastIndexAny(whole, "\r\n"); from >= 0 && from < to {
			d.count(strings.ToLower(string(whole[from:to])))
		}
	}
	return d
}
