package extract

import (
	"sync"
	"testing"
)

var loaded = sync.OnceValues(func() (*Coder, error) { return New() })

// coder gives the one Coder of the tests.
func coder(t testing.TB) *Coder {
	t.Helper()
	c, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
