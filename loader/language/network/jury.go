package network

import "math"

// Jury is several networks with the same classes that read together: what they
// hold likely is averaged. It is slower than one and errs less, and teaches one.
type Jury []*Model

// Read analyses the words of one sentence, and gives the mean likelihood of
// the heads that it chose.
func (jury Jury) Read(words []string) (Reading, float64) {
	n := len(words)
	var r Reading
	if n == 0 {
		return r, 1
	}
	share := float32(1) / float32(len(jury))
	s := make([]Scratch, len(jury))
	var tags, arcs, relations matrix
	for k, m := range jury {
		m.encode([][]string{words}, &s[k])
		m.scoreTags(&s[k])
		m.scoreHeads(&s[k])
		m.arcScores(&s[k].parts, 0, n, &s[k].pass.roundings)
		if k == 0 {
			tags.size(n, len(m.Tags))
			arcs.size(n, s[k].parts.arcs.cols)
			relations.size(n, len(m.Relations))
		}
		for i := range n {
			addLikelihoods(tags.row(i), s[k].parts.tagScore.row(i), share)
			row := s[k].parts.arcs.row(i)
			row[i] = -1e9
			addLikelihoods(arcs.row(i)[:n+1], row, share)
		}
	}
	for i := range n {
		r.Tags = append(r.Tags, int32(best(tags.row(i))))
	}
	for i, p := range arcs.v {
		arcs.v[i] = float32(math.Log(float64(p) + 1e-9))
	}
	var tree treeScratch
	r.Heads = tree.heads(&arcs, n, nil)
	sure := 0.0
	for i, h := range r.Heads {
		if h < 0 {
			h = int32(n)
		}
		sure += math.Exp(float64(arcs.row(i)[h]))
	}
	for k, m := range jury {
		m.scoreRelations(r.Heads, &s[k])
		for i := range n {
			addLikelihoods(relations.row(i), s[k].logits.row(i), share)
		}
	}
	root := jury[0].rootRelation()
	for i, h := range r.Heads {
		row := relations.row(i)
		row[root] = 0
		if h < 0 {
			row[root] = 2
		}
		r.Relations = append(r.Relations, int32(best(row)))
	}
	return r, sure / float64(n)
}

// addLikelihoods adds share times the softmax of scores to out.
func addLikelihoods(out, scores []float32, share float32) {
	scores = scores[:len(out)]
	most := scores[0]
	for _, v := range scores {
		most = max(most, v)
	}
	var sum float64
	for _, v := range scores {
		sum += math.Exp(float64(v - most))
	}
	for i, v := range scores {
		out[i] += share * float32(math.Exp(float64(v-most))/sum)
	}
}
