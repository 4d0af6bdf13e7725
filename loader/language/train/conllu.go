package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"

	"incidentgraph/loader/language"
)

// tree is one annotated sentence: its text and the gold words in it.
type tree struct {
	text string
	gold language.Sentence
}

// readTrees reads CoNLL-U files. Byte offsets of the words are found in the
// "# text" line; the parts of a contraction share its letters.
func readTrees(paths ...string) ([]tree, error) {
	var out []tree
	for _, path := range paths {
		trees, err := readFile(path)
		if err != nil {
			return nil, fmt.Errorf("read treebank %s: %w", path, err)
		}
		out = append(out, trees...)
	}
	return out, nil
}

func readFile(path string) ([]tree, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []tree
	var now tree
	pos := 0      // byte behind the last word found in the text
	rangeTo := 0  // last word of the contraction being read
	rangeEnd := 0 // byte behind it
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" {
			if len(now.gold.Tokens) > 0 {
				now.gold.End = len(now.text)
				out = append(out, now)
			}
			now, pos, rangeTo = tree{}, 0, 0
			continue
		}
		if text, ok := strings.CutPrefix(line, "# text = "); ok {
			now.text = text
		}
		if line[0] == '#' {
			continue
		}
		col := strings.Split(line, "\t")
		if len(col) != 10 {
			return nil, fmt.Errorf("line %d: %d columns, want 10", n, len(col))
		}
		if strings.Contains(col[0], ".") {
			continue
		}
		if _, to, ok := strings.Cut(col[0], "-"); ok {
			rangeTo, _ = strconv.Atoi(to)
			at := strings.Index(now.text[pos:], col[1])
			if at < 0 {
				return nil, fmt.Errorf("line %d: %q is not in the text", n, col[1])
			}
			pos += at
			rangeEnd = pos + len(col[1])
			continue
		}
		id, err := strconv.Atoi(col[0])
		if err != nil || id != len(now.gold.Tokens)+1 {
			return nil, fmt.Errorf("line %d: word number %q", n, col[0])
		}
		head, err := strconv.Atoi(col[6])
		if err != nil {
			return nil, fmt.Errorf("line %d: head %q", n, col[6])
		}
		t := language.Token{Text: col[1], Lemma: col[2], Tag: col[3], Penn: col[4], Head: head - 1, Relation: col[7]}
		if id <= rangeTo {
			t.Start, t.End = pos, pos+len(col[1])
			if id == rangeTo || t.End > rangeEnd {
				t.End = rangeEnd
			}
			pos = t.End
		} else {
			at := strings.Index(now.text[pos:], col[1])
			if at < 0 {
				return nil, fmt.Errorf("line %d: %q is not in the text", n, col[1])
			}
			t.Start = pos + at
			t.End = t.Start + len(col[1])
			pos = t.End
		}
		now.gold.Tokens = append(now.gold.Tokens, t)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(now.gold.Tokens) > 0 {
		now.gold.End = len(now.text)
		out = append(out, now)
	}
	return out, nil
}
