package batch

import (
	"fmt"
	"strings"
)

// maxAlike is how many people may be rejected in a row with the very same
// words: then it is not they who are wrong but something they have in common.
const maxAlike = 20

// alike counts rejections with the same words. Until somebody was invited, no
// more people are on their way than may be rejected.
type alike struct {
	proven bool // somebody was invited in this run
	words  string
	count  int // in a row
}

// limit is how many may be on their way.
func (a *alike) limit() int {
	if a.proven && a.count == 0 {
		return unlimited
	}
	return maxAlike - a.count
}

func (a *alike) note(j judgement) *Stop {
	switch j.state {
	case Sent:
		a.proven, a.count = true, 0
	case Rejected:
		if words := rejectionWords(j.findings); words != a.words {
			a.words, a.count = words, 0
		}
		a.count++
	}
	if a.count < maxAlike {
		return nil
	}
	return &Stop{StopDefault, fmt.Sprintf(
		"the API rejected %d people in a row with the same words (%s): a setting that all of them share is wrong; correct it and run again", a.count, a.words)}
}

func rejectionWords(findings []Finding) string {
	words := make([]string, len(findings))
	for i, f := range findings {
		words[i] = strings.TrimPrefix(f.Field+": "+f.Message, ": ")
	}
	return strings.Join(words, "; ")
}
