package argyle

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// The details of a 401 that the API documents.
const (
	wrongKey         = "Invalid username/password."
	wrongEnvironment = "Invalid environment."
)

// refusesUs reports whether the API itself turned the request away, in the words that
// it documents. A proxy's or a gateway's 401 and 403 have other bodies.
func (a answer) refusesUs() bool {
	detail := a.detail()
	switch a.status {
	case http.StatusUnauthorized:
		return strings.EqualFold(detail, wrongKey) || strings.EqualFold(detail, wrongEnvironment)
	case http.StatusForbidden:
		return detail != ""
	default:
		return false
	}
}

// detail is the text of a body that is an object with nothing but a detail; "" of
// any other body.
func (a answer) detail() string {
	var body map[string]any
	if a.bodyErr != nil || json.Unmarshal(a.body, &body) != nil || len(body) != 1 {
		return ""
	}
	detail, _ := body["detail"].(string)
	return strings.TrimSpace(detail)
}

// refusal says in plain words why we are turned away, and what to do.
func (c *Client) refusal(a answer) string {
	why := "the API does not take this request: check the API URL, and bulkinvite's version"
	switch a.status {
	case http.StatusUnauthorized:
		why = c.unauthorized(a)
	case http.StatusForbidden:
		why = "we are turned away in words that are not the API's: check the key's rights in the Argyle Console, the API URL, and a proxy or a firewall in between"
		if a.refusesUs() {
			why = "the API key lacks the right to this: check the key's rights in the Argyle Console"
		}
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

func (c *Client) unauthorized(a answer) string {
	switch {
	case !a.refusesUs():
		return "credentials are asked for in words that are not the API's: check the API key, the API URL, and a proxy or a log-in page in between"
	case strings.EqualFold(a.detail(), wrongKey):
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

// refusedData is why a run stops whose request was turned down without naming a field
// of the row.
func refusedData(status int) string {
	return fmt.Sprintf("the API refuses the request without naming a field of the row: check the API URL, a proxy in between, and the defaults in the configuration (HTTP %d)", status)
}
