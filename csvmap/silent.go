package csvmap

import "github.com/nyaruka/phonenumbers"

// silentKinds are the kinds of numbers that belong to no person, and take no message.
var silentKinds = map[phonenumbers.PhoneNumberType]string{
	phonenumbers.TOLL_FREE:    "is toll-free",
	phonenumbers.PREMIUM_RATE: "is a premium one",
	phonenumbers.SHARED_COST:  "is one with shared costs",
	phonenumbers.PAGER:        "is a pager's",
	phonenumbers.UAN:          "is a company's",
	phonenumbers.VOICEMAIL:    "is a voice mail's",
}

// silentNumber says why a valid number takes no message, in words that follow "the
// phone number"; "" when it may.
func silentNumber(e164 string) string {
	if e164 == "" {
		return ""
	}
	number, err := phonenumbers.Parse(e164, "ZZ")
	if err != nil {
		return ""
	}
	if kind := silentKinds[phonenumbers.GetNumberType(number)]; kind != "" {
		return kind + " and takes no SMS"
	}
	return ""
}
