package serve

import (
	"bufio"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"incidentgraph/api/graph"
)

// Scope is what a token allows.
type Scope string

const (
	Read   Scope = "read"   // ask questions and subscribe
	Export Scope = "export" // take exports
)

// Tokens are the bearer tokens that a server takes.
type Tokens struct{ list []token }

type token struct {
	name   string
	hash   [sha256.Size]byte
	scopes []Scope
	// subscriptions is how many it may have open, -1 as many as anybody.
	subscriptions int
}

// ParseTokens reads a file of tokens, one a line: a name, the SHA-256 of the token in hex, scopes with commas
// between, and optionally "subscriptions=N". Lines that begin with # are comments. The tokens themselves are not in it:
//
//	dashboard 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 read,export subscriptions=5
func ParseTokens(r io.Reader) (*Tokens, error) {
	t := &Tokens{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		bad := func(what string) (*Tokens, error) {
			return nil, fmt.Errorf("tokens, line %d: %s; write NAME SHA256-IN-HEX read,export", n, what)
		}
		words := strings.Fields(line)
		if len(words) < 3 || len(words) > 4 {
			return bad("it has not three or four words")
		}
		k := token{name: words[0], subscriptions: -1}
		hash, err := hex.DecodeString(words[1])
		if err != nil || len(hash) != sha256.Size {
			return bad("the second word is no SHA-256")
		}
		copy(k.hash[:], hash)
		for scope := range strings.SplitSeq(words[2], ",") {
			if scope != string(Read) && scope != string(Export) {
				return bad("there is no scope " + strconv.Quote(scope))
			}
			k.scopes = append(k.scopes, Scope(scope))
		}
		if len(words) == 4 {
			text, ok := strings.CutPrefix(words[3], "subscriptions=")
			if k.subscriptions, err = strconv.Atoi(text); !ok || err != nil || k.subscriptions < 0 {
				return bad("the fourth word is not subscriptions=N")
			}
		}
		t.list = append(t.list, k)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(t.list) == 0 {
		return nil, fmt.Errorf("the file of tokens holds none, so that nobody could ask")
	}
	return t, nil
}

// find gives the token that a request carries. Every token is compared, so that time tells nothing.
func (t *Tokens) find(secret string) (token, bool) {
	hash := sha256.Sum256([]byte(secret))
	var found token
	ok := false
	for _, k := range t.list {
		if subtle.ConstantTimeCompare(hash[:], k.hash[:]) == 1 {
			found, ok = k, true
		}
	}
	return found, ok
}

// allows tells whether the token has the scope.
func (k token) allows(s Scope) bool {
	for _, have := range k.scopes {
		if have == s {
			return true
		}
	}
	return false
}

// client gives who has the token, with the number of subscriptions that is usual here unless it has one of its own.
func (k token) client(usual int) client {
	if k.subscriptions >= 0 {
		usual = k.subscriptions
	}
	return client{"token " + k.name, usual}
}

// tokenKey is the context's key for the token of a request.
type tokenKey struct{}

// guard lets only those through who have a token with the scope. WebSockets of browsers, which cannot send
// headers, are let through to show it with connection_init.
func (s *server) guard(scope Scope, next http.HandlerFunc) http.HandlerFunc {
	if s.Tokens == nil {
		return next
	}
	return func(w http.ResponseWriter, r *http.Request) {
		secret, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok && strings.EqualFold(r.Header.Get("Upgrade"), "websocket") && scope == Read {
			next(w, r)
			return
		}
		k, known := s.Tokens.find(strings.TrimSpace(secret))
		switch {
		case !ok || !known:
			w.Header().Set("WWW-Authenticate", `Bearer realm="incidentgraph"`)
			s.deny(w, http.StatusUnauthorized, "UNAUTHENTICATED", "Send a token that is known here: Authorization: Bearer TOKEN.")
		case !k.allows(scope):
			s.deny(w, http.StatusForbidden, "FORBIDDEN", "This token does not have the scope "+string(scope)+".")
		default:
			next(w, r.WithContext(withToken(r.Context(), k)))
		}
	}
}

func withToken(ctx context.Context, k token) context.Context {
	return context.WithValue(ctx, tokenKey{}, k)
}

// tokenOf gives the token that a request was let through with.
func tokenOf(ctx context.Context) (token, bool) {
	k, ok := ctx.Value(tokenKey{}).(token)
	return k, ok
}

// deny answers a request that is not permitted.
func (s *server) deny(w http.ResponseWriter, status int, code, message string) {
	s.metrics.errors.WithLabelValues(code).Inc()
	s.write(w, olderType, status, (&graph.Response{Errors: []*graph.Error{{Message: message, Code: code}}}).JSON())
}
