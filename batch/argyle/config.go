package argyle

import (
	"cmp"
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"
)

const (
	defaultTimeout = 30 * time.Second
	defaultConns   = 16
)

// Config says which API to talk to, and as whom.
type Config struct {
	BaseURL  string        // with its version, e.g. SandboxURL or http://127.0.0.1:8080/v2
	KeyID    string        // api_key_id, the user name of Basic auth
	Secret   Secret        // api_key_secret
	Timeout  time.Duration // for one request with its answer; 0: 30 s
	Version  string        // of bulkinvite, for the User-Agent; "": dev
	MaxConns int           // connections kept open, = concurrency; 0: 16
	// Dial opens connections; nil: over the network. Transport does without it.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Transport is nil for the package's own. Another one must not retry a request
	// whose body was read, nor read it after its error, and must call GotConn of httptrace.
	Transport http.RoundTripper
}

// ConfigError says what is wrong with a Config, and what to do.
type ConfigError struct {
	Field   string // of Config
	Message string // one sentence, without credentials
}

func (e *ConfigError) Error() string { return e.Message }

func (c Config) withDefaults() Config {
	c.Timeout = cmp.Or(c.Timeout, defaultTimeout)
	c.MaxConns = cmp.Or(c.MaxConns, defaultConns)
	c.Version = cmp.Or(c.Version, "dev")
	return c
}

func (c Config) validate() error {
	if err := CheckURL(c.BaseURL); err != nil {
		return err
	}
	switch {
	case c.KeyID == "":
		return &ConfigError{"KeyID", "the API key ID is empty: set ARGYLE_API_KEY_ID"}
	case strings.Contains(c.KeyID, ":") || strings.ContainsFunc(c.KeyID, unicode.IsControl):
		return &ConfigError{"KeyID", "the API key ID holds a colon, a line break or another control character: copy it again from the Argyle Console"}
	case c.Secret.Reveal() == "":
		return &ConfigError{"Secret", "the API key secret is empty: set ARGYLE_API_KEY_SECRET"}
	case strings.ContainsFunc(c.Secret.Reveal(), unicode.IsControl):
		return &ConfigError{"Secret", "the API key secret holds a line break or another control character: copy it again from the Argyle Console"}
	case c.Timeout < 0:
		return &ConfigError{"Timeout", "the request time-out is negative: give a duration such as 30s"}
	case c.MaxConns < 0:
		return &ConfigError{"MaxConns", "the number of connections is negative: give 1 or more"}
	}
	return nil
}

// CheckURL says whether base can be an API's base URL. Its error is a *ConfigError,
// and never repeats the URL: it may hold a password.
func CheckURL(base string) error {
	u, err := url.Parse(base)
	switch {
	case base == "":
		return urlError("is empty: give one such as " + SandboxURL)
	case err != nil:
		return urlError("is not a URL: give one such as " + SandboxURL)
	case u.Scheme != "http" && u.Scheme != "https":
		return urlError("must start with https://, such as " + SandboxURL)
	case u.Hostname() == "":
		return urlError("has no host: give one such as " + SandboxURL)
	case u.User != nil:
		return urlError("holds credentials: take them out and set ARGYLE_API_KEY_ID and ARGYLE_API_KEY_SECRET")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return urlError("has a query or a fragment: end it with its version, such as /v2")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return urlError("is http:// to another machine, which would send credentials in clear text: use https://")
	}
	return nil
}

func urlError(problem string) error {
	return &ConfigError{"BaseURL", "the API URL " + problem}
}

func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
