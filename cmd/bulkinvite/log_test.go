package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"pgregory.net/rapid"

	"bulkinvite/batch/argyle"
)

// Whatever the secret is made of, no entry shows it, and every entry stays JSON.
func TestLogHoldsNoSecret(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.StringMatching(`[!-~]{12,40}`).Draw(t, "secret")
		basic := base64.StdEncoding.EncodeToString([]byte("key-1:" + secret))
		var out bytes.Buffer
		log := newLogger(&out, false, Credentials{KeyID: "key-1", Secret: argyle.NewSecret(secret)})
		log.Info("before "+secret+" after", zap.String("header", "Basic "+basic), zap.Error(errors.New(secret)))
		if text := out.String(); strings.Contains(text, secret) || strings.Contains(text, basic) {
			t.Fatalf("logged: %s", text)
		}
		var entry struct{ Msg, Header, Error string }
		if err := json.Unmarshal(out.Bytes(), &entry); err != nil {
			t.Fatal(err)
		}
		if entry.Msg != "before [redacted] after" || entry.Header != "Basic [redacted]" || entry.Error != "[redacted]" {
			t.Fatalf("entry: %+v", entry)
		}
	})
}

func TestLogQuiet(t *testing.T) {
	var out bytes.Buffer
	log := newLogger(&out, true, Credentials{})
	log.Info("progress")
	log.Warn("trouble")
	if text := out.String(); strings.Contains(text, "progress") || !strings.Contains(text, "trouble") {
		t.Errorf("logged: %s", text)
	}
}

func TestEncoderForTerminal(t *testing.T) {
	if isTerminal(&bytes.Buffer{}) {
		t.Error("a buffer is no terminal")
	}
	at := time.Date(2026, 11, 24, 10, 20, 30, 0, time.UTC)
	entry, err := encoder(true).EncodeEntry(zapcore.Entry{Time: at, Message: "ready"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "10:20:30\tinfo\tready\n"; entry.String() != want {
		t.Errorf("entry %q, want %q", entry.String(), want)
	}
}
