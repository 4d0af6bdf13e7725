package language

import "testing"

func TestLemma(t *testing.T) {
	l, err := newLemmatiser()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ form, tag, penn, want string }{
		{"shot", "VERB", "VBD", "shoot"},
		{"shot", "NOUN", "NN", "shot"},
		{"broke", "VERB", "VBD", "break"},
		{"left", "VERB", "VBN", "leave"},
		{"left", "ADJ", "JJ", "left"},
		{"found", "VERB", "VBD", "find"},
		{"founded", "VERB", "VBN", "found"},
		{"wounded", "VERB", "VBN", "wound"},
		{"downed", "VERB", "VBD", "down"},
		{"fled", "VERB", "VBD", "flee"},
		{"fleeing", "VERB", "VBG", "flee"},
		{"Killed", "VERB", "VBN", "kill"},
		{"hoping", "VERB", "VBG", "hope"},
		{"hopping", "VERB", "VBG", "hop"},
		{"developing", "VERB", "VBG", "develop"},
		{"stationed", "VERB", "VBN", "station"},
		{"condemned", "VERB", "VBD", "condemn"},
		{"besieged", "VERB", "VBN", "besiege"},
		{"deployed", "VERB", "VBD", "deploy"},
		{"seized", "VERB", "VBD", "seize"},
		{"accuses", "VERB", "VBZ", "accuse"},
		{"pushes", "VERB", "VBZ", "push"},
		{"denies", "VERB", "VBZ", "deny"},
		{"launches", "VERB", "VBZ", "launch"},
		{"urges", "VERB", "VBZ", "urge"},
		{"banned", "VERB", "VBD", "ban"},
		{"shelled", "VERB", "VBD", "shell"},
		{"expelled", "VERB", "VBD", "expel"},
		{"called", "VERB", "VBD", "call"},
		{"lay", "VERB", "VBD", "lie"},
		{"is", "AUX", "VBZ", "be"},
		{"'s", "AUX", "VBZ", "be"},
		{"’s", "PART", "POS", "'s"},
		{"n't", "PART", "RB", "not"},
		{"wo", "AUX", "MD", "will"},
		{"children", "NOUN", "NNS", "child"},
		{"policemen", "NOUN", "NNS", "policeman"},
		{"gunmen", "NOUN", "NNS", "gunman"},
		{"embassies", "NOUN", "NNS", "embassy"},
		{"missiles", "NOUN", "NNS", "missile"},
		{"warehouses", "NOUN", "NNS", "warehouse"},
		{"losses", "NOUN", "NNS", "loss"},
		{"forces", "NOUN", "NNS", "force"},
		{"crises", "NOUN", "NNS", "crisis"},
		{"aircraft", "NOUN", "NNS", "aircraft"},
		{"Palestinians", "PROPN", "NNPS", "Palestinian"},
		{"Georgia", "PROPN", "NNP", "Georgia"},
		{"them", "PRON", "PRP", "they"},
		{"heavier", "ADJ", "JJR", "heavy"},
		{"worst", "ADJ", "JJS", "bad"},
		{"largest", "ADJ", "JJS", "large"},
		{"bigger", "ADJ", "JJR", "big"},
		{"21,000", "NUM", "CD", "21000"},
		{"1990s", "NOUN", "NNS", "1990s"},
		{"", "X", "FW", ""},
	} {
		if got := l.lemma(c.form, c.tag, c.penn); got != c.want {
			t.Errorf("lemma(%s, %s, %s) = %s, want %s", c.form, c.tag, c.penn, got, c.want)
		}
	}
}
