package network

import "math"

type treeScratch struct {
	mark   []int32
	cycle  []int32
	inside []uint8
}

// heads turns arc scores (row: word, column: head, column n: the root) into a
// tree with one root, appended to out. Each word takes its best head; then one
// root is chosen, and every cycle is broken at the word that loses least by a
// head outside of it. A repair merges two components, so there are at most n,
// and they take together O(n²) steps.
func (s *treeScratch) heads(score *matrix, n int, out []int32) []int32 {
	base := len(out)
	root, margin := -1, float32(math.Inf(-1))
	for d := range n {
		row := score.row(d)
		b := -1
		for h := range n {
			if h != d && (b < 0 || row[h] > row[b]) {
				b = h
			}
		}
		out = append(out, int32(b))
		gain := float32(math.Inf(1))
		if b >= 0 {
			gain = row[n] - row[b]
		}
		if root < 0 || gain > margin {
			root, margin = d, gain
		}
	}
	head := out[base:]
	head[root] = -1

	if cap(s.mark) < n {
		s.mark = make([]int32, n)
	}
	mark := s.mark[:n] // the component a word was found in; 0: not yet
	clear(mark)
	next := int32(0)
	for i := range n {
		if mark[i] != 0 {
			continue
		}
		next++
		j := int32(i)
		for j >= 0 && mark[j] == 0 {
			mark[j] = next
			j = head[j]
		}
		if j < 0 || mark[j] != next {
			continue
		}
		// A cycle through j: break it where that costs least.
		s.cycle = append(s.cycle[:0], j)
		for k := head[j]; k != j; k = head[k] {
			s.cycle = append(s.cycle, k)
		}
		inside := s.component(head, j)
		from, to, cost := int32(-1), int32(-1), float32(math.Inf(1))
		for _, v := range s.cycle {
			row := score.row(int(v))
			for u := range n {
				if inside[u] == 1 {
					continue
				}
				if c := row[head[v]] - row[u]; from < 0 || c < cost {
					from, to, cost = v, int32(u), c
				}
			}
		}
		head[from] = to
	}
	return out
}

// component marks with 1 the words whose chain of heads leads to j, and all others with 2.
func (s *treeScratch) component(head []int32, j int32) []uint8 {
	n := len(head)
	if cap(s.inside) < n {
		s.inside = make([]uint8, n)
	}
	inside := s.inside[:n]
	clear(inside)
	inside[j] = 1
	for i := range n {
		k := int32(i)
		for steps := 0; k >= 0 && inside[k] == 0 && steps <= n; steps++ {
			inside[k] = 3
			k = head[k]
		}
		verdict := uint8(2)
		if k >= 0 && inside[k] == 1 {
			verdict = 1
		}
		for k = int32(i); k >= 0 && inside[k] == 3; k = head[k] {
			inside[k] = verdict
		}
	}
	return inside
}
