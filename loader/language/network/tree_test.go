package network

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// isTree tells whether heads have one root that every word reaches.
func isTree(heads []int32) bool {
	roots := 0
	for i := range heads {
		if heads[i] < 0 {
			roots++
		}
		steps := 0
		for j := int32(i); j >= 0; j = heads[j] {
			if steps++; steps > len(heads) {
				return false
			}
		}
	}
	return roots == 1
}

func total(score *matrix, heads []int32) (sum float64) {
	for d, h := range heads {
		if h < 0 {
			h = int32(len(heads))
		}
		sum += float64(score.row(d)[h])
	}
	return sum
}

// bestTree tries all trees.
func bestTree(score *matrix, n int) float64 {
	best := math.Inf(-1)
	heads := make([]int32, n)
	var try func(d int)
	try = func(d int) {
		if d == n {
			if isTree(heads) {
				best = max(best, total(score, heads))
			}
			return
		}
		for h := -1; h < n; h++ {
			if h != d {
				heads[d] = int32(h)
				try(d + 1)
			}
		}
	}
	try(0)
	return best
}

func TestHeadsAreATree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "words")
		score := matrix{rows: n, cols: n + 1, v: rapid.SliceOfN(rapid.Float32Range(-5, 5), n*(n+1), n*(n+1)).Draw(t, "scores")}
		var s treeScratch
		heads := s.heads(&score, n, nil)
		if len(heads) != n || !isTree(heads) {
			t.Fatalf("heads %v are no tree", heads)
		}
	})
}

func TestHeadsAreTheBestWhereNoCycleInvites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "words")
		score := matrix{rows: n, cols: n + 1, v: rapid.SliceOfN(rapid.Float32Range(-1, 1), n*(n+1), n*(n+1)).Draw(t, "scores")}
		// A gold tree scored above all else must come out.
		gold := make([]int32, n)
		order := rapid.Permutation([]int32{0, 1, 2, 3, 4}[:n]).Draw(t, "order")
		for i, d := range order {
			gold[d] = -1
			if i > 0 {
				gold[d] = order[rapid.IntRange(0, i-1).Draw(t, "head")]
			}
			h := gold[d]
			if h < 0 {
				h = int32(n)
			}
			score.row(int(d))[h] = 3
		}
		var s treeScratch
		heads := s.heads(&score, n, nil)
		if got, want := total(&score, heads), bestTree(&score, n); math.Abs(got-want) > 1e-4 {
			t.Fatalf("tree %v scores %v, the best scores %v", heads, got, want)
		}
	})
}
