package graph

import (
	"context"
	"fmt"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// memory remembers a number of each of many lists by a text that tells which one it is. The number may be out of
// date, and very rarely be another list's: it may decide how a question is asked, never what is answered.
type memory struct {
	mu    sync.Mutex
	seed  maphash.Seed
	known map[uint64]int64
}

func (m *memory) get(list string) (int64, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		return 0, false
	}
	n, ok := m.known[maphash.String(m.seed, list)]
	return n, ok
}

func (m *memory) put(list string, n int64) {
	const most = 50_000
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil || len(m.known) >= most {
		m.seed, m.known = maphash.MakeSeed(), map[uint64]int64{}
	}
	m.known[maphash.String(m.seed, list)] = n
}

// newestFirst tells that the page is the first of one list with the newest first.
func (l lister) newestFirst() bool {
	o, p := l.source.order, l.paging
	return o.predicate == "day" && o.desc && !p.backward && p.cursor == nil && (l.source.edge == "" || l.at.identity != "")
}

// newest asks for the page of a list that has the newest first. When it was full last time, the nodes since the day on
// which it ended then are enough, unless some of them are gone. It gives the plan in the end, too.
func (l lister) newest(how plan) (segments []segment, _ plan, err error) {
	l.body.attr("day")
	list := l.text()
	if k := l.since(list); k != nil {
		segments, how = []segment{l.recent(k, how)}, since
	} else {
		segments, err = l.begin(how, false)
	}
	l.c.later(func(context.Context, asker) error {
		if n := l.parent(); n != nil {
			l.note(list, rowsOf(segments, n))
		}
		return nil
	})
	return segments, how, err
}

// text tells the list from others: what it is asked for, values and all.
func (l lister) text() string {
	q := l.q.following()
	root, rest := l.source.cond.root(l.source.node)
	q.ask("list(func: "+root+", first: "+strconv.Itoa(l.paging.size)+")"+filtered(rest), nil)
	q.complete(l.q)
	return fmt.Sprint(l.at.identity, " ", l.source.edge, " ", q, q.vars)
}

// note remembers on which day a full page ended, and the newest day of all.
func (l lister) note(list string, rows []*node) {
	var end int64
	if len(rows) > l.paging.size {
		end, _ = rows[l.paging.size].int("day")
	}
	l.c.ends.put(list, end)
	if len(rows) > 0 {
		first, _ := rows[0].int("day")
		if latest, _ := l.c.ends.get(l.source.node); first > latest {
			l.c.ends.put(l.source.node, first)
		}
	}
}

// since is the list's condition narrowed to the days since the one on which its page ended last time. It is nil when
// that is not known, or lies so far back that to order the whole list is faster: an index is read day by day, that of
// incidents month by month.
func (l lister) since(list string) cond {
	end, _ := l.c.ends.get(list)
	if end == 0 {
		return nil
	}
	k := slices.Clone(l.source.cond)
	for i, a := range k {
		if days, ok := strings.CutPrefix(a.text, daysWritten); ok {
			names := slices.DeleteFunc(strings.Split(strings.TrimSuffix(days, "])"), ", "), func(name string) bool {
				day, err := strconv.ParseInt(l.q.vars[name], 10, 64)
				return err == nil && day < end
			})
			if len(names) == 0 {
				return nil
			}
			k[i].text = daysWritten + strings.Join(names, ", ") + "])"
			return k
		}
	}
	for _, a := range k {
		if name, ok := strings.CutPrefix(a.text, "eq(month, "); ok {
			month, _ := strconv.ParseInt(l.q.vars[strings.TrimSuffix(name, ")")], 10, 64)
			if list := daysOf(end, month*100+31, 31); len(list) > 0 {
				return k.and(atom{text: l.q.days(list)})
			}
		}
	}
	latest, _ := l.c.ends.get(l.source.node)
	months := monthCount(latest) - monthCount(end)
	switch {
	case l.source.node == "Incident" && months <= 12:
		return k.and(atom{"ge(month, " + l.q.number(end/100) + ")", 27, true})
	case l.source.node != "Incident" && months <= 4:
		return k.and(atom{text: "ge(day, " + l.q.number(end) + ")"})
	}
	return nil
}

// monthCount counts the months up to that of a day.
func monthCount(day int64) int64 { return day/10000*12 + day/100%100 }

// recent asks for the page among the nodes that meet a narrower condition, and when these do not fill it, once more
// among all.
func (l lister) recent(k cond, how plan) segment {
	narrow := l
	narrow.source.cond, narrow.source.order.always = k, true
	found := narrow.sorted()
	var whole []*node
	again := false
	l.c.later(func(ctx context.Context, ask asker) error {
		n := l.parent()
		if n == nil || len(rowsOf(found, n)) > l.paging.size {
			return nil
		}
		l.q, l.at.group = l.c.q.following(), &group{}
		segments, err := l.begin(how, false)
		if err != nil {
			return err
		}
		alias := l.q.fresh("q")
		if l.source.edge != "" {
			l.q.ask(alias+"(func: uid("+l.at.uids+"))", l.at.group)
		}
		l.q.complete(l.c.q)
		if n, err = ask(ctx, l.q); err != nil {
			return err
		}
		if l.source.edge != "" {
			n = n.first(alias)
		}
		whole, again = rowsOf(segments, n), true
		return nil
	})
	return segment{func(n *node) []*node {
		if again {
			return whole
		}
		return rowsOf(found, n)
	}}
}

// parent is the node of the answer that has the list.
func (l lister) parent() *node {
	if l.source.edge == "" {
		return l.c.answer
	}
	return l.at.found()
}

func rowsOf(segments []segment, n *node) []*node {
	var rows []*node
	for _, s := range segments {
		rows = append(rows, s.rows(n)...)
	}
	return rows
}
