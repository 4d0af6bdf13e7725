package schema_test

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"incidentgraph/schema"
)

// root is the module's folder as seen from here.
const root = ".."

// files gives the paths, from the root and with slashes, of the module's files whose name ends in one of the
// endings, those that begin with a dot or lie in testdata or fixtures left out.
func files(t *testing.T, endings ...string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || p == root {
			return err
		}
		name := d.Name()
		if strings.HasPrefix(name, ".") || name == "testdata" || name == "fixtures" && d.IsDir() {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(root, p)
		if err == nil && !d.IsDir() && slices.Contains(endings, filepath.Ext(name)) {
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 {
		t.Fatalf("no files end in %q", endings)
	}
	return out
}

// mayNot tells why a package, named by its folder, may not import a path; "" when it may.
func mayNot(dir, path string) string {
	under := func(p, of string) bool { return p == of || strings.HasPrefix(p, of+"/") }
	if ours, found := strings.CutPrefix(path, "incidentgraph/"); found {
		switch {
		case ours == dir: // its tests
			return ""
		case dir == "schema":
			return "schema imports nothing of ours"
		case under(ours, "schema") || ours == "fixtures":
			return ""
		case under(dir, "schema"):
			return "schema/... imports nothing of loader and api"
		case under(dir, "loader") && !under(ours, "loader"):
			return "loader/... shares only schema/... with others"
		case under(dir, "api") && !under(ours, "api") && !(dir == "api" && under(ours, "loader")):
			return "api/... shares only schema/... with others, only its main may load samples"
		}
		return ""
	}
	for _, rule := range []struct{ module, room string }{
		{"github.com/dgraph-io/dgo", "schema/dgraph"},
		{"github.com/dgraph-io/dgraph", "schema/dgraph/local"},
		{"github.com/graphql-go/graphql", "api"},
	} {
		if under(path, rule.module) && !under(dir, rule.room) {
			return rule.module + " is for " + rule.room + " alone"
		}
	}
	return ""
}

func TestMayNot(t *testing.T) {
	for _, c := range []struct {
		dir, path string
		may       bool
	}{
		{"schema", "strings", true},
		{"schema", "incidentgraph/schema/dgraph", false},
		{"schema/generate", "incidentgraph/schema", true},
		{"schema/dgraph", "incidentgraph/loader/article", false},
		{"schema/dgraph", "github.com/dgraph-io/dgo/v230", true},
		{"schema/dgraph", "github.com/dgraph-io/dgraph/v25/x", false},
		{"schema/dgraph/local", "github.com/dgraph-io/dgraph/v25/x", true},
		{"schema/dgraph/localother", "github.com/dgraph-io/dgraph/v25/x", false},
		{"loader/load", "incidentgraph/schema/dgraph", true},
		{"loader/load", "github.com/dgraph-io/dgo/v230/protos/api", false},
		{"loader/load", "incidentgraph/api/graph", false},
		{"loader/extract", "incidentgraph/loader/language", true},
		{"loader", "github.com/graphql-go/graphql/language/ast", false},
		{"api", "incidentgraph/loader/load", true},
		{"api", "incidentgraph/fixtures", true},
		{"api/graph", "incidentgraph/loader/load", false},
		{"api/graph", "github.com/graphql-go/graphql/language/ast", true},
		{"apis", "github.com/graphql-go/graphql", false},
		{".", "github.com/dgraph-io/dgraph/v25/dgraph/cmd", false},
	} {
		if why := mayNot(c.dir, c.path); (why == "") != c.may {
			t.Errorf("%s importing %s: %q", c.dir, c.path, why)
		}
	}
}

func TestImports(t *testing.T) {
	for _, file := range files(t, ".go") {
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ImportsOnly)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, i := range parsed.Imports {
			imported, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if why := mayNot(path.Dir(file), imported); why != "" {
				t.Errorf("%s imports %s: %s", file, imported, why)
			}
		}
	}
}

// The packages of which a document always gets the same graph: what they would need for anything else is not theirs.
func TestPurePackages(t *testing.T) {
	pure := []string{"schema", "loader/extract", "loader/resolve", "loader/gazetteer"}
	notImported := []string{"os", "os/exec", "net", "net/http", "syscall", "math/rand", "math/rand/v2", "crypto/rand", "log", "log/slog", "database/sql"}
	notCalled := map[string][]string{"time": {"Now", "Since", "Until", "Sleep", "After", "Tick", "NewTimer", "NewTicker"}}
	for _, file := range files(t, ".go") {
		if !slices.Contains(pure, path.Dir(file)) || strings.HasSuffix(file, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, filepath.Join(root, file), nil, 0)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, i := range parsed.Imports {
			if imported, _ := strconv.Unquote(i.Path.Value); slices.Contains(notImported, imported) {
				t.Errorf("%s imports %s, but %s has no input or output of its own", file, imported, path.Dir(file))
			}
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && slices.Contains(notCalled[x.Name], s.Sel.Name) {
					t.Errorf("%s calls %s.%s: the time is given to %s", set.Position(s.Pos()), x.Name, s.Sel.Name, path.Dir(file))
				}
			}
			return true
		})
	}
}

// An edge's name is written in the table of event types and nowhere else; what else there is follows from it.
func TestEdgeNamesAreWrittenOnce(t *testing.T) {
	edges := map[string]int{}
	for _, e := range schema.EventTypes() {
		edges[e.Edge] = 0
	}
	for _, file := range files(t, ".go") {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, literal := range stringLiterals(t, file) {
			if _, is := edges[literal]; !is {
				continue
			}
			if file != "schema/event.go" {
				t.Errorf("%s writes the edge %q: take it from schema.EventTypes", file, literal)
			}
			edges[literal]++
		}
	}
	for _, e := range schema.EventTypes() {
		want := 1
		if e.Field == e.Edge {
			want = 2 // a name of one word is the GraphQL field's as well
		}
		if edges[e.Edge] != want {
			t.Errorf("schema/event.go writes %q %d times, want %d", e.Edge, edges[e.Edge], want)
		}
	}
	// In data an edge of one word may be a word of English; those with an underscore cannot be.
	for _, file := range files(t, ".txt", ".tsv", ".csv", ".json", ".yml", ".yaml", ".html", ".js", ".css", ".graphql", ".dql") {
		if file == "schema/schema.dql" { // derived, and compared with the table
			continue
		}
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(strings.TrimSpace(line), "#") {
				continue
			}
			for e := range edges {
				if strings.Contains(e, "_") && hasWord(line, e) {
					t.Errorf("%s writes the edge %s: %.80s", file, e, strings.TrimSpace(line))
				}
			}
		}
	}
}

func stringLiterals(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	var s scanner.Scanner
	set := token.NewFileSet()
	s.Init(set.AddFile(file, -1, len(text)), text, nil, 0)
	var out []string
	for {
		switch _, tok, literal := s.Scan(); tok {
		case token.EOF:
			return out
		case token.STRING:
			if value, err := strconv.Unquote(literal); err == nil {
				out = append(out, value)
			}
		}
	}
}

// hasWord tells whether a word stands in a line, not as part of a longer one.
func hasWord(line, word string) bool {
	part := func(i int) bool {
		return i >= 0 && i < len(line) && (line[i] == '_' || line[i] >= 'a' && line[i] <= 'z' || line[i] >= 'A' && line[i] <= 'Z' || line[i] >= '0' && line[i] <= '9')
	}
	for from := 0; ; {
		i := strings.Index(line[from:], word)
		if i < 0 {
			return false
		}
		i += from
		if !part(i-1) && !part(i+len(word)) {
			return true
		}
		from = i + 1
	}
}

func TestHasWord(t *testing.T) {
	for line, want := range map[string]bool{"met_with": true, `{"met_with": 1}`: true, "~met_with": true, "xmet_with": false, "met_with_2": false, "met with": false, "xmet_with met_with": true} {
		if hasWord(line, "met_with") != want {
			t.Errorf("%q: want %v", line, want)
		}
	}
}
