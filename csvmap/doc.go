// Package csvmap turns a roster file into recipients, and rows back into the
// roster's own form.
//
// Data flows one way, and each step has a file of its own:
//
//	bytes    -> frames      one record at a time, with its true line and byte offset
//	frames   -> Row         through gocsv; a malformed record is a Row with a problem
//	Row      -> Recipient   header mapping, defaults, rules; every problem is reported
//	Row      -> bytes       the rerun files, byte for byte
//
// A bad row is a value with coordinates ([Problem]); a broken file is an error
// ([RosterError]). Nothing is skipped silently: records in = rows out.
//
// The package imports nothing of ours and keeps no state between rosters.
package csvmap
