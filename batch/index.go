package batch

import (
	"hash/maphash"
	"strconv"
)

// rowRef is a row's number in the spool, from 0.
type rowRef uint32

// noRow stands for "no row of this roster".
const noRow = ^rowRef(0)

// index remembers which row of the roster owns which key, in 10 to 12 bytes
// a key: a tag of 32 bits and the row's number. Two keys may share a tag, so a
// hit is a candidate that the caller confirms in the spool.
//
// The table is cut into shards that grow one at a time and by a quarter, so
// that growing never doubles the memory: a row with three aliases costs at
// most 8*3/0.68 = 36 bytes.
type index struct {
	seed   maphash.Seed
	shards [shardCount]shard
}

type shard struct {
	slots []slot
	used  int
}

type slot struct {
	tag uint32
	row uint32 // row number + 1; 0 is an empty slot
}

const (
	shardBits  = 7
	shardCount = 1 << shardBits
	maxLoad    = 0.85
	growth     = 1.25
	firstSlots = 16
)

func newIndex() *index { return &index{seed: maphash.MakeSeed()} }

// aliasKey and personKey are the keys under which a row is remembered.
func (x *index) aliasKey(a Alias) uint64 {
	var h maphash.Hash
	h.SetSeed(x.seed)
	_, _ = h.WriteString(string(a.Kind))
	_ = h.WriteByte(0)
	_, _ = h.WriteString(a.Value)
	return h.Sum64()
}

func (x *index) personKey(id int64) uint64 {
	return maphash.String(x.seed, "person\x00"+strconv.FormatInt(id, 36))
}

// find returns the first row under key that confirm accepts, or noRow.
func (x *index) find(key uint64, confirm func(rowRef) (bool, error)) (rowRef, error) {
	s := &x.shards[key>>(64-shardBits)]
	if s.used == 0 {
		return noRow, nil
	}
	tag := uint32(key)
	for i := s.home(tag); s.slots[i].row != 0; i = s.after(i) {
		if s.slots[i].tag != tag {
			continue
		}
		row := rowRef(s.slots[i].row - 1)
		if ok, err := confirm(row); ok || err != nil {
			return row, err
		}
	}
	return noRow, nil
}

// add remembers that row owns key.
func (x *index) add(key uint64, row rowRef) {
	s := &x.shards[key>>(64-shardBits)]
	if float64(s.used+1) > maxLoad*float64(len(s.slots)) {
		s.grow()
	}
	s.put(slot{uint32(key), uint32(row) + 1})
	s.used++
}

// grow moves the shard into a larger table. A slot's home follows from its tag,
// so that the keys need not be kept.
func (s *shard) grow() {
	old := s.slots
	s.slots = make([]slot, max(firstSlots, int(float64(len(old))*growth)))
	for _, e := range old {
		if e.row != 0 {
			s.put(e)
		}
	}
}

// put places e in the first free slot from its home on. There always is one.
func (s *shard) put(e slot) {
	i := s.home(e.tag)
	for s.slots[i].row != 0 {
		i = s.after(i)
	}
	s.slots[i] = e
}

func (s *shard) home(tag uint32) int { return int(uint64(tag) * uint64(len(s.slots)) >> 32) }

func (s *shard) after(i int) int {
	if i++; i == len(s.slots) {
		return 0
	}
	return i
}
