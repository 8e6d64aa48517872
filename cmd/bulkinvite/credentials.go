package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bulkinvite/batch/argyle"
)

// Credentials are an Argyle API key.
type Credentials struct {
	KeyID  string
	Secret argyle.Secret
}

// The two halves of a key, by the name of their environment variable, of their
// file under $CREDENTIALS_DIRECTORY and, with _FILE, of the variable that names
// a file.
const (
	keyIDName  = "ARGYLE_API_KEY_ID"
	secretName = "ARGYLE_API_KEY_SECRET"
)

// loadCredentials reads the key. Each half comes from the first of: systemd's
// $CREDENTIALS_DIRECTORY, a file named by NAME_FILE, the variable NAME. The error
// is a [UsageError] and never repeats a value, nor a path, which may be a secret
// in the wrong variable.
func loadCredentials(env func(string) string) (Credentials, error) {
	id, err := credential(env, keyIDName)
	if err != nil {
		return Credentials{}, err
	}
	secret, err := credential(env, secretName)
	if err != nil {
		return Credentials{}, err
	}
	return Credentials{KeyID: id, Secret: argyle.NewSecret(secret)}, nil
}

func credential(env func(string) string, name string) (string, error) {
	text, from, err := findCredential(env, name)
	if err != nil {
		return "", usagef("%s: %s", from, err)
	}
	text = strings.TrimRight(strings.TrimPrefix(text, "\ufeff"), "\r\n")
	switch {
	case text == "" && from == name:
		return "", usagef("%s is not set; set it, or %s_FILE to a file that only you can read, or try the program with --simulate", name, name)
	case text == "":
		return "", usagef("%s: the credential is empty; put the value from the Argyle Console into it", from)
	case name == secretName && len(text) < leastSecret:
		return "", usagef("%s: the secret is shorter than %d characters, as no key's is; copy it again from the Argyle Console", from, leastSecret)
	case strings.ContainsFunc(text, notInKey):
		return "", usagef("%s: the credential holds a space, a line break or another character that no key has", from)
	default:
		return text, nil
	}
}

// leastSecret is how long a secret is at least: a shorter one could not be blacked out
// in a log without tearing holes into every line.
const leastSecret = 8

func notInKey(r rune) bool { return r <= ' ' || r > '~' || r == ':' }

// findCredential also says where the text came from, in words for an error.
func findCredential(env func(string) string, name string) (text, from string, err error) {
	if folder := env("CREDENTIALS_DIRECTORY"); folder != "" {
		from = "the file " + name + " in $CREDENTIALS_DIRECTORY"
		path := filepath.Join(folder, name)
		if err := trustFile(path); err != nil {
			return "", from, bareTrust(path, err)
		}
		text, err = readCredential(path, anyone)
		if !errors.Is(err, fs.ErrNotExist) {
			return text, from, err
		}
	}
	path, value := env(name+"_FILE"), env(name)
	switch {
	case path != "" && value != "":
		return "", name, fmt.Errorf("%s_FILE is set too; unset one of the two", name)
	case path != "":
		from = "the file in " + name + "_FILE"
		if err := trustFile(path); err != nil {
			return "", from, bareTrust(path, err)
		}
		text, err = readCredential(path, onlyMe)
		if errors.Is(err, fs.ErrNotExist) && strings.ContainsRune(path, filepath.Separator) { // no secret by mistake
			from = path + " (from " + name + "_FILE)"
		}
		return text, from, err
	default:
		return value, name, nil
	}
}

// Who may be able to read a credential's file: systemd guards its folder by
// itself, every other file must be closed to group and others.
const (
	anyone fs.FileMode = 0
	onlyMe fs.FileMode = 0o077
)

// maxCredential bounds a credential's file, in bytes.
const maxCredential = 4096

func readCredential(path string, forbidden fs.FileMode) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", bare(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", bare(err)
	}
	if info.Mode().Perm()&forbidden != 0 {
		return "", errors.New("other users can read it; run chmod 600 on it")
	}
	text, err := io.ReadAll(io.LimitReader(f, maxCredential+1))
	if err != nil {
		return "", bare(err)
	}
	if len(text) > maxCredential {
		return "", errors.New("is too large to be a credential")
	}
	return string(text), nil
}
