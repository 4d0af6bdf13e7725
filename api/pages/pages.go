// Package pages holds the pages that the server shows people, embedded with all that they need, so that
// none asks anything of the outside.
package pages

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed graphiql
var files embed.FS

// Files gives the pages: each directory is one with its assets, index.html the page itself.
func Files() fs.FS { return files }

// Examples gives the document of example questions that GraphiQL opens with.
func Examples() string {
	b, err := fs.ReadFile(files, "graphiql/examples.graphql")
	if err != nil {
		panic(err) // it is embedded
	}
	return string(b)
}

// GraphiQL serves GraphiQL at /graphiql and its assets below.
func GraphiQL() http.Handler {
	assets := http.FileServerFS(files)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /graphiql", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, files, "graphiql/index.html")
	})
	mux.HandleFunc("GET /graphiql/{$}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "../graphiql", http.StatusMovedPermanently)
	})
	mux.HandleFunc("GET /graphiql/{file}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=3600")
		assets.ServeHTTP(w, r)
	})
	return mux
}
