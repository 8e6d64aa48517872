package argyle

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"bulkinvite/batch"
)

const (
	pageSize  = 200     // the largest page that the API gives
	maxCursor = 4 << 10 // bytes
)

// listAnswer is a page as the API writes it.
type listAnswer struct {
	Next    *string  `json:"next"`
	Results []invite `json:"results"`
}

func (l *listAnswer) read(body []byte) error {
	if err := json.Unmarshal(body, l); err != nil || l.Results == nil {
		return errors.New("the API's list of invites cannot be read")
	}
	return nil
}

// Page lists the account's invites, a page at a time: see batch.Lister. A cursor is
// the query of a page. The errors are those of a GET: *batch.RefusedError,
// *batch.ThrottledError, *batch.ListError for a list that cannot be followed, or any
// other, after which it may be asked for again.
func (c *Client) Page(ctx context.Context, cursor string, departed func()) (batch.Page, error) {
	query := cmp.Or(cursor, "limit="+strconv.Itoa(pageSize))
	var list listAnswer
	a, err := c.get(ctx, c.base+"/invites?"+query, departed, list.read)
	if err != nil {
		return batch.Page{}, err
	}
	page := batch.Page{Now: a.date(), Invites: make([]batch.Listing, len(list.Results))}
	for i, v := range list.Results {
		if v.ID == "" {
			return batch.Page{}, unlistable("it has an invite without an ID, or with one that is too long")
		}
		page.Invites[i] = v.listing()
	}
	if list.Next != nil && *list.Next != "" {
		if page.Next, err = queryOf(*list.Next); err != nil {
			return batch.Page{}, err
		}
	}
	return page, nil
}

// queryOf is the cursor in the API's link to the following page. Nothing but its query
// is looked at: behind a proxy the API may not know where it is reached, and whatever
// else stands there, the key goes to the configured address only.
func queryOf(next string) (string, error) {
	u, err := url.Parse(next)
	switch {
	case err != nil, u.RawQuery == "", strings.ContainsFunc(u.RawQuery, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", unlistable("its link to the following page leads nowhere")
	case len(u.RawQuery) > maxCursor:
		return "", unlistable("its link to the following page is too long")
	}
	return u.RawQuery, nil
}

// Invite reads one invite; the error is *batch.RefusedError with status 404 when
// the account has none of that ID.
func (c *Client) Invite(ctx context.Context, id string) (batch.Listing, error) {
	var v invite
	_, err := c.get(ctx, c.base+"/invites/"+url.PathEscape(id), nil, func(body []byte) (err error) {
		if v, err = readInvite(body); err != nil || string(v.ID) != id {
			return errors.New("the API's invite cannot be read")
		}
		return nil
	})
	if err != nil {
		return batch.Listing{}, err
	}
	return v.listing(), nil
}

// get is one GET on the API's host: the whole answer with status 200, which read has
// taken in, or an error. Where a kept connection turns out to be dead, net/http asks
// again on a new one, once and unseen by the limiter: nothing is changed by that, and
// the first try did not reach the API.
func (c *Client) get(ctx context.Context, target string, departed func(), read func(body []byte) error) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	e := &exchange{leave: departed}
	req, err := c.request(e.watch(ctx), http.MethodGet, target, nil)
	if err != nil {
		return answer{}, errors.New("the request could not be built: check the API URL")
	}
	resp, err := c.transport.RoundTrip(req) //nolint:bodyclose // receive does
	if err != nil {
		return answer{}, readFailure(ctx, err, evidence{conn: e.gone})
	}
	a := e.receive(resp)
	if e.stale() {
		return answer{}, errors.New("the API's answer was there before the question, so it is not believed")
	}
	c.clock.read(a.date(), time.Now())
	if err = c.readVerdict(a); err == nil {
		err = read(a.body)
	}
	if err != nil {
		e.retire() // answers that do not fit may be out of step
	}
	return a, err
}

// unlistable is a list that will not get better by asking again.
func unlistable(why string) error { return &batch.ListError{Err: errors.New(why)} }

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
