package argyle

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// Client talks to one API host with one key. It is safe for concurrent use.
type Client struct {
	base      string // without a slash at its end
	keyID     string
	secret    Secret
	agent     string
	timeout   time.Duration
	transport http.RoundTripper
	clock     clock
}

var (
	_ batch.Sender = (*Client)(nil)
	_ batch.Lister = (*Client)(nil)
)

// New makes a client and opens no connection yet. Its error is a *ConfigError.
func New(c Config) (*Client, error) {
	if err := c.validate(); err != nil {
		return nil, err
	}
	c = c.withDefaults()
	if c.Transport == nil {
		c.Transport = newTransport(c.MaxConns, c.Dial)
	}
	return &Client{
		base:      strings.TrimRight(c.BaseURL, "/"),
		keyID:     c.KeyID,
		secret:    c.Secret,
		agent:     "bulkinvite/" + c.Version,
		timeout:   c.Timeout,
		transport: c.Transport,
	}, nil
}

// Environment names the API host: see [EnvironmentName].
func (c *Client) Environment() string { return EnvironmentName(c.base) }

// Close closes the connections that are kept open.
func (c *Client) Close() {
	if t, ok := c.transport.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// Send posts one invite and gives its verdict: nil for sent, else one of the
// verdict errors of package batch. The status is 0 when no answer came.
// departed, which may be nil, is called once, just before the first byte leaves;
// it is not called when no connection could be had.
func (c *Client) Send(ctx context.Context, r csvmap.Recipient, departed func()) (batch.InviteRef, int, error) {
	body, err := requestBody(r)
	if err != nil {
		return batch.InviteRef{}, 0, &batch.NotSentError{Reason: "the row holds a value that cannot be written as JSON", Err: err}
	}
	limited, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()

	d, resp, err := c.post(limited, body, departed) //nolint:bodyclose // receive does
	if err != nil {
		return batch.InviteRef{}, 0, failure(ctx, err, d.seal())
	}
	a := d.receive(resp)
	if d.stale() {
		return batch.InviteRef{}, 0, staleAnswer()
	}
	c.clock.read(a.date(), time.Now())
	ref, err := c.verdict(ctx, a, r)
	if err != nil {
		d.retire() // answers that do not fit may be out of step
	}
	return ref, a.status, err
}

// post sends body over a connection that takes it. One that is spent takes nothing
// and is closed by that, so another one is asked for.
func (c *Client) post(ctx context.Context, body []byte, departed func()) (*dispatch, *http.Response, error) {
	for {
		d := &dispatch{exchange: exchange{leave: departed}, body: bytes.NewReader(body)}
		req, err := c.request(d.watch(ctx), http.MethodPost, c.base+"/invites", d.body)
		if err != nil {
			return d, nil, err
		}
		// RoundTrip, not http.Client.Do: it is one exchange, and follows nothing.
		resp, err := c.transport.RoundTrip(req)
		if !d.barred {
			return d, resp, err
		}
		if err == nil {
			_ = resp.Body.Close() // an answer to somebody else
		}
	}
}

// request builds what every call of the API has in common. GetBody stays nil:
// net/http then has nothing to send a second time.
func (c *Client) request(ctx context.Context, method, target string, body io.Reader) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, method, target, body)
	if err != nil {
		return nil, err
	}
	req.GetBody = nil
	req.SetBasicAuth(c.keyID, c.secret.Reveal())
	req.Header.Set("User-Agent", c.agent)
	req.Header.Set("Accept", "application/json")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}
