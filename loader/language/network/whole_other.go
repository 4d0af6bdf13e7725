//go:build !amd64

package network

const inBytes = false

func productBytes(c []float32, strideC int, a, b []byte, start []int32, scaleA, scaleB []float32, m, k int, fresh bool) {
	productBytesPlain(c, strideC, a, b, start, scaleA, scaleB, m, k, fresh)
}

func roundToBytes(out []byte, row []float32) float32 { return roundToBytesPlain(out, row) }
