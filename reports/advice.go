package reports

import (
	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// Advice puts a code into plain words.
type Advice struct {
	Title string // what is wrong, as the end of "3 rows: ..."
	ToDo  string // what to do about it, whole sentences
	Owner batch.Owner
}

// Advise finds the words for a code. field is the field of a finding, "" for the
// whole row. A code that is not in the table gets words that are true of any.
func Advise(code, field string) Advice {
	a, known := advices[code]
	if !known {
		a = Advice{"a problem with the code " + code, "See the messages in results.csv.", batch.IT}
	}
	if field == "" {
		return a
	}
	switch code {
	case batch.CodeRejected:
		a.Title = "Argyle does not accept the " + csvmap.Field(field).Words()
	case string(csvmap.MissingName):
		a.Title = "the " + csvmap.Field(field).Words() + " is missing"
	case batch.CodeContactShared:
		a.Title = "two people have the same " + csvmap.Field(field).Words()
	}
	return a
}

// placeMark stands in an advice where a command takes the flags that lead to the
// ledger of the run.
const placeMark = "{place}"

const (
	exportAgain = "Mend the row, or export the roster again."
	lookUp      = "The next run looks them up again. To decide now, \"bulkinvite unknown" + placeMark + "\" lists them, with the command that records what the Argyle Console shows."
	sayWho      = "Where the row is right as it is, write same (the person who was there first) or other (somebody else) into bulkinvite_answer in failed.csv."
	tryAgain    = "Nothing was sent to these people. Run failed.csv again."
)

// advices has one entry for each code; its owner counts where a finding names none.
var advices = map[string]Advice{
	// The rules of a row.
	string(csvmap.MissingName):    {"the name is missing", "Fill in the first and the last name, or the full name.", batch.HR},
	string(csvmap.SharedContact):  {"nothing but contacts that several people share", "Fill in the employee ID, or a contact of the person's own.", batch.HR},
	string(csvmap.MissingContact): {"neither an e-mail address nor a phone number", "Fill in an e-mail address or a mobile number.", batch.HR},
	string(csvmap.InvalidEmail):   {"the e-mail address is not valid", "Correct the address; it must look like name@example.com.", batch.HR},
	string(csvmap.InvalidPhone):   {"the phone number is not valid", "Correct the number; with its country code, as in +1 212 555 0123, it is always understood.", batch.HR},
	string(csvmap.LikelyTypo):     {"the e-mail address is likely mistyped", "Check what stands behind the @, and correct it. Where it is right, run failed.csv with --send-doubtful.", batch.HR},
	string(csvmap.NoSMS):          {"a phone number that takes no SMS", "Give a mobile number. Where there is an e-mail address, only the e-mail is sent.", batch.HR},
	string(csvmap.UnknownCountry): {"the country of a phone number is not known", "Write the number with + and its country code, or the country as two letters, such as US.", batch.HR},
	string(csvmap.BadName):        {"a name that is none", "Type the name: what stands there is an error value, a number, a date, an address, or garbled.", batch.HR},
	string(csvmap.NoResult):       {"a formula without its result", "Open the workbook in a spreadsheet, let it calculate, and save it; or type the value.", batch.HR},
	string(csvmap.TooLong):        {"a value is longer than Argyle allows", "Shorten the value.", batch.HR},
	string(csvmap.BadValue):       {"a cell holds characters that cannot be sent", "Type the cell anew: such characters come in when text is copied from elsewhere.", batch.HR},
	string(csvmap.ShortRow):       {"fewer cells than the header has", exportAgain, batch.HR},
	string(csvmap.LongRow):        {"more cells than the header has", "Look for a separator inside a cell that has no quotation marks around it. " + exportAgain, batch.HR},
	string(csvmap.BadQuote):       {"a quotation mark where none may stand", exportAgain, batch.HR},
	string(csvmap.UnclosedQuote):  {"a quotation mark that is never closed", exportAgain, batch.HR},
	string(csvmap.CellTooLong):    {"a cell is far too long", exportAgain, batch.HR},
	string(csvmap.RowTooLong):     {"a row is far too long", exportAgain, batch.HR},
	string(csvmap.CutRow):         {"the roster is cut off in this row", "Wait until the export is done, or export the roster again.", batch.HR},
	string(csvmap.UnclearLetters): {"letters beyond ASCII that cannot be read for sure", "failed.csv says how they were read. If that is right, run the roster with the --encoding that it names; else save the roster as CSV UTF-8.", batch.HR},
	string(csvmap.AboveHeader):    {"somebody's contact above the header", "Fill in the row's cells, or take the row out of the roster.", batch.HR},
	string(csvmap.OtherRun):       {"the row comes from another run's file", "Run the failed.csv or remaining.csv of each run on its own.", batch.HR},

	// What a mapping file asks of them.
	string(csvmap.UnsplitName):   {"the name cannot be split into first and last name", "Write it as the message says, or give first and last name in columns of their own.", batch.HR},
	string(csvmap.UnlistedValue): {"a value that the mapping file does not list", "Correct the value, or add it to the mapping file.", batch.HR},

	// What was mended, or may be a slip; the row is sent all the same.
	string(csvmap.HiddenCharacter): {"invisible characters or odd spaces were taken out", "A row with no more than this is invited, unless the run is strict. Typing the cell anew ends the warning.", batch.HR},
	string(csvmap.RepairedPhone):   {"a phone number that a spreadsheet had damaged was repaired", "Format the column as text, so that it stays whole.", batch.HR},
	string(csvmap.NoValue):         {"a cell that says N/A or the like was read as blank", "Nothing to do.", batch.Nobody},
	string(csvmap.Entity):          {"HTML entities in a name were resolved", "Nothing to do.", batch.Nobody},

	// Lines that are nobody's row.
	"title_line":   {"a line above the header", "Nothing to do.", batch.Nobody},
	"total_line":   {"a line that counts or sums up rows", "Nothing to do.", batch.Nobody},
	"remark_line":  {"a remark without a name, a contact or an ID, such as a page number", "Nothing to do.", batch.Nobody},
	"empty_row":    {"an empty row", "Nothing to do.", batch.Nobody},
	"label_line":   {"the header in other words", "Nothing to do.", batch.Nobody},
	"filtered":     {"left out by the filter in the mapping file", "Nothing to do.", batch.Nobody},
	"header_again": {"the header once more", "Nothing to do.", batch.Nobody},

	// Who is who.
	batch.CodeContactShared:  {"two people have the same e-mail address or phone number", "Give each person their own contact. " + sayWho + " A contact that is shared on purpose belongs in shared_contacts in the configuration.", batch.HR},
	batch.CodeTwoPeople:      {"the row mixes two people: its ID is one's, its contact the other's", "Correct the employee ID, the e-mail address or the phone number. " + sayWho, batch.HR},
	batch.CodeIDReused:       {"the employee ID belongs to somebody with another name", "Check the ID in the HR system: each person needs their own. " + sayWho, batch.HR},
	batch.CodeIDSpelling:     {"known by an employee ID alone that is written otherwise than before", "Check whether it is the same person.", batch.HR},
	batch.CodeSameName:       {"somebody of the same name is known under another contact", "Check whether it is one person, whose contact or employee ID has changed; a row with no more than this is invited.", batch.HR},
	batch.CodeInvitedOutside: {"the Argyle account has an invite of theirs that this ledger does not know", "Each message in failed.csv names the invite, and the way to count it as theirs. To send another one all the same, run failed.csv again with --also-outside.", batch.IT},
	batch.CodeDuplicate:      {"the same person as on an earlier row", "Nothing to do: the earlier row counts.", batch.Nobody},
	batch.CodeContactMoved:   {"invited earlier, under another contact", "Nothing to do: the new contact got no message, since the person has an invite.", batch.Nobody},
	batch.CodeInviteRevoked:  {"invited earlier, and that invite was revoked", "Decide whether they are to have another one: then make it in the Argyle Console, and take it in (\"bulkinvite adopt --help\" explains --only). Whoever is to have none: see \"bulkinvite skip --help\".", batch.HR},
	batch.CodeDoNotInvite:    {"marked as not to be invited", "Nothing to do.", batch.Nobody},
	batch.CodeWouldSend:      {"would be invited", "Nothing to do.", batch.Nobody},
	batch.CodeNotAttempted:   {"the run stopped before this row", "Run remaining.csv.", batch.Nobody},

	// Nothing was created.
	batch.CodeRejected:  {"Argyle does not accept the data", "Correct the value; Argyle's own words are in failed.csv.", batch.HR},
	"bad_default":       {"Argyle turns everybody down for the same reason", "Correct the value in the configuration that all rows share, such as flow_id. Then run failed.csv and remaining.csv.", batch.IT},
	batch.CodeRefused:   {"Argyle refuses our requests", "Check the API key, whether it belongs to this environment, and the API's address. Then run failed.csv and remaining.csv.", batch.IT},
	batch.CodeThrottled: {"Argyle kept asking us to slow down", tryAgain + " If it happens often, lower --rate.", batch.IT},
	batch.CodeNotSent:   {"Argyle could not be reached", tryAgain + " If it happens often, check the network, the proxy and the firewall.", batch.IT},
	batch.CodeAbsent:    {"an earlier request provably created no invite", tryAgain, batch.IT},
	batch.CodeReleased:  {"the run stopped just before sending", tryAgain, batch.Nobody},

	// In doubt: an invite may have been created.
	batch.CodeInDoubt:   {"an earlier run left it open whether they were invited", lookUp, batch.IT},
	batch.CodeDied:      {"the run ended before the answer was recorded", lookUp, batch.IT},
	"timeout":           {"no answer came in time", lookUp, batch.IT},
	"cancelled":         {"the request was broken off before an answer came", lookUp, batch.IT},
	"reset":             {"the connection broke before an answer came", lookUp, batch.IT},
	"cut_body":          {"the answer was cut off", lookUp, batch.IT},
	"unreadable":        {"the answer could not be understood", lookUp, batch.API},
	"revoked_answer":    {"the answer names an invite that is revoked", lookUp, batch.API},
	"no_id":             {"the answer names no invite", lookUp, batch.API},
	batch.CodeWrongEcho: {"the answer is about somebody else", lookUp, batch.API},
	batch.CodeKnownID:   {"the answer names an invite that somebody else has", lookUp, batch.API},
	"stale_answer":      {"an answer came that belongs to another request", "A proxy in between may answer twice. " + lookUp, batch.IT},
	"undocumented":      {"the answer is none of Argyle's", "Check the API's address, and a proxy or a log-in page in between. " + lookUp, batch.IT},
	"server_error":      {"Argyle had an error of its own", lookUp, batch.API},
	batch.CodeUncertain: {"it is not known whether the invite was made", lookUp, batch.IT},
}
