package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
	"bulkinvite/reports"
)

// somebody is whom an operator means by a KEY.
type somebody struct {
	batch.Person        // ID 0: the ledger knows nobody by that KEY
	shown        string // what to call them on a screen: never a contact
}

// find finds whom key means in the campaign: an employee ID, an e-mail address
// or a phone number in any spelling that a roster may have, or the handle that
// unknown shows. A key that several people go by is a usage error.
func (a *access) find(ctx context.Context, key string) (somebody, error) {
	aliases, err := a.settings.aliases(key)
	if err != nil {
		return somebody{}, err
	}
	owned, err := a.ledger.ByAlias(ctx, a.settings.Campaign, aliases)
	if err != nil {
		return somebody{}, err
	}
	found := map[int64]somebody{}
	for alias, person := range owned {
		if _, known := found[person.ID]; !known || alias.Kind == batch.ByEmployeeID {
			found[person.ID] = somebody{person, handle(person.ID)}
		}
		if alias.Kind == batch.ByEmployeeID && showable(key, person.Phone) {
			found[person.ID] = somebody{person, key}
		}
	}
	if id, ok := parseHandle(key); ok {
		person, known, err := a.ledger.Person(ctx, a.settings.Campaign, id)
		if err != nil {
			return somebody{}, err
		}
		if known {
			found[id] = somebody{person, handle(id)}
		}
	}
	return only(found)
}

// only is the one of people, ID 0 for nobody.
func only(people map[int64]somebody) (somebody, error) {
	var words []string
	var last somebody
	for id, who := range people {
		words, last = append(words, reports.ShellWord(handle(id))), who
	}
	if len(words) > 1 {
		slices.Sort(words)
		return somebody{}, usagef("the KEY belongs to %d people: give %s", len(words), strings.Join(words, " or "))
	}
	return last, nil
}

// findKnown is find for somebody whom the ledger has to know.
func (a *access) findKnown(ctx context.Context, key string) (somebody, error) {
	who, err := a.find(ctx, key)
	if err != nil || who.ID != 0 {
		return who, err
	}
	if err := a.settings.wantCampaign(ctx, a.ledger); err != nil {
		return who, err
	}
	return who, usagef("nobody in campaign %s of %s is known by that KEY; 'bulkinvite unknown' lists who is in doubt",
		a.settings.Campaign, a.ledger.Path())
}

// aliases reads a KEY as the cells of a roster are read.
func (s Settings) aliases(key string) ([]batch.Alias, error) {
	const header = "employee_id,company,full_name,email,phone_number\n"
	roster, err := csvmap.Open("-", strings.NewReader(header))
	if err != nil {
		return nil, err
	}
	defer func() { _ = roster.Close() }() // a text in memory
	checker, err := roster.Checker(csvmap.Rules{Region: s.Region, Shared: s.Shared})
	if err != nil {
		return nil, err
	}
	id, company := key, ""
	if before, after, paired := strings.Cut(key, ":"); paired { // as in ACME:7001
		company, id = before, after
	}
	r, _ := checker.Check(csvmap.Row{Raw: key, Cells: []string{id, company, "-", key, key}})
	if r.EmailShared || r.PhoneShared {
		return nil, usagef("the KEY is a contact that several people share (%s): give an employee ID, or the handle that unknown shows", sharedKey)
	}
	if _, isHandle := parseHandle(key); isHandle {
		r.EmployeeID = "" // an ID of 7 is no handle #7
	}
	return batch.AliasesOf(r), nil
}

// handle names a person who has no employee ID to show: their number in the
// ledger, which never changes.
func handle(id int64) string { return "#" + strconv.FormatInt(id, 10) }

func parseHandle(key string) (int64, bool) {
	digits, ok := strings.CutPrefix(strings.TrimSpace(key), "#")
	id, err := strconv.ParseInt(digits, 10, 64)
	return id, ok && err == nil && id > 0
}

// showable reports whether an employee ID can stand on a screen: it is no
// contact of theirs, and nothing in it confuses a terminal or a shell.
func showable(id, phone string) bool {
	const leastDigits = 7 // of a phone number without its area code
	return id != "" && !strings.HasPrefix(id, "-") && !strings.Contains(id, "@") &&
		(len(id) < leastDigits || !strings.HasSuffix(phone, id)) &&
		!strings.ContainsFunc(id, func(r rune) bool { return !unicode.IsPrint(r) })
}

// oneKey is the argument check of the commands that are about one person.
func oneKey(cmd *cobra.Command, args []string) error {
	const longest = 254 // an e-mail address
	odd := func(r rune) bool { return !unicode.IsPrint(r) }
	switch {
	case len(args) == 1 && (len(args[0]) > longest || strings.ContainsFunc(args[0], odd)):
		return usagef("the KEY is too long, or holds a character that cannot be seen; type it anew")
	case len(args) == 1 && strings.TrimSpace(args[0]) != "":
		return nil
	}
	return usagef("%s needs one KEY: an employee ID, an e-mail address, a phone number, or a handle in quotes such as '#7'; see '%s --help'",
		cmd.Name(), cmd.CommandPath())
}

// keyHelp explains KEY in the help of the commands that take one.
const keyHelp = `KEY is an employee ID, an e-mail address or a phone number, in any spelling that a
roster may have, or the handle in quotes, such as '#7', that unknown shows.`
