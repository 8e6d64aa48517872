package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bulkinvite/batch/argyle/argylesim"
)

// newSandbox makes a site for which a is Argyle's sandbox: a proxy leads there, and
// the program trusts its certificate. So it is an API that is not on this machine,
// where the guards look at the account first.
func newSandbox(t *testing.T, a http.Handler) *site {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("a certificate can be trusted by SSL_CERT_FILE only here")
	}
	const host = "api-sandbox.argyle.com"
	cert, trusted := certificate(t, host)
	server := httptest.NewUnstartedServer(a)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	t.Cleanup(server.Close)
	proxy := httptest.NewServer(tunnel(host+":443", server.Listener.Addr().String()))
	t.Cleanup(proxy.Close)
	s := newSite(t, &api{}, "SSL_CERT_FILE="+trusted, "HTTPS_PROXY="+proxy.URL, "BULKINVITE_ENV=sandbox", "BULKINVITE_RATE=50")
	for i, variable := range s.env {
		if strings.HasPrefix(variable, "BULKINVITE_API_URL=") {
			s.env[i] = "BULKINVITE_API_URL="
		}
	}
	return s
}

// certificate makes one for host, and the file of it that has to be trusted.
func certificate(t *testing.T, host string) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{host}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "trusted.pem")
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, path
}

// tunnel is a proxy that leads to address whoever asks for host.
func tunnel(host, address string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Host != host {
			http.Error(w, "only "+host, http.StatusForbidden)
			return
		}
		var dialer net.Dialer
		there, err := dialer.DialContext(r.Context(), "tcp", address)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		here, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			_, err = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
		}
		if err != nil {
			_ = there.Close()
			return
		}
		go func() { _, _ = io.Copy(there, here); _ = there.Close() }()
		go func() { _, _ = io.Copy(here, there); _ = here.Close() }()
	})
}

// fill posts invites for the first people of staff.
func (a *api) fill(t *testing.T, people int) {
	t.Helper()
	for _, r := range strings.Split(strings.TrimSpace(staff(people)), "\n")[1:] {
		cells := strings.Split(r, ",")
		body := `{"full_name": "` + cells[1] + `", "email": "` + cells[2] + `"}`
		request := httptest.NewRequest(http.MethodPost, "/v2/invites", strings.NewReader(body))
		request.SetBasicAuth("try", "try-it-out")
		request.Header.Set("Content-Type", "application/json")
		a.Server.ServeHTTP(httptest.NewRecorder(), request)
	}
	if a.Count() != people {
		t.Fatalf("%d invites, want %d", a.Count(), people)
	}
}

// A new ledger and an account that is not new: runs are held, each of them, until
// the account's invites are adopted.
func TestNewLedgerOldAccount(t *testing.T) {
	t.Parallel()
	const people, invited = 9, 5
	a := newAPI(t, argylesim.Options{})
	a.fill(t, invited)
	s := newSandbox(t, a)
	s.write("roster.csv", staff(people))
	for range 2 {
		c := s.run(exitHeld, "bulkinvite", "run", "roster.csv")
		if text := c.stdout.String(); !strings.Contains(text, "HELD: nothing was sent") || !strings.Contains(text, "adopt") {
			t.Error(text)
		}
	}
	c := s.run(exitOK, "bulkinvite", "doctor")
	if text := c.stdout.String(); !strings.Contains(text, "warn  ledger       new, while the account has invites: ") {
		t.Error(text)
	}
	s.run(exitOK, "bulkinvite", "adopt")
	c = s.run(exitOK, "bulkinvite", "doctor")
	if text := c.stdout.String(); !strings.Contains(text, "ok    ledger       undamaged") {
		t.Error(text)
	}
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	checkAdopted(s, a, people, invited)
}

// A ledger that was lost: out/latest and the state folder still tell of its runs.
func TestLostLedger(t *testing.T) {
	t.Parallel()
	const people = 3
	a := newAPI(t, argylesim.Options{})
	s := newSandbox(t, a)
	s.write("roster.csv", staff(people))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	if err := os.Remove(s.ledger()); err != nil {
		t.Fatal(err)
	}
	s.write("roster.csv", staff(people+1))
	for range 2 {
		s.run(exitHeld, "bulkinvite", "run", "roster.csv")
	}
	s.run(exitOK, "bulkinvite", "adopt")
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	checkAdopted(s, a, people+1, people)
}

// The whole state folder was lost, and only the results tell of it. Whoever adopts
// at once is not held.
func TestLostState(t *testing.T) {
	t.Parallel()
	const people = 3
	a := newAPI(t, argylesim.Options{})
	s := newSandbox(t, a)
	s.write("roster.csv", staff(people))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	if err := os.RemoveAll(s.path("state")); err != nil {
		t.Fatal(err)
	}
	s.write("roster.csv", staff(people+1))
	s.run(exitOK, "bulkinvite", "adopt")
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	checkAdopted(s, a, people+1, people)
}

// An adoption that broke off has not adopted everybody: runs are held as before.
func TestHalfAnAdoption(t *testing.T) {
	t.Parallel()
	const people = 250 // two pages
	a := newAPI(t, argylesim.Options{})
	a.fill(t, people)
	var gets atomic.Int64
	s := newSandbox(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && gets.Add(1) == 2 {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		a.ServeHTTP(w, r)
	}))
	s.write("roster.csv", staff(people))
	s.run(exitStopped, "bulkinvite", "adopt")
	s.run(exitHeld, "bulkinvite", "run", "roster.csv")
	s.run(exitOK, "bulkinvite", "adopt")
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	checkAdopted(s, a, people, people)
}

// checkAdopted wants one invite for each of people, and rows that say so: the
// first ones were invited before.
func checkAdopted(s *site, a *api, people, before int) {
	s.t.Helper()
	if twice := a.Twice(); len(twice) > 0 || a.Count() != people {
		s.t.Fatalf("%d invites for %d people, twice: %v", a.Count(), people, twice)
	}
	held := map[string]argylesim.Invite{}
	for _, v := range a.Invites() {
		held[v.Email] = v
	}
	for i, r := range s.rows("out/latest/results.csv") {
		want := "already_invited"
		if i >= before {
			want = "sent"
		}
		if v := held[r["email"]]; r["outcome"] != want || r["invite_id"] != v.ID || r["invite_url"] != v.URL {
			s.t.Errorf("line %s is %s with invite %s, want %s with %s", r["line"], r["outcome"], r["invite_id"], want, v.ID)
		}
	}
}
