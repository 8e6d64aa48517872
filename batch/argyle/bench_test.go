package argyle

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/csvmap"
)

const workers = 16

// BenchmarkSend is one invite over a loopback connection; the simulator, in the
// same process, is part of the time.
func BenchmarkSend(b *testing.B) {
	_, url := simulate(b, argylesim.Options{NoLog: true})
	c := newClient(b, url, func(c *Config) { c.MaxConns = workers * 2 })
	var n atomic.Int64
	b.SetParallelism(workers)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			r := csvmap.Recipient{FirstName: "Adaline", LastName: "Bo", Email: fmt.Sprintf("p%d@example.com", n.Add(1))}
			if _, _, err := c.Send(b.Context(), r, nil); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "invites/s")
}

// BenchmarkBare is the same request by a bare net/http client: what BenchmarkSend
// is to be compared with.
func BenchmarkBare(b *testing.B) {
	_, url := simulate(b, argylesim.Options{NoLog: true})
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers * 2}}
	b.Cleanup(client.CloseIdleConnections)
	var n atomic.Int64
	b.SetParallelism(workers)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := bareSend(b.Context(), client, url, n.Add(1)); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "invites/s")
}

func bareSend(ctx context.Context, client *http.Client, url string, n int64) error {
	body := fmt.Sprintf(`{"first_name":"Adaline","last_name":"Bo","email":"p%d@example.com"}`, n)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/invites", strings.NewReader(body))
	if err != nil {
		return err
	}
	req.SetBasicAuth("key", "secret")
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}
