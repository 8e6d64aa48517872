package ledger

import (
	"context"
	"database/sql/driver"
	"encoding/binary"
	"hash/crc32"

	"modernc.org/sqlite"
)

// Each alias has a witness beside it, a checksum over the alias and its owner, and each
// campaign has the sum of its witnesses. A bit that flips in the file thus makes nobody
// somebody else, for every look-up that finds an owner compares the witness; and nobody
// somebody new, for an alias that is not found any more is missing from the sum.

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// witness is the checksum over an alias and the person who owns it. No single bit that
// flips leaves it as it was.
func witness(campaign, kind int64, value string, person int64) int64 {
	text := make([]byte, 0, 3*8+len(value))
	for _, n := range []int64{campaign, kind, person} {
		text = binary.BigEndian.AppendUint64(text, uint64(n))
	}
	return int64(crc32.Checksum(append(text, value...), castagnoli))
}

// The same for SQL: alias_witness(campaign, kind, value, person). No alias has the
// witness -1.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("alias_witness", 4, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		campaign, campaignOK := args[0].(int64)
		kind, kindOK := args[1].(int64)
		value, valueOK := args[2].(string)
		person, personOK := args[3].(int64)
		if !campaignOK || !kindOK || !valueOK || !personOK {
			return int64(-1), nil
		}
		return witness(campaign, kind, value, person), nil
	})
}

const (
	// An alias is not what it was, or not whose it was.
	errWitness damage = "an alias does not agree with its witness"
	errOwner   damage = "an alias belongs to a person who is not there"
)

// testify compares an alias that was found with its witness. The error is a damage.
func testify(campaign, kind int64, value string, person, stored int64) error {
	if witness(campaign, kind, value, person) != stored {
		return errWitness
	}
	return nil
}

// misread is why a row of an alias could not be read: its columns are of another kind
// than those that were written.
func misread(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil || isOf[damage](err) {
		return err
	}
	return damage(err.Error())
}
