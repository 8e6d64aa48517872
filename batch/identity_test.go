package batch

import (
	"testing"

	"pgregory.net/rapid"

	"bulkinvite/csvmap"
)

// The people that the cases below are about.
var (
	ada = &owner{person: 1, row: noRow, employeeID: "7", name: FoldName("Ada Sample"), email: "ada@example.com", phone: "+12125550101"}
	bo  = &owner{person: 2, row: noRow, employeeID: "8", name: FoldName("Bo Sample"), email: "bo@example.com", phone: "+12125550102"}
	cy  = &owner{person: 3, row: noRow, name: FoldName("Cy Example"), email: "cy@example.com", phone: "+12125550103"} // no ID known
	di  = &owner{person: 4, row: noRow, name: FoldName("Di Example"), email: "di@example.com", phone: "+12125550104"} // no ID known
)

func recipient(id, name, email, phone string) csvmap.Recipient {
	return csvmap.Recipient{EmployeeID: id, FullName: name, Email: email, Phone: phone}
}

// ownersFor finds who owns the aliases of r among ada, bo, cy and di.
func ownersFor(r csvmap.Recipient) owners {
	var known owners
	for _, a := range AliasesOf(r) {
		for _, o := range []*owner{ada, bo, cy, di} {
			if a == (Alias{ByEmployeeID, o.employeeID}) || a == (Alias{ByEmail, o.email}) || a == (Alias{ByPhone, o.phone}) {
				known.set(a.Kind, o)
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
		{name: "everything matches", row: recipient("7", "Ada Sample", ada.email, ada.phone), who: ada},
		{name: "ID in another spelling", row: recipient("007", "Ada Sample", "", ada.phone), who: ada},
		{name: "ID known, contacts new, name kept", row: recipient("7", "Ada Marriedname", "ada2@example.com", ""), who: ada},
		{name: "ID known, name and contacts new", row: recipient("7", "Someone Else", "else@example.com", "+12125550110"), clash: CodeIDReused},
		{name: "ID known, the phone is another's", row: recipient("7", "Ada Sample", ada.email, bo.phone), who: ada, rival: bo},
		{name: "ID known, the e-mail is another's", row: recipient("7", "Ada Sample", bo.email, ada.phone), clash: CodeTwoPeople},
		{name: "new ID, e-mail of another ID", row: recipient("9", "Ada Sample", ada.email, ""), clash: CodeContactShared},
		{name: "new ID, phone of another ID", row: recipient("9", "Ada Sample", "new@example.com", ada.phone), clash: CodeContactShared},
		{name: "new ID, e-mail of somebody without ID", row: recipient("9", "Cy Example", cy.email, ""), who: cy},
		{name: "no ID, e-mail decides", row: recipient("", "Ada Sample", ada.email, ""), who: ada},
		{name: "no ID, e-mail decides before phone", row: recipient("", "Cy Example", cy.email, di.phone), who: cy, rival: di},
		{name: "no ID, only a phone", row: recipient("", "Cy Marriedname", "", cy.phone), who: cy},
		{name: "no ID, only a phone, another name", row: recipient("", "Someone Else", "", cy.phone), clash: CodeContactShared},
		{name: "no ID, e-mail, another name", row: recipient("", "Someone Else", cy.email, cy.phone), clash: CodeContactShared},
		{name: "no ID, new e-mail, phone and name match", row: recipient("", "Example, Cy", "cy2@example.com", cy.phone), who: cy},
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

func TestFoldEmployeeID(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "7": "7", "007": "7", "000": "0", "A-12": "a-12", "00a": "a", "70": "70",
	} {
		if got := foldEmployeeID(in); got != want {
			t.Errorf("foldEmployeeID(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldName(t *testing.T) {
	for in, want := range map[string]string{
		"Avery Sample": "avery sample", "Sample, Ávery": "avery sample", "O’Sample-Example": "example o sample", "": "", "李 明": "明 李",
	} {
		if got := FoldName(in); got != want {
			t.Errorf("FoldName(%q) = %q, want %q", in, got, want)
		}
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
			pick(t, "name", "Ada Sample", "Cy Example", "Someone Else"),
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
		if got.who != nil && known.phone != nil && known.phone != got.who && got.rival != known.phone {
			t.Fatal("the phone's owner must be named as rival")
		}
	})
}
