package reports

import (
	"slices"
	"strings"

	"bulkinvite/batch"
)

// owners, the most pressing first: who must act before anybody else can.
var owners = []batch.Owner{batch.HR, batch.IT, batch.API, batch.Nobody}

// pressing returns the more pressing of two owners.
func pressing(a, b batch.Owner) batch.Owner {
	if rank(b) < rank(a) {
		return b
	}
	return a
}

// rank is the place of o in owners; what is not there counts as nobody.
func rank(o batch.Owner) int {
	if i := slices.Index(owners, o); i >= 0 {
		return i
	}
	return len(owners) - 1
}

// joined is the findings of one row as cells.
type joined struct {
	codes, fields, messages string
	owner                   batch.Owner
}

// join puts several findings into one cell each, in the same order, separated by
// "; ". Fields stay empty when no finding names one.
func join(findings []batch.Finding) joined {
	switch len(findings) {
	case 0:
		return joined{owner: batch.Nobody}
	case 1: // by far the most frequent: costs nothing
		f := findings[0]
		return joined{f.Code, f.Field, f.Message, pressing(batch.Nobody, f.Owner)}
	}
	var codes, fields, messages []string
	owner, named := batch.Nobody, false
	for _, f := range findings {
		codes = append(codes, f.Code)
		fields = append(fields, f.Field)
		messages = append(messages, f.Message)
		owner = pressing(owner, f.Owner)
		named = named || f.Field != ""
	}
	j := joined{codes: strings.Join(codes, "; "), messages: strings.Join(messages, "; "), owner: owner}
	if named {
		j.fields = strings.Join(fields, "; ")
	}
	return j
}
