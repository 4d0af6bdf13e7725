//go:build unix

package extract

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"incidentgraph/loader/article"
)

// processor gives the processor time that the process has used: on a machine that others use as well it tells more
// than the clock.
func processor(tb testing.TB) time.Duration {
	tb.Helper()
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// BenchmarkExtract reads all fixture articles, text to claims, one after the other.
func BenchmarkExtract(b *testing.B) {
	c := coder(b)
	list := samples(b)
	sentences := 0
	for _, s := range list {
		for _, x := range s.doc.Sentences {
			if roleTells(x.Role) {
				sentences++
			}
		}
	}
	b.ReportAllocs()
	from := processor(b)
	for b.Loop() {
		for _, s := range list {
			c.Extract(s.doc)
		}
	}
	b.ReportMetric(float64(sentences*b.N)/b.Elapsed().Seconds(), "sentences/s")
	b.ReportMetric(float64(sentences*b.N)/(processor(b)-from).Seconds(), "sentences/cpu-s")
}

// long gives an article of n sentences: the stories of the fixtures, one after the other, again and again.
func long(tb testing.TB, n int) article.Document {
	tb.Helper()
	var b strings.Builder
	for k := 0; k < n; {
		for _, s := range samples(tb) {
			for _, x := range s.doc.Sentences {
				if x.Role == article.Story && k < n {
					b.WriteString(strings.Join(strings.Fields(s.doc.Text[x.Start:x.End]), " "))
					b.WriteString("\n\n")
					k++
				}
			}
		}
	}
	return document(tb, b.String(), "2024-01-17")
}

// BenchmarkLongArticle shows by its sentences/cpu-s whether time grows faster than the article: they should stay
// the same from one line to the next.
func BenchmarkLongArticle(b *testing.B) {
	c := coder(b)
	for _, n := range []int{300, 1200, 4800} {
		b.Run(fmt.Sprintf("sentences=%d", n), func(b *testing.B) {
			doc := long(b, n)
			from := processor(b)
			for b.Loop() {
				c.Extract(doc)
			}
			b.ReportMetric(float64(len(doc.Sentences)*b.N)/(processor(b)-from).Seconds(), "sentences/cpu-s")
		})
	}
}

// BenchmarkNasty does the same for texts that nobody means to send, by their bytes.
func BenchmarkNasty(b *testing.B) {
	c := coder(b)
	for _, name := range slices.Sorted(maps.Keys(nasty(100))) {
		for _, size := range []int{10_000, 40_000} {
			b.Run(fmt.Sprintf("%s/bytes=%d", strings.ReplaceAll(name, " ", "_"), size), func(b *testing.B) {
				text := nasty(size)[name]
				var docs []article.Document
				for doc, err := range article.Read("nasty.txt", strings.NewReader(text), article.Overrides{Published: "2024-01-17"}) {
					if err == nil {
						docs = append(docs, doc)
					}
				}
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					for _, doc := range docs {
						c.Extract(doc)
					}
				}
			})
		}
	}
}
