package csvmap

import "strings"

// longestAnswer is how much of an answer is read, in bytes.
const longestAnswer = 40

// answerOf is what somebody has put into a row's [AnswerColumn]. It counts in a row
// that names the run which the file is from: a row that was added by hand was asked
// nothing.
func (d *decoder) answerOf(cells []string) string {
	if run := strings.TrimSpace(d.layout.mark(runHeader, cells)); run == "" || run != d.run {
		return ""
	}
	answer := strings.TrimLeft(strings.TrimSpace(d.layout.mark(AnswerColumn, cells)), "'")
	if answer = strings.ReplaceAll(answer, "\x00", " "); len(answer) > longestAnswer {
		answer = answer[:longestAnswer]
	}
	return answer
}
