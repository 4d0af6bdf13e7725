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

// sizes are the two of a whole number.
var sizes = map[string]int{"bytes": inBytes, "words": inWords}

// In bytes or in words, by the processor's own instructions or without, the product is the same, and near that of the unrounded.
func TestMultiplyWhole(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, rows := range []int{4, 12, 28} {
		w := matrixOf(rng, 48, 96)
		in := random(rng, rows*w.rows)
		clear(in[w.rows : 2*w.rows]) // a row of zeros
		for _, fresh := range []bool{false, true} {
			before := random(rng, rows*w.cols)
			exact := slices.Clone(before)
			multiply(exact, in, rows, w, fresh, nil)
			var first []float32
			for name, size := range sizes {
				for _, by := range []struct {
					name  string
					round func(out []byte, row []float32, size int) float32
					times func(c []float32, strideC int, a, b []byte, start []int32, scaleA, scaleB []float32, m, k, size int, fresh bool)
				}{{"plain", roundRowPlain, productWholePlain}, {"quick", roundRow, productWhole}} {
					whole := wholesOf(w, size)
					numbers, scale := make([]byte, rows*w.rows*size), make([]float32, rows)
					for i := range rows {
						scale[i] = by.round(numbers[i*w.rows*size:][:w.rows*size], in[i*w.rows:][:w.rows], size)
					}
					got := slices.Clone(before)
					for j := 0; j < w.cols; j += panelWidth {
						by.times(got[j:], w.cols, numbers, whole.numbers[j*w.rows*size:], whole.start[j:], scale, whole.scale[j:], rows, w.rows, size, fresh)
					}
					if first == nil {
						first = got
					}
					if !slices.Equal(got, first) {
						t.Errorf("%d rows, fresh %t: %s %s differ from the first", rows, fresh, by.name, name)
					}
				}
				w.whole = wholesOf(w, size)
				got := slices.Clone(before)
				multiply(got, in, rows, w, fresh, &roundings{})
				w.whole = nil
				if !slices.Equal(got, first) {
					t.Errorf("%d rows, fresh %t: multiply in %s differs from the parts", rows, fresh, name)
				}
			}
			for i := range exact {
				if math.Abs(float64(exact[i]-first[i])) > 0.3 {
					t.Fatalf("%d rows, fresh %t: element %d is %v, want about %v", rows, fresh, i, first[i], exact[i])
				}
			}
		}
	}
}

func TestRoundRowAgreesWithPlain(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for name, size := range sizes {
		for _, row := range [][]float32{random(rng, 16), random(rng, 128), make([]float32, 32), {-3, 3, 1.5, -1.5, 0.5, -0.5, 0, 2, 1, -1, 2.5, -2.5, 1e-30, -1e-30, 0.01, -0.01}} {
			want, got := make([]byte, len(row)*size), make([]byte, len(row)*size)
			if a, b := roundRowPlain(want, row, size), roundRow(got, row, size); a != b || !slices.Equal(want, got) {
				t.Errorf("%v in %s: %v times %v, want %v times %v", row, name, b, got, a, want)
			}
		}
	}
}

func BenchmarkMultiplyWhole(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	const rows = 512
	w := matrixOf(rng, 128, 384)
	in, out := random(rng, rows*w.rows), make([]float32, rows*w.cols)
	for name, size := range sizes {
		b.Run(name, func(b *testing.B) {
			w.whole = wholesOf(w, size)
			var q roundings
			for b.Loop() {
				multiply(out, in, rows, w, true, &q)
			}
			b.ReportMetric(2e-9*float64(rows*w.rows*w.cols)*float64(b.N)/b.Elapsed().Seconds(), "GFLOP/s")
		})
	}
}
