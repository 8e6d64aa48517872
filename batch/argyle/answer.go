package argyle

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// maxAnswer is the largest body that is read; an invite has about 1 KiB.
const maxAnswer = 1 << 20

var errTooLarge = errors.New("the answer is larger than 1 MiB")

// answer is what the API answered.
type answer struct {
	status  int
	header  http.Header
	body    []byte
	bodyErr error // why body is not the whole body; nil when it is
}

// readAnswer reads resp to its end, so that its connection can be used again,
// unless it is larger than maxAnswer.
func readAnswer(resp *http.Response) answer {
	defer resp.Body.Close()
	a := answer{status: resp.StatusCode, header: resp.Header}
	if resp.StatusCode == http.StatusSwitchingProtocols {
		return a // what follows is no HTTP
	}
	a.body, a.bodyErr = io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if len(a.body) > maxAnswer {
		a.body, a.bodyErr = nil, errTooLarge
	}
	return a
}

// date is the API's own clock; zero when the answer does not tell.
func (a answer) date() time.Time {
	date, err := http.ParseTime(a.header.Get("Date"))
	if err != nil {
		return time.Time{}
	}
	return date
}
