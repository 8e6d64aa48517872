package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"bulkinvite/batch"
)

// fullSpeed lets a run send as fast as it can, by 32 workers. With fillingSpeed,
// which is for filling a ledger, more of them share a commit.
var (
	fullSpeed    = []string{"--rate", "1000000", "--burst", "1000", "--concurrency", "32"}
	fillingSpeed = []string{"--rate", "1000000", "--burst", "1000", "--concurrency", "100"}
)

// BenchmarkRunDurable is a first night without a limit, every claim durable
// before its POST, against a simulator in another process, beside 32 workers of
// net/http alone that post the same bodies to another such simulator.
func BenchmarkRunDurable(b *testing.B) {
	rows := 20_000
	if gated() {
		rows = 4000
	}
	x := buildProgram(b)
	roster := writeRoster(b, everyone(rows))
	bodies := inviteBodies(b, rows)
	c := contest{rows: rows, what: "net/http"}
	var sending float64 // seconds
	for b.Loop() {
		b.StopTimer()
		fresh := b.TempDir() // another ledger and another account each time: nobody is known
		ours, theirs := x.simulate(b), x.simulate(b)
		b.StartTimer()
		c.beside(b,
			func() cost { return barePost(b, theirs, bodies) },
			func() cost {
				args := append([]string{"--api-url", ours, "--state", fresh, "--out", filepath.Join(fresh, "out")}, fullSpeed...)
				s, took := x.send(b, roster, args...)
				wantSent(b, s.Buckets, rows)
				sending = s.Timings.Send
				return took
			})
	}
	c.report(b)
	c.reportMemory(b)
	b.ReportMetric(float64(rows)/sending, "rows/s-sending")
	b.Logf("of the whole process %.2f s were sending: %s rows/s", sending, whole(float64(rows)/sending))
}

func wantSent(b *testing.B, buckets map[batch.Outcome]int, want int) {
	b.Helper()
	if got := buckets[batch.OutcomeSent]; got != want {
		b.Fatalf("%d rows were sent, want %d: %v", got, want, buckets)
	}
}

// inviteBodies are the requests that a roster of everyone leads to.
func inviteBodies(b *testing.B, n int) [][]byte {
	b.Helper()
	var bodies [][]byte
	for p := range everyone(n) {
		body, err := json.Marshal(struct {
			FirstName string `json:"first_name"`
			LastName  string `json:"last_name"`
			Email     string `json:"email"`
			Phone     string `json:"phone_number"`
		}{p.firstName(), "Longfield", p.email(), p.e164()})
		if err != nil {
			b.Fatal(err)
		}
		bodies = append(bodies, body)
	}
	return bodies
}

// barePost posts bodies by 32 workers and does nothing with the answers.
func barePost(b *testing.B, url string, bodies [][]byte) cost {
	b.Helper()
	const workers = 32
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers}}
	defer client.CloseIdleConnections()
	return spent(func() {
		var next atomic.Int64
		var all sync.WaitGroup
		for range workers {
			all.Go(func() {
				for n := int(next.Add(1)); n <= len(bodies); n = int(next.Add(1)) {
					if err := postInvite(b, client, url, bodies[n-1]); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		all.Wait()
	})
}

func postInvite(b *testing.B, client *http.Client, url string, body []byte) error {
	request, err := http.NewRequestWithContext(b.Context(), http.MethodPost, url+"/invites", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.SetBasicAuth("try", "try-it-out")
	request.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		b.Errorf("the simulator answered %s", answer.Status)
	}
	return nil
}
