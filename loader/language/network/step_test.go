package network

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStepAgreesWithPlain(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 1))
	const n = 24
	in := make([][]float32, 9)
	for i := range in {
		in[i] = random(rng, n)
	}
	in[2] = random(rng, 3*n)
	clone := func() [][]float32 {
		out := make([][]float32, len(in))
		for i := range in {
			out[i] = append([]float32(nil), in[i]...)
		}
		return out
	}
	a, b := clone(), clone()
	step(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8])
	stepPlain(b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8])
	if diff := cmp.Diff(b, a); diff != "" {
		t.Error(diff)
	}
	v, w := random(rng, 16), random(rng, 16)
	vv := append([]float32(nil), v...)
	addRelu(v, w)
	addReluPlain(vv, w)
	if diff := cmp.Diff(vv, v); diff != "" {
		t.Error(diff)
	}
}

func TestStepBackAgreesWithPlain(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	const n, stride = 16, 32
	a := make([][]float32, 10)
	b := make([][]float32, len(a))
	for i := range a {
		a[i] = random(rng, 2*stride)
		if i == 2 { // gates lie between 0 and 1
			for j, v := range a[i] {
				a[i][j] = sigmoid(v)
			}
		}
		b[i] = append([]float32(nil), a[i]...)
	}
	stepBack(a[0][:n], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], stride)
	stepBackPlain(b[0][:n], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], stride)
	near := cmp.Comparer(func(x, y float32) bool { return x-y < 1e-5 && y-x < 1e-5 })
	if diff := cmp.Diff(b, a, near); diff != "" {
		t.Error(diff)
	}
	constants := [7]float32{0.5, 0.9, 0.1, 0.98, 0.02, 0.01, 1e-8}
	p, q := make([][]float32, 4), make([][]float32, 4)
	for i := range p {
		p[i] = random(rng, 16)
		if i == 3 {
			for j, v := range p[i] {
				p[i][j] = v * v
			}
		}
		q[i] = append([]float32(nil), p[i]...)
	}
	adam(p[0], p[1], p[2], p[3], &constants)
	adamPlain(q[0], q[1], q[2], q[3], &constants)
	if diff := cmp.Diff(q, p, near); diff != "" {
		t.Error(diff)
	}
}
