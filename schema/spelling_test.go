package schema

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestBeginnings(t *testing.T) {
	got := Beginnings([]string{"jaish al adl", "état major", "al"})
	want := []string{"a", "ad", "adl", "al", "j", "ja", "jai", "jais", "jaish", "m", "ma", "maj", "majo", "major", "é", "ét", "éta", "état"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestBeginning finds every beginning of every word, however long, by what Beginning makes of it.
func TestBeginning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spelling := Spelling(rapid.String().Draw(t, "name"))
		all := Beginnings([]string{spelling})
		for _, word := range strings.Fields(spelling) {
			letters := []rune(word)
			part := string(letters[:rapid.IntRange(1, len(letters)).Draw(t, "letters")])
			if !slices.Contains(all, Beginning(part)) {
				t.Fatalf("%q of %q is not among %q", part, spelling, all)
			}
		}
	})
}
