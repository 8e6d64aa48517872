package csvmap

import "strings"

// placeholders are what people and programs write where there is nothing, in four
// languages; compared without case, and without what stands around the letters.
//
//nolint:misspell // four languages
var placeholders = func() map[string]bool {
	set := make(map[string]bool)
	for text := range strings.SplitSeq(`na; n a; no; none; null; nil; nan; nv; nd; tbd; tba; tbc; unknown; unkn; undefined; missing; empty; blank; void;
		not available; not applicable; not provided; not given; not known; not on file; no email; no e mail; no mail; no phone;
		no mobile; no cell; no number; noemail; nophone; declined; refused; pending; to follow; x; xx; xxx; xxxx;
		keine; keines; kein; ka; k a; entfällt; unbekannt; nicht vorhanden; keine angabe; keine e mail; ohne; folgt;
		aucun; aucune; néant; inconnu; sans; sans objet; so; s o; non renseigné; nc; n c; pas d email;
		ninguno; ninguna; ningún; sin correo; sin email; sin teléfono; sin dato; sin datos; no tiene; no aplica; desconocido; pendiente`, ";") {
		set[foldPlaceholder(text)] = true
	}
	return set
}()

// isPlaceholder reports whether a cell of a contact stands for nothing: a word
// such as N/A or NULL, also as a mailbox, a spreadsheet's error for a value that it
// did not find, one digit over and over, or no letter and no digit at all.
func isPlaceholder(cell string) bool {
	if at := strings.IndexByte(cell, '@'); at >= 0 {
		return at <= longestMailbox && mailboxes[strings.ToLower(cell[:at])]
	}
	switch {
	case countDigits(cell) >= minLocal:
		return isOneDigit(cell)
	case len(cell) > longestPlaceholder:
		return false
	}
	folded := foldPlaceholder(cell)
	return strings.Trim(folded, "0 ") == "" || placeholders[folded]
}

const longestPlaceholder = 40 // bytes

// mailboxes are those that nobody has.
var mailboxes = setOf("none noemail no-email no.email no_email nomail no-mail noaddress notprovided notavailable unknown n/a")

const longestMailbox = 12 // bytes, of those

// isOneDigit reports whether all digits of a number are the same.
func isOneDigit(cell string) bool {
	first := byte(0)
	for i := range len(cell) {
		switch b := cell[i]; {
		case b < '0' || b > '9':
		case first == 0:
			first = b
		case b != first:
			return false
		}
	}
	return true
}

// foldPlaceholder leaves the letters and digits of each word.
func foldPlaceholder(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !inWord(r) })
	for i, word := range words {
		words[i] = headerKey(word)
	}
	return strings.Join(words, " ")
}
