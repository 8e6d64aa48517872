package argyle

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// verdict says what an answer means for r: nil for sent, else one of the verdict
// errors. Nothing was created where the API says so in the words that it documents;
// whatever else answers, a gateway or a proxy for example, may do so after the API
// has done its work. This switch is the only place that reads a status code of the
// API; a proxy's is read in proxy.go.
func (c *Client) verdict(ctx context.Context, a answer, r csvmap.Recipient) (batch.InviteRef, error) {
	var none batch.InviteRef
	switch s := a.status; {
	case succeeded(s):
		return created(ctx, a, r)
	case a.refusesUs():
		return none, &batch.RefusedError{Status: s, Reason: c.refusal(a)}
	case s == http.StatusBadRequest, s == http.StatusRequestEntityTooLarge, s == http.StatusUnprocessableEntity:
		return none, rejected(ctx, a, r)
	case s == http.StatusTooManyRequests:
		return none, &batch.ThrottledError{Status: s, RetryAfter: a.retryAfter(time.Now())}
	case s == http.StatusRequestTimeout, s >= 500 && s <= 599:
		return none, uncertain(a, codeServerError, "the API answered with an error of its own, so the invite may have been created", nil)
	case s >= 300 && s <= 499:
		return none, undocumented(a, c.refusal(a))
	default:
		return none, uncertain(a, codeUnclassified, "the API answered in an unknown way, so the invite may have been created", nil)
	}
}

// succeeded reports whether a status is one of success.
func succeeded(status int) bool { return status >= 200 && status <= 299 }

// created trusts a 2xx only when it shows an invite for the contact that was sent.
func created(ctx context.Context, a answer, r csvmap.Recipient) (batch.InviteRef, error) {
	var none batch.InviteRef
	if a.bodyErr != nil {
		return none, cut(ctx, a)
	}
	v, err := readInvite(a.body)
	switch {
	case err != nil:
		return none, uncertain(a, codeUnreadable, "the API accepted the request, but its answer is not an invite", nil)
	case v.ID == "":
		return none, uncertain(a, codeNoID, "the API accepted the request, but its answer has no invite ID", nil)
	case batch.EchoOf(r, string(v.Email), string(v.Phone)) != batch.EchoSame:
		return none, uncertain(a, codeWrongEcho, "the API accepted the request, but its answer shows another contact", nil)
	case v.revoked():
		return none, uncertain(a, codeRevoked, "the API accepted the request, but its answer shows an invite that is revoked", nil)
	}
	return v.answered(a.date(), time.Now()), nil
}

// rejected tells the row's fault (field errors) from one that all rows share.
func rejected(ctx context.Context, a answer, r csvmap.Recipient) error {
	if a.bodyErr != nil {
		return cut(ctx, a)
	}
	if fields := fieldErrors(a.body, r); len(fields) > 0 {
		return &batch.RejectedError{Status: a.status, Fields: fields}
	}
	return undocumented(a, refusedData(a.status))
}

// undocumented is the doubt after an answer that the API does not document. It will
// be the same for the next person, so the run stops: stop says what to do.
func undocumented(a answer, stop string) error {
	reason := fmt.Sprintf("the answer is none that the API documents (HTTP %d), so the invite may have been created", a.status)
	return &batch.UncertainError{Status: a.status, Code: codeUndocumented, Reason: reason, Written: true, Stop: stop}
}

// cut is the verdict on an answer whose body broke off and was needed.
func cut(ctx context.Context, a answer) error {
	switch code := breakCode(ctx, a.bodyErr); {
	case errors.Is(a.bodyErr, errTooLarge):
		return uncertain(a, codeUnreadable, "the API's answer is larger than 1 MiB, so it was not read", nil)
	case code == codeTimeout:
		return uncertain(a, code, "the API's answer did not arrive whole in time", a.bodyErr)
	case code == codeCancelled:
		return uncertain(a, code, "the run was stopped while the API's answer arrived", ctx.Err())
	default:
		return uncertain(a, codeCutBody, "the API's answer broke off", a.bodyErr)
	}
}

// staleAnswer is the doubt when an answer to something else came before the request
// left: what became of the request is not known.
func staleAnswer() error {
	return &batch.UncertainError{
		Code:   codeStaleAnswer,
		Reason: "an answer to something else was there before the request left, so it is not believed, and the invite may have been created",
	}
}

// uncertain is a doubt in spite of an answer; who answers has the request.
func uncertain(a answer, code, reason string, err error) error {
	return &batch.UncertainError{Status: a.status, Code: code, Reason: reason, Written: true, Err: err}
}

// readVerdict says what the answer to a GET means: nil for a whole 200.
func (c *Client) readVerdict(a answer) error {
	switch s := a.status; {
	case s == http.StatusOK && a.bodyErr == nil:
		return nil
	case s == http.StatusTooManyRequests:
		return &batch.ThrottledError{Status: s, RetryAfter: a.retryAfter(time.Now())}
	case s == http.StatusOK:
		return errors.New("the API's answer broke off")
	case s >= 300 && s <= 499 && s != http.StatusRequestTimeout:
		return &batch.RefusedError{Status: s, Reason: c.refusal(a)}
	default:
		return errors.New("the API answered with an error of its own (HTTP " + strconv.Itoa(s) + ")")
	}
}
