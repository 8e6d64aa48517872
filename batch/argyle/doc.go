// Package argyle is the client of the Argyle v2 invites API, and the only place
// in the program that reads an HTTP status code.
//
// The API has no idempotency key, and every POST writes to a real person. So the
// client promises less than usual clients do, and keeps it:
//
//   - One call is one request at the most. Nothing is retried and no redirect is
//     followed, neither here nor by net/http: see [dispatch].
//   - The error's type says what may be done next (package batch, verdict.go).
//     What is not provably "not created" is a [batch.UncertainError]: the status
//     alone proves nothing, since anything on the way may have given it.
//   - An answer is believed only when it can be the request's own. A connection is used
//     again after a whole 2xx answer only: see [meteredConn].
//   - Names, contacts, URLs, tokens and bank data never get into an error.
//
// A request goes client.go -> dispatch.go -> exchange.go -> meter.go -> transport.go; an
// answer comes exchange.go -> answer.go -> verdict.go -> invite.go (value.go, instant.go)
// or field_errors.go; a broken exchange ends in failure.go, one that a proxy did not let
// begin in proxy.go.
package argyle
