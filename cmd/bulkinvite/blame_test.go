package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// What the API does not accept of the configuration is for whoever keeps that; of a
// column, for whoever keeps the roster. failed.csv says which field is meant.
func TestWhoseFaultItIs(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{NoLog: true})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			a.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = w.Write([]byte(`{"flow_id":["Invalid."],"email":["Taken."]}`))
	}))
	t.Cleanup(server.Close)
	a.url = server.URL + "/v2"
	for _, test := range []struct{ name, header, cell, flow string }{
		{"setting", "Name,Email", "", string(batch.IT)},
		{"column", "Name,Email,Flow ID", ",WRONG", string(batch.HR)},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t, a)
			s.write("config.yaml", "defaults:\n  flow_id: WRONG\n")
			s.write("roster.csv", test.header+"\nAvery Sample,avery@example.com"+test.cell+"\n")
			s.run(exitAttention, "bulkinvite", "run", "--config", "config.yaml", "roster.csv")
			owners := map[string]string{}
			for _, g := range s.summary().Groups {
				owners[g.Field] = string(g.Owner)
			}
			if owners["flow_id"] != test.flow || owners["email"] != string(batch.HR) {
				t.Errorf("who must act: %v, want %s for flow_id", owners, test.flow)
			}
			if failed := s.read("out/latest/failed.csv"); !strings.Contains(failed, `email: Taken.; flow_id: Invalid.`) {
				t.Error(failed)
			}
		})
	}
}
