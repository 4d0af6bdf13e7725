// Command api serves the incident graph: GraphQL for programs, pages for people. Without the address of a
// Dgraph it runs one of its own on this machine and, when that is empty, loads sample articles into it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"incidentgraph/api/graph"
	"incidentgraph/api/serve"
	"incidentgraph/schema/dgraph"
	"incidentgraph/schema/dgraph/local"
)

// options are the command line; each is also an environment variable.
type options struct {
	Listen          string     `default:"127.0.0.1:4000" env:"INCIDENTGRAPH_LISTEN" placeholder:"HOST:PORT" help:"Address to serve on."`
	Data            string     `env:"INCIDENTGRAPH_DATA" placeholder:"DIR" help:"Directory of the local Dgraph; one of this program's in the user's data directory when not given."`
	Dgraph          string     `env:"INCIDENTGRAPH_DGRAPH" placeholder:"HOST:PORT" help:"gRPC address of a Dgraph that runs already, or of several with commas between; a local one is run when not given."`
	NoSamples       bool       `env:"INCIDENTGRAPH_NO_SAMPLES" help:"Leave an empty graph empty instead of loading the sample articles."`
	LogLevel        slog.Level `default:"info" env:"INCIDENTGRAPH_LOG_LEVEL" help:"What to log: debug, info, warn or error."`
	Origin          []string   `env:"INCIDENTGRAPH_ORIGIN" placeholder:"ORIGIN" help:"Web origin whose pages may ask, such as https://dash.example.org; * for all. May be repeated."`
	FrameAncestor   []string   `env:"INCIDENTGRAPH_FRAME_ANCESTOR" placeholder:"ORIGIN" help:"Web origin whose pages may embed the pages of this server. May be repeated."`
	NoGraphiQL      bool       `name:"no-graphiql" env:"INCIDENTGRAPH_NO_GRAPHIQL" help:"Leave out the GraphiQL page."`
	NoIntrospection bool       `env:"INCIDENTGRAPH_NO_INTROSPECTION" help:"Refuse questions about the GraphQL schema."`
	Explain         bool       `env:"INCIDENTGRAPH_EXPLAIN" help:"Add to each response the DQL that was asked and how long Dgraph took, for developers."`
	Tokens          string     `type:"existingfile" env:"INCIDENTGRAPH_TOKENS" placeholder:"FILE" help:"File of bearer tokens, one a line: name, SHA-256 of the token in hex, scopes (read,export), subscriptions=N if it may have other than the usual number. Without the file everybody may ask."`
	TLSCert         string     `name:"tls-cert" type:"existingfile" env:"INCIDENTGRAPH_TLS_CERT" placeholder:"FILE" help:"Certificate to serve with TLS, in PEM."`
	TLSKey          string     `name:"tls-key" type:"existingfile" env:"INCIDENTGRAPH_TLS_KEY" placeholder:"FILE" help:"Key of the certificate, in PEM."`
	Bounds          bounds     `embed:""`
}

// bounds are what one request and one client may ask for.
type bounds struct {
	Timeout       time.Duration `default:"20s" env:"INCIDENTGRAPH_TIMEOUT" help:"Longest time to work on one question."`
	Concurrent    int           `default:"32" env:"INCIDENTGRAPH_CONCURRENT" help:"How many questions to work on at a time."`
	Subscriptions int           `default:"20" env:"INCIDENTGRAPH_SUBSCRIPTIONS" help:"How many subscriptions one client may have open: one token, or one address where there are no tokens."`
	MaxBody       int64         `default:"524288" env:"INCIDENTGRAPH_MAX_BODY" help:"Most bytes of a request."`
	MaxCost       int           `default:"100000" env:"INCIDENTGRAPH_MAX_COST" help:"Most fields that one answer may hold."`
	MaxPage       int           `default:"1000" env:"INCIDENTGRAPH_MAX_PAGE" help:"Most items of a page."`
	MaxDepth      int           `default:"20" env:"INCIDENTGRAPH_MAX_DEPTH" help:"How deep fields may be nested."`
	MaxTokens     int           `default:"4000" env:"INCIDENTGRAPH_MAX_TOKENS" help:"Most tokens of a query."`
	MaxAliases    int           `default:"60" env:"INCIDENTGRAPH_MAX_ALIASES" help:"Most aliases of a query."`
	MaxDirectives int           `default:"50" env:"INCIDENTGRAPH_MAX_DIRECTIVES" help:"Most directives of a query."`
}

// limits are the bounds of a question.
func (b bounds) limits() graph.Limits {
	l := graph.DefaultLimits()
	l.Timeout, l.Concurrent = b.Timeout, max(b.Concurrent, 1)
	l.Cost, l.Page, l.Depth = b.MaxCost, b.MaxPage, b.MaxDepth
	l.Tokens, l.Aliases, l.Directives = b.MaxTokens, b.MaxAliases, b.MaxDirectives
	return l
}

const examples = `
Serves the incident graph at http://127.0.0.1:4000/graphql, with a page to ask it at /graphiql.

Examples:
  api                                   a graph on this machine, with samples when it is new
  api --data ./graph --no-samples       a graph in a directory of your choice, empty at first
  api --dgraph 10.0.0.5:9080            a graph in a Dgraph that runs elsewhere
  api --listen :4000 --origin https://dash.example.org
                                        for other machines and for a dashboard's pages`

func main() {
	local.RunIfChild()
	os.Exit(command(os.Args[1:], os.Stdout, os.Stderr))
}

// command carries out a command line and gives the exit status: 0 when it was told to stop, 1 when it could not
// serve, 2 for wrong usage.
func command(args []string, out, errs io.Writer) int {
	var o options
	status := -1
	parser, err := kong.New(&o, kong.Name("api"), kong.Description(examples), kong.Writers(out, errs), kong.Exit(func(code int) { status = code }))
	if err != nil {
		panic(err) // the options above are at fault
	}
	_, err = parser.Parse(args)
	if status >= 0 {
		return status // --help
	}
	if err != nil {
		fmt.Fprintf(errs, "api: %v\nTry: api --help\n", err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o, errs); err != nil {
		fmt.Fprintln(errs, "api:", err)
		return 1
	}
	return 0
}

// run serves until ctx ends or something fails.
func run(ctx context.Context, o options, out io.Writer) (err error) {
	log := slog.New(serve.WithRequest(slog.NewTextHandler(out, &slog.HandlerOptions{Level: o.LogLevel})))
	var tokens *serve.Tokens
	if o.Tokens != "" {
		f, err := os.Open(o.Tokens)
		if err != nil {
			return err
		}
		tokens, err = serve.ParseTokens(f)
		f.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", o.Tokens, err)
		}
	}
	if (o.TLSCert == "") != (o.TLSKey == "") {
		return errors.New("give --tls-cert and --tls-key together")
	}
	// The port is taken first: without it nothing else is of use.
	listener, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return fmt.Errorf("%w; choose another address with --listen", err)
	}
	defer listener.Close()

	address, ratel := o.Dgraph, ""
	var died <-chan struct{}
	if address == "" {
		dir, err := local.Directory(o.Data)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "Starting Dgraph in %s\n", dir)
		d, err := local.Start(ctx, dir, log)
		if err != nil {
			return err
		}
		defer d.Stop()
		address, ratel, died = d.Addresses().Alpha, d.Addresses().AlphaHTTP, d.Done()
	} else {
		fmt.Fprintf(out, "Connecting to Dgraph at %s\n", address)
	}
	client, err := dgraph.Open(ctx, address)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := client.ApplySchema(ctx); err != nil {
		return err
	}
	if !o.NoSamples {
		if err := loadSamples(ctx, client, log, out); err != nil {
			return err
		}
	}

	service, err := graph.New(client, graph.Config{Limits: o.Bounds.limits(), NoIntrospection: o.NoIntrospection, Explain: o.Explain, Log: log})
	if err != nil {
		return err
	}
	ending := make(chan struct{})
	server := &http.Server{
		Handler: serve.Handler(serve.Config{Graph: service, Ready: client.Ping, Origins: o.Origin, FrameAncestors: o.FrameAncestor,
			NoGraphiQL: o.NoGraphiQL, Tokens: tokens, MaxBody: o.Bounds.MaxBody, Subscriptions: o.Bounds.Subscriptions, Ending: ending, Log: log}),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	served := make(chan error, 1)
	base := "http://" + listener.Addr().String()
	if o.TLSCert != "" {
		base = "https://" + listener.Addr().String()
		go func() { served <- server.ServeTLS(listener, o.TLSCert, o.TLSKey) }()
	} else {
		go func() { served <- server.Serve(listener) }()
	}
	fmt.Fprintf(out, "GraphQL:  %s/graphql\n", base)
	if !o.NoGraphiQL {
		fmt.Fprintf(out, "GraphiQL: %s/graphiql\n", base)
	}
	if ratel != "" {
		fmt.Fprintf(out, "Dgraph:   %s (give this address to Ratel)\n", ratel)
	}

	select {
	case <-ctx.Done():
		fmt.Fprintln(out, "Stopping")
	case err := <-served:
		return err
	case <-died:
		return errors.New("the local Dgraph has ended; its log is in the data directory")
	}
	// What is being answered may be finished, but not for long: Dgraph has to stop as well. Streams never are.
	close(ending)
	patience, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if err := server.Shutdown(patience); err != nil {
		server.Close()
	}
	return nil
}
