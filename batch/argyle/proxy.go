package argyle

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"

	"bulkinvite/batch"
)

const proxyCredentials = "a proxy asks for credentials: set them in HTTPS_PROXY"

// tunnelError says that a proxy, asked for a tunnel to the API, gave none. The
// API has heard nothing of the request.
type tunnelError struct{ status int }

func (e *tunnelError) Error() string {
	return fmt.Sprintf("a proxy gives no connection to the API (HTTP %d)", e.status)
}

// checkTunnel keeps the status of a proxy's answer, which net/http would turn
// into a text.
func checkTunnel(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return &tunnelError{answer.StatusCode}
}

// verdict tells what no other try will change, and what holds for every row,
// from trouble that may pass.
func (e *tunnelError) verdict() error {
	reason := "a proxy does not let us through to the API: check HTTPS_PROXY and the proxy's rules"
	switch s := e.status; {
	case s == http.StatusProxyAuthRequired:
		reason = proxyCredentials
	case s < 300, s >= 500, s == http.StatusRequestTimeout, s == http.StatusTooManyRequests:
		return &batch.NotSentError{Reason: e.Error() + ": check the API URL, the network and the proxy", Err: e}
	}
	return &batch.RefusedError{Status: e.status, Reason: fmt.Sprintf("%s (HTTP %d)", reason, e.status)}
}

// toProxy reports whether err is about reaching a proxy, not the API.
func toProxy(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "proxyconnect"
}
