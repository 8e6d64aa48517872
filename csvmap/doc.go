// Package csvmap turns a roster file into recipients, and rows back into the
// roster's own form.
//
// Data flows one way, and each step has a file of its own:
//
//	bytes      -> container  source, container: a file or a stream; gzip, zip and .xlsx by their content
//	container  -> text       charset, encoding: what the bytes mean; a workbook needs none
//	text       -> frames     framer: one record at a time, with its true line and byte offset
//	sheet      -> frames     sheet: one row at a time, as the CSV that it would be
//	frames     -> Row        heading, decoder, tail: through gocsv; a malformed record is a Row with a
//	                         problem, and a line that is nobody's (a title, a total) one that says so
//	header     -> columns    headermap: what the columns are by the words of their headers, of which
//	                         headerwords and export are the tables; sample, bycells: by the first rows,
//	                         where that is not enough; mapping, overrule, recipe: by a mapping file
//	Row        -> Recipient  defaults, rules, and by the columns; every problem is reported
//	Row        -> bytes      writer: the rerun files, byte for byte
//
// A bad row is a value with coordinates ([Problem]); a broken file is an error
// ([RosterError]), and so is one that is not all there ([PartialError]) or turns
// out to be in another encoding than it began in ([EncodingError]). Nothing is
// skipped silently: records in = rows out. A blank line is no record, in a text as
// in a sheet.
//
// Nothing is guessed silently either: [Roster.Detected] says what the roster was
// taken for, [OpenOptions] override that, and what could be read in two ways is
// refused.
//
// Memory is bounded whatever the file: a record has MaxRecord bytes, what must be
// read twice goes into a nameless file, and archives unpack within limits.
//
// The package imports nothing of ours and keeps no state between rosters.
package csvmap
