package extract

import (
	"math"
	"testing"
)

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i] * b[i])
		aa += float64(a[i] * a[i])
		bb += float64(b[i] * b[i])
	}
	return ab / math.Sqrt(aa*bb+1e-9)
}

func TestVectors(t *testing.T) {
	v, err := readVectors(vectorData)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ word, near, far string }{
		{"attack", "assault", "treaty"},
		{"condemn", "denounce", "deploy"},
		{"sanctions", "embargo", "missile"},
	} {
		if near, far := cosine(v.of(c.word), v.of(c.near)), cosine(v.of(c.word), v.of(c.far)); near <= far {
			t.Errorf("%s is as near to %s (%.2f) as to %s (%.2f)", c.word, c.far, far, c.near, near)
		}
	}
	for _, x := range v.of("no-such-word") {
		if x != 0 {
			t.Fatal("an unknown word has a meaning")
		}
	}
	if _, err := readVectors(vectorData[:len(vectorData)-1]); err == nil {
		t.Error("vectors that are cut off are read without an error")
	}
	if _, err := readVectors(nil); err == nil {
		t.Error("no vectors are read without an error")
	}
}
