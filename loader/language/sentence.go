// Package language turns English text into tokens with tags, lemmas and a
// dependency parse, in the conventions of Universal Dependencies v2.
//
// Words are cut by rules (tokens.go and the lists beside it), lemmas come from
// a table of irregular forms and a dictionary (lemma.go), tags and trees from a
// small recurrent network (package network) whose weights, model.bin, are part of
// the program. It is our own because nothing kept in Go parses dependencies:
// chewxy/lingo (2018) ships no model and needs an abandoned tensor library,
// habeanf/yap (2019) is made for Hebrew, advancedlogic/go-freeling is rules under
// the GPL, jdkato/prose tags only and is archived; spago and cybertron run
// transformers of hundreds of megabytes at a few sentences a second. A greedy
// transition parser with a linear model (arc-hybrid, dynamic oracle, the features
// of Zhang and Nivre) was tried first: three points of LAS worse on EWT dev, and slower.
//
// Package train tells how the model is learnt and measured.
package language

// Token is one syntactic word of a sentence.
type Token struct {
	// Start and End are byte offsets of the word into the text the sentence
	// was taken from. The parts of a contraction ("can" + "n't") have spans of their own.
	Start, End int
	Text       string
	// Lemma is the dictionary form in lower case, but for proper nouns, which keep theirs.
	Lemma string
	// Tag is the universal part of speech ("VERB"), Penn the Penn Treebank tag ("VBN"),
	// which tells tense, number and participles.
	Tag, Penn string
	// Head is the index of the governor in Sentence.Tokens, -1 for the root.
	Head int
	// Relation is the UD relation to the head, with its subtype ("nsubj:pass").
	Relation string
	// State is what the network makes of the word in its sentence.
	State []float32
}

// Sentence is a parsed sentence. Exactly one token has Head -1, and no head
// chain has a cycle; a sentence without words has no tokens.
type Sentence struct {
	Start, End int
	Tokens     []Token
}

// Children gives the indices of the dependents of token i in text order.
func (s *Sentence) Children(i int) []int {
	var out []int
	for j := range s.Tokens {
		if s.Tokens[j].Head == i {
			out = append(out, j)
		}
	}
	return out
}
