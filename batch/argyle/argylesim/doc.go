// Package argylesim is the Argyle v2 invites API in one http.Handler, for
// `bulkinvite simulate`, `run --simulate` and the tests. It sends nothing to
// anybody.
//
// It is strict about the documented contract (openapi.yaml beside this file), so
// that a request which passes here is one that the API may be expected to take,
// and it breaks down on demand: see [Fault].
//
// It tells the truth as the vendor documents it: only created_at dates an invite,
// and a re-send or a revoke moves the other times. Where nothing is documented,
// [Options] let a test choose, and [Server.Resend], [Server.Revoke],
// [Server.SetStatus] and [Server.CreateOutside] do what others do to the account.
//
// Every answer is computed first ([Server.handle] gives a reply, without touching
// the network) and then delivered, whole or broken, in one place (reply.go).
// A million invites take about 200 MB.
package argylesim
