package batch

import (
	"testing"

	"pgregory.net/rapid"

	"bulkinvite/csvmap"
)

// The people that the cases below are about.
var (
	ada = listed(1, "7", "Ada Sample", "ada@example.com", "+12125550101")
	bo  = listed(2, "8", "Bo Sample", "bo@example.com", "+12125550102")
	cy  = listed(3, "", "Cy Example", "cy@example.com", "+12125550103") // no ID known
	di  = listed(4, "", "Di Example", "di@example.com", "+12125550104") // no ID known
)

// somebody is an owner with the contacts that the tests find them by.
type somebody struct {
	*owner
	email, phone string
}

func listed(person int64, id, name, email, phone string) somebody {
	r := recipient(id, name, email, phone)
	return somebody{&owner{
		person: person, state: Sent, row: noRow, employeeID: employeeKey(r), names: namesOf(FoldName(name)), given: GivenName(r),
	}, email, phone}
}

func recipient(id, name, email, phone string) csvmap.Recipient {
	return csvmap.Recipient{EmployeeID: id, FullName: name, Email: email, Phone: phone}
}

// ownersFor finds who owns the aliases of r among ada, bo, cy and di.
func ownersFor(r csvmap.Recipient) owners {
	var known owners
	for _, a := range AliasesOf(r) {
		for _, o := range []somebody{ada, bo, cy, di} {
			if a == (Alias{ByEmployeeID, o.employeeID}) || a == (Alias{ByEmail, o.email}) || a == (Alias{ByPhone, o.phone}) {
				known.set(a.Kind, o.owner)
			}
		}
	}
	return known
}

func TestIdentify(t *testing.T) {
	for _, c := range []struct {
		name  string
		row   csvmap.Recipient
		who   *owner
		rival *owner
		clash string
	}{
		{name: "nobody knows any alias", row: recipient("9", "New Person", "new@example.com", "+12125550109")},
		{name: "everything matches", row: recipient("7", "Ada Sample", ada.email, ada.phone), who: ada.owner},
		{name: "ID in another spelling", row: recipient("007", "Ada Sample", "", ada.phone), who: ada.owner},
		{name: "ID known, contacts new, name kept", row: recipient("7", "Sample, A.", "ada2@example.com", ""), who: ada.owner},
		{name: "ID known, contacts new, one word of the name", row: recipient("7", "Ada Marriedname", "ada2@example.com", ""), clash: CodeIDReused},
		{name: "ID known, contacts new, one word of the name, another's phone", row: recipient("7", "Tom Sample", "", bo.phone), clash: CodeIDReused},
		{name: "ID and e-mail known, another last name", row: recipient("7", "Ada Marriedname", ada.email, ""), who: ada.owner},
		{name: "ID and phone known, another last name and e-mail", row: recipient("7", "Ada Marriedname", "ada2@example.com", ada.phone), who: ada.owner},
		{name: "ID known, name and contacts new", row: recipient("7", "Someone Else", "else@example.com", "+12125550110"), clash: CodeIDReused},
		{name: "ID known, the phone is another's", row: recipient("7", "Ada Sample", ada.email, bo.phone), who: ada.owner, rival: bo.owner},
		{name: "ID known, the e-mail is another's", row: recipient("7", "Ada Sample", bo.email, ada.phone), clash: CodeTwoPeople},
		{name: "new ID, e-mail of another ID", row: recipient("9", "Ada Sample", ada.email, ""), clash: CodeContactShared},
		{name: "new ID, phone of another ID", row: recipient("9", "Ada Sample", "new@example.com", ada.phone), clash: CodeContactShared},
		{name: "new ID, e-mail of somebody without ID", row: recipient("9", "Cy Example", cy.email, ""), who: cy.owner},
		{name: "new ID, e-mail of somebody without ID, one word of the name", row: recipient("9", "Cy Other", cy.email, ""), clash: CodeContactShared},
		{name: "no ID, e-mail decides", row: recipient("", "Ada Sample", ada.email, ""), who: ada.owner},
		{name: "no ID, e-mail decides before phone", row: recipient("", "Cy Example", cy.email, di.phone), who: cy.owner, rival: di.owner},
		{name: "no ID, only a phone", row: recipient("", "C. Example", "", cy.phone), who: cy.owner},
		{name: "no ID, only a phone, one word of the name", row: recipient("", "Cy Marriedname", "", cy.phone), clash: CodeContactShared},
		{name: "no ID, only a phone, another name", row: recipient("", "Someone Else", "", cy.phone), clash: CodeContactShared},
		{name: "no ID, an address of the family", row: recipient("", "Ann Example", cy.email, ""), clash: CodeContactShared},
		{name: "no ID, address and phone of the family", row: recipient("", "Ann Example", cy.email, cy.phone), clash: CodeContactShared},
		{name: "no ID, both contacts, another last name", row: recipient("", "Cy Marriedname", cy.email, cy.phone), who: cy.owner},
		{name: "no ID, both contacts, another last name before a comma", row: recipient("", "Marriedname, Cy", cy.email, cy.phone), who: cy.owner},
		{name: "no ID, both contacts, another name", row: recipient("", "Someone Else", cy.email, cy.phone), clash: CodeContactShared},
		{name: "no ID, new e-mail, phone and name match", row: recipient("", "Example, Cy", "cy2@example.com", cy.phone), who: cy.owner},
		{name: "no ID, new e-mail, shared phone", row: recipient("", "Other Example", "other@example.com", cy.phone), clash: CodeContactShared},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := identify(c.row, ownersFor(c.row))
			code := ""
			if got.clash != nil {
				code = got.clash.code
			}
			if got.who != c.who || got.rival != c.rival || code != c.clash {
				t.Errorf("identify: who %v, rival %v, clash %q; want who %v, rival %v, clash %q",
					got.who, got.rival, code, c.who, c.rival, c.clash)
			}
		})
	}
}

// Whatever the rules say, a row is never taken for a person none of whose
// aliases it has, and a strong alias of somebody else is never overlooked.
func TestIdentifyProperties(t *testing.T) {
	pick := func(t *rapid.T, label string, values ...string) string {
		return rapid.SampledFrom(values).Draw(t, label)
	}
	rapid.Check(t, func(t *rapid.T) {
		r := recipient(
			pick(t, "id", "", "7", "8", "9"),
			pick(t, "name", "Ada Sample", "Tom Sample", "Cy Example", "Someone Else"),
			pick(t, "email", "", ada.email, bo.email, cy.email, di.email, "new@example.com"),
			pick(t, "phone", "", ada.phone, bo.phone, cy.phone, di.phone, "+12125550109"),
		)
		known := ownersFor(r)
		got := identify(r, known)
		anybody := known.id != nil || known.email != nil || known.phone != nil
		if (got.who != nil || got.clash != nil) != anybody {
			t.Fatalf("a row with known aliases must be somebody or held back: %+v gave %+v", known, got)
		}
		if got.clash == nil && known.id != nil && got.who != known.id {
			t.Fatal("a known employee ID decides")
		}
		fits := got.who != nil && got.who.names.fit(FoldName(r.Name()))
		if agreeing := got.agreeing(known); got.who != nil && !fits && agreeing < 2 {
			t.Fatalf("one alias was enough for another name: %+v", r)
		}
		if got.who != nil && known.phone != nil && known.phone != got.who && got.rival != known.phone {
			t.Fatal("the phone's owner must be named as rival")
		}
	})
}

// agreeing is how many of the row's aliases are those of whoever it is.
func (i identity) agreeing(known owners) int {
	n := 0
	for _, o := range []*owner{known.id, known.email, known.phone} {
		if i.who.same(o) {
			n++
		}
	}
	return n
}
