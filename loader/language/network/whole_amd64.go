package network

import "golang.org/x/sys/cpu"

var (
	wideBytes = cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VNNI
	wideWords = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW
	// quickest is the size of numbers that the processor multiplies soonest.
	quickest = quickestSize()
)

func quickestSize() int {
	if wideBytes {
		return inBytes
	}
	return inWords
}

//go:noescape
func bytes12x32(c *float32, a, b *byte, start *int32, scaleA, scaleB *float32, steps, strideC, strideA, fresh int)

//go:noescape
func bytes4x32(c *float32, a, b *byte, start *int32, scaleA, scaleB *float32, steps, strideC, strideA, fresh int)

//go:noescape
func words12x32(c *float32, a, b *byte, start *int32, scaleA, scaleB *float32, steps, strideC, strideA, fresh int)

//go:noescape
func words4x32(c *float32, a, b *byte, start *int32, scaleA, scaleB *float32, steps, strideC, strideA, fresh int)

//go:noescape
func words4x16(c *float32, a, b *byte, scaleA, scaleB *float32, steps, strideC, strideA, fresh int)

//go:noescape
func roundBytes(out *byte, row *float32, n int) float32

//go:noescape
func roundWords(out *byte, row *float32, n int) float32

// productWhole adds the product of A and a panel to C, or with fresh puts it there. A is m rows of k numbers, those of a byte each
// 128 more; k and m are multiples of 4.
func productWhole(c []float32, strideC int, a, b []byte, start []int32, scaleA, scaleB []float32, m, k, size int, fresh bool) {
	if m == 0 || k == 0 {
		return
	}
	stride := k * size
	_, _, _, _, _, _ = c[(m-1)*strideC+panelWidth-1], a[m*stride-1], b[stride*panelWidth-1], start[panelWidth-1], scaleA[m-1], scaleB[panelWidth-1]
	anew := 0
	if fresh {
		anew = 1
	}
	i := 0
	switch {
	case size == inBytes && wideBytes, size == inWords && wideWords:
		twelve, four := bytes12x32, bytes4x32
		if size == inWords {
			twelve, four = words12x32, words4x32
		}
		for ; i+12 <= m; i += 12 {
			twelve(&c[i*strideC], &a[i*stride], &b[0], &start[0], &scaleA[i], &scaleB[0], stride/4, 4*strideC, stride, anew)
		}
		for ; i < m; i += 4 {
			four(&c[i*strideC], &a[i*stride], &b[0], &start[0], &scaleA[i], &scaleB[0], stride/4, 4*strideC, stride, anew)
		}
	case size == inWords && narrow:
		for ; i < m; i += 4 {
			for j := 0; j < panelWidth; j += panelWidth / 2 {
				words4x16(&c[i*strideC+j], &a[i*stride], &b[4*j], &scaleA[i], &scaleB[j], stride/4, 4*strideC, stride, anew)
			}
		}
	default:
		productWholePlain(c, strideC, a, b, start, scaleA, scaleB, m, k, size, fresh)
	}
}

// roundRow rounds a row, whose length is a multiple of 16, to whole numbers of a size, and gives what the numbers are times. It adds
// 128 to those of a byte.
func roundRow(out []byte, row []float32, size int) float32 {
	if len(row) == 0 {
		return 0
	}
	_ = out[len(row)*size-1]
	switch {
	case size == inBytes && wideBytes:
		return roundBytes(&out[0], &row[0], len(row))
	case size == inWords && narrow:
		return roundWords(&out[0], &row[0], len(row))
	}
	return roundRowPlain(out, row, size)
}
