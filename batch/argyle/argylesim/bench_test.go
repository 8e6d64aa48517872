package argylesim

import (
	"fmt"
	"io"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
)

// BenchmarkCreate is one POST in the handler, without a network, and what one
// invite costs in memory.
func BenchmarkCreate(b *testing.B) {
	s := New(Options{NoLog: true})
	r := httptest.NewRequest("POST", "/v2/invites", nil)
	r.SetBasicAuth("key", "secret")
	r.Header.Set("Content-Type", "application/json")
	before := heap()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		body := fmt.Sprintf(`{"first_name":"Adaline","last_name":"Bo","email":"p%d@example.com","phone_number":"+1212%07d"}`, i, i)
		r.Body = io.NopCloser(strings.NewReader(body))
		rec := httptest.NewRecorder()
		if s.ServeHTTP(rec, r); rec.Code != 200 {
			b.Fatal(rec.Code)
		}
	}
	b.ReportMetric(float64(heap()-before)/float64(s.Count()), "B/invite")
	runtime.KeepAlive(s)
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
