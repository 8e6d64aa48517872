package argyle

import (
	"bytes"
	"fmt"
	"net/http"
)

// refusal says in plain words why the API refuses us, and what to do.
func (c *Client) refusal(a answer) string {
	why := "the API does not take this request: check the API URL, and bulkinvite's version"
	switch a.status {
	case http.StatusUnauthorized:
		why = c.unauthorized(a.body)
	case http.StatusForbidden:
		why = "the API key may not send invites, or a firewall is in between: check the key's rights in the Argyle Console"
	case http.StatusNotFound:
		why = "the API URL leads nowhere: it must end with the API's version, such as " + SandboxURL
	case http.StatusMethodNotAllowed:
		why = "the API URL takes no invites: it must end with the API's version, such as " + SandboxURL
	case http.StatusProxyAuthRequired:
		why = proxyCredentials
	default:
		if a.status < 400 {
			why = "the API URL redirects, which is never followed: check it, and a proxy or a log-in page in between"
		}
	}
	return fmt.Sprintf("%s (HTTP %d)", why, a.status)
}

func (c *Client) unauthorized(body []byte) string {
	if !bytes.Contains(bytes.ToLower(body), []byte("invalid environment")) {
		return "the API does not accept the credentials: check ARGYLE_API_KEY_ID and ARGYLE_API_KEY_SECRET"
	}
	switch c.Environment() {
	case production:
		return "the API key belongs to the other environment: use a production key, or --env sandbox"
	case sandbox:
		return "the API key belongs to the other environment: use a sandbox key, or --env production"
	default:
		return "the API key belongs to the other environment: use a key of this one, or another --env"
	}
}

// refusedData is the refusal of a request whose row is not to blame.
func refusedData(status int) string {
	return fmt.Sprintf("the API refuses the request without naming a field of the row: check the API URL, a proxy in between, and the defaults in the configuration (HTTP %d)", status)
}
