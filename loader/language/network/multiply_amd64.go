package network

import "golang.org/x/sys/cpu"

//go:noescape
func rows12x32(c, a, b *float32, k, strideC, strideA, stepA, strideB, fresh int)

//go:noescape
func rows4x32(c, a, b *float32, k, strideC, strideA, stepA, strideB, fresh int)

//go:noescape
func rows4x16(c, a, b *float32, k, strideC, strideA, stepA, strideB, fresh int)

var (
	wide   = cpu.X86.HasAVX512F
	narrow = cpu.X86.HasAVX2 && cpu.X86.HasFMA
)

// product adds A·B to C, or with fresh puts it there; A has a stride from row to row and one from column to column.
func product(c []float32, strideC int, a []float32, strideA, stepA int, b []float32, strideB int, m, k, n int, fresh bool) {
	if m == 0 || k == 0 || n == 0 {
		return
	}
	_, _, _ = c[(m-1)*strideC+n-1], a[(m-1)*strideA+(k-1)*stepA], b[(k-1)*strideB+n-1]
	anew := 0
	if fresh {
		anew = 1
	}
	switch {
	case wide:
		for j := 0; j < n; j += 32 {
			i := 0
			for ; i+12 <= m; i += 12 {
				rows12x32(&c[i*strideC+j], &a[i*strideA], &b[j], k, 4*strideC, 4*strideA, 4*stepA, 4*strideB, anew)
			}
			for ; i < m; i += 4 {
				rows4x32(&c[i*strideC+j], &a[i*strideA], &b[j], k, 4*strideC, 4*strideA, 4*stepA, 4*strideB, anew)
			}
		}
	case narrow:
		for j := 0; j < n; j += 16 {
			for i := 0; i < m; i += 4 {
				rows4x16(&c[i*strideC+j], &a[i*strideA], &b[j], k, 4*strideC, 4*strideA, 4*stepA, 4*strideB, anew)
			}
		}
	default:
		productPlain(c, strideC, a, strideA, stepA, b, strideB, m, k, n, fresh)
	}
}

//go:noescape
func step8(now, before, gates, x, y, forgetBias, highBias, forgetState, highState *float32, n int)

//go:noescape
func addRows8(out *float32, n int, data *byte, stride, scale, first int, rows *int32, count int)

//go:noescape
func addScaled8(out, x, w *float32, n, count int)

//go:noescape
func addRelu8(x, y *float32, n int)

// addRelu makes x what x + y is above 0; the length of x is a multiple of 8.
func addRelu(x, y []float32) {
	if !narrow || len(x) == 0 {
		addReluPlain(x, y)
		return
	}
	_ = y[len(x)-1]
	addRelu8(&x[0], &y[0], len(x))
}

// step takes one step of recurrent units; their number is a multiple of 8. See stepPlain.
func step(now, before, gates, x, y, forgetBias, highBias, forgetState, highState []float32) {
	if !narrow {
		stepPlain(now, before, gates, x, y, forgetBias, highBias, forgetState, highState)
		return
	}
	n := len(now)
	_, _, _, _, _, _, _, _ = before[n-1], gates[3*n-1], x[n-1], y[n-1], forgetBias[n-1], highBias[n-1], forgetState[n-1], highState[n-1]
	step8(&now[0], &before[0], &gates[0], &x[0], &y[0], &forgetBias[0], &highBias[0], &forgetState[0], &highState[0], n)
}

func addRows(t *Table, out []float32, part int, rows []int32) {
	if !narrow || len(rows) == 0 || len(out)%8 != 0 || len(out) == 0 {
		addRowsPlain(t, out, part, rows)
		return
	}
	addRows8(&out[0], len(out), &t.data[0], t.stride, scaleBytes*part, t.first[part], &rows[0], len(rows))
}

// AddScaled adds to out each row of w times its x; the rows have the length of out. It is fast where that is a multiple
// of 8.
func AddScaled(out, x, w []float32) {
	if !narrow || len(x) == 0 || len(out)%8 != 0 || len(out) == 0 {
		addScaledPlain(out, x, w)
		return
	}
	_ = w[len(x)*len(out)-1]
	addScaled8(&out[0], &x[0], &w[0], len(out), len(x))
}

//go:noescape
func back8(now, before, gates, x, dy, dgates, carry, state, dstate, dbias *float32, n, stride int)

//go:noescape
func adam8(p, grad, first, second *float32, n int, constants *[7]float32)

// stepBack undoes a step of recurrent units; their number is a multiple of 8. See stepBackPlain.
func stepBack(now, before, gates, x, dy, dgates, carry, state, dstate, dbias []float32, stride int) {
	if !narrow {
		stepBackPlain(now, before, gates, x, dy, dgates, carry, state, dstate, dbias, stride)
		return
	}
	n := len(now)
	_, _, _, _, _, _ = before[n-1], gates[3*n-1], x[n-1], dy[n-1], dgates[3*n-1], carry[n-1]
	_, _, _ = state[stride+n-1], dstate[stride+n-1], dbias[stride+n-1]
	back8(&now[0], &before[0], &gates[0], &x[0], &dy[0], &dgates[0], &carry[0], &state[0], &dstate[0], &dbias[0], n, stride)
}

// adam takes a step of Adam; the length is a multiple of 8. See adamPlain.
func adam(p, g, first, second []float32, constants *[7]float32) {
	if !narrow || len(p) == 0 {
		adamPlain(p, g, first, second, constants)
		return
	}
	n := len(p)
	_, _, _ = g[n-1], first[n-1], second[n-1]
	adam8(&p[0], &g[0], &first[0], &second[0], n, constants)
}
