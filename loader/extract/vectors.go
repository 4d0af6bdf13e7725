package extract

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
)

// vectors hold the meanings of words as points near those of like words.
type vectors struct {
	width int
	rows  map[string]int
	v     []float32
	zero  []float32
}

// of gives the vector of a word, zeros for an unknown one.
func (v *vectors) of(word string) []float32 {
	if r, ok := v.rows[word]; ok {
		return v.v[r*v.width:][:v.width]
	}
	return v.zero
}

// readVectors reads words and vectors: the width, then a word a row, as length, letters, scale and one byte a value.
func readVectors(data []byte) (*vectors, error) {
	out := &vectors{}
	b := bytes.NewReader(data)
	var width uint16
	if err := binary.Read(b, binary.LittleEndian, &width); err != nil {
		return nil, fmt.Errorf("vectors of words: %w", err)
	}
	out.width = int(width)
	out.zero = make([]float32, width)
	rest := data[2:]
	most := len(rest) / (1 + 4 + out.width)
	out.rows, out.v = make(map[string]int, most), make([]float32, 0, most*out.width)
	for len(rest) > 0 {
		n := int(rest[0])
		if len(rest) < 1+n+4+out.width {
			return nil, fmt.Errorf("vectors of words: cut off in row %d", len(out.rows))
		}
		out.rows[string(rest[1:1+n])] = len(out.rows)
		rest = rest[1+n:]
		scale := math.Float32frombits(binary.LittleEndian.Uint32(rest))
		for _, x := range rest[4 : 4+out.width] {
			out.v = append(out.v, float32(int8(x))*scale)
		}
		rest = rest[4+out.width:]
	}
	return out, nil
}
