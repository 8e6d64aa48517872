package main

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"bulkinvite/csvmap"
)

// value is a setting as text: it implements pflag.Value.
type value[T any] struct {
	to    *T
	parse func(string) (T, error) // its error completes "rate: …"
}

func (v value[T]) String() string {
	if v.to == nil { // pflag asks the zero value too
		return ""
	}
	return fmt.Sprint(*v.to)
}

func (v value[T]) Set(text string) error {
	parsed, err := v.parse(text)
	if err == nil {
		*v.to = parsed
	}
	return err
}

// isSetting tells the flag of a setting from a plain one of the same name.
func (v value[T]) isSetting() {}

func (v value[T]) Type() string {
	if _, ok := any(v.to).(*bool); ok {
		return "bool"
	}
	return "value"
}

func add[T any](f *pflag.FlagSet, to *T, parse func(string) (T, error), name, usage string) {
	flag := f.VarPF(value[T]{to: to, parse: parse}, name, "", usage)
	if flag.Value.Type() == "bool" {
		flag.NoOptDefVal = "true"
	}
}

func parseToggle(text string) (bool, error) {
	on, err := strconv.ParseBool(text)
	if err != nil {
		return false, errors.New("must be true or false")
	}
	return on, nil
}

func parseText(text string) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", errors.New("must not be empty")
	}
	return text, nil
}

// campaignName is safe in file names, log lines and cells.
var campaignName = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func parseCampaign(text string) (string, error) {
	if !campaignName.MatchString(text) {
		return "", errors.New("must be 1 to 64 letters, digits, dots, dashes or underscores")
	}
	return text, nil
}

func parseChannel(text string) (csvmap.Channel, error) {
	switch c := csvmap.Channel(text); c {
	case csvmap.ByEmail, csvmap.BySMS, csvmap.ByBoth:
		return c, nil
	default:
		return "", errors.New("must be email, sms or both")
	}
}

var countryCode = regexp.MustCompile(`^[A-Za-z]{2}$`)

func parseRegion(text string) (string, error) {
	if !countryCode.MatchString(text) {
		return "", errors.New("must be a two-letter country code, such as US")
	}
	return strings.ToUpper(text), csvmap.Rules{Region: text}.Check()
}

func parseEncoding(text string) (string, error) {
	return text, csvmap.OpenOptions{Encoding: text}.Check()
}

func parseDelimiter(text string) (string, error) {
	return text, csvmap.OpenOptions{Delimiter: text}.Check()
}

func parseFormat(text string) (string, error) {
	return text, csvmap.OpenOptions{Format: text}.Check()
}

func parseEnv(text string) (string, error) {
	if text != envSandbox && text != envProduction {
		return "", errors.New("must be sandbox or production")
	}
	return text, nil
}

func parseRate(text string) (float64, error) {
	r, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || math.IsNaN(r) || math.IsInf(r, 0):
		return 0, errors.New("must be a number of requests a second, such as 10 or 0.5")
	case r <= 0:
		return 0, errors.New("must be more than 0")
	default:
		return r, nil
	}
}

func parsePositive(text string) (int, error) { return between(text, 1, math.MaxInt32) }

func parseConcurrency(text string) (int, error) { return between(text, 1, 1000) }

func between(text string, least, most int) (int, error) {
	n, err := strconv.Atoi(text)
	switch {
	case err != nil:
		return 0, errors.New("must be a whole number")
	case n < least:
		return 0, fmt.Errorf("must be at least %d", least)
	case n > most:
		return 0, fmt.Errorf("must be at most %d", most)
	default:
		return n, nil
	}
}

func parseDuration(least, most time.Duration) func(string) (time.Duration, error) {
	return func(text string) (time.Duration, error) {
		d, err := time.ParseDuration(text)
		switch {
		case err != nil:
			return 0, errors.New("must be a time with its unit, such as 30s or 2m")
		case d < least || d > most:
			return 0, fmt.Errorf("must be from %s to %s", plainDuration(least), plainDuration(most))
		default:
			return d, nil
		}
	}
}

// plainDuration drops the zeros that Go prints: 10m instead of 10m0s.
func plainDuration(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
