package csvmap

// delimiters in the order in which they are preferred.
var delimiters = [...]byte{',', ';', '\t', '|'}

// sniffDelimiter picks the delimiter that gives the first record of head the
// most cells; a header with a single column is taken as comma-separated.
func sniffDelimiter(head []byte) byte {
	for n, known := lineBreak(head, true); known && n > 0; n, known = lineBreak(head, true) {
		head = head[n:]
	}
	best, most := delimiters[0], 1
	for _, delimiter := range delimiters {
		if cells := len(cellSpans(head, delimiter)); cells > most {
			best, most = delimiter, cells
		}
	}
	return best
}
