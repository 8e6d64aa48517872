// Package batch is the run: plan, send, report. It knows no SQL, no HTTP and no
// file formats; those belong to its adapters (argyle, ledger) and to csvmap and
// reports.
//
// # The two promises
//
// Nobody is invited twice, nobody is lost. A POST sends a real message and the
// API has no idempotency key, so the order of a send is fixed (attempt.go):
//
//	slot    a place in the pool
//	claim   the person becomes Sending with a new attempt, durably
//	permit  the limiter, the only place where waiting is allowed
//	POST    once; the error's type is the verdict (judge.go)
//	settle  the outcome becomes durable, also while the run is being stopped
//
// # What a crash leaves
//
//	before claim            nothing: the row is new again in the next run
//	between claim and settle  Sending: the next run takes it as Unknown; it is
//	                        never sent again blindly
//	after settle            the outcome
//
// # Who moves a person
//
//	(nobody), Failed    -> Sending    claim
//	Rejected            -> Sending    claim with another body, or --retry-rejected
//	Sending             -> Sent, Rejected, Failed, Unknown    settle, guarded by the attempt
//	Sending             -> Failed     release: the POST never began
//	Sending             -> Unknown    recover: the run that claimed it died
//	Unknown             -> Sent, Failed    reconcile: the account's list proves it
//	Unknown             -> Sent, Failed, Skipped    settle: an operator says so
//	Failed, Rejected    -> Skipped    skip; unskip takes it back
//	(nobody), Failed, Rejected -> Sent    adopt: the account has an invite of theirs
//	Sent, revoked       -> Sent    adopt: another invite of theirs works
//	Sent, revoked       -> Skipped    skip; unskip takes it back
//	(nobody)            -> Skipped    skip, of somebody who was never on a roster
//
// # Who is who
//
// One alias in common is not enough to make two rows one person: the name must fit, or a
// second alias agree (identity.go, name.go). Else the row is a conflict, and HR is asked
// (answer.go). An answer is kept for the very row, by its name and its aliases
// ([QuestionKey]), and about each person that it may be:
//
//	same     the row is theirs: it is not sent, and its name and aliases are learned
//	other    the row is somebody new: contacts that it has in common with people of whom
//	         it was said are told apart by the name, as shared ones are, and the employee
//	         ID moves to it with the claim. Not while such a person is in doubt, nor where
//	         the contact is theirs under the same name
//
// # What proves what
//
// Missing evidence is never evidence of absence. What the program does not know it does
// not act on, and says so.
//
//	an invite was made by an attempt   its contact, created_at after the claim by clocks that
//	                                   the answers have calibrated (clock.go), or first seen
//	                                   after it in a list that had been read whole before it;
//	                                   not revoked, and the only one (suspect.go)
//	an attempt made none               nothing written, or an answer that says so (argyle);
//	                                   else two readings in a row that agree (snapshot.go), the
//	                                   second begun late enough (due.go), of a list in which
//	                                   known invites are recognised (control.go)
//	a person has no invite             the ledger, and the account's list (accountcheck.go,
//	                                   outside.go)
//
// # Files, in the order of the data
//
//	plan.go, recognise.go, decide.go             rows -> entries
//	owners.go, identity.go, name.go, shortform.go, employeeid.go, shared.go   who is the same person
//	clash.go, answer.go, question.go             where nothing tells, and what HR says
//	crowd.go, namesake.go                        IDs that are nobody's, names that two have
//	index.go, spool.go, entry.go                 the plan in memory and on disk
//	accountcheck.go, outside.go, onlook.go       whom the account has invited without the ledger
//	engine.go                                    send, reconcile, wait, send again
//	deliver.go, attempt.go, judge.go             entries -> ledger
//	gate.go, breaker.go, alike.go, probe.go, patience.go   when to slow down or stop
//	pages.go, listing.go                         the account's list
//	survey.go, snapshot.go, idset.go, control.go one reading of it, and what it is worth
//	clock.go, due.go                             times
//	reconcile.go, suspect.go, echo.go            what it says of people in doubt
//	also.go, learn.go                            what unsent rows teach
//	merge.go, chunk.go, ahead.go, notice.go, result.go     entries and ledger -> results
package batch
