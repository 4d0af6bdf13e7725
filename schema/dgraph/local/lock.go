package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// ownership is the right to run Dgraph on a data directory. It is made of two locked files, which the system
// unlocks whatever their holders die of: "owner" is held by the process alone and tells others where Dgraph
// is; "family" is held by the children as well, so that it stays locked until the last of them is gone.
type ownership struct{ owner, family *os.File }

// takeOwnership locks the directory. The error is InUse when a process owns it. When the last owner is dead
// and its children are still ending, they are waited for.
func takeOwnership(ctx context.Context, dir string) (*ownership, error) {
	owner, err := openLock(dir, "owner")
	if err != nil {
		return nil, err
	}
	// One that only looks whether there is an owner (Find) holds the lock for a moment.
	if err := lock(ctx, owner, syscall.LOCK_EX, 200*time.Millisecond); err != nil {
		defer owner.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("data directory %s: %w", dir, err)
		}
		a, _ := readOwner(owner)
		return nil, &InUse{Dir: dir, Owner: a}
	}
	o := &ownership{owner: owner}
	if err := o.announce(Addresses{PID: os.Getpid()}); err != nil {
		o.release()
		return nil, err
	}
	if o.family, err = openLock(dir, "family"); err != nil {
		o.release()
		return nil, err
	}
	if err := lock(ctx, o.family, syscall.LOCK_EX, familyPatience); err != nil {
		o.release()
		return nil, fmt.Errorf("a Dgraph that an incidentgraph left behind in %s does not end (%w): end it", dir, err)
	}
	return o, nil
}

// announce tells others where Dgraph is.
func (o *ownership) announce(a Addresses) error {
	text, err := json.Marshal(a)
	if err != nil {
		return err
	}
	// Who reads between the two steps gets no valid JSON and reads again.
	if err := o.owner.Truncate(0); err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	if _, err := o.owner.WriteAt(text, 0); err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	return nil
}

func (o *ownership) release() {
	if o.family != nil {
		o.family.Close()
	}
	// Nobody shall take an address that is no longer true for a start that is under way.
	o.owner.Truncate(0)
	o.owner.Close()
}

// Find tells where the Dgraph of a data directory listens when another process keeps one there, waiting for
// it while it starts. It is false when nobody does. The error is ctx's, when that ended before the other was ready.
func Find(ctx context.Context, dir string) (Addresses, bool, error) {
	for {
		f, err := os.Open(filepath.Join(dir, "owner"))
		if errors.Is(err, os.ErrNotExist) {
			return Addresses{}, false, nil
		}
		if err != nil {
			return Addresses{}, false, fmt.Errorf("data directory %s: %w", dir, err)
		}
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
		a, readErr := readOwner(f)
		f.Close()
		switch {
		case err == nil:
			return Addresses{}, false, nil
		case !errors.Is(err, syscall.EWOULDBLOCK):
			return Addresses{}, false, fmt.Errorf("data directory %s: %w", dir, err)
		case readErr == nil && a.Alpha != "":
			return a, true, nil
		}
		select {
		case <-ctx.Done():
			return Addresses{}, false, fmt.Errorf("the Dgraph that another incidentgraph (pid %d) starts in %s was not ready in time: %w", a.PID, dir, ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func openLock(dir, name string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("data directory %s cannot be written: %w; choose one that you may write to", dir, err)
	}
	return f, nil
}

// lock locks a file, LOCK_EX for this holder alone or LOCK_SH together with others, trying for as long as
// patience and ctx allow.
func lock(ctx context.Context, f *os.File, how int, patience time.Duration) error {
	deadline := time.Now().Add(patience)
	for {
		err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EWOULDBLOCK) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func readOwner(f *os.File) (Addresses, error) {
	var a Addresses
	text, err := io.ReadAll(io.NewSectionReader(f, 0, 1<<16))
	if err == nil {
		err = json.Unmarshal(text, &a)
	}
	return a, err
}
