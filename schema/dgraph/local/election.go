package local

import (
	"context"
	"encoding/binary"
	"time"

	"github.com/dgraph-io/dgo/v250/protos/api"
	"github.com/dgraph-io/dgraph/v25/protos/pb"
	"go.etcd.io/etcd/raft/v3/raftpb"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// holdElection has the only member of a Raft group elect itself now. It would do so anyway, after a silence of
// 2 to 4 s in which it could hear of a leader, but here there is nobody else. The message is the one by which a
// leader hands over to a member (Raft thesis, 3.10: TimeoutNow); a leader passes over it, so that it can be sent
// until ctx ends, from before the member listens.
func holdElection(ctx context.Context, address string) {
	const member = 1 // the first and only of its group
	msg := raftpb.Message{Type: raftpb.MsgTimeoutNow, From: member, To: member}
	text, err := msg.Marshal()
	if err != nil {
		return
	}
	batch := &pb.RaftBatch{Payload: &api.Payload{Data: append(binary.LittleEndian.AppendUint32(nil, uint32(len(text))), text...)}}
	for ctx.Err() == nil {
		// A new connection each time: one that failed would wait before it tried again.
		if conn, err := grpc.NewClient("passthrough:///"+address, grpc.WithTransportCredentials(insecure.NewCredentials())); err == nil {
			if stream, err := pb.NewRaftClient(conn).RaftMessage(ctx); err == nil && stream.Send(batch) == nil {
				stream.CloseAndRecv()
			}
			conn.Close()
		}
		select {
		case <-ctx.Done():
		case <-time.After(25 * time.Millisecond):
		}
	}
}
