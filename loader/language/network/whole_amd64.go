package network

import "golang.org/x/sys/cpu"

// inBytes tells that the processor multiplies bytes.
var inBytes = cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VNNI

//go:noescape
func whole12x32(c *float32, a, b *byte, start *int32, scaleA, scaleB *float32, k, strideC, strideA, fresh int)

//go:noescape
func whole4x32(c *float32, a, b *byte, start *int32, scaleA, scaleB *float32, k, strideC, strideA, fresh int)

//go:noescape
func round16(out *byte, row *float32, n int) float32

// productBytes adds the product of A and a panel to C, or with fresh puts it there. A is m rows of k bytes, each 128 more than
// its number; k and m are multiples of 4.
func productBytes(c []float32, strideC int, a, b []byte, start []int32, scaleA, scaleB []float32, m, k int, fresh bool) {
	if m == 0 || k == 0 {
		return
	}
	if !inBytes {
		productBytesPlain(c, strideC, a, b, start, scaleA, scaleB, m, k, fresh)
		return
	}
	_, _, _, _, _, _ = c[(m-1)*strideC+panelWidth-1], a[m*k-1], b[k*panelWidth-1], start[panelWidth-1], scaleA[m-1], scaleB[panelWidth-1]
	anew := 0
	if fresh {
		anew = 1
	}
	i := 0
	for ; i+12 <= m; i += 12 {
		whole12x32(&c[i*strideC], &a[i*k], &b[0], &start[0], &scaleA[i], &scaleB[0], k/4, 4*strideC, k, anew)
	}
	for ; i < m; i += 4 {
		whole4x32(&c[i*strideC], &a[i*k], &b[0], &start[0], &scaleA[i], &scaleB[0], k/4, 4*strideC, k, anew)
	}
}

// roundToBytes rounds a row, whose length is a multiple of 16, to whole numbers, adds 128, and gives what the numbers are times.
func roundToBytes(out []byte, row []float32) float32 {
	if !inBytes || len(row) == 0 {
		return roundToBytesPlain(out, row)
	}
	_ = out[len(row)-1]
	return round16(&out[0], &row[0], len(row))
}
