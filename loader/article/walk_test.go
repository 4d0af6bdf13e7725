package article

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

func TestReadFS(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	fsys := fstest.MapFS{
		"news/b.txt":          file("Id: b\n\nIran\n\nIran said no.\n"),
		"news/a.json":         file(`{"id":"a","text":"Iran said no."}`),
		"news/deep/c.MD":      file("Id: c\n\n# Iran\n\nIran said no.\n"),
		"news/z.jsonl":        file("{\"id\":\"z1\",\"text\":\"Iran\"}\n{}\n{\"id\":\"z2\",\"text\":\"Iran\"}\n"),
		"news/empty.txt":      file(""),
		"news/.hidden.txt":    file("Id: h\n\nIran\n"),
		"news/.git/x.txt":     file("Id: h\n\nIran\n"),
		"news/picture.png":    file("\x89PNG"),
		"news/README":         file("read me"),
		"pictures/a.png":      file("\x89PNG"),
		"pictures/.notes.txt": file("Iran"),
	}
	for _, test := range []struct {
		name string
		want []string
	}{
		{"news", []string{"a", "b", "c", "news/empty.txt: the file is empty", "z1", "news/z.jsonl line 2: the article has no text", "z2"}},
		{"news/deep", []string{"c"}},
		{"news/b.txt", []string{"b"}},
		{"news/README", []string{"text-"}},
		{"pictures", []string{"pictures: no .txt, .md, .json or .jsonl file in it"}},
		{"absent", []string{"absent: there is no such file or directory"}},
	} {
		for range 2 { // the same order each time
			var got []string
			for d, err := range ReadFS(fsys, test.name, Overrides{}) {
				if err != nil {
					got = append(got, err.Error())
				} else {
					got = append(got, d.ID)
				}
			}
			checkMessages(t, test.name, got, test.want)
		}
	}
	n := 0
	for range ReadFS(fsys, "news", Overrides{}) {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Error("reading went on after the caller stopped:", n)
	}
}

func TestReadPath(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.json"), []byte(`{"id":"a","text":"Iran said no."}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "bad.txt"), []byte{0}, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		want []string
	}{
		{dir, []string{"a", filepath.Join(dir, "bad.txt") + ": this is not text"}},
		{filepath.Join(dir, "a.json"), []string{"a"}},
		{filepath.Join(dir, "empty"), []string{filepath.Join(dir, "empty") + ": no .txt"}},
		{filepath.Join(dir, "absent.txt"), []string{filepath.Join(dir, "absent.txt") + ": there is no such file"}},
	} {
		var got []string
		for d, err := range ReadPath(test.name, Overrides{}) {
			if err != nil {
				got = append(got, err.Error())
			} else {
				got = append(got, d.ID)
			}
		}
		checkMessages(t, test.name, got, test.want)
	}
}
