package network

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTableAgreesWithPlain(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 1))
	widths := []int{5, 128, 32, 50}
	const rows = 9
	table := NewTable(rows, widths...)
	for r := range rows {
		for part, w := range widths {
			bytes := make([]byte, w)
			for i := range bytes {
				bytes[i] = byte(rng.IntN(256))
			}
			table.Set(r, part, float32(rng.NormFloat64()), bytes)
		}
	}
	for part, w := range widths {
		for _, list := range [][]int32{nil, {3}, {8, 0, 0, 5}} {
			got := random(rng, round8(w))
			want := append([]float32(nil), got...)
			table.Add(got, part, list)
			addRowsPlain(&table, want, part, list)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("part %d of rows %v: %s", part, list, diff)
			}
		}
	}
	x, w, got := random(rng, 7), random(rng, 7*24), random(rng, 24)
	want := append([]float32(nil), got...)
	AddScaled(got, x, w)
	addScaledPlain(want, x, w)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTableRefusesRowsThatItHasNot(t *testing.T) {
	table := NewTable(2, 8)
	defer func() {
		if recover() == nil {
			t.Error("row 2 of 2 was added")
		}
	}()
	table.Add(make([]float32, 8), 0, []int32{2})
}

func TestDictionary(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 1))
	d := NewDictionary(1000)
	keys := map[uint64]int32{}
	for i := range int32(1000) {
		k := rng.Uint64()>>(i%50) | 1
		if _, taken := keys[k]; !taken {
			keys[k] = i
			d.Add(k, i)
		}
	}
	var all []uint64
	var rows []int32
	for k, want := range keys {
		if got := d.Row(k); got != want {
			t.Errorf("key %x: row %d, want %d", k, got, want)
		}
		all, rows = append(all, k), append(rows, want)
	}
	for range 10000 {
		k := rng.Uint64()>>rng.IntN(50) | 1
		all = append(all, k)
		if want, known := keys[k]; known {
			rows = append(rows, want)
		}
		if _, known := keys[k]; !known && d.Row(k) != -1 {
			t.Errorf("key %x is not there: row %d", k, d.Row(k))
		}
	}
	if got := d.Rows(all, nil); !slices.Equal(got, rows) {
		t.Errorf("rows of all keys: %v, want %v", got, rows)
	}
}
