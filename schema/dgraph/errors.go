package dgraph

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/dgraph-io/dgo/v230"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

var (
	// ErrUnavailable tells that no Dgraph answers, or none that is ready for work.
	ErrUnavailable = errors.New("no Dgraph answers")
	// ErrAborted tells that another transaction wrote the same things first; nothing of this one was kept.
	ErrAborted = errors.New("another writer was faster, nothing was written")
)

// Refused is what Dgraph says of a question, mutation or schema that it does not take: a fault of the
// program that sent it, to be logged. It is not for clients to see, though what was sent is cut out of it.
type Refused struct {
	// Doing is what was asked for: "query", "mutation", "commit" or "schema".
	Doing string
	// Message is Dgraph's, at most 300 bytes.
	Message string
}

func (e *Refused) Error() string { return "Dgraph refuses the " + e.Doing + ": " + e.Message }

// unavailable says that nothing is ready at the client's addresses, why, and what can be done.
func (c *Client) unavailable(err error) error {
	return fmt.Errorf("%w at %s (%s): start Dgraph there, give the right address, or give none to have one run locally",
		ErrUnavailable, c.target, cut(message(err)))
}

// failed sorts an error of dgo's into the kinds that callers tell apart.
func (c *Client) failed(doing string, err error) error {
	if err == nil || errors.Is(err, dgo.ErrFinished) || errors.Is(err, dgo.ErrReadOnly) {
		return err
	}
	text := message(err)
	switch status.Code(err) {
	case codes.Aborted:
		return ErrAborted
	case codes.Unavailable:
		return c.unavailable(err)
	case codes.Canceled:
		return fmt.Errorf("%s of Dgraph: %w", doing, context.Canceled)
	case codes.DeadlineExceeded:
		return fmt.Errorf("%s of Dgraph: %w", doing, context.DeadlineExceeded)
	}
	// Alpha gives these as plain text without a code.
	for _, m := range []struct {
		text string
		err  error
	}{
		{"Transaction has been aborted", ErrAborted},
		{"Transaction is too old", ErrAborted},
		{"Transaction conflict", ErrAborted},
		{"context deadline exceeded", fmt.Errorf("%s of Dgraph: %w", doing, context.DeadlineExceeded)},
		{"context canceled", fmt.Errorf("%s of Dgraph: %w", doing, context.Canceled)},
		{"server is not ready to accept requests", c.unavailable(err)},
		{"server is in draining mode", c.unavailable(err)},
		{"Server overloaded with pending proposals", c.unavailable(err)},
		{"No connection exists", c.unavailable(err)},
		{"Unhealthy connection", c.unavailable(err)},
		{"rpc error: code = Unavailable", c.unavailable(err)},
	} {
		if strings.Contains(text, m.text) {
			return m.err
		}
	}
	return &Refused{Doing: doing, Message: cut(text)}
}

// message gives an error's text without gRPC's dressing.
func message(err error) string {
	text := err.Error()
	if s, ok := status.FromError(err); ok && s != nil {
		text = s.Message()
	}
	if _, reason, found := strings.Cut(text, "Error while dialing: "); found {
		text = strings.TrimSuffix(reason, `"`)
	}
	return text
}

// cut takes out of a message of Dgraph's what it repeats of the mutation or query, and bounds the rest.
func cut(text string) string {
	const longest, longestQuote = 300, 60
	// "while lexing WHOLE TEXT at line 1 column 2: reason"
	if before, rest, found := strings.Cut(text, "while lexing "); found {
		reason := "..."
		if i := strings.LastIndex(rest, " at line "); i >= 0 {
			reason = rest[i+1:]
		}
		text = before + reason
	}
	// "reason. Input: [WHOLE LINE]"
	if before, _, found := strings.Cut(text, "Input: ["); found {
		text = before + "..."
	}
	// "parsing \"VALUE\": reason", "value:\"VALUE\""
	var b strings.Builder
	for text != "" {
		before, rest, opened := strings.Cut(text, `"`)
		b.WriteString(before)
		if !opened {
			break
		}
		end := closing(rest)
		if end > longestQuote {
			b.WriteString(`"..."`)
		} else {
			b.WriteString(`"` + rest[:end] + `"`)
		}
		text = rest[min(end+1, len(rest)):]
	}
	text = b.String()
	if len(text) <= longest {
		return text
	}
	text = text[:longest-3]
	for len(text) > 0 && !utf8.ValidString(text) {
		text = text[:len(text)-1]
	}
	return text + "..."
}

// closing finds the quotation mark that ends a string, passing over escaped ones; without one it is the end.
func closing(s string) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(s)
}
