// Package ledger is the durable record of who was invited: one SQLite database
// for each API host, one run at a time.
//
// What a crash leaves:
//
//	before a claim is durable    nothing: the POST has not begun
//	after it, before settling    the person is sending; Recover makes that unknown
//	after settling               the truth
//
// One goroutine writes (writer.go). It takes what all workers have asked for,
// puts it into one transaction, commits with one fsync and answers everyone, so
// durability costs a share of an fsync. Reads go through connections of their own.
//
// A ledger can be taken away, put back from an older time, cut, or used twice. What shows
// that stands beside it (mark.go, seal.go, place.go), and in it (identity, the witnesses of
// the aliases); [Continuity] says what was found. A ledger that is behind its mark, or of
// which not everything is proved, is no evidence of who was not invited.
//
// All SQL stands in sql.go and sql_whole.go, and the schema in migrations/.
package ledger
