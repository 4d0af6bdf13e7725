package graph

import (
	"container/list"
	"fmt"
	"strings"
	"sync"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/kinds"
	"github.com/graphql-go/graphql/language/printer"
	"github.com/graphql-go/graphql/language/visitor"
)

// document is a parsed and valid document.
type document struct {
	text       string
	operations []*ast.OperationDefinition
	fragments  map[string]*ast.FragmentDefinition
}

// operation finds the operation of the name, or the only one when the name is empty.
func (d *document) operation(name string) (*ast.OperationDefinition, error) {
	if name == "" {
		if len(d.operations) != 1 {
			return nil, &Error{Code: codeOperation, Message: "Must provide operationName when the query holds several operations."}
		}
		return d.operations[0], nil
	}
	for _, op := range d.operations {
		if op.Name != nil && op.Name.Value == name {
			return op, nil
		}
	}
	return nil, &Error{Code: codeOperation, Message: fmt.Sprintf("Unknown operation named %q.", name)}
}

// prepare parses and validates a document; the errors are for the client.
func prepare(s *graphql.Schema, query string, limits Limits) (*document, []*Error) {
	doc, err := parse(query, limits)
	if err == nil {
		err = limits.check(doc)
	}
	switch err := err.(type) {
	case nil:
	case *Error:
		return nil, []*Error{err}
	case *syntaxError:
		return nil, []*Error{{Code: codeSyntax, Message: err.message, Locations: []Location{locate(query, err.at)}}}
	default:
		return nil, []*Error{{Code: codeSyntax, Message: "Syntax Error."}}
	}
	if result := graphql.ValidateDocument(s, doc, rules()); !result.IsValid {
		errs := make([]*Error, 0, len(result.Errors))
		for _, e := range result.Errors {
			errs = append(errs, validationError(e))
			if len(errs) == 20 {
				break
			}
		}
		return nil, errs
	}
	d := &document{text: query, fragments: map[string]*ast.FragmentDefinition{}}
	for _, def := range doc.Definitions {
		switch def := def.(type) {
		case *ast.OperationDefinition:
			d.operations = append(d.operations, def)
		case *ast.FragmentDefinition:
			d.fragments[def.Name.Value] = def
		}
	}
	return d, nil
}

// validationError takes over an error of graphql-go's without its guesses at what was meant, which give the schema away.
func validationError(e gqlerrors.FormattedError) *Error {
	message := e.Message
	for _, guess := range []string{" Did you mean", " Perhaps you meant", "\nDid you mean"} {
		message, _, _ = strings.Cut(message, guess)
	}
	out := &Error{Code: codeValidation, Message: message}
	for _, l := range e.Locations {
		out.Locations = append(out.Locations, Location{l.Line, l.Column})
	}
	return out
}

// rules are the specification's, with those about values replaced by ones that know null.
func rules() []graphql.ValidationRuleFn {
	return []graphql.ValidationRuleFn{
		literalsRule, defaultsRule, singleSubscriptionRule, uniqueDirectivesRule,
		graphql.FieldsOnCorrectTypeRule,
		graphql.FragmentsOnCompositeTypesRule,
		graphql.KnownArgumentNamesRule,
		graphql.KnownDirectivesRule,
		graphql.KnownFragmentNamesRule,
		graphql.KnownTypeNamesRule,
		graphql.LoneAnonymousOperationRule,
		graphql.NoUndefinedVariablesRule,
		graphql.NoUnusedFragmentsRule,
		graphql.NoUnusedVariablesRule,
		graphql.OverlappingFieldsCanBeMergedRule,
		graphql.PossibleFragmentSpreadsRule,
		graphql.ProvidedNonNullArgumentsRule,
		graphql.ScalarLeafsRule,
		graphql.UniqueArgumentNamesRule,
		graphql.UniqueFragmentNamesRule,
		graphql.UniqueInputFieldNamesRule,
		graphql.UniqueOperationNamesRule,
		graphql.UniqueVariableNamesRule,
		graphql.VariablesAreInputTypesRule,
		graphql.VariablesInAllowedPositionRule,
	}
}

// rule makes a validation rule that looks at nodes of one kind.
func rule(kind string, look func(c *graphql.ValidationContext, n any, report func(string, ast.Node))) graphql.ValidationRuleFn {
	return func(c *graphql.ValidationContext) *graphql.ValidationRuleInstance {
		return &graphql.ValidationRuleInstance{VisitorOpts: &visitor.VisitorOptions{KindFuncMap: map[string]visitor.NamedVisitFuncs{
			kind: {Kind: func(p visitor.VisitFuncParams) (string, any) {
				look(c, p.Node, func(message string, at ast.Node) {
					c.ReportError(gqlerrors.NewError(message, []ast.Node{at}, "", nil, []int{}, nil))
				})
				return visitor.ActionNoChange, nil
			}},
		}}}
	}
}

// literalsRule checks each argument's value against its type.
func literalsRule(c *graphql.ValidationContext) *graphql.ValidationRuleInstance {
	return rule(kinds.Argument, func(c *graphql.ValidationContext, n any, report func(string, ast.Node)) {
		arg, def := n.(*ast.Argument), c.Argument()
		if def == nil {
			return
		}
		if _, err := coerceLiteral(def.Type, arg.Value, nil); err != nil {
			report(fmt.Sprintf("Argument %q has an invalid value: %s", arg.Name.Value, err), arg.Value)
		}
	})(c)
}

// defaultsRule checks each variable's default against its type.
func defaultsRule(c *graphql.ValidationContext) *graphql.ValidationRuleInstance {
	return rule(kinds.VariableDefinition, func(c *graphql.ValidationContext, n any, report func(string, ast.Node)) {
		def := n.(*ast.VariableDefinition)
		if t := inputType(c.Schema(), def.Type); t != nil && def.DefaultValue != nil {
			if _, err := coerceLiteral(t, def.DefaultValue, nil); err != nil {
				report(fmt.Sprintf("Variable \"$%s\" has an invalid default value: %s", def.Variable.Name.Value, err), def.DefaultValue)
			}
		}
	})(c)
}

// singleSubscriptionRule lets a subscription ask for one field only.
func singleSubscriptionRule(c *graphql.ValidationContext) *graphql.ValidationRuleInstance {
	return rule(kinds.OperationDefinition, func(c *graphql.ValidationContext, n any, report func(string, ast.Node)) {
		if op := n.(*ast.OperationDefinition); op.Operation == ast.OperationTypeSubscription && len(op.SelectionSet.Selections) != 1 {
			report("A subscription must select only one field.", op)
		}
	})(c)
}

// uniqueDirectivesRule lets no directive stand twice in one place.
func uniqueDirectivesRule(c *graphql.ValidationContext) *graphql.ValidationRuleInstance {
	return rule(kinds.Field, func(c *graphql.ValidationContext, n any, report func(string, ast.Node)) {
		seen := map[string]bool{}
		for _, d := range n.(*ast.Field).Directives {
			if seen[d.Name.Value] {
				report(fmt.Sprintf("The directive \"@%s\" can only be used once at this location.", printer.Print(d.Name)), d)
			}
			seen[d.Name.Value] = true
		}
	})(c)
}

// cache keeps the documents that were asked last, parsed and valid.
type cache struct {
	mu     sync.Mutex
	most   int
	order  *list.List // of *document, last used first
	byText map[string]*list.Element
}

func newCache(most int) *cache {
	return &cache{most: most, order: list.New(), byText: map[string]*list.Element{}}
}

func (c *cache) get(text string) *document {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byText[text]
	if !ok {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*document)
}

func (c *cache) put(d *document) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byText[d.text]; ok {
		return
	}
	c.byText[d.text] = c.order.PushFront(d)
	for c.order.Len() > c.most {
		last := c.order.Back()
		delete(c.byText, last.Value.(*document).text)
		c.order.Remove(last)
	}
}
