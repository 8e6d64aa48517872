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
// All SQL stands in sql.go, and the schema in migrations/.
package ledger
