package ledger

import (
	"strings"
	"testing"
)

func TestRemoteFoldersAreRefused(t *testing.T) {
	err := refuseRemote("/srv/state", func(string) string { return "NFS" })
	if e := wantType[*StorageError](t, err); !strings.Contains(e.Error(), "NFS") {
		t.Error(err)
	}
	must(t, refuseRemote(t.TempDir(), remote))
}
