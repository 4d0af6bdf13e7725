package graph

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/graphql-go/graphql/language/ast"
	docsource "github.com/graphql-go/graphql/language/source"
)

// The parser of graphql-go takes no null literal, loses characters of block strings, breaks surrogate
// escapes, miscounts positions after a comment that is not ASCII, and recurses as deep as a stranger
// likes. This one reads executable documents by the October 2021 specification into the same tree,
// within limits. A null literal becomes an EnumValue "null", which no enum may be called.

// tokenKind is a class of lexical token.
type tokenKind byte

const (
	endToken tokenKind = iota
	punctuator
	nameToken
	intToken
	floatToken
	stringToken
)

// token is a lexical token; text is the punctuator, name or number as written, or the value of a string.
type token struct {
	kind       tokenKind
	text       string
	start, end int
}

// syntaxError tells where a document stops making sense.
type syntaxError struct {
	at      int
	message string
}

func (e *syntaxError) Error() string { return e.message }

// lexer cuts a document into tokens.
type lexer struct {
	text string
	pos  int
}

// next gives the token after the current position.
func (l *lexer) next() (token, error) {
	l.skipIgnored()
	start := l.pos
	if start >= len(l.text) {
		return token{kind: endToken, start: start, end: start}, nil
	}
	c := l.text[start]
	switch {
	case strings.IndexByte("!$&():=@[]{|}", c) >= 0:
		l.pos++
		return token{punctuator, l.text[start:l.pos], start, l.pos}, nil
	case c == '.':
		if strings.HasPrefix(l.text[start:], "...") {
			l.pos += 3
			return token{punctuator, "...", start, l.pos}, nil
		}
	case isNameStart(c):
		for l.pos < len(l.text) && (isNameStart(l.text[l.pos]) || isDigit(l.text[l.pos])) {
			l.pos++
		}
		return token{nameToken, l.text[start:l.pos], start, l.pos}, nil
	case c == '-' || isDigit(c):
		return l.number()
	case strings.HasPrefix(l.text[start:], `"""`):
		return l.blockString()
	case c == '"':
		return l.quotedString()
	}
	r, _ := utf8.DecodeRuneInString(l.text[start:])
	return token{}, &syntaxError{start, fmt.Sprintf("Syntax Error: unexpected character %q.", r)}
}

func (l *lexer) skipIgnored() {
	for l.pos < len(l.text) {
		switch c := l.text[l.pos]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',':
			l.pos++
		case c == '#':
			for l.pos < len(l.text) && l.text[l.pos] != '\n' && l.text[l.pos] != '\r' {
				l.pos++
			}
		case strings.HasPrefix(l.text[l.pos:], "\uFEFF"):
			l.pos += len("\uFEFF")
		default:
			return
		}
	}
}

func (l *lexer) number() (token, error) {
	start, kind := l.pos, intToken
	digits := func() bool {
		from := l.pos
		for l.pos < len(l.text) && isDigit(l.text[l.pos]) {
			l.pos++
		}
		return l.pos > from
	}
	at := func(set string) bool { return l.pos < len(l.text) && strings.IndexByte(set, l.text[l.pos]) >= 0 }
	bad := func() (token, error) {
		return token{}, &syntaxError{l.pos, "Syntax Error: a number is not well formed here."}
	}
	if at("-") {
		l.pos++
	}
	if at("0") {
		l.pos++
		if l.pos < len(l.text) && isDigit(l.text[l.pos]) {
			return bad()
		}
	} else if !digits() {
		return bad()
	}
	if at(".") {
		kind = floatToken
		l.pos++
		if !digits() {
			return bad()
		}
	}
	if at("eE") {
		kind = floatToken
		l.pos++
		if at("+-") {
			l.pos++
		}
		if !digits() {
			return bad()
		}
	}
	if l.pos < len(l.text) && (l.text[l.pos] == '.' || isNameStart(l.text[l.pos])) {
		return bad()
	}
	return token{kind, l.text[start:l.pos], start, l.pos}, nil
}

func (l *lexer) quotedString() (token, error) {
	start := l.pos
	l.pos++
	var b strings.Builder
	for l.pos < len(l.text) {
		switch c := l.text[l.pos]; {
		case c == '"':
			l.pos++
			return token{stringToken, b.String(), start, l.pos}, nil
		case c == '\n' || c == '\r':
			return token{}, &syntaxError{l.pos, "Syntax Error: a string is not closed before the end of its line."}
		case c == '\\':
			if err := l.escape(&b); err != nil {
				return token{}, err
			}
		default:
			b.WriteByte(c)
			l.pos++
		}
	}
	return token{}, &syntaxError{start, "Syntax Error: a string is not closed."}
}

// escape reads one escape sequence of a quoted string, a pair of surrogates being one.
func (l *lexer) escape(b *strings.Builder) error {
	start := l.pos
	l.pos++
	if l.pos >= len(l.text) {
		return &syntaxError{start, "Syntax Error: a string is not closed."}
	}
	c := l.text[l.pos]
	l.pos++
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
		b.WriteByte("\"\\/\b\f\n\r\t"[i])
		return nil
	}
	if c == 'u' {
		if r, ok := l.codePoint(); ok {
			if utf16.IsSurrogate(r) && strings.HasPrefix(l.text[l.pos:], `\u`) {
				l.pos += 2
				low, _ := l.codePoint()
				r = utf16.DecodeRune(r, low)
				if r == utf8.RuneError {
					return &syntaxError{start, "Syntax Error: an escape is half of a surrogate pair."}
				}
			}
			if utf8.ValidRune(r) {
				b.WriteRune(r)
				return nil
			}
		}
	}
	return &syntaxError{start, "Syntax Error: an escape in a string is not well formed."}
}

// codePoint reads what follows "\u": four hexadecimal digits, or any number in braces.
func (l *lexer) codePoint() (rune, bool) {
	rest := l.text[l.pos:]
	digits, used := "", 0
	if strings.HasPrefix(rest, "{") {
		end := strings.IndexByte(rest, '}')
		if end < 0 || end > 9 {
			return 0, false
		}
		digits, used = rest[1:end], end+1
	} else if len(rest) >= 4 {
		digits, used = rest[:4], 4
	}
	n, err := strconv.ParseUint(digits, 16, 31)
	if err != nil {
		return 0, false
	}
	l.pos += used
	return rune(n), true
}

func (l *lexer) blockString() (token, error) {
	start := l.pos
	l.pos += 3
	var b strings.Builder
	for l.pos < len(l.text) {
		rest := l.text[l.pos:]
		switch {
		case strings.HasPrefix(rest, `"""`):
			l.pos += 3
			return token{stringToken, blockValue(b.String()), start, l.pos}, nil
		case strings.HasPrefix(rest, `\"""`):
			b.WriteString(`"""`)
			l.pos += 4
		default:
			b.WriteByte(rest[0])
			l.pos++
		}
	}
	return token{}, &syntaxError{start, "Syntax Error: a block string is not closed."}
}

// blockValue takes the common indentation and the blank first and last lines from a block string
// (specification, BlockStringValue).
func blockValue(raw string) string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(raw), "\n")
	blank := func(s string) bool { return strings.Trim(s, " \t") == "" }
	indent := -1
	for _, line := range lines[1:] {
		n := len(line) - len(strings.TrimLeft(line, " \t"))
		if n < len(line) && (indent < 0 || n < indent) {
			indent = n
		}
	}
	if indent > 0 {
		for i, line := range lines[1:] {
			lines[i+1] = line[min(indent, len(line)):]
		}
	}
	for len(lines) > 0 && blank(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && blank(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	return strings.Join(lines, "\n")
}

func isNameStart(c byte) bool { return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool     { return c >= '0' && c <= '9' }

// parser reads a document from tokens.
type parser struct {
	lex     lexer
	source  *docsource.Source
	current token
	prevEnd int
	limits  Limits
	tokens  int
	depth   int
}

// parse reads a document. It fails with a *syntaxError or, beyond the limits, with an *Error.
func parse(query string, limits Limits) (*ast.Document, error) {
	if len(query) > limits.Bytes {
		return nil, limits.exceeded("QUERY_TOO_LONG", "the query is longer than %d bytes", limits.Bytes)
	}
	if !utf8.ValidString(query) {
		return nil, &syntaxError{0, "Syntax Error: the query is not valid UTF-8."}
	}
	src := docsource.NewSource(&docsource.Source{Body: []byte(query), Name: "query"})
	p := &parser{lex: lexer{text: query}, source: src, limits: limits}
	if err := p.advance(); err != nil {
		return nil, err
	}
	doc := ast.NewDocument(&ast.Document{Loc: &ast.Location{Start: 0, End: len(query), Source: src}})
	for p.current.kind != endToken {
		d, err := p.definition()
		if err != nil {
			return nil, err
		}
		doc.Definitions = append(doc.Definitions, d)
	}
	if len(doc.Definitions) == 0 {
		return nil, &syntaxError{0, "Syntax Error: the document is empty."}
	}
	return doc, nil
}

func (p *parser) advance() error {
	p.prevEnd = p.current.end
	t, err := p.lex.next()
	if err != nil {
		return err
	}
	if p.tokens++; p.tokens > p.limits.Tokens {
		return p.limits.exceeded("TOO_MANY_TOKENS", "the query has more than %d tokens", p.limits.Tokens)
	}
	p.current = t
	return nil
}

// nest counts how deep the parser stands, so that no document can exhaust the stack.
func (p *parser) nest() (func(), error) {
	if p.depth++; p.depth > p.limits.Nesting {
		return nil, p.limits.exceeded("TOO_DEEP", "braces and brackets are nested deeper than %d", p.limits.Nesting)
	}
	return func() { p.depth-- }, nil
}

func (p *parser) loc(start int) *ast.Location {
	return &ast.Location{Start: start, End: p.prevEnd, Source: p.source}
}

func (p *parser) unexpected() error {
	what := strconv.Quote(p.current.text)
	switch p.current.kind {
	case endToken:
		what = "the end of the query"
	case stringToken:
		what = "a string"
	}
	return &syntaxError{p.current.start, "Syntax Error: unexpected " + what + "."}
}

func (p *parser) is(punct string) bool {
	return p.current.kind == punctuator && p.current.text == punct
}

// skip passes over a punctuator if it stands here.
func (p *parser) skip(punct string) (bool, error) {
	if !p.is(punct) {
		return false, nil
	}
	return true, p.advance()
}

func (p *parser) expect(punct string) error {
	if !p.is(punct) {
		return p.unexpected()
	}
	return p.advance()
}

func (p *parser) name() (*ast.Name, error) {
	if p.current.kind != nameToken {
		return nil, p.unexpected()
	}
	t := p.current
	if err := p.advance(); err != nil {
		return nil, err
	}
	return ast.NewName(&ast.Name{Value: t.text, Loc: p.loc(t.start)}), nil
}

func (p *parser) definition() (ast.Node, error) {
	start := p.current.start
	if p.is("{") {
		set, err := p.selectionSet()
		if err != nil {
			return nil, err
		}
		return ast.NewOperationDefinition(&ast.OperationDefinition{Operation: ast.OperationTypeQuery, SelectionSet: set, Loc: p.loc(start)}), nil
	}
	if p.current.kind != nameToken {
		return nil, p.unexpected()
	}
	switch p.current.text {
	case "query", "mutation", "subscription":
		return p.operation()
	case "fragment":
		return p.fragment()
	}
	return nil, p.unexpected()
}

func (p *parser) operation() (ast.Node, error) {
	start, kind := p.current.start, p.current.text
	if err := p.advance(); err != nil {
		return nil, err
	}
	op := &ast.OperationDefinition{Operation: kind}
	var err error
	if p.current.kind == nameToken {
		if op.Name, err = p.name(); err != nil {
			return nil, err
		}
	}
	if open, err := p.skip("("); err != nil {
		return nil, err
	} else if open {
		for first := true; first || !p.is(")"); first = false {
			v, err := p.variableDefinition()
			if err != nil {
				return nil, err
			}
			op.VariableDefinitions = append(op.VariableDefinitions, v)
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
	}
	if op.Directives, err = p.directives(false); err != nil {
		return nil, err
	}
	if op.SelectionSet, err = p.selectionSet(); err != nil {
		return nil, err
	}
	op.Loc = p.loc(start)
	return ast.NewOperationDefinition(op), nil
}

func (p *parser) variableDefinition() (*ast.VariableDefinition, error) {
	start := p.current.start
	v, err := p.variable()
	if err != nil {
		return nil, err
	}
	if err := p.expect(":"); err != nil {
		return nil, err
	}
	def := &ast.VariableDefinition{Variable: v}
	if def.Type, err = p.typeReference(); err != nil {
		return nil, err
	}
	if has, err := p.skip("="); err != nil {
		return nil, err
	} else if has {
		if def.DefaultValue, err = p.value(true); err != nil {
			return nil, err
		}
	}
	if _, err := p.directives(true); err != nil {
		return nil, err
	}
	def.Loc = p.loc(start)
	return ast.NewVariableDefinition(def), nil
}

func (p *parser) variable() (*ast.Variable, error) {
	start := p.current.start
	if err := p.expect("$"); err != nil {
		return nil, err
	}
	name, err := p.name()
	if err != nil {
		return nil, err
	}
	return ast.NewVariable(&ast.Variable{Name: name, Loc: p.loc(start)}), nil
}

func (p *parser) typeReference() (ast.Type, error) {
	leave, err := p.nest()
	if err != nil {
		return nil, err
	}
	defer leave()
	start := p.current.start
	var t ast.Type
	if open, err := p.skip("["); err != nil {
		return nil, err
	} else if open {
		of, err := p.typeReference()
		if err != nil {
			return nil, err
		}
		if err := p.expect("]"); err != nil {
			return nil, err
		}
		t = ast.NewList(&ast.List{Type: of, Loc: p.loc(start)})
	} else {
		name, err := p.name()
		if err != nil {
			return nil, err
		}
		t = ast.NewNamed(&ast.Named{Name: name, Loc: p.loc(start)})
	}
	if bang, err := p.skip("!"); err != nil {
		return nil, err
	} else if bang {
		t = ast.NewNonNull(&ast.NonNull{Type: t, Loc: p.loc(start)})
	}
	return t, nil
}

func (p *parser) fragment() (ast.Node, error) {
	start := p.current.start
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.current.text == "on" {
		return nil, p.unexpected()
	}
	f := &ast.FragmentDefinition{Operation: "fragment"}
	var err error
	if f.Name, err = p.name(); err != nil {
		return nil, err
	}
	if f.TypeCondition, err = p.typeCondition(); err != nil {
		return nil, err
	}
	if f.Directives, err = p.directives(false); err != nil {
		return nil, err
	}
	if f.SelectionSet, err = p.selectionSet(); err != nil {
		return nil, err
	}
	f.Loc = p.loc(start)
	return ast.NewFragmentDefinition(f), nil
}

func (p *parser) typeCondition() (*ast.Named, error) {
	if p.current.kind != nameToken || p.current.text != "on" {
		return nil, p.unexpected()
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	start := p.current.start
	name, err := p.name()
	if err != nil {
		return nil, err
	}
	return ast.NewNamed(&ast.Named{Name: name, Loc: p.loc(start)}), nil
}

func (p *parser) selectionSet() (*ast.SelectionSet, error) {
	leave, err := p.nest()
	if err != nil {
		return nil, err
	}
	defer leave()
	start := p.current.start
	if err := p.expect("{"); err != nil {
		return nil, err
	}
	set := &ast.SelectionSet{}
	for first := true; first || !p.is("}"); first = false {
		s, err := p.selection()
		if err != nil {
			return nil, err
		}
		set.Selections = append(set.Selections, s)
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	set.Loc = p.loc(start)
	return ast.NewSelectionSet(set), nil
}

func (p *parser) selection() (ast.Selection, error) {
	start := p.current.start
	spread, err := p.skip("...")
	if err != nil {
		return nil, err
	}
	if !spread {
		return p.field()
	}
	if p.current.kind == nameToken && p.current.text != "on" {
		f := &ast.FragmentSpread{}
		if f.Name, err = p.name(); err != nil {
			return nil, err
		}
		if f.Directives, err = p.directives(false); err != nil {
			return nil, err
		}
		f.Loc = p.loc(start)
		return ast.NewFragmentSpread(f), nil
	}
	f := &ast.InlineFragment{}
	if p.current.kind == nameToken {
		if f.TypeCondition, err = p.typeCondition(); err != nil {
			return nil, err
		}
	}
	if f.Directives, err = p.directives(false); err != nil {
		return nil, err
	}
	if f.SelectionSet, err = p.selectionSet(); err != nil {
		return nil, err
	}
	f.Loc = p.loc(start)
	return ast.NewInlineFragment(f), nil
}

func (p *parser) field() (ast.Selection, error) {
	start := p.current.start
	f := &ast.Field{}
	var err error
	if f.Name, err = p.name(); err != nil {
		return nil, err
	}
	if colon, err := p.skip(":"); err != nil {
		return nil, err
	} else if colon {
		f.Alias = f.Name
		if f.Name, err = p.name(); err != nil {
			return nil, err
		}
	}
	if f.Arguments, err = p.arguments(false); err != nil {
		return nil, err
	}
	if f.Directives, err = p.directives(false); err != nil {
		return nil, err
	}
	if p.is("{") {
		if f.SelectionSet, err = p.selectionSet(); err != nil {
			return nil, err
		}
	}
	f.Loc = p.loc(start)
	return ast.NewField(f), nil
}

func (p *parser) arguments(constant bool) ([]*ast.Argument, error) {
	open, err := p.skip("(")
	if err != nil || !open {
		return nil, err
	}
	var args []*ast.Argument
	for first := true; first || !p.is(")"); first = false {
		start := p.current.start
		name, err := p.name()
		if err != nil {
			return nil, err
		}
		if err := p.expect(":"); err != nil {
			return nil, err
		}
		v, err := p.value(constant)
		if err != nil {
			return nil, err
		}
		args = append(args, ast.NewArgument(&ast.Argument{Name: name, Value: v, Loc: p.loc(start)}))
	}
	return args, p.advance()
}

func (p *parser) directives(constant bool) ([]*ast.Directive, error) {
	var list []*ast.Directive
	for p.is("@") {
		start := p.current.start
		if err := p.advance(); err != nil {
			return nil, err
		}
		d := &ast.Directive{}
		var err error
		if d.Name, err = p.name(); err != nil {
			return nil, err
		}
		if d.Arguments, err = p.arguments(constant); err != nil {
			return nil, err
		}
		d.Loc = p.loc(start)
		list = append(list, ast.NewDirective(d))
	}
	return list, nil
}

func (p *parser) value(constant bool) (ast.Value, error) {
	leave, err := p.nest()
	if err != nil {
		return nil, err
	}
	defer leave()
	t := p.current
	start := t.start
	if t.kind == punctuator {
		switch t.text {
		case "$":
			if !constant {
				return p.variable()
			}
		case "[":
			list := &ast.ListValue{}
			if err := p.advance(); err != nil {
				return nil, err
			}
			for !p.is("]") {
				v, err := p.value(constant)
				if err != nil {
					return nil, err
				}
				list.Values = append(list.Values, v)
			}
			if err := p.advance(); err != nil {
				return nil, err
			}
			list.Loc = p.loc(start)
			return ast.NewListValue(list), nil
		case "{":
			return p.object(constant)
		}
		return nil, p.unexpected()
	}
	if t.kind == endToken {
		return nil, p.unexpected()
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	loc := p.loc(start)
	switch {
	case t.kind == intToken:
		return ast.NewIntValue(&ast.IntValue{Value: t.text, Loc: loc}), nil
	case t.kind == floatToken:
		return ast.NewFloatValue(&ast.FloatValue{Value: t.text, Loc: loc}), nil
	case t.kind == stringToken:
		return ast.NewStringValue(&ast.StringValue{Value: t.text, Loc: loc}), nil
	case t.text == "true" || t.text == "false":
		return ast.NewBooleanValue(&ast.BooleanValue{Value: t.text == "true", Loc: loc}), nil
	}
	return ast.NewEnumValue(&ast.EnumValue{Value: t.text, Loc: loc}), nil
}

func (p *parser) object(constant bool) (ast.Value, error) {
	start := p.current.start
	if err := p.advance(); err != nil {
		return nil, err
	}
	o := &ast.ObjectValue{}
	for !p.is("}") {
		at := p.current.start
		name, err := p.name()
		if err != nil {
			return nil, err
		}
		if err := p.expect(":"); err != nil {
			return nil, err
		}
		v, err := p.value(constant)
		if err != nil {
			return nil, err
		}
		o.Fields = append(o.Fields, ast.NewObjectField(&ast.ObjectField{Name: name, Value: v, Loc: p.loc(at)}))
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	o.Loc = p.loc(start)
	return ast.NewObjectValue(o), nil
}
