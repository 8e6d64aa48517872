package batch

import "hash/maphash"

// idSet is a set of invite IDs by their hashes, in at most 12 bytes an ID, so that a
// list of a million invites can be held twice. Two IDs share a hash of 64 bits once in
// some ten million lists of a million; a set of another seed tells them apart.
type idSet struct {
	seed   maphash.Seed
	shards [shardCount]idShard
	size   int
}

type idShard struct {
	slots []uint64 // 0: empty
	used  int
}

func newIDSet() *idSet { return &idSet{seed: maphash.MakeSeed()} }

// like is an empty set whose hashes can be compared with those of s.
func (s *idSet) like() *idSet { return &idSet{seed: s.seed} }

// hash is an ID's number in s, never 0.
func (s *idSet) hash(id string) uint64 { return maphash.String(s.seed, id) | 1 }

// add takes an ID in, and reports whether it is new.
func (s *idSet) add(hash uint64) bool {
	shard := &s.shards[hash>>(64-shardBits)]
	if float64(shard.used+1) > maxLoad*float64(len(shard.slots)) {
		shard.grow()
	}
	if !shard.put(hash) {
		return false
	}
	shard.used++
	s.size++
	return true
}

// has reports whether an ID is in s.
func (s *idSet) has(hash uint64) bool {
	shard := &s.shards[hash>>(64-shardBits)]
	if shard.used == 0 {
		return false
	}
	return shard.slots[shard.find(hash)] == hash
}

func (s *idShard) grow() {
	old := s.slots
	s.slots = make([]uint64, max(firstSlots, int(float64(len(old))*growth)))
	for _, hash := range old {
		if hash != 0 {
			s.put(hash)
		}
	}
}

func (s *idShard) put(hash uint64) bool {
	i := s.find(hash)
	isNew := s.slots[i] == 0
	s.slots[i] = hash
	return isNew
}

// find is the place of hash, or the empty one where it would be.
func (s *idShard) find(hash uint64) int {
	i := int(uint64(uint32(hash>>8)) * uint64(len(s.slots)) >> 32)
	for s.slots[i] != 0 && s.slots[i] != hash {
		if i++; i == len(s.slots) {
			i = 0
		}
	}
	return i
}
