//go:build !amd64

package network

// quickest is the size of numbers that the processor multiplies soonest.
const quickest = inWords

func productWhole(c []float32, strideC int, a, b []byte, start []int32, scaleA, scaleB []float32, m, k, size int, fresh bool) {
	productWholePlain(c, strideC, a, b, start, scaleA, scaleB, m, k, size, fresh)
}

func roundRow(out []byte, row []float32, size int) float32 { return roundRowPlain(out, row, size) }
