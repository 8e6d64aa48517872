package argylesim

import (
	"encoding/binary"
	"encoding/hex"
	"strconv"
)

// kind keeps the IDs of different things apart.
type kind uint64

const (
	inviteKind kind = iota + 1
	userKind
	linkKind
	deliveryKind
	tokenKind
)

// idKey makes IDs out of numbers: they look random, differ between accounts, and
// lead back to their number without a table.
type idKey uint64

// id is the opaque ID of the n-th thing of a kind: 32 hex digits in groups.
func (k idKey) id(what kind, n int) string {
	high := mix(uint64(n) + uint64(k))
	low := mix(high ^ uint64(what))
	raw := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, high), low)
	var text [36]byte
	out := text[:0]
	for i, b := range raw {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			out = append(out, '-')
		}
		out = hex.AppendEncode(out, []byte{b})
	}
	return string(out)
}

// number is the inverse of id; false for an ID that this key did not make.
func (k idKey) number(what kind, id string) (int, bool) {
	if len(id) != 36 {
		return 0, false
	}
	high, err := strconv.ParseUint(id[:8]+id[9:13]+id[14:18], 16, 64)
	if err != nil {
		return 0, false
	}
	n := int(unmix(high) - uint64(k))
	return n, n >= 0 && k.id(what, n) == id
}

// mix is the finaliser of SplitMix64: it maps 64 bits one to one.
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// unmix undoes mix; the factors are the inverses of its factors modulo 2^64.
func unmix(z uint64) uint64 {
	z = (z ^ z>>31 ^ z>>62) * 0x319642b2d24d8ec3
	z = (z ^ z>>27 ^ z>>54) * 0x96de1b173f119089
	return z ^ z>>30 ^ z>>60
}
