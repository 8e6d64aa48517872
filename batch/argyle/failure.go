package argyle

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"syscall"

	"bulkinvite/batch"
)

// The codes of a batch.UncertainError that this package gives.
const (
	codeTimeout      = "timeout"
	codeCancelled    = "cancelled"
	codeReset        = "reset"
	codeCutBody      = "cut_body"
	codeUnreadable   = "unreadable"
	codeNoID         = "no_id"
	codeRevoked      = "revoked_answer"
	codeWrongEcho    = batch.CodeWrongEcho
	codeServerError  = "server_error"
	codeStaleAnswer  = "stale_answer"
	codeUndocumented = "undocumented"
	codeUnclassified = "unclassified"
)

// failure is the verdict on a request that got no answer. ctx is the caller's,
// without the time-out of the request.
func failure(ctx context.Context, err error, found evidence) error {
	if stopped := ctx.Err(); stopped != nil {
		err = stopped // the transport returns the cause, which can be anything
	}
	if tunnel, ok := errors.AsType[*tunnelError](err); ok {
		return tunnel.verdict()
	}
	if found.nothing {
		return &batch.NotSentError{Reason: notSentReason(ctx, err, found), Err: err}
	}
	code := breakCode(ctx, err)
	return &batch.UncertainError{Code: code, Reason: uncertainReasons[code], Written: found.whole, Err: err}
}

func notSentReason(ctx context.Context, err error, found evidence) string {
	switch {
	case ctx.Err() != nil:
		return "the request was stopped before anything was sent"
	case found.conn:
		return "the connection to the API broke before anything was sent"
	case toProxy(err):
		return "the proxy cannot be reached: check HTTPS_PROXY and the network"
	case isA[*net.DNSError](err):
		return "the API's host name was not found: check the API URL, the network and DNS"
	case isA[*tls.CertificateVerificationError](err):
		return "the API's certificate is not trusted: check the API URL, a proxy in between and the clock"
	case isA[tls.RecordHeaderError](err):
		return "the API's address does not speak TLS: check the API URL and a proxy in between"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens at the API's address: check the API URL and the network"
	case timedOut(err):
		return "no connection to the API was made in time: check the network and the firewall"
	default:
		return "no connection to the API could be made: check the API URL, the network and a proxy in between"
	}
}

// breakCode says how an exchange broke off after something was written.
func breakCode(ctx context.Context, err error) string {
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return codeCancelled
	case timedOut(err):
		return codeTimeout
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, net.ErrClosed):
		return codeReset
	default:
		return codeUnclassified
	}
}

var uncertainReasons = map[string]string{
	codeTimeout:      "no answer came in time, so the invite may have been created",
	codeCancelled:    "the run was stopped while it waited for the answer, so the invite may have been created",
	codeReset:        "the connection broke before the answer came, so the invite may have been created",
	codeUnclassified: "the exchange with the API broke off in an unknown way, so the invite may have been created",
}

func timedOut(err error) bool {
	timeout, ok := errors.AsType[net.Error](err)
	return errors.Is(err, context.DeadlineExceeded) || ok && timeout.Timeout()
}

func isA[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
