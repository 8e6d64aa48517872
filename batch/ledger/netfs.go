package ledger

// refuseRemote refuses a folder on another machine: neither SQLite's WAL nor the
// run lock hold there, and both keep people from being invited twice.
func refuseRemote(dir string, kind func(string) string) error {
	if name := kind(dir); name != "" {
		return &StorageError{Path: dir, Reason: "the folder lies on a network file system (" + name + "), where locks do not hold; " +
			"choose a state folder on a local disk"}
	}
	return nil
}
