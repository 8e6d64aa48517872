package csvmap

// meaning is the field that a header stands for. Of several columns for one field
// the one with the lowest rank is taken.
type meaning struct {
	field Field
	rank  int
	dials bool // of a country: digits are a calling code
}

// The ranks of contacts. What is from weakRank on goes to the person at a place
// that is not the best one: at home, or at the second address.
const (
	workRank    = 0
	primaryRank = 5
	plainRank   = 10
	weakRank    = 20
	secondRank  = 30
	deskRank    = 40 // a phone at a desk takes no SMS, and several people may have it
)

// meaningOf finds what a header means; no field for nothing that is known. A
// header that is somebody else's, a manager's or an emergency contact's, means
// nothing.
func meaningOf(header string) meaning {
	key := headerKey(header)
	if field, ok := fieldByPhrase()[key]; ok {
		return meaning{field: field, rank: wordsOf(header).rankOf(field)}
	}
	if nicknameKeys()[key] {
		return meaning{field: FirstName, rank: preferredRank + 1}
	}
	w := wordsOf(header)
	if w.unknown || w.has(ofOthers) || w.senses == ofNothing {
		return meaning{}
	}
	for _, is := range []struct {
		field Field
		so    func(wording) bool
	}{
		{Country, wording.isCountry}, {Email, wording.isEmail}, {Phone, wording.isPhone},
		{FullName, wording.isFullName}, {FirstName, wording.isFirstName}, {LastName, wording.isLastName},
		{EmployeeID, wording.isEmployeeID},
	} {
		if is.so(w) {
			return meaning{is.field, w.rankOf(is.field), is.field == Country && w.has(ofDialing|ofPhone|ofMobile)}
		}
	}
	return meaning{}
}

// rankOf says how many go before a header of that field.
func (w wording) rankOf(field Field) int {
	switch field {
	case Email:
		return w.rankOfEmail()
	case Phone:
		return w.rankOfPhone()
	case EmployeeID:
		return w.rankOfID()
	case FirstName, LastName, FullName:
		return w.rankOfName()
	case Country:
		if !w.has(ofDialing | ofPhone | ofMobile) {
			return 1
		}
	}
	return 0
}

// ofAny is what stands beside a contact.
const ofAny = ofPerson | ofEmployee | ofPersonal | ofLead | ofContact | ofWork | ofHome | ofPrimary | ofPreferred |
	ofOther | ofFiller | ofLegal | ofSystem | ofUser

// isPrimaryContact reports whether a header speaks of the first or second person
// to turn to, who may be the spouse.
func (w wording) isPrimaryContact() bool {
	return w.has(ofContact) && w.has(ofPrimary|ofOther) && !w.has(ofPreferred) && !w.has(ofWork|ofHome|ofPersonal)
}

func (w wording) isEmail() bool {
	noun := w.has(ofEmail) || w.has(ofElectronic) && w.has(ofAddress)
	return noun && !w.late && !w.isPrimaryContact() && w.within(ofAny|ofEmail|ofElectronic|ofAddress|ofID)
}

func (w wording) isPhone() bool {
	noun := w.has(ofPhone|ofMobile) || w.has(ofContact|ofTexting|ofLandline) && w.has(ofNumber)
	return noun && !w.late && !w.isPrimaryContact() && w.within(ofAny|ofPhone|ofMobile|ofTexting|ofLandline|ofNumber)
}

func (w wording) rankOfEmail() int {
	switch {
	case w.has(ofOther):
		return secondRank
	case w.has(ofHome | ofPersonal):
		return weakRank
	case w.has(ofWork):
		return workRank
	case w.has(ofPrimary | ofPreferred):
		return primaryRank
	}
	return plainRank
}

// rankOfPhone puts mobile numbers first, the person's before the company's.
func (w wording) rankOfPhone() int {
	private := w.has(ofHome | ofPersonal)
	switch mobile := w.has(ofMobile | ofTexting); {
	case w.has(ofOther):
		return secondRank
	case mobile && w.has(ofWork):
		return 2
	case mobile && private:
		return 1
	case mobile:
		return 0
	case w.has(ofWork), w.has(ofLandline) && !private:
		return deskRank
	case private:
		return weakRank
	case w.has(ofPrimary | ofPreferred):
		return primaryRank
	}
	return plainRank
}

func (w wording) isCountry() bool {
	dials := !w.has(ofName) && (w.has(ofDialing) || w.has(ofPhone|ofMobile) && w.has(ofCode))
	return (w.has(ofCountry) || dials) && w.within(ofCountry|ofDialing|ofCode|ofID|ofNumber|ofName|ofNom|ofPhone|ofMobile|
		ofContact|ofAddress|ofPerson|ofEmployee|ofLead|ofWork|ofHome|ofPrimary|ofPlace|ofFiller|ofLegal)
}
