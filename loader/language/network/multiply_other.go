//go:build !amd64

package network

// product adds A·B to C, or with fresh puts it there; A has a stride from row to row and one from column to column.
func product(c []float32, strideC int, a []float32, strideA, stepA int, b []float32, strideB int, m, k, n int, fresh bool) {
	productPlain(c, strideC, a, strideA, stepA, b, strideB, m, k, n, fresh)
}

func step(now, before, gates, x, y, forgetBias, highBias, forgetState, highState []float32) {
	stepPlain(now, before, gates, x, y, forgetBias, highBias, forgetState, highState)
}

func addRows(t *Table, out []float32, part int, rows []int32) { addRowsPlain(t, out, part, rows) }

// AddScaled adds to out each row of w times its x; the rows have the length of out.
func AddScaled(out, x, w []float32) { addScaledPlain(out, x, w) }

func stepBack(now, before, gates, x, dy, dgates, carry, state, dstate, dbias []float32, stride int) {
	stepBackPlain(now, before, gates, x, dy, dgates, carry, state, dstate, dbias, stride)
}

func adam(p, g, first, second []float32, constants *[7]float32) {
	adamPlain(p, g, first, second, constants)
}

func addRelu(x, y []float32) { addReluPlain(x, y) }
