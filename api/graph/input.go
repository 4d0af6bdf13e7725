package graph

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/kinds"
)

// Coercion of input values by the specification; that of graphql-go takes "5" and true for an Int, and loses null.
// Coerced, an Int is an int64, a Float a float64, a Boolean a bool, an enum, ID or scalar a string, a list
// []any, an input object map[string]any with its defaults filled in, and null is nil.

// coerceVariables gives the values of an operation's variables; those that are absent without default are not in the map.
func coerceVariables(s *graphql.Schema, defs []*ast.VariableDefinition, given map[string]any) (map[string]any, error) {
	values := make(map[string]any, len(defs))
	for _, def := range defs {
		name := def.Variable.Name.Value
		t := inputType(s, def.Type)
		if t == nil {
			return nil, badInput("Variable \"$%s\" is not of an input type.", name)
		}
		v, has := given[name]
		if !has && def.DefaultValue != nil {
			d, err := coerceLiteral(t, def.DefaultValue, nil)
			if err != nil {
				return nil, badInput("The default of variable \"$%s\": %s", name, err)
			}
			values[name] = d
			continue
		}
		if !has {
			if _, required := t.(*graphql.NonNull); required {
				return nil, badInput("Variable \"$%s\" of required type \"%s\" was not provided.", name, t)
			}
			continue
		}
		c, err := coerceValue(t, v)
		if err != nil {
			return nil, badInput("Variable \"$%s\" got an invalid value: %s", name, err)
		}
		values[name] = c
	}
	return values, nil
}

// inputType finds the type that a document writes, or nil.
func inputType(s *graphql.Schema, t ast.Type) graphql.Type {
	switch t := t.(type) {
	case *ast.NonNull:
		if of := inputType(s, t.Type); of != nil {
			return graphql.NewNonNull(of)
		}
	case *ast.List:
		if of := inputType(s, t.Type); of != nil {
			return graphql.NewList(of)
		}
	case *ast.Named:
		switch named := s.Type(t.Name.Value).(type) {
		case *graphql.Scalar, *graphql.Enum, *graphql.InputObject:
			return named
		}
	}
	return nil
}

// coerceValue coerces a variable's value as JSON gives it, numbers being json.Number.
func coerceValue(t graphql.Type, v any) (any, error) {
	if nn, ok := t.(*graphql.NonNull); ok {
		if v == nil {
			return nil, fmt.Errorf("expected a value of type \"%s\", found null.", t)
		}
		return coerceValue(nn.OfType, v)
	}
	if v == nil {
		return nil, nil
	}
	switch t := t.(type) {
	case *graphql.List:
		items, ok := v.([]any)
		if !ok {
			items = []any{v} // a single value stands for a list of it
		}
		list := make([]any, 0, len(items))
		for i, item := range items {
			c, err := coerceValue(t.OfType, item)
			if err != nil {
				return nil, fmt.Errorf("at position %d: %w", i, err)
			}
			list = append(list, c)
		}
		return list, nil
	case *graphql.InputObject:
		m, ok := v.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("expected an object of type \"%s\".", t)
		}
		fields := t.Fields()
		for name := range m {
			if fields[name] == nil {
				return nil, fmt.Errorf("field %q is not defined by type \"%s\".", name, t)
			}
		}
		return inputObject(t, func(name string, ft graphql.Type) (any, bool, error) {
			item, has := m[name]
			if !has {
				return nil, false, nil
			}
			c, err := coerceValue(ft, item)
			return c, true, err
		})
	}
	switch v := v.(type) {
	case json.Number:
		return leaf(t, numberLiteral(v.String()), v.String())
	case string:
		kind := kinds.StringValue
		if _, ok := t.(*graphql.Enum); ok {
			kind = kinds.EnumValue
		}
		return leaf(t, kind, v)
	case bool:
		return leaf(t, kinds.BooleanValue, strconv.FormatBool(v))
	}
	return nil, fmt.Errorf("expected a value of type \"%s\".", t)
}

func numberLiteral(s string) string {
	for _, c := range s {
		if c == '.' || c == 'e' || c == 'E' {
			// JSON does not tell 5.0 from 5.
			if f, err := strconv.ParseFloat(s, 64); err == nil && f == math.Trunc(f) && math.Abs(f) <= math.MaxInt32 {
				return kinds.IntValue
			}
			return kinds.FloatValue
		}
	}
	return kinds.IntValue
}

// inputObject collects an object's fields, with defaults for those that are absent.
func inputObject(t *graphql.InputObject, get func(name string, t graphql.Type) (any, bool, error)) (any, error) {
	out := make(map[string]any)
	for name, f := range t.Fields() {
		v, has, err := get(name, f.Type)
		if err != nil {
			return nil, fmt.Errorf("in field %q: %w", name, err)
		}
		if !has {
			if f.DefaultValue != nil {
				out[name] = f.DefaultValue
			} else if _, required := f.Type.(*graphql.NonNull); required {
				return nil, fmt.Errorf("field %q of required type \"%s\" was not provided.", name, f.Type)
			}
			continue
		}
		out[name] = v
	}
	return out, nil
}

// coerceLiteral coerces a value written in a document. Variables are replaced by vars; with nil vars the
// literal is only checked and variables are taken to fit, which another rule sees to.
func coerceLiteral(t graphql.Type, v ast.Value, vars map[string]any) (any, error) {
	if variable, ok := v.(*ast.Variable); ok {
		if vars == nil {
			return nil, nil
		}
		value := vars[variable.Name.Value]
		if _, required := t.(*graphql.NonNull); required && value == nil {
			return nil, fmt.Errorf("variable \"$%s\" must not be null here.", variable.Name.Value)
		}
		return value, nil
	}
	null := isNull(v)
	if nn, ok := t.(*graphql.NonNull); ok {
		if null {
			return nil, fmt.Errorf("expected a value of type \"%s\", found null.", t)
		}
		return coerceLiteral(nn.OfType, v, vars)
	}
	if null {
		return nil, nil
	}
	switch t := t.(type) {
	case *graphql.List:
		items := []ast.Value{v}
		if l, ok := v.(*ast.ListValue); ok {
			items = l.Values
		}
		list := make([]any, 0, len(items))
		for i, item := range items {
			c, err := coerceLiteral(t.OfType, item, vars)
			if err != nil {
				return nil, fmt.Errorf("at position %d: %w", i, err)
			}
			list = append(list, c)
		}
		return list, nil
	case *graphql.InputObject:
		o, ok := v.(*ast.ObjectValue)
		if !ok {
			return nil, fmt.Errorf("expected an object of type \"%s\".", t)
		}
		given := make(map[string]ast.Value, len(o.Fields))
		for _, f := range o.Fields {
			if t.Fields()[f.Name.Value] == nil {
				return nil, fmt.Errorf("field %q is not defined by type \"%s\".", f.Name.Value, t)
			}
			given[f.Name.Value] = f.Value
		}
		return inputObject(t, func(name string, ft graphql.Type) (any, bool, error) {
			item, has := given[name]
			if !has || vars != nil && isAbsent(item, vars) {
				return nil, false, nil
			}
			c, err := coerceLiteral(ft, item, vars)
			return c, true, err
		})
	}
	switch v := v.(type) {
	case *ast.IntValue:
		return leaf(t, v.Kind, v.Value)
	case *ast.FloatValue:
		return leaf(t, v.Kind, v.Value)
	case *ast.StringValue:
		return leaf(t, v.Kind, v.Value)
	case *ast.BooleanValue:
		return leaf(t, v.Kind, strconv.FormatBool(v.Value))
	case *ast.EnumValue:
		return leaf(t, v.Kind, v.Value)
	}
	return nil, fmt.Errorf("expected a value of type \"%s\".", t)
}

// isNull tells a null literal, which the parser gives as an enum value of that name.
func isNull(v ast.Value) bool {
	e, ok := v.(*ast.EnumValue)
	return ok && e.Value == "null"
}

// isAbsent tells a variable that has no value, not even null.
func isAbsent(v ast.Value, vars map[string]any) bool {
	variable, ok := v.(*ast.Variable)
	if !ok {
		return false
	}
	_, has := vars[variable.Name.Value]
	return !has
}

// leaf coerces a scalar or enum from a literal of the kind.
func leaf(t graphql.Type, kind, text string) (any, error) {
	wrong := fmt.Errorf("expected a value of type \"%s\".", t)
	if e, ok := t.(*graphql.Enum); ok {
		if kind == kinds.EnumValue {
			for _, v := range e.Values() {
				if v.Name == text {
					return text, nil
				}
			}
			return nil, fmt.Errorf("%q is not a value of enum \"%s\".", text, t)
		}
		return nil, wrong
	}
	switch t.Name() {
	case "Int":
		if kind != kinds.IntValue {
			return nil, wrong
		}
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || f < math.MinInt32 || f > math.MaxInt32 {
			return nil, fmt.Errorf("an Int lies within 32 bits.")
		}
		return int64(f), nil
	case "Float":
		if kind != kinds.IntValue && kind != kinds.FloatValue {
			return nil, wrong
		}
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsInf(f, 0) {
			return nil, wrong
		}
		return f, nil
	case "Boolean":
		if kind != kinds.BooleanValue {
			return nil, wrong
		}
		return text == "true", nil
	case "ID":
		if kind != kinds.StringValue && kind != kinds.IntValue {
			return nil, wrong
		}
		return text, nil
	case "String":
		if kind != kinds.StringValue {
			return nil, wrong
		}
		return text, nil
	case "Date":
		if kind != kinds.StringValue {
			return nil, wrong
		}
		if _, _, err := days(text); err != nil {
			return nil, err
		}
		return text, nil
	case "DateTime":
		if kind != kinds.StringValue {
			return nil, wrong
		}
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			return nil, fmt.Errorf("expected a time such as \"2024-01-16T09:39:00Z\".")
		}
		return text, nil
	}
	return nil, wrong
}

// days gives the first and last day of "2024-01-16", "2024-01" or "2024" as 20240116.
func days(date string) (first, last int64, err error) {
	for _, f := range []struct {
		layout string
		next   func(time.Time) time.Time
	}{
		{"2006-01-02", func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }},
		{"2006-01", func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }},
		{"2006", func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }},
	} {
		if t, err := time.Parse(f.layout, date); err == nil {
			return dayNumber(t), dayNumber(f.next(t).AddDate(0, 0, -1)), nil
		}
	}
	return 0, 0, fmt.Errorf("expected a date such as \"2024-01-16\", \"2024-01\" or \"2024\".")
}

func dayNumber(t time.Time) int64 {
	return int64(t.Year())*10000 + int64(t.Month())*100 + int64(t.Day())
}

// dateText gives 20240116 as "2024-01-16".
func dateText(day int64) string {
	return fmt.Sprintf("%04d-%02d-%02d", day/10000, day/100%100, day%100)
}
