package network

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// matrixOf gives a matrix of chance, with a column of zeros.
func matrixOf(rng *rand.Rand, rows, cols int) *matrix {
	m := &matrix{rows: rows, cols: cols, v: random(rng, rows*cols)}
	for i := range rows {
		m.row(i)[3] = 0
	}
	return m
}

// In bytes or in fractions, the product is the same, and near that of the unrounded.
func TestMultiplyWhole(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, rows := range []int{4, 12, 28} {
		w := matrixOf(rng, 48, 96)
		in := random(rng, rows*w.rows)
		clear(in[w.rows : 2*w.rows]) // a row of zeros
		for _, fresh := range []bool{false, true} {
			before := random(rng, rows*w.cols)
			want, numbers, bytes := slices.Clone(before), slices.Clone(before), slices.Clone(before)
			multiply(want, in, rows, w, fresh, nil)
			var q roundings
			w.whole = wholesOf(w, false)
			multiply(numbers, in, rows, w, fresh, &q)
			w.whole = wholesOf(w, true)
			multiply(bytes, in, rows, w, fresh, &q)
			w.whole = nil
			if !slices.Equal(numbers, bytes) {
				t.Errorf("%d rows, fresh %t: bytes and fractions differ", rows, fresh)
			}
			for i := range want {
				if math.Abs(float64(want[i]-bytes[i])) > 0.3 {
					t.Fatalf("%d rows, fresh %t: element %d is %v, want about %v", rows, fresh, i, bytes[i], want[i])
				}
			}
		}
	}
}

func TestRoundToBytesAgreesWithPlain(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, row := range [][]float32{random(rng, 16), random(rng, 128), make([]float32, 32), {-3, 3, 1.5, -1.5, 0.5, -0.5, 0, 2, 1, -1, 2.5, -2.5, 1e-30, -1e-30, 0.01, -0.01}} {
		want, got := make([]byte, len(row)), make([]byte, len(row))
		if a, b := roundToBytesPlain(want, row), roundToBytes(got, row); a != b || !slices.Equal(want, got) {
			t.Errorf("%v: %v times %v, want %v times %v", row, b, got, a, want)
		}
	}
}

func BenchmarkMultiplyWhole(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	const rows = 512
	w := matrixOf(rng, 128, 384)
	in, out := random(rng, rows*w.rows), make([]float32, rows*w.cols)
	for _, bytes := range []bool{false, true} {
		name := "fractions"
		if bytes {
			name = "bytes"
		}
		b.Run(name, func(b *testing.B) {
			w.whole = wholesOf(w, bytes)
			var q roundings
			for b.Loop() {
				multiply(out, in, rows, w, true, &q)
			}
			b.ReportMetric(2e-9*float64(rows*w.rows*w.cols)*float64(b.N)/b.Elapsed().Seconds(), "GFLOP/s")
		})
	}
}
