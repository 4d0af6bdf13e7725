package article

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var (
	errBinary  = errors.New("this is not text but a binary file: give the article as text or JSON")
	errCharset = errors.New("the text is neither UTF-8 nor Windows-1252: convert it to UTF-8, for example with iconv")
)

// plainText turns the bytes of a text file into a string of valid UTF-8.
func plainText(data []byte) (string, error) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		decoded, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", errCharset
		}
		data = decoded
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return "", errEmpty
	}
	control := 0
	for _, b := range data {
		switch {
		case b == 0:
			return "", errBinary
		case b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v':
			control++
		}
	}
	if control*100 > len(data) {
		return "", errBinary
	}
	if len(data) > MaxText {
		return "", errTooLong
	}
	data, err := repair(data)
	return string(data), err
}

// repair reads each byte that is not part of valid UTF-8 as Windows-1252. More than a tenth of such bytes
// are an error: then the text is in another encoding.
func repair(data []byte) ([]byte, error) {
	if utf8.Valid(data) {
		return data, nil
	}
	out := make([]byte, 0, len(data)+len(data)/8)
	bad := 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			bad++
			r = charmap.Windows1252.DecodeByte(data[0])
		}
		out = utf8.AppendRune(out, r)
		data = data[size:]
	}
	if bad*10 > len(out) {
		return nil, errCharset
	}
	return out, nil
}
