package reports

import (
	"slices"
	"strings"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// rerunWriter writes failed.csv or remaining.csv. The file starts with its first
// row, so that a run without such rows leaves none.
type rerunWriter struct {
	set  *fileSet
	name string
	run  string // ID of this run: the file's settings are its settings
	form csvmap.Format
	rows *csvmap.RowWriter // nil before the first row
}

// write adds the row as it stands in the roster, with what became of it; csvmap
// makes these cells formula-safe.
func (w *rerunWriter) write(r *batch.Result, found joined) error {
	if w.rows == nil {
		file, err := w.set.create(w.name)
		if err != nil {
			return err
		}
		w.rows = csvmap.NewRowWriter(file, w.form)
	}
	return w.rows.Write(r.Raw, r.Malformed, csvmap.Marks{
		Run:     w.run,
		Outcome: string(r.Outcome),
		Code:    found.codes,
		Message: reasons(r.Findings, found),
	})
}

// reasons are the messages, each of the API's own with its field: who mends the row
// has no other column that says which cell is meant. How doubtful letters were read
// stands here only, in a file that holds people's names.
func reasons(findings []batch.Finding, found joined) string {
	if !slices.ContainsFunc(findings, func(f batch.Finding) bool { return f.Code == batch.CodeRejected || f.Reading != "" }) {
		return found.messages
	}
	all := make([]string, len(findings))
	for i, f := range findings {
		switch {
		case f.Code == batch.CodeRejected && f.Field != "":
			all[i] = f.Field + ": " + f.Message
		case f.Reading != "":
			all[i] = f.Message + ` (read as "` + f.Reading + `")`
		default:
			all[i] = f.Message
		}
	}
	return strings.Join(all, "; ")
}

func (w *rerunWriter) flush() error {
	if w.rows == nil {
		return nil
	}
	return w.rows.Flush()
}

// used is the file's name, "" when there is no such file.
func (w *rerunWriter) used() string {
	if w.rows == nil {
		return ""
	}
	return w.name
}
