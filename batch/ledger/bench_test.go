package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// BenchmarkClaimAndSettle: 32 workers, each row claimed and settled durably.
func BenchmarkClaimAndSettle(b *testing.B) {
	l := begun(b)
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	for range 32 {
		wg.Go(func() {
			for n := int(next.Add(1)); n <= b.N; n = int(next.Add(1)) {
				a, err := l.Claim(context.Background(), claim(n))
				if err == nil {
					err = l.Settle(context.Background(), settled(a, batch.Sent, n))
				}
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkMillion: opening a ledger of a million people, and looking them up
// as a usual night does, 512 rows at a time. One operation is one row.
func BenchmarkMillion(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "sandbox")
	rows := million(b, dir)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			l, err := Open(b.Context(), Options{Dir: dir, Run: run})
			must(b, err)
			must(b, l.Close())
		}
	})
	sorted, shuffled := slices.Clone(rows), slices.Clone(rows)
	slices.SortFunc(sorted, func(x, y csvmap.Digest) int { return bytes.Compare(x[:], y[:]) })
	rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for name, order := range map[string][]csvmap.Digest{"roster": rows, "sorted": sorted, "shuffled": shuffled} {
		for callers, word := range []string{1: "one caller", 2: "two callers"} {
			if callers > 0 {
				b.Run(name+" order, "+word, func(b *testing.B) { lookUp(b, dir, order, callers) })
			}
		}
	}
}

func lookUp(b *testing.B, dir string, rows []csvmap.Digest, callers int) {
	l := open(b, dir)
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	for range callers {
		wg.Go(func() {
			for at := int(next.Add(512)) - 512; at < b.N; at = int(next.Add(512)) - 512 {
				from := at % (len(rows) - 512)
				chunk := rows[from : from+512]
				found, err := l.ByFingerprint(context.Background(), "default", chunk, nil)
				if err != nil || len(found) != len(chunk) {
					b.Error("found", len(found), err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// million makes a ledger of a million people who were sent an invite, and
// returns their rows in roster order. It works on the file without a journal:
// the ledger's own way would take minutes.
func million(b *testing.B, dir string) []csvmap.Digest {
	l := open(b, dir)
	must(b, l.BeginRun(b.Context(), run, nil))
	must(b, l.Close())
	db, err := openDB(l.Path(), url.Values{"_pragma": {
		"journal_mode(OFF)", "synchronous(OFF)", "cache_size(-500000)",
	}}, 1)
	must(b, err)
	defer func() {
		must(b, db.Close())
		sealed(b, dir)
	}()
	for _, query := range []string{
		`WITH RECURSIVE n (i, key) AS (SELECT 1, random() UNION ALL SELECT i + 1, random() FROM n WHERE i < 1000000)
		INSERT INTO people (id, campaign, state, posts, attempt_id, run, cells, cells_key, body, invite_id, invite_url,
			user_id, invite_status, invited_at, employee_id, roster_id, email, phone, first_name, last_name, full_name, name, external_id)
		SELECT i, 1, 'sent', 1, i, 1, CAST(unhex(printf('%016x', key)) || randomblob(8) AS BLOB), key, randomblob(16),
			lower(hex(randomblob(16))), 'https://invites.example.com/' || lower(hex(randomblob(16))),
			lower(hex(randomblob(16))), 'sent', 1790000000000000 + i, 'e' || i, 'E' || i,
			'person' || i || '@example.com', '+1212' || (5550000000 + i), 'Ada', 'Example' || i, '', 'ada example' || i, ''
		FROM n`,
		`INSERT INTO attempts (id, person_id, run, line, number, cells, body, claimed_at)
		SELECT id, id, 1, id + 1, 1, cells, body, invited_at FROM people`,
		`INSERT INTO settlements (id, attempt_id, run, state, by, http, invite_id, written, started, ended)
		SELECT id, id, 1, 'sent', 'send', 200, invite_id, 1, invited_at, invited_at FROM people`,
		`UPDATE people SET settlement_id = id`,
		`INSERT INTO aliases SELECT 1, 1, employee_id, id, alias_witness(1, 1, employee_id, id) FROM people ORDER BY 3`,
		`INSERT INTO aliases SELECT 1, 2, email, id, alias_witness(1, 2, email, id) FROM people ORDER BY 3`,
		`UPDATE campaigns SET people = 1000000, aliases = 2000000, witnesses = (SELECT sum(witness) FROM aliases)`,
	} {
		_, err := db.Exec(query)
		must(b, err)
	}
	rows := make([]csvmap.Digest, 0, 1_000_000)
	found, err := db.Query(`SELECT cells FROM people ORDER BY id`)
	must(b, err)
	for found.Next() {
		var cells sql.RawBytes
		must(b, found.Scan(&cells))
		rows = append(rows, csvmap.Digest(cells))
	}
	must(b, found.Err())
	return rows
}

// sealed marks a ledger as if its own way had filled it.
func sealed(b *testing.B, dir string) {
	stood, err := readMark(dir)
	must(b, err)
	f, err := openMark(dir, *stood)
	must(b, err)
	f.last.Attempts, f.last.Settlements, f.last.Aliases = 1_000_000, 1_000_000, 2_000_000
	clean, err := sealOf(filepath.Join(dir, FileName))
	must(b, err)
	must(b, f.seal(clean))
	must(b, f.close())
}
