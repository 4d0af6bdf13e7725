package network

import (
	"encoding/binary"
	"math"
)

// Table holds rows of learnt vectors in eight bits. A row has some parts, each a vector with a scale of its own, which
// lie together: to read a row takes as few lines of memory as can be.
type Table struct {
	data   []byte // by row the scales of the parts, then the parts, each as wide as a multiple of 8
	stride int    // of a row
	first  []int  // where each part begins in its row
}

const scaleBytes = 4

// NewTable makes a table of zeros whose parts have these widths.
func NewTable(rows int, widths ...int) Table {
	t := Table{stride: scaleBytes * len(widths)}
	for _, w := range widths {
		t.first = append(t.first, t.stride)
		t.stride += round8(w)
	}
	t.data = make([]byte, rows*t.stride)
	return t
}

// Set gives a part of a row its signed bytes, and what they are times.
func (t *Table) Set(row, part int, scale float32, bytes []byte) {
	to := t.data[row*t.stride:][:t.stride]
	binary.LittleEndian.PutUint32(to[scaleBytes*part:], math.Float32bits(scale))
	copy(to[t.first[part]:], bytes)
}

// Add adds a part of each of the rows to out, whose length is the width of the part, rounded up to a multiple of 8.
func (t *Table) Add(out []float32, part int, rows []int32) {
	for _, r := range rows {
		_ = t.data[int(r)*t.stride : (int(r)+1)*t.stride]
	}
	addRows(t, out, part, rows)
}

// addRowsPlain is addRows without special instructions.
func addRowsPlain(t *Table, out []float32, part int, rows []int32) {
	for _, r := range rows {
		row := t.data[int(r)*t.stride:][:t.stride]
		scale := math.Float32frombits(binary.LittleEndian.Uint32(row[scaleBytes*part:]))
		for j, b := range row[t.first[part]:][:len(out)] {
			out[j] += float32(scale * float32(int8(b)))
		}
	}
}

// addScaledPlain is AddScaled without special instructions.
func addScaledPlain(out, x, w []float32) {
	for i, s := range x {
		for j, v := range w[i*len(out):][:len(out)] {
			out[j] += float32(s * v)
		}
	}
}
