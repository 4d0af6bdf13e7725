package resolve

import (
	"cmp"
	"iter"
	"slices"
)

// Cluster puts claims into incidents, each sorted by Claim.Compare, and the incidents by their first claims.
//
// Links are followed from the strongest to the weakest, equal ones in the order of the claims. A link joins
// the clusters at its ends when no claim of one contradicts any claim of the other and at least half of the
// pairs between them are linked, which bounds chains (pairs whose days are one off are not counted unless they
// are linked); and when it is not ambiguous: a claim that would fit
// another cluster as well, which in turn does not fit this one, stays by itself. Two clusters that were not
// joined are looked at again when one of them has grown. The outcome depends on the set of claims only, and
// claims that no chain of links connects have no influence on each other.
func Cluster(claims []*Claim) [][]*Claim {
	claims = slices.Clone(claims)
	slices.SortFunc(claims, CompareClaims)
	component := make([]int, len(claims))
	for i := range component {
		component[i] = i
	}
	find := func(i int) int {
		for component[i] != i {
			component[i] = component[component[i]]
			i = component[i]
		}
		return i
	}
	links := make(map[int][]link) // by component, once that is known
	var all []link
	for i, j := range meetings(claims) {
		if g, ok := linked(claims[i], claims[j]); ok {
			all = append(all, link{i, j, g.Strength()})
			component[find(i)] = find(j)
		}
	}
	for _, l := range all {
		links[find(l.i)] = append(links[find(l.i)], l)
	}
	members := make(map[int][]*Claim)
	position := make([]int, len(claims)) // within the component
	for i, c := range claims {
		position[i] = len(members[find(i)])
		members[find(i)] = append(members[find(i)], c)
	}
	var out [][]*Claim
	for root, m := range members {
		for i, l := range links[root] {
			links[root][i] = link{position[l.i], position[l.j], l.strength}
		}
		out = append(out, split(m, links[root])...)
	}
	slices.SortFunc(out, func(a, b []*Claim) int { return a[0].Compare(b[0]) })
	return out
}

// link is between two claims, by index, the smaller first.
type link struct{ i, j, strength int }

// meetings gives every pair of claims, by index, that may be of one incident by their blocks, once.
func meetings(claims []*Claim) iter.Seq2[int, int] {
	blocks := make(map[string][]int)
	for i, c := range claims {
		for _, b := range c.Blocks {
			blocks[b] = append(blocks[b], i)
		}
	}
	return func(yield func(i, j int) bool) {
		met := make([]int, len(claims)) // the last claim that each was paired with, plus 1
		for i, c := range claims {
			for _, b := range c.Blocks {
				for _, j := range blocks[Meeting(b)] {
					if j <= i || met[j] == i+1 {
						continue
					}
					met[j] = i + 1
					if !yield(i, j) {
						return
					}
				}
			}
		}
	}
}

// tie is what is known between two clusters.
type tie struct {
	// contradicts tells that some claim of one contradicts some claim of the other.
	contradicts bool
	// refused tells that the two were not joined, and have not grown since.
	refused bool
	// linked counts the linked pairs, undecided those that are a day off and not linked; strength is that of the strongest link.
	linked, undecided, strength int32
}

// split is Cluster for the claims of one component, sorted.
func split(claims []*Claim, links []link) [][]*Claim {
	n := len(claims)
	if n == 1 {
		return [][]*Claim{claims}
	}
	ties := make([][]tie, n)
	for i := range ties {
		ties[i] = make([]tie, n)
	}
	for _, l := range links {
		t := tie{linked: 1, strength: int32(l.strength)}
		ties[l.i][l.j], ties[l.j][l.i] = t, t
	}
	for i := range n {
		for j := range i {
			if ties[i][j].linked == 0 {
				g, ok := Compatible(claims[i], claims[j])
				ties[i][j].contradicts = !ok
				if ok && g.Day == dayOff {
					ties[i][j].undecided = 1
				}
				ties[j][i] = ties[i][j]
			}
		}
	}
	slices.SortFunc(links, func(a, b link) int { return cmp.Or(b.strength-a.strength, a.i-b.i, a.j-b.j) })

	of := make([]int, n) // number of the cluster of each claim, which is that of one of its claims
	members := make([][]int, n)
	for i := range n {
		of[i], members[i] = i, []int{i}
	}
	joinable := func(x, y int) bool {
		t := &ties[x][y]
		return !t.contradicts && 2*int(t.linked) >= len(members[x])*len(members[y])-int(t.undecided)
	}
	// torn tells whether x would as well join a third cluster that does not fit y.
	torn := func(x, y int, least int32) bool {
		for z := range n {
			if t := &ties[x][z]; t.linked > 0 && t.strength >= least && z != y && ties[y][z].contradicts && len(members[z]) > 0 && joinable(x, z) {
				return true
			}
		}
		return false
	}
	for _, l := range links {
		x, y := of[l.i], of[l.j]
		if x == y || ties[x][y].refused {
			continue
		}
		if !joinable(x, y) || torn(x, y, int32(l.strength)) || torn(y, x, int32(l.strength)) {
			ties[x][y].refused, ties[y][x].refused = true, true
			continue
		}
		for _, i := range members[y] {
			of[i] = x
		}
		members[x], members[y] = append(members[x], members[y]...), nil
		for z := range n {
			t, u := &ties[x][z], &ties[y][z]
			t.contradicts = t.contradicts || u.contradicts
			t.linked += u.linked
			t.undecided += u.undecided
			t.strength = max(t.strength, u.strength)
			t.refused = false
			ties[z][x] = *t
			*u, ties[z][y] = tie{}, tie{}
		}
		ties[x][x] = tie{}
	}

	var out [][]*Claim
	for _, m := range members {
		if len(m) == 0 {
			continue
		}
		slices.Sort(m)
		cluster := make([]*Claim, len(m))
		for i, c := range m {
			cluster[i] = claims[c]
		}
		out = append(out, cluster)
	}
	return out
}
