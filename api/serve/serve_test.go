package serve

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"incidentgraph/api/graph"
	"incidentgraph/api/pages"
	"incidentgraph/schema/dgraph"
)

// fixed answers every question with nothing, or fails.
type fixed struct{ err error }

func (s *fixed) Query(context.Context, string, map[string]string) (dgraph.Answer, error) {
	return dgraph.Answer{JSON: []byte("{}")}, s.err
}

func start(t *testing.T, change func(*Config, *fixed)) *httptest.Server {
	t.Helper()
	st := &fixed{}
	g, err := graph.New(st, graph.Config{Limits: graph.DefaultLimits()})
	if err != nil {
		t.Fatal(err)
	}
	c := Config{Graph: g, Ready: func(context.Context) error { return st.err }, Log: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(&c, st)
	}
	s := httptest.NewServer(Handler(c))
	t.Cleanup(s.Close)
	return s
}

func send(t *testing.T, method, address, body string, head map[string]string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range head {
		r.Header.Set(k, v)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(b)
}

// TestGraphQLOverHTTP walks through what the GraphQL over HTTP draft asks of status, type and body.
func TestGraphQLOverHTTP(t *testing.T) {
	s := start(t, nil)
	const fine = `{"query":"{__typename}"}`
	for _, c := range []struct {
		name, body, accept string
		status             int
		contentType        string
		data               bool
	}{
		{"newer type", fine, newerType, 200, newerType, true},
		{"older type", fine, olderType, 200, olderType, true},
		{"any type", fine, "*/*", 200, olderType, true},
		{"no type named", fine, "", 200, olderType, true},
		{"both, newer preferred", fine, newerType + ", " + olderType + ";q=0.9", 200, newerType, true},
		{"both, older preferred", fine, newerType + ";q=0.5, " + olderType, 200, olderType, true},
		{"as Grafana asks", fine, "application/json;q=0.9,text/plain", 200, olderType, true},
		{"as a browser asks", fine, "text/html, */*;q=0.8", 200, olderType, true},
		{"as urql asks", fine, "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed", 200, newerType, true},
		{"a type we do not have", fine, "text/html", 406, olderType, false},
		{"not JSON", `{`, newerType, 400, newerType, false},
		{"not JSON, older type", `{`, olderType, 400, olderType, false},
		{"a batch", `[` + fine + `]`, newerType, 400, newerType, false},
		{"null", `null`, newerType, 400, newerType, false},
		{"empty", ``, newerType, 400, newerType, false},
		{"no query", `{}`, newerType, 400, newerType, false},
		{"null as query", `{"query":null}`, newerType, 400, newerType, false},
		{"a number as query", `{"query":1}`, newerType, 400, newerType, false},
		{"a number as operationName", `{"query":"{__typename}","operationName":1}`, newerType, 400, newerType, false},
		{"a list as variables", `{"query":"{__typename}","variables":[]}`, newerType, 400, newerType, false},
		{"a text as extensions", `{"query":"{__typename}","extensions":""}`, newerType, 400, newerType, false},
		{"nulls", `{"query":"{__typename}","operationName":null,"variables":null,"extensions":null}`, newerType, 200, newerType, true},
		{"a syntax error", `{"query":"{"}`, newerType, 400, newerType, false},
		{"a syntax error, older type", `{"query":"{"}`, olderType, 200, olderType, false},
		{"an unknown field", `{"query":"{nothing}"}`, newerType, 400, newerType, false},
		{"an unknown field, older type", `{"query":"{nothing}"}`, olderType, 200, olderType, false},
		{"a bad variable", `{"query":"query($i:ID!){node(id:$i){id}}","variables":{"i":null}}`, newerType, 400, newerType, false},
		{"not UTF-8", "{\"query\":\"{__typename} # \xff\"}", newerType, 400, newerType, false},
		{"too long", `{"query":"` + strings.Repeat(" ", 600<<10) + `"}`, newerType, 413, newerType, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			head := map[string]string{"Content-Type": "application/json; charset=utf-8"}
			if c.accept != "" {
				head["Accept"] = c.accept
			}
			resp, body := send(t, "POST", s.URL+"/graphql", c.body, head)
			if resp.StatusCode != c.status || resp.Header.Get("Content-Type") != c.contentType+"; charset=utf-8" {
				t.Errorf("%d %s, want %d %s: %s", resp.StatusCode, resp.Header.Get("Content-Type"), c.status, c.contentType, body)
			}
			var got map[string]any
			if err := json.Unmarshal([]byte(body), &got); err != nil {
				t.Fatal(err)
			}
			if _, data := got["data"]; data != c.data {
				t.Errorf("data %v, want %v: %s", data, c.data, body)
			}
			if errs, _ := got["errors"].([]any); (len(errs) > 0) == c.data {
				t.Errorf("errors beside data %v: %s", c.data, body)
			}
		})
	}
}

func TestMethods(t *testing.T) {
	s := start(t, nil)
	get := func(params ...string) string {
		v := url.Values{}
		for i := 0; i < len(params); i += 2 {
			v.Add(params[i], params[i+1])
		}
		return s.URL + "/graphql?" + v.Encode()
	}
	for _, c := range []struct {
		name, method, address, contentType string
		status                             int
	}{
		{"GET", "GET", get("query", "{__typename}"), "", 200},
		{"GET with variables", "GET", get("query", "query A($n:String){actor(name:$n){id}}", "variables", `{"n":"a"}`, "operationName", "A"), "", 200},
		{"GET without query", "GET", get(), "", 400},
		{"GET with broken variables", "GET", get("query", "{__typename}", "variables", "{"), "", 400},
		{"GET with two queries", "GET", get("query", "{__typename}", "query", "{__typename}"), "", 400},
		{"GET of a mutation", "GET", get("query", "mutation{__typename}"), "", 405},
		{"PUT", "PUT", s.URL + "/graphql", "application/json", 405},
		{"POST without type", "POST", s.URL + "/graphql", "", 415},
		{"POST of a form", "POST", s.URL + "/graphql", "application/x-www-form-urlencoded", 415},
		{"POST in Latin 1", "POST", s.URL + "/graphql", "application/json; charset=latin1", 415},
	} {
		t.Run(c.name, func(t *testing.T) {
			head := map[string]string{}
			if c.contentType != "" {
				head["Content-Type"] = c.contentType
			}
			if resp, body := send(t, c.method, c.address, `{"query":"{__typename}"}`, head); resp.StatusCode != c.status {
				t.Errorf("%d, want %d: %s", resp.StatusCode, c.status, body)
			}
		})
	}
}

// TestRefusals asks for what is refused before it comes to GraphQL: each answers with a code of its own.
func TestRefusals(t *testing.T) {
	s := start(t, func(c *Config, _ *fixed) { c.MaxBody = 100 })
	const json = "application/json"
	for _, c := range []struct {
		method, path, body, contentType, accept string
		status                                  int
		code                                    string
	}{
		{"POST", "/graphql", `{"query":"{__typename}"` + strings.Repeat(" ", 100) + `}`, json, json, 413, "BODY_TOO_LARGE"},
		{"POST", "/graphql", `{"query":"{__typename}"}`, "text/plain", json, 415, "UNSUPPORTED_MEDIA_TYPE"},
		{"POST", "/graphql", `{"query":"{__typename}"}`, json, "text/html", 406, "NOT_ACCEPTABLE"},
		{"DELETE", "/graphql", "", "", json, 405, "METHOD_NOT_ALLOWED"},
		{"POST", "/graphql", `{}`, json, json, 400, "BAD_REQUEST"},
		{"GET", "/export/incidents.xls", "", "", json, 404, "NOT_FOUND"},
		{"GET", "/export/incidents.csv?filter=x", "", "", json, 400, "BAD_USER_INPUT"},
	} {
		resp, body := send(t, c.method, s.URL+c.path, c.body, map[string]string{"Content-Type": c.contentType, "Accept": c.accept})
		if resp.StatusCode != c.status || !strings.Contains(body, `"extensions":{"code":"`+c.code+`"}`) {
			t.Errorf("%s %s: %d %s, want %d %s", c.method, c.path, resp.StatusCode, body, c.status, c.code)
		}
	}
}

// TestAway answers with a code while Dgraph is away, is not ready, and recovers by itself.
func TestAway(t *testing.T) {
	var st *fixed
	s := start(t, func(_ *Config, x *fixed) { st = x })
	ask := func() string {
		_, body := send(t, "POST", s.URL+"/graphql", `{"query":"{actor(code:\"A\"){id}}"}`, map[string]string{"Content-Type": "application/json"})
		return body
	}
	status := func(path string) int {
		resp, _ := send(t, "GET", s.URL+path, "", nil)
		return resp.StatusCode
	}
	st.err = dgraph.ErrUnavailable
	if body := ask(); !strings.Contains(body, `"code":"DATABASE_UNAVAILABLE"`) {
		t.Error(body)
	}
	if status("/healthz") != 200 || status("/readyz") != 503 {
		t.Error("while Dgraph is away the server is healthy and not ready")
	}
	st.err = nil
	if body := ask(); body != `{"data":{"actor":null}}` {
		t.Error(body)
	}
	if status("/readyz") != 200 {
		t.Error("not ready again")
	}
	send(t, "POST", s.URL+"/graphql", `{"query":"{incidents {totalCount nodes {id}}}"}`, map[string]string{"Content-Type": "application/json"})
	_, figures := send(t, "GET", s.URL+"/metrics", "", nil)
	for _, want := range []string{`incidentgraph_errors_total{code="DATABASE_UNAVAILABLE"} 1`, `incidentgraph_operations_total{operation="query"} 3`,
		`incidentgraph_http_request_seconds_count{route="/graphql",status="200"} 3`, `incidentgraph_dql_requests_total{operation="query"} 3`,
		`incidentgraph_list_plans_total{plan="index"} 1`, `incidentgraph_subscriptions 0`} {
		if !strings.Contains(figures, want) {
			t.Errorf("the figures lack %s", want)
		}
	}
}

func TestOrigins(t *testing.T) {
	s := start(t, func(c *Config, _ *fixed) {
		c.Origins = []string{"https://dash.example.org"}
		c.FrameAncestors = []string{"https://dash.example.org"}
	})
	for origin, want := range map[string]string{"https://dash.example.org": "https://dash.example.org", "https://evil.example.org": ""} {
		resp, _ := send(t, "POST", s.URL+"/graphql", `{"query":"{__typename}"}`, map[string]string{"Content-Type": "application/json", "Origin": origin})
		if got := resp.Header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s: %q, want %q", origin, got, want)
		}
	}
	resp, _ := send(t, "GET", s.URL+"/graphiql", "", nil)
	if p := resp.Header.Get("Content-Security-Policy"); !strings.Contains(p, "frame-ancestors https://dash.example.org") {
		t.Error(p)
	}
	alone := start(t, nil)
	resp, _ = send(t, "POST", alone.URL+"/graphql", `{"query":"{__typename}"}`, map[string]string{"Content-Type": "application/json", "Origin": "https://a.example.org"})
	if got := resp.Header.Get("Access-Control-Allow-Origin"); got != "" {
		t.Errorf("without a list %q is allowed", got)
	}
	if resp, _ = send(t, "GET", alone.URL+"/graphiql", "", nil); !strings.Contains(resp.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
		t.Error("a page may be framed by anybody")
	}
}

// lines is a log's lines as they are written.
type lines chan string

func (l lines) Write(p []byte) (int, error) {
	l <- string(p)
	return len(p), nil
}

func TestRequestID(t *testing.T) {
	log := make(lines, 10)
	s := start(t, func(c *Config, _ *fixed) { c.Log = slog.New(WithRequest(slog.NewTextHandler(log, nil))) })
	for sent, kept := range map[string]bool{"abc-123": true, "": false, "two words": false, strings.Repeat("a", 100): false} {
		resp, _ := send(t, "GET", s.URL+"/healthz", "", map[string]string{"X-Request-Id": sent})
		got := resp.Header.Get("X-Request-Id")
		if (got == sent) != kept || got == "" {
			t.Errorf("%q became %q", sent, got)
		}
		if line := <-log; !strings.Contains(line, "path=/healthz status=200") || !strings.HasSuffix(line, "request="+got+"\n") {
			t.Errorf("the log of request %s says %q", got, line)
		}
	}
}

func TestPanic(t *testing.T) {
	s := start(t, func(c *Config, _ *fixed) { c.Ready = func(context.Context) error { panic(errors.New("secret")) } })
	resp, body := send(t, "GET", s.URL+"/readyz", "", nil)
	if resp.StatusCode != 500 || strings.Contains(body, "secret") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
}

// TestPages loads GraphiQL with all it names, and finds nothing that leads outside.
func TestPages(t *testing.T) {
	s := start(t, nil)
	_, page := send(t, "GET", s.URL+"/graphiql", "", nil)
	found := 0
	for _, part := range strings.Split(page, `"`) {
		if strings.HasPrefix(part, "graphiql/") {
			found++
			if resp, body := send(t, "GET", s.URL+"/"+part, "", nil); resp.StatusCode != 200 || body == "" {
				t.Errorf("%s: %d", part, resp.StatusCode)
			}
		}
	}
	if found < 8 || strings.Contains(page, "//") {
		t.Errorf("%d assets, want 8 and none from outside:\n%s", found, page)
	}
	g, err := graph.New(&fixed{}, graph.Config{Limits: graph.DefaultLimits()})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(pages.Examples(), "\nquery ")[1:] {
		name := part[:strings.IndexAny(part, " ({")]
		if r := g.Do(context.Background(), graph.Request{Query: pages.Examples(), OperationName: name}); len(r.Errors) > 0 {
			t.Errorf("example %s: %s", name, r.JSON())
		}
	}
}
