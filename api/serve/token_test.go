package serve

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

func hashed(secret string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(secret))) }

func tokens(t *testing.T) *Tokens {
	t.Helper()
	k, err := ParseTokens(strings.NewReader("# who may ask\nreader " + hashed("r") + " read subscriptions=1\n\nboth " + hashed("b") + " read,export\n"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestTokens(t *testing.T) {
	s := start(t, func(c *Config, _ *fixed) { c.Tokens = tokens(t) })
	for _, c := range []struct {
		path, authorization string
		status              int
	}{
		{"/graphql?query={__typename}", "", 401},
		{"/graphql?query={__typename}", "Bearer x", 401},
		{"/graphql?query={__typename}", "Bearer ", 401},
		{"/graphql?query={__typename}", "Basic r", 401},
		{"/graphql?query={__typename}", "Bearer " + hashed("r"), 401},
		{"/graphql?query={__typename}", "Bearer r", 200},
		{"/export/incidents.csv", "Bearer r", 403},
		{"/export/incidents.csv", "Bearer b", 200},
		{"/export/incidents.csv", "", 401},
		{"/healthz", "", 200},
		{"/graphiql", "", 200},
	} {
		resp, body := send(t, "GET", s.URL+c.path, "", map[string]string{"Authorization": c.authorization})
		if resp.StatusCode != c.status {
			t.Errorf("%s with %q: %d, want %d: %s", c.path, c.authorization, resp.StatusCode, c.status, body)
		}
		if c.status == 401 && !strings.Contains(body, "UNAUTHENTICATED") {
			t.Error(body)
		}
	}
}

func TestSocketToken(t *testing.T) {
	s := start(t, func(c *Config, _ *fixed) { c.Tokens = tokens(t) })
	for payload, code := range map[string]websocket.StatusCode{
		``: closeForbidden, `,"payload":{"Authorization":"Bearer x"}`: closeForbidden, `,"payload":{"authorization":"Bearer r"}`: 0,
	} {
		_, sendMessage, receive := socketTo(t, s.URL)
		sendMessage(`{"type":"connection_init"` + payload + `}`)
		m, err := receive()
		if code != 0 && websocket.CloseStatus(err) != code || code == 0 && m.Type != "connection_ack" {
			t.Errorf("%s: %v %v", payload, m, err)
		}
	}
	_, sendMessage, receive := socketTo(t, s.URL)
	sendMessage(`{"type":"connection_init","payload":{"Authorization":"Bearer r"}}`)
	expect(t, receive, "connection_ack", "")
	sendMessage(`{"id":"1","type":"subscribe","payload":{"query":"` + waiting + `"}}`)
	sendMessage(`{"id":"2","type":"subscribe","payload":{"query":"` + waiting + `"}}`)
	expect(t, receive, "error", "TOO_MANY_SUBSCRIPTIONS")
}

func TestParseTokens(t *testing.T) {
	good := "a " + hashed("a") + " read"
	for _, bad := range []string{"", "# none", "a b read", "a " + hashed("a"), "a " + hashed("a") + " write", good + " subscriptions=-1", good + " subs=1", good + " subscriptions=1 more"} {
		if _, err := ParseTokens(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	if _, err := ParseTokens(strings.NewReader(good)); err != nil {
		t.Error(err)
	}
}
