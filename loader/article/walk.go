package article

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// errNone is what a directory gives that has nothing to read.
var errNone = errors.New("no .txt, .md, .json or .jsonl file in it: name a directory of articles")

// ReadPath reads the articles of a file, or of all files of a directory and the directories in it, as ReadFS does.
// Errors name files as path names them.
func ReadPath(name string, o Overrides) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		info, err := os.Stat(name)
		if err != nil {
			yield(Document{}, &Error{Source: name, Err: openError(err)})
			return
		}
		if info.IsDir() {
			readDirectory(os.DirFS(name), ".", func(inside string) string { return filepath.Join(name, filepath.FromSlash(inside)) }, o, yield)
			return
		}
		readFile(os.DirFS(filepath.Dir(name)), filepath.Base(name), name, o, yield)
	}
}

// ReadFS reads the articles of a file of fsys, or of all files of a directory and the directories in it: those named
// .txt, .text, .md, .markdown, .json, .jsonl or .ndjson, in the order of their names. Files and directories whose names begin with a
// full stop are passed over. What Read says of errors holds for each file.
func ReadFS(fsys fs.FS, name string, o Overrides) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		info, err := fs.Stat(fsys, name)
		if err != nil {
			yield(Document{}, &Error{Source: name, Err: openError(err)})
			return
		}
		if info.IsDir() {
			readDirectory(fsys, name, func(inside string) string { return inside }, o, yield)
			return
		}
		readFile(fsys, name, name, o, yield)
	}
}

// readDirectory reads every article file under dir; shown turns a name inside fsys into the one for people.
func readDirectory(fsys fs.FS, dir string, shown func(string) string, o Overrides, yield func(Document, error) bool) {
	found := false
	_ = fs.WalkDir(fsys, dir, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			found = true
			if !yield(Document{}, &Error{Source: shown(name), Err: openError(err)}) {
				return fs.SkipAll
			}
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case name != dir && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir() || !isArticleFile(name):
			return nil
		}
		found = true
		if !readFile(fsys, name, shown(name), o, yield) {
			return fs.SkipAll
		}
		return nil
	})
	if !found {
		yield(Document{}, &Error{Source: shown(dir), Err: errNone})
	}
}

// readFile reads one file and tells whether the caller wants more.
func readFile(fsys fs.FS, name, shown string, o Overrides, yield func(Document, error) bool) bool {
	f, err := fsys.Open(name)
	if err != nil {
		return yield(Document{}, &Error{Source: shown, Err: openError(err)})
	}
	defer f.Close()
	for d, err := range Read(shown, f, o) {
		if !yield(d, err) {
			return false
		}
	}
	return true
}

// openError says what is wrong with a file that cannot be opened, without its name.
func openError(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no such file or directory (%w): check the name", fs.ErrNotExist)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("it may not be read (%w): give this user the right to", fs.ErrPermission)
	}
	return fmt.Errorf("it cannot be opened: %w", err)
}

func isArticleFile(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".txt", ".text", ".md", ".markdown", ".json", ".jsonl", ".ndjson":
		return true
	}
	return false
}
