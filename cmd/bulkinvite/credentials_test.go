package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCredentials(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	closed := write("closed", "key-from-file\n", 0o600)
	open := write("open", "key-from-file\n", 0o644)
	empty := write("empty", "\n", 0o600)
	two := write("two", "first\nsecond\n", 0o600)
	large := write("large", strings.Repeat("x", 5000), 0o600)
	systemd := filepath.Join(dir, "systemd")
	if err := os.Mkdir(systemd, 0o700); err != nil {
		t.Fatal(err)
	}
	write("systemd/"+keyIDName, "key-from-systemd", 0o644)

	for _, test := range []struct {
		name string
		env  map[string]string
		want string // the key ID, or a part of the error
		fail bool
	}{
		{name: "variable", env: map[string]string{keyIDName: "key"}, want: "key"},
		{name: "file", env: map[string]string{keyIDName + "_FILE": closed}, want: "key-from-file"},
		{name: "systemd beats both", env: map[string]string{keyIDName: "key", "CREDENTIALS_DIRECTORY": systemd}, want: "key-from-systemd"},
		{name: "systemd has another credential", env: map[string]string{keyIDName: "key", "CREDENTIALS_DIRECTORY": dir}, want: "key"},
		{name: "nothing", want: "ARGYLE_API_KEY_ID is not set; set it, or ARGYLE_API_KEY_ID_FILE to", fail: true},
		{name: "ambiguous", env: map[string]string{keyIDName: "key", keyIDName + "_FILE": closed}, want: "ARGYLE_API_KEY_ID_FILE is set too; unset one of the two", fail: true},
		{name: "open to others", env: map[string]string{keyIDName + "_FILE": open}, want: "other users can read it; run chmod 600 on it", fail: true},
		{name: "empty file", env: map[string]string{keyIDName + "_FILE": empty}, want: "the credential is empty", fail: true},
		{name: "missing file", env: map[string]string{keyIDName + "_FILE": filepath.Join(dir, "none")}, want: "none (from ARGYLE_API_KEY_ID_FILE): no such file or directory", fail: true},
		{name: "folder", env: map[string]string{keyIDName + "_FILE": systemd}, want: "is a directory", fail: true},
		{name: "two lines", env: map[string]string{keyIDName + "_FILE": two}, want: "holds a space, a line break", fail: true},
		{name: "too large", env: map[string]string{keyIDName + "_FILE": large}, want: "is too large", fail: true},
		{name: "colon", env: map[string]string{keyIDName: "a:b"}, want: "another character that no key has", fail: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := loadCredentials(func(name string) string {
				if name == secretName {
					return "s3cret-s3cret"
				}
				return test.env[name]
			})
			if !test.fail {
				if err != nil || got.KeyID != test.want || got.Secret.Reveal() != "s3cret-s3cret" {
					t.Fatalf("key ID %q, error %v, want %q", got.KeyID, err, test.want)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.want) || exitCode(err) != exitUsage {
				t.Fatalf("error %v (exit code %d), want %q", err, exitCode(err), test.want)
			}
			if strings.Contains(err.Error(), dir) && test.name != "missing file" { // which has a name to mend
				t.Errorf("the error names the path: %v", err)
			}
		})
	}
}

// A secret in the variable that should name a file must not come back in the error.
func TestCredentialErrorsKeepSecrets(t *testing.T) {
	env := map[string]string{keyIDName: "key", secretName + "_FILE": "hunter2hunter2"}
	_, err := loadCredentials(func(name string) string { return env[name] })
	if err == nil || strings.Contains(err.Error(), "hunter2hunter2") {
		t.Errorf("error %v", err)
	}
	env = map[string]string{keyIDName: "key", secretName: "hunter2hunter2"}
	c, err := loadCredentials(func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprintf("%v %+v %#v", c, c, c); strings.Contains(text, "hunter2hunter2") {
		t.Errorf("printed: %s", text)
	}
}
