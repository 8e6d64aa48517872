package ledger

import "golang.org/x/sys/unix"

// remoteTypes are the file systems that lie on another machine, by the number
// that statfs gives (linux/magic.h and the kernel's file systems).
var remoteTypes = map[uint32]string{
	0x6969:     "NFS",
	0x517b:     "SMB",
	0xff534d42: "CIFS",
	0xfe534d42: "SMB",
	0x01021997: "9P",
	0x5346414f: "AFS",
	0x00c36400: "Ceph",
	0x0bd00bd0: "Lustre",
	0x47504653: "GPFS",
	0x73757245: "Coda",
	0x7461636f: "OCFS2",
	0x01161970: "GFS2",
}

// remote names the network file system that dir lies on; "" for a local one.
func remote(dir string) string {
	var info unix.Statfs_t
	if unix.Statfs(dir, &info) != nil {
		return "" // opening the ledger will say what is wrong
	}
	return remoteTypes[uint32(info.Type)]
}
