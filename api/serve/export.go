package serve

import (
	"errors"
	"net/http"
	"time"

	"incidentgraph/api/export"
	"incidentgraph/api/graph"
)

// exportsAtOnce is how many exports run at the same time; each asks Dgraph for page after page.
const exportsAtOnce = 4

// export streams the rows that meet the parameter filter, an IncidentFilter as JSON.
func (s *server) export(w http.ResponseWriter, r *http.Request) {
	format, ok := export.ByName(r.PathValue("name"))
	if !ok {
		s.refuse(w, olderType, http.StatusNotFound, "There is no such export; /export lists them.")
		return
	}
	filter, err := s.Graph.ParseFilter(r.URL.Query().Get("filter"))
	if err != nil {
		s.fail(w, err)
		return
	}
	select {
	case s.exports <- struct{}{}:
		defer func() { <-s.exports }()
	case <-time.After(time.Second):
		s.fail(w, &graph.Error{Code: "TOO_BUSY", Message: "Too many exports are running; try again in a moment."})
		return
	case <-r.Context().Done():
		return
	}
	// An export takes as long as its reader does.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Time{})
	out := &begun{ResponseWriter: w}
	w.Header().Set("Content-Type", format.MediaType)
	w.Header().Set("Content-Disposition", `attachment; filename="`+format.Name+`"`)
	if err := format.Write(r.Context(), out, s.Graph, filter); err != nil {
		s.Log.WarnContext(r.Context(), "an export broke off", "name", format.Name, "error", err)
		if out.yes {
			panic(http.ErrAbortHandler) // so that the reader knows that this is not all
		}
		w.Header().Del("Content-Disposition")
		s.fail(w, err)
	}
}

// exportList tells which exports there are.
func (s *server) exportList(w http.ResponseWriter, _ *http.Request) {
	text := "Exports. Add ?filter= with conditions on incidents as JSON, such as {\"type\": [\"ASSAULT\"], \"period\": {\"from\": \"2024\"}}.\n\n"
	for _, f := range export.Formats() {
		text += "/export/" + f.Name + "\n    " + f.About + "\n"
	}
	plain(w, http.StatusOK, text)
}

// fail answers with an error as GraphQL would.
func (s *server) fail(w http.ResponseWriter, err error) {
	var e *graph.Error
	status := http.StatusInternalServerError
	if !errors.As(err, &e) {
		e = &graph.Error{Code: "INTERNAL_SERVER_ERROR", Message: "The export could not be made; the server's log says why."}
	}
	switch e.Code {
	case "BAD_USER_INPUT", "PAGE_TOO_LARGE", "TOO_COSTLY":
		status = http.StatusBadRequest
	case "DATABASE_UNAVAILABLE", "TOO_BUSY", "TIMEOUT":
		status = http.StatusServiceUnavailable
	}
	s.metrics.errors.WithLabelValues(e.Code).Inc()
	s.write(w, olderType, status, (&graph.Response{Errors: []*graph.Error{e}}).JSON())
}

// begun notes whether anything was written.
type begun struct {
	http.ResponseWriter
	yes bool
}

func (b *begun) Write(p []byte) (int, error) {
	b.yes = true
	return b.ResponseWriter.Write(p)
}
