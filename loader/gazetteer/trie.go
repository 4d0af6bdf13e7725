package gazetteer

import "maps"

// trie finds sequences of word numbers. What stands at a node is the owner's.
type trie[L any] struct {
	next   map[uint64]int32
	labels [][]L
}

// newTrie gives an empty trie with room for as many nodes.
func newTrie[L any](room int) *trie[L] {
	return &trie[L]{next: make(map[uint64]int32, room), labels: make([][]L, 1, room)}
}

// step goes from node along word; node 0 is the root. There is no step to the
// root, so 0 means that no sequence goes on this way.
func (t *trie[L]) step(node, word int32) int32 {
	return t.next[uint64(node)<<32|uint64(uint32(word))]
}

// add puts a label at the end of the sequence.
func (t *trie[L]) add(words []int32, label L) {
	node := t.grow(words)
	t.labels[node] = append(t.labels[node], label)
}

// grow gives the node at the end of the sequence, made when it is not there.
func (t *trie[L]) grow(words []int32) int32 {
	node := int32(0)
	for _, w := range words {
		to := t.step(node, w)
		if to == 0 {
			to = int32(len(t.labels))
			t.labels = append(t.labels, nil)
			t.next[uint64(node)<<32|uint64(uint32(w))] = to
		}
		node = to
	}
	return node
}

// clone gives a copy to which labels can be added while t stays as it is.
func (t *trie[L]) clone() *trie[L] {
	c := &trie[L]{next: maps.Clone(t.next), labels: make([][]L, len(t.labels))}
	for i, l := range t.labels {
		c.labels[i] = l[:len(l):len(l)]
	}
	return c
}
