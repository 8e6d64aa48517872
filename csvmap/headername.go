package csvmap

import (
	"strings"
	"sync"
)

// preferredRank is that of a name that is not the one in the payroll.
const preferredRank = 5

var nicknameKeys = sync.OnceValue(func() map[string]bool {
	keys := make(map[string]bool)
	for phrase := range strings.SplitSeq(nicknames, ";") {
		keys[headerKey(phrase)] = true
	}
	return keys
})

const (
	ofAnyName = ofName | ofNom | ofFirst | ofLast | ofHalf | ofBeside | ofFull | ofPreferred | ofLegal | ofEmployee | ofPerson | ofPersonal | ofLead
	ofAnyHalf = ofAnyName | ofUser | ofFiller | ofContact | ofSystem
)

// isFullName takes a name without more, and one that has both halves.
func (w wording) isFullName() bool {
	halves := w.has(ofFirst) && w.has(ofLast) || w.has(ofNom) && w.has(ofHalf) || w.has(ofName) && w.has(ofBeside)
	switch {
	case halves:
		return w.within(ofAnyHalf)
	case !w.has(ofName|ofNom) || w.has(ofFirst|ofLast):
		return false
	case w.has(ofFull):
		return w.within(ofAnyHalf &^ ofContact)
	}
	return w.within(ofAnyName &^ ofPreferred)
}

func (w wording) isFirstName() bool { return w.has(ofFirst) && w.isHalf() }

func (w wording) isLastName() bool { return w.has(ofLast) && w.isHalf() }

func (w wording) isHalf() bool { return w.has(ofName|ofNom|ofHalf) && w.within(ofAnyHalf) }

// rankOfName puts the legal name first, and the preferred one last.
func (w wording) rankOfName() int {
	switch {
	case w.has(ofPreferred):
		return preferredRank
	case w.has(ofLegal):
		return 0
	case w.has(ofFull):
		return 1
	}
	return 2
}

const ofAnyID = ofID | ofNumber | ofCode | ofRef

// isEmployeeID takes a number of an employee. What is only a code may well be that
// of a group that they are in.
func (w wording) isEmployeeID() bool {
	if !w.within(ofAnyID | ofEmployee | ofPerson | ofPersonal | ofPayroll | ofSystem | ofUser | ofUnique | ofHR | ofLead | ofWork | ofPrimary | ofFiller | ofLegal) {
		return false
	}
	switch {
	case w.has(ofEmployee | ofPerson):
		return w.has(ofAnyID)
	case w.has(ofWork | ofPrimary):
		return false // the company's
	case w.has(ofUser | ofUnique):
		return w.has(ofID)
	}
	return w.has(ofPersonal) && w.has(ofAnyID) || w.has(ofPayroll|ofSystem|ofHR) && w.has(ofID|ofNumber|ofRef)
}

// rankOfID puts what is made for telling employees apart first.
func (w wording) rankOfID() int {
	rank := 0
	switch {
	case w.has(ofEmployee):
	case w.has(ofPerson):
		rank = 10
	case w.has(ofPersonal):
		rank = 20
	case w.has(ofPayroll):
		rank = 30
	case w.has(ofSystem):
		rank = 40
	case w.has(ofUser):
		rank = 50
	default:
		rank = 60
	}
	switch {
	case w.has(ofID):
	case w.has(ofNumber):
		rank++
	default:
		rank += 2
	}
	return rank
}
