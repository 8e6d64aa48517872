package argyle

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"bulkinvite/batch"
)

// pageSize is the largest page that the API gives.
const pageSize = 200

// listAnswer is a page as the API writes it.
type listAnswer struct {
	Next    *string  `json:"next"`
	Results []invite `json:"results"`
}

// Page lists the account's invites, a page at a time: see batch.Lister. A cursor
// is the URL of the following page, word for word; one that leads to another
// host is an error. The errors are those of a GET: *batch.RefusedError,
// *batch.ThrottledError, or any other, after which it may be asked for again.
func (c *Client) Page(ctx context.Context, cursor string, departed func()) (batch.Page, error) {
	target := c.base + "/invites?limit=" + strconv.Itoa(pageSize)
	if cursor != "" {
		target = cursor
	}
	if !c.owns(target) {
		return batch.Page{}, unlistable("it goes on at another host, which is not followed")
	}
	a, err := c.get(ctx, target, departed)
	if err != nil {
		return batch.Page{}, err
	}
	var list listAnswer
	if err := json.Unmarshal(a.body, &list); err != nil || list.Results == nil {
		return batch.Page{}, errors.New("the API's list of invites cannot be read")
	}
	page := batch.Page{Now: a.date(), Invites: make([]batch.Listing, len(list.Results))}
	for i, v := range list.Results {
		if v.ID == "" {
			return batch.Page{}, unlistable("it has an invite without an ID")
		}
		page.Invites[i] = v.listing()
	}
	if list.Next != nil && *list.Next != "" {
		if !c.owns(*list.Next) {
			return batch.Page{}, unlistable("it goes on at another host, which is not followed")
		}
		page.Next = *list.Next
	}
	return page, nil
}

// Invite reads one invite; the error is *batch.RefusedError with status 404 when
// the account has none of that ID.
func (c *Client) Invite(ctx context.Context, id string) (batch.Listing, error) {
	a, err := c.get(ctx, c.base+"/invites/"+url.PathEscape(id), nil)
	if err != nil {
		return batch.Listing{}, err
	}
	v, err := readInvite(a.body)
	if err != nil || string(v.ID) != id {
		return batch.Listing{}, errors.New("the API's invite cannot be read")
	}
	return v.listing(), nil
}

// get is one GET on the API's host: the whole answer with status 200, or an
// error. Where a kept connection turns out to be dead, net/http asks again on a
// new one, once and unseen by the limiter: nothing is changed by that, and the
// first try did not reach the API.
func (c *Client) get(ctx context.Context, target string, departed func()) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	e := &exchange{leave: departed}
	req, err := c.request(e.watch(ctx), http.MethodGet, target, nil)
	if err != nil {
		return answer{}, errors.New("the request could not be built: check the API URL")
	}
	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		return answer{}, readFailure(ctx, err, evidence{conn: e.gone})
	}
	a := e.receive(resp)
	if e.stale() {
		return answer{}, errors.New("the API's answer was there before the question, so it is not believed")
	}
	c.clock.read(a.date(), time.Now())
	return a, c.readVerdict(a)
}

// unlistable is a list that will not get better by asking again.
func unlistable(why string) error { return &batch.ListError{Err: errors.New(why)} }

// owns reports whether target is on the configured host.
func (c *Client) owns(target string) bool {
	base, err := url.Parse(c.base)
	if err != nil {
		return false
	}
	next, err := url.Parse(target)
	return err == nil && next.Scheme == base.Scheme && next.Host == base.Host && next.User == nil
}

// readFailure says why a GET got no answer; the error has no address in it.
func readFailure(ctx context.Context, err error, found evidence) error {
	if tunnel, ok := errors.AsType[*tunnelError](err); ok {
		return tunnel.verdict()
	}
	if !found.conn {
		return &batch.NotSentError{Reason: notSentReason(ctx, err, found), Err: err}
	}
	if timedOut(err) {
		return errors.New("the API did not answer in time")
	}
	return errors.New("the connection to the API broke before the answer came")
}
