package csvmap

import "fmt"

// Code names a kind of problem. Codes are stable: they stand in results.csv.
type Code string

// What can be wrong with a row.
const (
	MissingName    Code = "missing_name"
	MissingContact Code = "missing_contact"
	SharedContact  Code = "shared_contact" // the row has no other contact, and no employee ID
	InvalidEmail   Code = "invalid_email"
	InvalidPhone   Code = "invalid_phone"
	TooLong        Code = "too_long"  // a value over the API's limit
	BadValue       Code = "bad_value" // control characters, bytes that are no UTF-8
	ShortRow       Code = "short_row" // fewer cells than the header
	LongRow        Code = "long_row"  // more cells than the header
	BadQuote       Code = "bad_quote" // a quote where none may stand
	UnclosedQuote  Code = "unclosed_quote"
	CellTooLong    Code = "cell_too_long" // over MaxCell
	RowTooLong     Code = "row_too_long"  // over MaxRecord
	OtherRun       Code = "other_run"     // a rerun file that mixes rows of different runs
	CutRow         Code = "cut_row"       // the roster ends within the row
	NoResult       Code = "no_result"     // a formula of a workbook whose result is not stored
	LikelyTypo     Code = "likely_typo"   // the domain looks like a slip of a common one, or of the list's
	NoSMS          Code = "no_sms"        // toll-free and the like; beside an address a warning
	UnknownCountry Code = "unknown_country"
	BadName        Code = "bad_name"        // what is no name: an error value, a date, a garbled text
	AboveHeader    Code = "above_header"    // somebody's contact above the header
	UnclearLetters Code = "unclear_letters" // the list's encoding is a guess, and the cell depends on it

	// With a mapping file.
	UnsplitName   Code = "unsplit_name"   // a name that has not exactly the two halves it should have
	UnlistedValue Code = "unlisted_value" // a text that the value map does not list
)

// What a warning can be about; with Rules.Strict a problem.
const (
	HiddenCharacter Code = "hidden_character" // invisible characters and odd spaces, taken out
	RepairedPhone   Code = "repaired_phone"   // a spreadsheet had damaged it; one reading was left
	NoValue         Code = "no_value"         // N/A or the like, read as blank: a note
	Entity          Code = "html_entity"      // resolved: a note
)

// Problem says what is wrong with a row, where, and what to do; as a warning,
// what was mended or may be a slip. Messages are written for HR and never repeat
// the cell's value.
type Problem struct {
	Line    int    // line in the roster file, 1-based
	Column  int    // column of the roster, 1-based; 0 for the whole row
	Field   Field  // "" for the whole row
	Header  string // the column's header as it stands in the roster
	Code    Code
	Message string
	Reading string // the cell with letters beyond ASCII as \u00e9, where these are in doubt: for a file with people's names only
	Warning bool   // the row can be sent all the same
	Note    bool   // a warning that nobody has to act on, which holds no row however strict the rules
}

// Where is the place the way a compiler writes it: the line, and the column
// where there is one.
func (p Problem) Where() string {
	if p.Column == 0 {
		return fmt.Sprint(p.Line)
	}
	return fmt.Sprintf("%d:%d", p.Line, p.Column)
}

// RosterError says why a file cannot be read as a roster at all.
type RosterError struct {
	Path    string
	Line    int // 0 when no line is to blame
	Message string
	Err     error // may be nil
}

func (e *RosterError) Error() string {
	where := e.Path
	if e.Line > 0 {
		where = fmt.Sprintf("%s:%d", e.Path, e.Line)
	}
	return where + ": " + e.Message
}

func (e *RosterError) Unwrap() error { return e.Err }
