package dgraph

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/dgraph-io/dgo/v230"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func TestFailed(t *testing.T) {
	c := &Client{target: "127.0.0.1:9080"}
	for _, test := range []struct {
		name string
		err  error
		want error
	}{
		{"aborted, as dgo says", dgo.ErrAborted, ErrAborted},
		{"aborted, as gRPC says", status.Error(codes.Aborted, "Transaction has been aborted. Please retry"), ErrAborted},
		{"a conflict before the commit", status.Error(codes.FailedPrecondition, "Transaction conflict"), ErrAborted},
		{"nobody listens", status.Error(codes.Unavailable, "connection refused"), ErrUnavailable},
		{"Alpha starts", status.Error(codes.Unknown, "Please retry again, server is not ready to accept requests"), ErrUnavailable},
		{"Alpha without Zero", status.Error(codes.Unknown, "No connection exists"), ErrUnavailable},
		{"the caller gives up", status.Error(codes.Canceled, "context canceled"), context.Canceled},
		{"the caller's time is up", status.Error(codes.DeadlineExceeded, "context deadline exceeded"), context.DeadlineExceeded},
		{"Dgraph's own limit", status.Error(codes.Unknown, "context deadline exceeded"), context.DeadlineExceeded},
		{"twice finished", dgo.ErrFinished, dgo.ErrFinished},
		{"success", nil, nil},
	} {
		if got := c.failed("query", test.err); !errors.Is(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
	var refused *Refused
	for _, err := range []error{status.Error(codes.Unknown, "line 1 column 5: Unknown function"), errors.New("StartTs mismatch")} {
		if got := c.failed("query", err); !errors.As(got, &refused) || errors.Is(got, ErrAborted) || errors.Is(got, ErrUnavailable) {
			t.Errorf("%v: got %v", err, got)
		}
	}
}

func TestCut(t *testing.T) {
	long := strings.Repeat("x", 400)
	for text, want := range map[string]string{
		"Schema not defined for predicate: nickname.":                      "Schema not defined for predicate: nickname.",
		`line 1 column 3: Unrecognized character "%"`:                      `line 1 column 3: Unrecognized character "%"`,
		"while lexing { q(func: " + long + " at line 1 column 9: No brace": "at line 1 column 9: No brace",
		"while lexing " + long:                                             "...",
		"invalid end of input. Input: [" + long + "]":                      "invalid end of input. ...",
		`strconv.ParseInt: parsing "` + long + `": invalid syntax`:         `strconv.ParseInt: parsing "...": invalid syntax`,
		`value:"` + long + `\"` + long + `" kind`:                          `value:"..." kind`,
		`value:"` + long:         `value:"..."`,
		long:                     long[:297] + "...",
		strings.Repeat("é", 200): strings.Repeat("é", 148) + "...",
	} {
		if got := cut(text); got != want {
			t.Errorf("%.60s: got %q, want %q", text, got, want)
		}
	}
}

func TestBlankNames(t *testing.T) {
	for _, name := range []string{"", "a", "place/PAK/koh-e-sabz", "a-62", "Ádl", "\x00\xff", "_:n", "n"} {
		if got := blankName(Blank(name).text); got != name {
			t.Errorf("%q came back as %q", name, got)
		}
	}
}
