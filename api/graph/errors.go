package graph

import (
	"fmt"
	"strings"
)

// Error is one error of a GraphQL response. Its message is written for the client: it never holds text of
// the database's or of the program's own.
type Error struct {
	Message   string
	Locations []Location
	// Path leads to the field that failed, by response keys (string) and list positions (int).
	Path []any
	// Code is the machine-readable kind, in extensions.code.
	Code string
}

// Location is a place in the query text, both counted from 1.
type Location struct{ Line, Column int }

func (e *Error) Error() string { return e.Message }

// The codes of errors beside those of the limits.
const (
	codeSyntax      = "GRAPHQL_PARSE_FAILED"
	codeValidation  = "GRAPHQL_VALIDATION_FAILED"
	codeInput       = "BAD_USER_INPUT"
	codeOperation   = "OPERATION_RESOLUTION_FAILURE"
	codeUnavailable = "DATABASE_UNAVAILABLE"
	codeTimeout     = "TIMEOUT"
	codeBusy        = "TOO_BUSY"
	codeInternal    = "INTERNAL_SERVER_ERROR"
)

// badInput is the error for an argument that is well typed but makes no sense.
func badInput(format string, args ...any) *Error {
	return &Error{Code: codeInput, Message: fmt.Sprintf(format, args...)}
}

// locate counts lines and columns up to a byte of the text.
func locate(text string, at int) Location {
	at = min(at, len(text))
	before := text[:at]
	line := 1 + strings.Count(before, "\n")
	return Location{line, 1 + len([]rune(before[strings.LastIndexByte(before, '\n')+1:]))}
}
