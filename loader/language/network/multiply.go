package network

// Multiply adds A·B to C: A is m rows of k, B k rows of n, C m rows of n, each
// with its stride. m must be a multiple of 4, n of 32.
func Multiply(c []float32, strideC int, a []float32, strideA int, b []float32, strideB int, m, k, n int) {
	product(c, strideC, a, strideA, 1, b, strideB, m, k, n, false)
}

// multiply adds in·w to out, or with fresh puts it there. out has as many columns as w, and as many rows as in. q is used when w
// is in whole numbers.
func multiply(out, in []float32, rows int, w *matrix, fresh bool, q *roundings) {
	if w.whole == nil {
		product(out, w.cols, in, w.rows, 1, w.v, w.cols, rows, w.rows, w.cols, fresh)
		return
	}
	multiplyWhole(out, in, rows, w, fresh, q)
}

// multiplyAcross is Multiply with A given as k rows of m.
func multiplyAcross(c []float32, strideC int, a []float32, strideA int, b []float32, strideB int, m, k, n int) {
	product(c, strideC, a, 1, strideA, b, strideB, m, k, n, false)
}

// productPlain is product without special instructions. The product of two
// float32 is exact in a float64, so a step rounds (but for a rare double
// rounding) as a fused one does.
func productPlain(c []float32, strideC int, a []float32, strideA, stepA int, b []float32, strideB int, m, k, n int, fresh bool) {
	for i := range m {
		row := c[i*strideC : i*strideC+n]
		if fresh {
			clear(row)
		}
		for l := range k {
			x := float64(a[i*strideA+l*stepA])
			other := b[l*strideB : l*strideB+n]
			for j := range row {
				row[j] = float32(float64(row[j]) + x*float64(other[j]))
			}
		}
	}
}
