package serve

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"incidentgraph/api/graph"
)

// The two media types of responses (GraphQL over HTTP, draft of 2025). Under the newer one the status tells
// whether the request was executed, under the older one it is 200 for every well-formed request.
const (
	newerType = "application/graphql-response+json"
	olderType = "application/json"
)

// graphql answers GraphQL requests by POST and GET.
func (s *server) graphql(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept")
	w.Header().Set("Cache-Control", "no-store")
	if strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		s.socket(w, r)
		return
	}
	// Who takes a stream as well as JSON gets one for subscriptions only.
	accept := r.Header.Values("Accept")
	stream := strings.Contains(strings.Join(accept, ","), "text/event-stream")
	mediaType := negotiate(accept)
	nothingElse := stream && mediaType == ""
	if nothingElse {
		mediaType = olderType
	}
	if mediaType == "" {
		s.refuse(w, olderType, http.StatusNotAcceptable, "This endpoint answers "+newerType+" and "+olderType+".")
		return
	}
	var request graph.Request
	var status int
	var problem string
	switch r.Method {
	case http.MethodPost:
		request, status, problem = s.posted(w, r)
	case http.MethodGet:
		request, status, problem = fromURL(r.URL.Query())
	default:
		w.Header().Set("Allow", "GET, POST")
		status, problem = http.StatusMethodNotAllowed, "Ask by POST or GET."
	}
	if problem != "" {
		s.refuse(w, mediaType, status, problem)
		return
	}
	if stream {
		if kind, _ := s.Graph.Operation(request); nothingElse || kind == "subscription" {
			s.events(w, r, request)
			return
		}
	}
	if r.Method == http.MethodGet {
		if kind, refused := s.Graph.Operation(request); refused == nil && kind != "query" {
			w.Header().Set("Allow", "POST")
			s.refuse(w, mediaType, http.StatusMethodNotAllowed, "Only queries may be asked by GET.")
			return
		}
	}
	resp := s.Graph.Do(r.Context(), request)
	s.count(resp)
	status = http.StatusOK
	if mediaType == newerType && resp.Data == nil {
		status = http.StatusBadRequest
		switch resp.Errors[0].Code {
		case "TOO_BUSY":
			status = http.StatusServiceUnavailable
		case "INTERNAL_SERVER_ERROR":
			status = http.StatusInternalServerError
		}
	}
	s.write(w, mediaType, status, resp.JSON())
}

// count adds a response to the figures.
func (s *server) count(r *graph.Response) {
	operation := r.Operation
	if operation == "" {
		operation = "refused"
	}
	s.metrics.operations.WithLabelValues(operation).Inc()
	s.metrics.questions.WithLabelValues(operation).Add(float64(r.Questions))
	for _, p := range r.Plans {
		s.metrics.plans.WithLabelValues(p).Inc()
	}
	for _, e := range r.Errors {
		s.metrics.errors.WithLabelValues(e.Code).Inc()
	}
}

func (s *server) write(w http.ResponseWriter, mediaType string, status int, body []byte) {
	w.Header().Set("Content-Type", mediaType+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that is gone needs no answer
}

// refuse answers a request that is not a well-formed GraphQL request.
func (s *server) refuse(w http.ResponseWriter, mediaType string, status int, message string) {
	code, known := map[int]string{http.StatusNotFound: "NOT_FOUND", http.StatusMethodNotAllowed: "METHOD_NOT_ALLOWED", http.StatusNotAcceptable: "NOT_ACCEPTABLE",
		http.StatusRequestEntityTooLarge: "BODY_TOO_LARGE", http.StatusUnsupportedMediaType: "UNSUPPORTED_MEDIA_TYPE", http.StatusServiceUnavailable: "TOO_MANY_CONNECTIONS"}[status]
	if !known {
		code = "BAD_REQUEST"
	}
	s.metrics.errors.WithLabelValues(code).Inc()
	s.write(w, mediaType, status, (&graph.Response{Errors: []*graph.Error{{Message: message, Code: code}}}).JSON())
}

// negotiate chooses the media type of the response, "" when the client takes none of ours.
func negotiate(accept []string) string {
	all := strings.Join(accept, ",")
	if strings.TrimSpace(all) == "" {
		return olderType
	}
	quality := map[string]float64{}
	for part := range strings.SplitSeq(all, ",") {
		t, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		if c := params["charset"]; c != "" && !strings.EqualFold(c, "utf-8") {
			continue
		}
		q := 1.0
		if text, ok := params["q"]; ok {
			if q, err = strconv.ParseFloat(text, 64); err != nil {
				continue
			}
		}
		quality[t] = max(quality[t], q)
	}
	of := func(t string) float64 {
		for _, pattern := range []string{t, "application/*", "*/*"} {
			if q, ok := quality[pattern]; ok {
				return q
			}
		}
		return 0
	}
	newer, older := of(newerType), of(olderType)
	_, named := quality[newerType]
	switch {
	case newer == 0 && older == 0:
		return ""
	case newer > older || newer == older && named:
		return newerType
	}
	return olderType
}

// posted reads a request from the body of a POST.
func (s *server) posted(w http.ResponseWriter, r *http.Request) (graph.Request, int, string) {
	t, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || t != olderType {
		return graph.Request{}, http.StatusUnsupportedMediaType, "Send the request as Content-Type: application/json."
	}
	if c := params["charset"]; c != "" && !strings.EqualFold(c, "utf-8") {
		return graph.Request{}, http.StatusUnsupportedMediaType, "Send the request in UTF-8."
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.MaxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return graph.Request{}, http.StatusRequestEntityTooLarge, "A request has at most " + strconv.FormatInt(s.MaxBody, 10) + " bytes."
	case err != nil:
		return graph.Request{}, http.StatusBadRequest, "The request's body could not be read."
	}
	return fromJSON(body)
}

// fromJSON reads a request as {"query", "operationName", "variables", "extensions"}.
func fromJSON(body []byte) (graph.Request, int, string) {
	var none graph.Request
	if !utf8.Valid(body) {
		return none, http.StatusBadRequest, "The request's body is not UTF-8."
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil || fields == nil {
		return none, http.StatusBadRequest, `The request's body is not a JSON object such as {"query": "{ ... }", "variables": {}}.`
	}
	var r graph.Request
	query, ok := stringField(fields["query"])
	if !ok || fields["query"] == nil {
		return none, http.StatusBadRequest, "The request has no text as \"query\"."
	}
	r.Query = query
	if r.OperationName, ok = stringField(fields["operationName"]); !ok && !isNull(fields["operationName"]) {
		return none, http.StatusBadRequest, "\"operationName\" is a text or null."
	}
	if r.Variables, ok = objectField(fields["variables"]); !ok {
		return none, http.StatusBadRequest, "\"variables\" is an object or null."
	}
	if _, ok = objectField(fields["extensions"]); !ok {
		return none, http.StatusBadRequest, "\"extensions\" is an object or null."
	}
	return r, 0, ""
}

// fromURL reads a request from the parameters of a GET.
func fromURL(v url.Values) (graph.Request, int, string) {
	var none graph.Request
	for name := range v {
		if len(v[name]) > 1 {
			return none, http.StatusBadRequest, "A parameter is given more than once."
		}
	}
	r := graph.Request{Query: v.Get("query"), OperationName: v.Get("operationName")}
	if r.Query == "" {
		return none, http.StatusBadRequest, "The request has no parameter \"query\"."
	}
	var ok bool
	if r.Variables, ok = objectField(json.RawMessage(v.Get("variables"))); !ok {
		return none, http.StatusBadRequest, "\"variables\" is a JSON object."
	}
	if _, ok = objectField(json.RawMessage(v.Get("extensions"))); !ok {
		return none, http.StatusBadRequest, "\"extensions\" is a JSON object."
	}
	return r, 0, ""
}

func isNull(raw json.RawMessage) bool { return string(bytes.TrimSpace(raw)) == "null" }

// stringField reads a text; without one it gives "" and whether the field is absent.
func stringField(raw json.RawMessage) (string, bool) {
	if raw == nil {
		return "", true
	}
	if isNull(raw) {
		return "", false
	}
	var s string
	err := json.Unmarshal(raw, &s)
	return s, err == nil
}

// objectField reads an object with its numbers as written; nil when the field is absent or null.
func objectField(raw json.RawMessage) (map[string]any, bool) {
	if len(bytes.TrimSpace(raw)) == 0 || isNull(raw) {
		return nil, true
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var m map[string]any
	if err := d.Decode(&m); err != nil || m == nil {
		return nil, false
	}
	_, err := d.Token()
	return m, errors.Is(err, io.EOF)
}
