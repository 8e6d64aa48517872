package main

import (
	"fmt"
	"os"
	"os/user"
)

// operator is who decides, for the ledger: the user's name and, where somebody
// else's rights were taken, who took them.
func (p program) operator() string {
	name := fmt.Sprintf("user %d", os.Getuid())
	if u, err := user.Current(); err == nil && u.Username != "" {
		name = u.Username
	}
	if behind := p.env("SUDO_USER"); behind != "" && behind != name {
		return fmt.Sprintf("%s (sudo by %s)", name, behind)
	}
	return name
}
