package local

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/dgraph-io/dgo/v250/protos/api"
	"github.com/dgraph-io/dgraph/v25/protos/pb"
	"go.etcd.io/etcd/raft/v3/raftpb"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/proto"
)

// holdElection has the only member of a Raft group elect itself now. It would do so anyway, after a silence of
// 2 to 4 s in which it could hear of a leader, but here there is nobody else. The message is the one by which a
// leader hands over to a member (Raft thesis, 3.10: TimeoutNow); a leader passes over it, so that it can be sent
// until ctx ends, from before the member listens.
func holdElection(ctx context.Context, address string) {
	for ctx.Err() == nil {
		// A new connection each time: one that failed would wait before it tried again.
		if conn, err := dial(address); err == nil {
			// Who does not listen yet will hear the next one.
			_ = sendRaft(ctx, conn, raftpb.Message{Type: raftpb.MsgTimeoutNow})
			conn.Close()
		}
		select {
		case <-ctx.Done():
		case <-time.After(25 * time.Millisecond):
		}
	}
}

// sendRaft sends a message to a lone member of a Raft group, which does not ask whom it is from.
func sendRaft(ctx context.Context, conn *grpc.ClientConn, msg raftpb.Message) error {
	msg.From, msg.To = 1, 1
	text, err := msg.Marshal()
	if err != nil {
		return err
	}
	stream, err := pb.NewRaftClient(conn).RaftMessage(ctx)
	if err != nil {
		return err
	}
	frame := append(binary.LittleEndian.AppendUint32(nil, uint32(len(text))), text...)
	if err := stream.Send(&pb.RaftBatch{Payload: &api.Payload{Data: frame}}); err != nil {
		return err
	}
	// The receiver has no answer: it reads to the end of the stream and reports that.
	_, _ = stream.CloseAndRecv()
	return nil
}

// moveAddresses tells a Zero that has just started on other ports where it and Alpha are now. Zero remembers
// the address of every member, sends Alpha to its own old one for 10 s, and refuses an Alpha that comes from elsewhere
// while something answers at that Alpha's old address, which may be anybody's Dgraph by now.
func moveAddresses(ctx context.Context, zero *child, offset int) error {
	conn, err := dial(address(zeroGRPC, offset))
	if err != nil {
		return err
	}
	defer conn.Close()
	for {
		err := tryMove(ctx, conn, offset)
		if err == nil {
			return nil
		}
		select {
		case <-zero.dead:
			return endedEarly(zero)
		case <-ctx.Done():
			return fmt.Errorf("the Zero of the local Dgraph does not take its new ports: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func tryMove(ctx context.Context, conn *grpc.ClientConn, offset int) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	// The names are those that Dgraph gives itself.
	zeroAt, alphaAt := fmt.Sprintf("localhost:%d", zeroGRPC+offset), fmt.Sprintf("localhost:%d", alphaInternal+offset)
	client := pb.NewZeroClient(conn)
	cluster, err := client.Connect(ctx, &pb.Member{ClusterInfoOnly: true})
	if err != nil {
		return err
	}
	for id := range cluster.GetState().GetZeros() {
		// What Zero does about itself 10 s later.
		who := &pb.RaftContext{Id: id, Addr: zeroAt}
		change := raftpb.ConfChange{Type: raftpb.ConfChangeUpdateNode, NodeID: id}
		if change.Context, err = proto.Marshal(who); err != nil {
			return err
		}
		entry := raftpb.Entry{Type: raftpb.EntryConfChange}
		if entry.Data, err = change.Marshal(); err != nil {
			return err
		}
		if err := sendRaft(ctx, conn, raftpb.Message{Type: raftpb.MsgProp, Entries: []raftpb.Entry{entry}}); err != nil {
			return err
		}
	}
	for _, group := range cluster.GetState().GetGroups() {
		for id, m := range group.GetMembers() {
			moved := &pb.Member{Id: m.Id, GroupId: m.GroupId, Addr: alphaAt, Leader: m.Leader, LastUpdate: m.LastUpdate}
			if _, err := client.UpdateMembership(ctx, &pb.Group{Members: map[uint64]*pb.Member{id: moved}}); err != nil {
				return err
			}
		}
	}
	return nil
}

func dial(address string) (*grpc.ClientConn, error) {
	return grpc.NewClient("passthrough:///"+address, grpc.WithTransportCredentials(insecure.NewCredentials()))
}
