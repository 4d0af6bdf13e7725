package network

import (
	"math/rand/v2"
	"testing"
)

func random(rng *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

func TestMultiplyAgreesWithPlain(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, s := range []struct{ m, k, n int }{{4, 1, 32}, {8, 7, 64}, {12, 128, 32}, {28, 33, 96}} {
		a, b, c := random(rng, (s.m+1)*(s.k+3)), random(rng, s.k*(s.n+5)), random(rng, s.m*(s.n+2))
		for _, across := range []bool{false, true} {
			row, step := s.k+3, 1
			if across {
				row, step = 1, s.m+1
			}
			for _, fresh := range []bool{false, true} {
				want, got := append([]float32(nil), c...), append([]float32(nil), c...)
				productPlain(want, s.n+2, a, row, step, b, s.n+5, s.m, s.k, s.n, fresh)
				product(got, s.n+2, a, row, step, b, s.n+5, s.m, s.k, s.n, fresh)
				for i := range want {
					if got[i] != want[i] {
						t.Fatalf("%v: element %d is %v, want %v", s, i, got[i], want[i])
					}
				}
			}
		}
	}
}

func BenchmarkMultiply(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, s := range []struct {
		name    string
		m, k, n int
	}{{"12x128x384", 12, 128, 384}, {"16x128x384", 16, 128, 384}, {"24x192x576", 24, 192, 576}, {"512x128x384", 512, 128, 384}} {
		b.Run(s.name, func(b *testing.B) {
			x, y, z := random(rng, s.m*s.k), random(rng, s.k*s.n), random(rng, s.m*s.n)
			for b.Loop() {
				Multiply(z, s.n, x, s.k, y, s.n, s.m, s.k, s.n)
			}
			b.ReportMetric(2e-9*float64(s.m*s.k*s.n)*float64(b.N)/b.Elapsed().Seconds(), "GFLOP/s")
		})
	}
}
