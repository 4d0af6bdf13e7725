// Package dgraph keeps the graph in Dgraph: it connects to one Alpha or to several of a cluster, applies
// the schema, reads, and writes in transactions that are tried again when another writer was faster.
// It alone speaks Dgraph's protocol; the rest of the program hands it DQL and N-Quads and gets JSON.
package dgraph

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/dgraph-io/dgo/v230"
	"github.com/dgraph-io/dgo/v230/protos/api"
	"google.golang.org/grpc"
	grpcbackoff "google.golang.org/grpc/backoff"
	"google.golang.org/grpc/connectivity"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
)

const (
	// maxMessage bounds one answer or mutation, in bytes; gRPC's own 4 MB are too few for an export.
	maxMessage = 1 << 30
	// openPatience is how long Open waits for an Alpha that does not answer yet.
	openPatience = 10 * time.Second
	// updatePatience is how long Update goes on when transactions are aborted or Dgraph is away.
	updatePatience = 30 * time.Second
	// outagePatience is how long of that Dgraph may not answer at all: an Alpha that restarts is back within.
	outagePatience = 12 * time.Second
)

// Client reads and writes one Dgraph. It is safe for use by many goroutines.
type Client struct {
	target string
	alphas []alpha
	next   atomic.Uint32
}

// alpha is one server of the cluster.
type alpha struct {
	conn *grpc.ClientConn
	rpc  api.DgraphClient
	dgo  *dgo.Dgraph
}

// Open connects to the Dgraph at target, an Alpha's gRPC address as host:port or, for a cluster,
// several with commas between them, and waits until one is ready: 10 s at most, less when ctx ends sooner.
// The error is ErrUnavailable when none became ready. Close the client after use.
func Open(ctx context.Context, target string) (*Client, error) {
	c := &Client{target: target}
	for _, address := range strings.Split(target, ",") {
		address = strings.TrimSpace(address)
		if address == "" {
			continue
		}
		conn, err := grpc.NewClient("passthrough:///"+address,
			grpc.WithTransportCredentials(insecure.NewCredentials()),
			grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxMessage), grpc.MaxCallSendMsgSize(maxMessage)),
			grpc.WithConnectParams(grpc.ConnectParams{
				Backoff:           grpcbackoff.Config{BaseDelay: 50 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: time.Second},
				MinConnectTimeout: 3 * time.Second,
			}),
			grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 5 * time.Minute, Timeout: 20 * time.Second}))
		if err != nil {
			c.Close()
			return nil, fmt.Errorf("address of Dgraph %q: %w", address, err)
		}
		conn.Connect()
		rpc := api.NewDgraphClient(conn)
		c.alphas = append(c.alphas, alpha{conn: conn, rpc: rpc, dgo: dgo.NewDgraphClient(rpc)})
	}
	if len(c.alphas) == 0 {
		return nil, fmt.Errorf("address of Dgraph %q: give an Alpha's gRPC address as host:port", target)
	}
	ctx, cancel := context.WithTimeout(ctx, openPatience)
	defer cancel()
	if err := c.WaitReady(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Target gives the address or addresses that the client was opened with.
func (c *Client) Target() string { return c.target }

// Close ends the connections.
func (c *Client) Close() error {
	var errs []error
	for _, a := range c.alphas {
		errs = append(errs, a.conn.Close())
	}
	return errors.Join(errs...)
}

// Ping asks once whether some Alpha is ready for work; the error is ErrUnavailable when none is.
func (c *Client) Ping(ctx context.Context) error {
	_, err := c.Version(ctx)
	return err
}

// Version gives the version of the Dgraph that answers, "v25.3.8".
func (c *Client) Version(ctx context.Context) (string, error) {
	var last error
	for range c.alphas {
		// A server that is not ready yet keeps the request waiting no longer than this.
		ask, cancel := context.WithTimeout(ctx, 5*time.Second)
		v, err := c.alpha().rpc.CheckVersion(ask, &api.Check{})
		cancel()
		if err == nil {
			return v.GetTag(), nil
		}
		last = err
	}
	return "", c.unavailable(last)
}

// WaitReady returns as soon as an Alpha is ready for work, or ErrUnavailable with the reason when ctx ends before.
func (c *Client) WaitReady(ctx context.Context) error {
	var err error
	for {
		switch now := c.Ping(ctx); {
		case now == nil:
			return nil
		case err == nil || ctx.Err() == nil:
			err = now // the last one is only that time is up, and tells less
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(25 * time.Millisecond):
		}
	}
}

// alpha gives the next server whose turn it is: of those whose connection stands or, when there is none, of
// those that are not known to be away.
func (c *Client) alpha() alpha {
	n := uint32(len(c.alphas))
	turn := c.next.Add(1)
	for _, states := range [][]connectivity.State{{connectivity.Ready}, {connectivity.Idle, connectivity.Connecting}} {
		for i := range n {
			if a := c.alphas[(turn+i)%n]; slices.Contains(states, a.conn.GetState()) {
				return a
			}
		}
	}
	return c.alphas[turn%n]
}

// Answer is what a question came to.
type Answer struct {
	// JSON is Dgraph's answer, an object with one entry a query block.
	JSON []byte
	// Latency is the time that Dgraph itself spent.
	Latency time.Duration
}

// Query answers a DQL question from everything that was committed before it was asked. vars holds the values
// of its $variables by name ("$name"); no value of a user's ever goes into the text itself.
func (c *Client) Query(ctx context.Context, dql string, vars map[string]string) (Answer, error) {
	return c.readOnly(false).Query(ctx, dql, vars)
}

// QueryBestEffort is Query without asking Zero for a timestamp first: faster, but what was committed in the
// last moment may be missing.
func (c *Client) QueryBestEffort(ctx context.Context, dql string, vars map[string]string) (Answer, error) {
	return c.readOnly(true).Query(ctx, dql, vars)
}

// ReadOnly begins a transaction whose questions all see the graph at one moment. It needs no Commit or Discard.
func (c *Client) ReadOnly() *Txn { return c.readOnly(false) }

// ReadOnlyBestEffort is ReadOnly at a moment that may lie a little back, as in QueryBestEffort.
func (c *Client) ReadOnlyBestEffort() *Txn { return c.readOnly(true) }

func (c *Client) readOnly(bestEffort bool) *Txn {
	t := c.alpha().dgo.NewReadOnlyTxn()
	if bestEffort {
		t = t.BestEffort()
	}
	return &Txn{client: c, txn: t}
}

// Begin begins a transaction that reads and writes. Most callers want Update, which also tries again.
func (c *Client) Begin() *Txn { return &Txn{client: c, txn: c.alpha().dgo.NewTxn()} }

// Txn is a transaction: all of it happens or nothing. It is for one goroutine.
type Txn struct {
	client *Client
	txn    *dgo.Txn
}

// Query answers a DQL question within the transaction, its own mutations included.
func (t *Txn) Query(ctx context.Context, dql string, vars map[string]string) (Answer, error) {
	r, err := t.txn.QueryWithVars(ctx, dql, vars)
	if err != nil {
		return Answer{}, t.client.failed("query", err)
	}
	return Answer{JSON: r.GetJson(), Latency: time.Duration(r.GetLatency().GetTotalNs())}, nil
}

// Mutate deletes and then sets statements in the form that NQuads writes; either may be empty. It gives the
// uid ("0x1a") of every node that set named by Blank, by the name given to Blank. After an error the transaction is over.
func (t *Txn) Mutate(ctx context.Context, set, del []byte) (map[string]string, error) {
	return t.mutate(ctx, set, del, false)
}

// MutateAndCommit is Mutate followed by Commit in a single round trip.
func (t *Txn) MutateAndCommit(ctx context.Context, set, del []byte) (map[string]string, error) {
	return t.mutate(ctx, set, del, true)
}

func (t *Txn) mutate(ctx context.Context, set, del []byte, commit bool) (map[string]string, error) {
	if len(set) == 0 && len(del) == 0 {
		if commit {
			return nil, t.Commit(ctx)
		}
		return nil, nil
	}
	r, err := t.txn.Mutate(ctx, &api.Mutation{SetNquads: set, DelNquads: del, CommitNow: commit})
	if err != nil {
		return nil, t.client.failed("mutation", err)
	}
	uids := make(map[string]string, len(r.GetUids()))
	for label, uid := range r.GetUids() {
		uids[blankName(label)] = uid
	}
	return uids, nil
}

// Commit makes the transaction's mutations visible to all, or gives ErrAborted when another transaction wrote
// the same things meanwhile. When it gives ErrUnavailable, it is not known whether they are.
func (t *Txn) Commit(ctx context.Context) error {
	return t.client.failed("commit", t.txn.Commit(ctx))
}

// Discard gives up what was not committed; after Commit it does nothing, so that it can be deferred.
func (t *Txn) Discard() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	// Without an answer Dgraph drops the transaction by itself after a while.
	_ = t.txn.Discard(ctx)
}

// Update runs write in a transaction and commits it. When another writer was faster or Dgraph was away for a
// moment it runs write again in a new one, after a pause that grows and varies, for 30 s at most (12 s of
// outage). The answer to a commit can get lost with the connection, so write may run again after it took
// effect: it looks for what is there before it adds. Any other error of write ends it at once.
func (c *Client) Update(ctx context.Context, write func(context.Context, *Txn) error) error {
	pause := backoff.NewExponentialBackOff()
	pause.InitialInterval, pause.MaxInterval, pause.RandomizationFactor = 4*time.Millisecond, time.Second, 0.6
	var away time.Time
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		err := c.once(ctx, write)
		switch {
		case errors.Is(err, ErrAborted):
			away = time.Time{}
			return struct{}{}, err
		case errors.Is(err, ErrUnavailable):
			if away.IsZero() {
				away = time.Now()
			}
			if time.Since(away) < outagePatience {
				return struct{}{}, err
			}
		}
		if err != nil {
			return struct{}{}, backoff.Permanent(err)
		}
		return struct{}{}, nil
	}, backoff.WithBackOff(pause), backoff.WithMaxElapsedTime(updatePatience))
	return err
}

// once runs write in one transaction and commits it.
func (c *Client) once(ctx context.Context, write func(context.Context, *Txn) error) error {
	t := c.Begin()
	defer t.Discard()
	if err := write(ctx, t); err != nil {
		return err
	}
	err := t.Commit(ctx)
	if errors.Is(err, dgo.ErrFinished) {
		return nil // write ended with MutateAndCommit
	}
	return err
}
