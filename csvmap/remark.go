package csvmap

import (
	"strings"
	"unicode"
)

// totals are the words that a line begins with which counts or sums up, in the
// languages of the headers, and totalled those that may follow.
var (
	totals = setOf("total totals grand subtotal sum count records rows headcount trailer employees workers " +
		"summe gesamt gesamtsumme gesamtzahl insgesamt anzahl zwischensumme mitarbeiter " +
		"totaux somme effectif totales suma subtotales empleados employés salariés")
	totalled = setOf("number of active staff people associates de von der")
)

// remarks are words of the lines that a report has around its rows: what it is,
// when and by whom it was made, where it ends.
//
//nolint:misspell // four languages
var remarks = setOf("page report listing end eof continued confidential proprietary restricted internal copyright " +
	"printed generated created exported produced prepared extracted completed completion selected affected returned " +
	"run query source note notes disclaimer legend questions contact " +
	"seite bericht ende vertraulich erstellt gedruckt auszug fin rapport confidentiel imprimé généré " +
	"página pagina informe reporte confidencial impreso generado")

// askers are words beside the address that questions go to.
var askers = setOf("questions contact help support helpdesk fragen kontakt preguntas contacto")

// pages are the words before a page's number, and ofPages those behind it.
var (
	pages   = setOf("page pages pg p seite página pagina pág pag sheet blatt feuille hoja")
	ofPages = setOf("of von de sur")
)

// remark judges a text that stands in a row by itself, numbers beside it aside,
// and in no column for names. first is set where that is the first column; trails
// where it follows another remark as a line without any delimiter.
func remark(cell string, first, trails bool) Code {
	words := textWords(cell)
	switch {
	case isCode(cell):
		return ""
	case isTotal(words):
		return TotalLine
	case isFramed(cell), isPage(words), first && (isComment(cell) || hasAny(remarks, words)), trails && countProse(words) > 1:
		return RemarkLine
	}
	return ""
}

// remarkForName judges a text that stands in a column for names, with nothing but
// numbers beside it. It is a name unless nobody is called so: the words of a total
// with their number, a page's number, or a remark that signs frame.
func remarkForName(cells []string, lead int) Code {
	cell := cells[lead]
	words := textWords(cell)
	behind := strings.Join(cells[lead+1:], "")
	switch {
	case onlyTotals(cell) && (hasDigit(cell) || hasDigit(behind)):
		return TotalLine
	case isPage(words), (isFramed(cell) || isComment(cell)) && (hasDigit(cell) || hasAny(remarks, words)):
		return RemarkLine
	}
	return ""
}

// textWords splits a text into words and numbers, in small letters.
func textWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// isCode reports whether a text is a single word with a digit in it, as IDs are.
func isCode(cell string) bool {
	return hasDigit(cell) && !strings.ContainsAny(strings.TrimSpace(cell), " \t\u00a0:=")
}

// isTotal reports whether words begin as a total does. Numbers may go before, as
// in "120 records".
func isTotal(words []string) bool {
	for _, word := range words {
		if hasLetter(word) && !totalled[word] {
			return totals[word]
		}
	}
	return false
}

// onlyTotals reports whether a text has no other words than those of a total.
func onlyTotals(cell string) bool {
	words := textWords(cell)
	for _, word := range words {
		if hasLetter(word) && !totals[word] && !totalled[word] {
			return false
		}
	}
	return hasAny(totals, words)
}

// isPage reports whether words are a page's number, such as "page 1 of 3".
func isPage(words []string) bool {
	if len(words) < 2 || !pages[words[0]] || !isDigits(words[1]) {
		return false
	}
	for _, word := range words[2:] {
		if !isDigits(word) && !ofPages[word] {
			return false
		}
	}
	return true
}

// remarkFrames are the signs that set a remark off, at least two at each end.
const remarkFrames = "*-=_#~<>+|–—"

func isFramed(cell string) bool {
	cell = strings.TrimSpace(cell)
	inside := strings.Trim(cell, remarkFrames)
	at := strings.Index(cell, inside)
	return inside != "" && at >= 2 && len(cell)-at-len(inside) >= 2
}

// isComment reports whether a text begins as comments do.
func isComment(cell string) bool {
	cell = strings.TrimSpace(cell)
	return strings.HasPrefix(cell, "# ") || strings.HasPrefix(cell, "//") || strings.HasPrefix(cell, "--")
}

func hasAny(set map[string]bool, words []string) bool {
	for _, word := range words {
		if set[word] {
			return true
		}
	}
	return false
}

// countProse counts the words that are no numbers, codes or initials.
func countProse(words []string) int {
	n := 0
	for _, word := range words {
		if len(word) > 1 && !hasDigit(word) {
			n++
		}
	}
	return n
}
