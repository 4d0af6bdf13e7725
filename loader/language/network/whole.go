package network

import "math"

// A learnt matrix is multiplied in whole numbers: its columns, and the rows of what it is multiplied by, are scaled and rounded
// to whole numbers from -127 to 127, as in Jacob et al. 2018 ("Quantization and Training of Neural Networks for Efficient
// Integer-Arithmetic-Only Inference"). Sums of their products are exact, whatever the processor adds them up with, and four of
// them cost what one does of fractions.

// largest is the largest whole number.
const largest = 127

// wholes are a matrix in whole numbers, in panels of columns.
type wholes struct {
	scale []float32 // by column, what its numbers are times
	// numbers are the panels row by row, for processors that multiply fractions only.
	numbers []float32
	// bytes are the panels by four rows: of each column four bytes. start is what sums of a column begin with, since what the
	// bytes are multiplied by is 128 too large.
	bytes []byte
	start []int32
}

// panelWidth is how many columns a panel has: a panel lies together and so stays in the processor's nearest cache while all
// words of a text are multiplied by it.
const panelWidth = 32

// wholesOf rounds a matrix, whose rows are a multiple of 16 and columns of a panel, into bytes or numbers.
func wholesOf(m *matrix, bytes bool) *wholes {
	w := &wholes{scale: make([]float32, m.cols)}
	for j := range m.cols {
		var top float32
		for i := range m.rows {
			top = max(top, m.row(i)[j], -m.row(i)[j])
		}
		w.scale[j] = top / largest
	}
	number := func(i, j int) float32 {
		if w.scale[j] == 0 {
			return 0
		}
		return float32(math.RoundToEven(float64(m.row(i)[j] / w.scale[j])))
	}
	if !bytes {
		for p := 0; p < m.cols; p += panelWidth {
			for i := range m.rows {
				for j := range panelWidth {
					w.numbers = append(w.numbers, number(i, p+j))
				}
			}
		}
		return w
	}
	w.start = make([]int32, m.cols)
	for p := 0; p < m.cols; p += panelWidth {
		for i := 0; i < m.rows; i += 4 {
			for j := p; j < p+panelWidth; j++ {
				for l := range 4 {
					n := int8(number(i+l, j))
					w.bytes = append(w.bytes, byte(n))
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
	bytes   []byte    // each 128 more than its number
	numbers []float32
	sums    []float32 // of the products with a panel
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
	q.scale = room(q.scale, rows)
	if w.whole.bytes != nil {
		q.bytes = room(q.bytes, rows*w.rows)
		for i := range rows {
			q.scale[i] = roundToBytes(q.bytes[i*w.rows:][:w.rows], in[i*w.rows:][:w.rows])
		}
		for j := 0; j < w.cols; j += panelWidth {
			productBytes(out[j:], w.cols, q.bytes, w.whole.bytes[j*w.rows:], w.whole.start[j:], q.scale, w.whole.scale[j:], rows, w.rows, fresh)
		}
		return
	}
	q.numbers, q.sums = room(q.numbers, rows*w.rows), room(q.sums, rows*panelWidth)
	for i := range rows {
		q.scale[i] = roundPlain(q.numbers[i*w.rows:][:w.rows], in[i*w.rows:][:w.rows])
	}
	for j := 0; j < w.cols; j += panelWidth {
		product(q.sums, panelWidth, q.numbers, w.rows, 1, w.whole.numbers[j*w.rows:], panelWidth, rows, w.rows, panelWidth, true)
		for i := range rows {
			scale, by, to := q.scale[i], w.whole.scale[j:][:panelWidth], out[i*w.cols+j:][:panelWidth]
			for n, x := range q.sums[i*panelWidth:][:panelWidth] {
				x = float32(float32(x*scale) * by[n])
				if !fresh {
					x += to[n]
				}
				to[n] = x
			}
		}
	}
}

// rounder is so large that a small number added to it becomes whole: the nearest, and of two the even one.
const rounder = 3 << 22

// roundPlain rounds a row to whole numbers, and gives what they are times.
func roundPlain(out, row []float32) float32 {
	var top float32
	for _, x := range row {
		top = max(top, x, -x)
	}
	if top == 0 {
		clear(out)
		return 0
	}
	by := float32(largest) / top
	for i, x := range row {
		out[i] = float32(float32(float32(x*by)+rounder) - rounder)
	}
	return top / largest
}

// roundToBytesPlain is roundToBytes without special instructions.
func roundToBytesPlain(out []byte, row []float32) float32 {
	numbers := make([]float32, len(row))
	scale := roundPlain(numbers, row)
	for i, x := range numbers {
		out[i] = byte(int(x) + 128)
	}
	return scale
}

// productBytesPlain is productBytes without special instructions.
func productBytesPlain(c []float32, strideC int, a, b []byte, start []int32, scaleA, scaleB []float32, m, k int, fresh bool) {
	for i := range m {
		for j := range panelWidth {
			sum := start[j]
			for l := range k {
				sum += int32(a[i*k+l]) * int32(int8(b[l/4*4*panelWidth+4*j+l%4]))
			}
			x := float32(float32(float32(sum)*scaleA[i]) * scaleB[j])
			if fresh {
				c[i*strideC+j] = x
			} else {
				c[i*strideC+j] += x
			}
		}
	}
}
