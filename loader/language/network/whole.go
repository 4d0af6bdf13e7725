package network

import (
	"encoding/binary"
	"math"
)

// A learnt matrix is multiplied in whole numbers: its columns, and the rows of what it is multiplied by, are scaled and rounded
// to whole numbers from -127 to 127, as in Jacob et al. 2018 ("Quantization and Training of Neural Networks for Efficient
// Integer-Arithmetic-Only Inference"). Sums of their products are exact, whatever the processor adds them up with, and four of
// them, or two, cost what one does of fractions.

// largest is the largest whole number.
const largest = 127

// A whole number takes a byte, where the processor multiplies bytes, or two.
const (
	inBytes = 1
	inWords = 2
)

// wholes are a matrix in whole numbers, in panels of columns.
type wholes struct {
	scale []float32 // by column, what its numbers are times
	size  int       // of a number in bytes
	// numbers are the panels, by as many rows as four bytes hold: of each column the numbers of these rows.
	numbers []byte
	// start is what sums of a column begin with, since what bytes are multiplied by is 128 too large.
	start []int32
}

// panelWidth is how many columns a panel has: a panel lies together and so stays in the processor's nearest cache while all
// words of a text are multiplied by it.
const panelWidth = 32

// wholesOf rounds a matrix, whose rows are a multiple of 16 and columns of a panel, into numbers of a size.
func wholesOf(m *matrix, size int) *wholes {
	w := &wholes{scale: make([]float32, m.cols), size: size, start: make([]int32, m.cols)}
	for j := range m.cols {
		var top float32
		for i := range m.rows {
			top = max(top, m.row(i)[j], -m.row(i)[j])
		}
		w.scale[j] = top / largest
	}
	number := func(i, j int) int16 {
		if w.scale[j] == 0 {
			return 0
		}
		return int16(math.RoundToEven(float64(m.row(i)[j] / w.scale[j])))
	}
	together := 4 / size
	for p := 0; p < m.cols; p += panelWidth {
		for i := 0; i < m.rows; i += together {
			for j := p; j < p+panelWidth; j++ {
				for l := range together {
					n := number(i+l, j)
					if size == inWords {
						w.numbers = binary.LittleEndian.AppendUint16(w.numbers, uint16(n))
						continue
					}
					w.numbers = append(w.numbers, byte(n))
					w.start[j] -= 128 * int32(n)
				}
			}
		}
	}
	return w
}

// roundings are rows in whole numbers, kept to be used again.
type roundings struct {
	scale   []float32 // by row
	numbers []byte    // in bytes each is 128 more
}

// room gives a list of at least n, which is list itself when it is long enough.
func room[T any](list []T, n int) []T {
	if len(list) < n {
		return make([]T, n+n/2)
	}
	return list
}

// multiplyWhole is multiply in whole numbers.
func multiplyWhole(out, in []float32, rows int, w *matrix, fresh bool, q *roundings) {
	size := w.whole.size
	stride := w.rows * size
	q.scale, q.numbers = room(q.scale, rows), room(q.numbers, rows*stride)
	for i := range rows {
		q.scale[i] = roundRow(q.numbers[i*stride:][:stride], in[i*w.rows:][:w.rows], size)
	}
	for j := 0; j < w.cols; j += panelWidth {
		productWhole(out[j:], w.cols, q.numbers, w.whole.numbers[j*stride:], w.whole.start[j:], q.scale, w.whole.scale[j:], rows, w.rows, size, fresh)
	}
}

// roundRowPlain is roundRow without special instructions.
func roundRowPlain(out []byte, row []float32, size int) float32 {
	var top, by float32
	for _, x := range row {
		top = max(top, x, -x)
	}
	if top > 0 {
		by = float32(largest) / top
	}
	for i, x := range row {
		n := int(math.RoundToEven(float64(float32(x * by))))
		if size == inWords {
			binary.LittleEndian.PutUint16(out[2*i:], uint16(n))
		} else {
			out[i] = byte(n + 128)
		}
	}
	return top / largest
}

// productWholePlain is productWhole without special instructions.
func productWholePlain(c []float32, strideC int, a, b []byte, start []int32, scaleA, scaleB []float32, m, k, size int, fresh bool) {
	for i := range m {
		sums := [panelWidth]int32(start)
		row := a[i*k*size:][:k*size]
		for s := 0; s < len(row); s += 4 {
			panel := b[s*panelWidth:][:4*panelWidth]
			for j := range sums {
				if x, y := row[s:s+4], panel[4*j:4*j+4]; size == inWords {
					sums[j] += word(x)*word(y) + word(x[2:])*word(y[2:])
				} else {
					for l := range x {
						sums[j] += int32(x[l]) * int32(int8(y[l]))
					}
				}
			}
		}
		for j, sum := range sums {
			x := float32(float32(float32(sum)*scaleA[i]) * scaleB[j])
			if !fresh {
				x += c[i*strideC+j]
			}
			c[i*strideC+j] = x
		}
	}
}

func word(b []byte) int32 { return int32(int16(binary.LittleEndian.Uint16(b))) }
