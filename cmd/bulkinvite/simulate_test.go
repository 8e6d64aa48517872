package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// Without a key in the environment, each simulator makes one of its own and prints it.
func TestSimulatorMakesItsKey(t *testing.T) {
	t.Parallel()
	secrets := map[string]bool{}
	for range 2 {
		r, w := io.Pipe()
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		p := program{stdout: w, env: func(string) string { return "" }}
		go func() {
			ended <- p.simulate(ctx, simulation{addr: "127.0.0.1:0", quiet: true, Options: argylesim.Options{}})
		}()
		lines := bufio.NewReader(r)
		line := func(prefix string) string {
			text, err := lines.ReadString('\n')
			if err != nil || !strings.HasPrefix(text, prefix) {
				t.Fatalf("%q, %v", text, err)
			}
			return strings.TrimSpace(strings.TrimPrefix(text, prefix))
		}
		url, key, secret := line(""), line(keyIDName+"="), line(secretName+"=")
		for given, want := range map[string]int{secret: http.StatusOK, "another-secret": http.StatusUnauthorized} {
			request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/invites", nil)
			if err != nil {
				t.Fatal(err)
			}
			request.SetBasicAuth(key, given)
			resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
			if err != nil {
				t.Fatal(err)
			}
			if _ = resp.Body.Close(); resp.StatusCode != want {
				t.Errorf("%s, want %d", resp.Status, want)
			}
		}
		if len(secret) < 16 || secrets[secret] {
			t.Errorf("a secret of %d characters, seen before: %v", len(secret), secrets[secret])
		}
		secrets[secret] = true
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}
