package local

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
)

// The standard ports of Alpha (gRPC, HTTP, internal) and Zero (gRPC, HTTP).
const alphaGRPC, alphaHTTP, alphaInternal, zeroGRPC, zeroHTTP = 9080, 8080, 7080, 5080, 6080

// claimPort is one that Dgraph does not use: who listens there has the right to start on that offset.
const claimPort = 9081

// claim reserves the ports at an offset for this process. Two that start at once and found all ports free
// could otherwise get some each, and the Alpha of one would join the Zero of the other for good.
func claim(offset int) (io.Closer, bool) {
	l, err := net.Listen("tcp", address(claimPort, offset))
	if err != nil {
		return nil, false
	}
	for _, port := range []int{alphaGRPC, alphaHTTP, alphaInternal, zeroGRPC, zeroHTTP} {
		probe, err := net.Listen("tcp", address(port, offset))
		if err != nil {
			l.Close()
			return nil, false
		}
		probe.Close()
	}
	return l, true
}

func address(port, offset int) string { return fmt.Sprintf("127.0.0.1:%d", port+offset) }

// The file "ports" in a data directory holds the offset of the ports that its Dgraph had last.

// moves tells whether Dgraph had other ports the last time that it ran on dir, and so remembers them.
func moves(dir string, offset int) bool {
	last, err := os.ReadFile(filepath.Join(dir, "ports"))
	return err == nil && string(last) != strconv.Itoa(offset)
}

// settle notes the offset for the next start.
func settle(dir string, offset int) error {
	if err := os.WriteFile(filepath.Join(dir, "ports"), []byte(strconv.Itoa(offset)), 0o600); err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	return nil
}
