package csvmap

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// normalizePhone returns a number as E.164. complaint says what is wrong with
// it, in words that follow its name; "" when nothing is. Nothing is
// repaired that could be read in two ways.
func normalizePhone(text, region string) (e164, complaint string) {
	if complaint := damage(text); complaint != "" {
		return "", complaint
	}
	number, err := phonenumbers.Parse(text, region)
	switch {
	case err != nil || !phonenumbers.IsValidNumber(number):
		return "", "is not valid in " + region + ": write it with its country code, as in +1 212 555 0123"
	case number.GetExtension() != "":
		return "", "has an extension: a message can only go to a direct number"
	}
	return phonenumbers.Format(number, phonenumbers.E164), ""
}

// damage finds what the library would read as a number, or refuse without
// telling why.
func damage(text string) string {
	decimal := strings.ReplaceAll(text, ",", ".")
	_, err := strconv.ParseFloat(decimal, 64)
	switch {
	case err == nil && strings.ContainsAny(text, "eE"):
		return "was turned into scientific notation by a spreadsheet, which lost digits: format the column as text and type the number anew"
	case err == nil && strings.HasSuffix(decimal, ".0"):
		return "was turned into a decimal number by a spreadsheet: remove the .0 at its end"
	case strings.ContainsFunc(text, unicode.IsLetter):
		return "holds letters: write the digits only"
	}
	return ""
}
