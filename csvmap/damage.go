package csvmap

import (
	"strconv"
	"strings"
	"unicode"
)

// undamage undoes what spreadsheets do to phone numbers, where the digits are
// all there. complaint says where they are not.
func undamage(text string) (bare string, mended []string, complaint string) {
	if bare = strings.TrimLeft(text, "'’`"); bare != text {
		bare = strings.TrimSpace(bare)
		mended = append(mended, "the apostrophe in front was left out")
	}
	digits, isScientific := fromScientific(bare)
	switch {
	case isScientific && digits == "":
		return "", nil, "was turned into scientific notation by a spreadsheet, which lost digits: format the column as text and type the number anew"
	case isScientific:
		return digits, append(mended, "it was in scientific notation with all its digits, which were written out"), ""
	}
	if whole := withoutDecimals(bare); whole != bare {
		return whole, append(mended, "the .0 at its end was left out"), ""
	}
	return bare, mended, ""
}

// fromScientific reads 2.125550123E+09, also with a decimal comma. digits is ""
// when the exponent asks for more of them than there are: a spreadsheet that
// shows 2.12556E+09 has rounded.
func fromScientific(text string) (digits string, isScientific bool) {
	mantissa, exponent, ok := strings.Cut(strings.ToLower(text), "e")
	power, err := strconv.Atoi(strings.TrimSpace(exponent))
	if !ok || err != nil {
		return "", false
	}
	sign := ""
	if strings.HasPrefix(mantissa, "+") {
		sign, mantissa = "+", mantissa[1:]
	}
	whole, fraction, _ := strings.Cut(strings.Replace(mantissa, ",", ".", 1), ".")
	if whole == "" || !isDigits(whole) || !isDigits(fraction) {
		return "", false
	}
	if power < 0 || power > len(fraction) || strings.Trim(fraction[power:], "0") != "" {
		return "", true
	}
	return sign + whole + fraction[:power], true
}

// withoutDecimals takes the .0 off a number that a spreadsheet made a decimal
// one. A number that people write with dots has more of them.
func withoutDecimals(text string) string {
	at := strings.IndexAny(text, ".,")
	if at < 0 || !isDigits(strings.TrimPrefix(text[:at], "+")) || strings.Trim(text[at+1:], "0") != "" || at == len(text)-1 {
		return text
	}
	return text[:at]
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

const (
	minLocal  = 7  // digits of a number without its area code
	maxDigits = 17 // of any number; ITU says 15, Germany has longer ones
)

// notOneNumber says what else than one number a cell holds; "" when nothing.
func notOneNumber(text string) (complaint string) {
	numbers, digits := 0, 0
	for part := range strings.FieldsFuncSeq(text, setsApart) {
		n := countDigits(part)
		if digits += n; n >= minLocal {
			numbers++
		}
	}
	switch {
	case numbers > 1 || strings.Count(text, "+") > 1:
		return "holds two numbers: leave the one that the message is to go to"
	case digits > maxDigits:
		return "holds more digits than a number has: leave one number"
	case endsInExtension(text):
		return hasExtension
	case strings.ContainsFunc(text, unicode.IsLetter):
		return "holds letters: write the digits only"
	}
	return ""
}

// setsApart takes what people put between two numbers.
func setsApart(r rune) bool { return strings.ContainsRune(`/\;,|&`, r) || unicode.IsLetter(r) }

func countDigits(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// extensionLabels go before an extension, in several languages.
var extensionLabels = setOf("x ext extn extension int interno app dw durchwahl poste anexo extensión")

// endsInExtension looks for a label and some digits behind other digits. The
// library knows more forms, but refuses some of these.
func endsInExtension(text string) bool {
	rest := strings.TrimRightFunc(text, unicode.IsDigit)
	if rest == text {
		return false
	}
	rest = strings.TrimRight(rest, " .:=#-")
	before := strings.TrimRightFunc(rest, unicode.IsLetter)
	return extensionLabels[strings.ToLower(rest[len(before):])] && countDigits(before) > 0
}
