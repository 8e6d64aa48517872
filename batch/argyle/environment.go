package argyle

import (
	"net/url"
	"strings"
)

// The base URLs of Argyle's own environments.
const (
	SandboxURL    = "https://api-sandbox.argyle.com/v2"
	ProductionURL = "https://api.argyle.com/v2"
)

// The names of Argyle's own environments.
const (
	production = "production"
	sandbox    = "sandbox"
)

// EnvironmentName names the API host behind baseURL: "production", "sandbox", or
// host and port such as "127.0.0.1-8080". It is safe as the name of a folder, and
// the same for every spelling of one host. "" when baseURL is not a URL.
func EnvironmentName(baseURL string) string {
	u, err := url.Parse(baseURL)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	port := u.Port()
	if port == "" {
		port = defaultPort(u.Scheme)
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	switch {
	case port != "443":
	case host == "api.argyle.com":
		return production
	case host == "api-sandbox.argyle.com":
		return sandbox
	}
	return strings.Map(folderRune, host) + "-" + port
}

func defaultPort(scheme string) string {
	if strings.EqualFold(scheme, "http") {
		return "80"
	}
	return "443"
}

// folderRune keeps what every file system takes; the colons of IPv6 become "_".
func folderRune(r rune) rune {
	if r == '.' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
		return r
	}
	return '_'
}

// Local reports whether the API at baseURL is on this machine, where no real
// message is sent.
func Local(baseURL string) bool {
	u, err := url.Parse(baseURL)
	return err == nil && loopback(u.Hostname())
}
