package main

import (
	"encoding/base64"
	"io"
	"log"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"bulkinvite/reports"
)

// newLogger writes to w: readable lines on a terminal, JSON otherwise. quiet
// leaves warnings and errors. Whatever is logged, the credentials are not.
func newLogger(w io.Writer, quiet bool, secret Credentials) *zap.Logger {
	level := zapcore.InfoLevel
	if quiet {
		level = zapcore.WarnLevel
	}
	return zap.New(zapcore.NewCore(encoder(isTerminal(w)), scrub(w, secret), level))
}

// hushLibraries keeps what libraries write into Go's own log from standard error:
// net/http shows the first bytes of an answer that nobody asked for, and a second
// answer to a POST holds a name, a contact and a link.
func hushLibraries() { log.SetOutput(io.Discard) }

func encoder(terminal bool) zapcore.Encoder {
	if terminal {
		config := zap.NewDevelopmentEncoderConfig()
		config.EncodeTime = zapcore.TimeEncoderOfLayout("15:04:05")
		config.EncodeLevel = zapcore.LowercaseLevelEncoder
		return zapcore.NewConsoleEncoder(config)
	}
	config := zap.NewProductionEncoderConfig()
	config.TimeKey = "time"
	config.EncodeTime = zapcore.RFC3339NanoTimeEncoder
	config.EncodeDuration = zapcore.StringDurationEncoder
	return zapcore.NewJSONEncoder(config)
}

// isTerminal reports whether a person is at the other end of a stream.
func isTerminal(stream any) bool {
	if w, ok := stream.(io.Writer); ok {
		stream = reports.Unplain(w)
	}
	f, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// scrub is the log's last line of defence: it replaces the secret in every entry,
// plain, as zap writes it into JSON and as Basic authentication encodes it. zap hands over
// one whole entry a call, so that a secret is never split.
func scrub(w io.Writer, c Credentials) zapcore.WriteSyncer {
	secret := c.Secret.Reveal()
	if secret == "" {
		return zapcore.Lock(zapcore.AddSync(w))
	}
	basic := base64.StdEncoding.EncodeToString([]byte(c.KeyID + ":" + secret))
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(secret)
	const gone = "[redacted]"
	replacer := strings.NewReplacer(basic, gone, quoted, gone, secret, gone)
	return zapcore.Lock(zapcore.AddSync(scrubber{w, replacer}))
}

type scrubber struct {
	to       io.Writer
	replacer *strings.Replacer
}

// Write reports the length of the entry, not of what replaced it.
func (s scrubber) Write(entry []byte) (int, error) {
	if _, err := s.replacer.WriteString(s.to, string(entry)); err != nil {
		return 0, err
	}
	return len(entry), nil
}
